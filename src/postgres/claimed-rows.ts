import type { Journal, JournalOwner, JournalRecord, SharedJournal } from "../debt-collection/submit/journal.js";
import { serializeReason, type Unknown } from "../debt-collection/submit/outcome.js";
import { query, retryQuery, sameRow, takeTurn } from "./database.js";
import type { Stream } from "./items.js";
import type { Lease } from "./lease.js";
import { OutboxError } from "./outbox-error.js";
import type { Store } from "./store.js";

/** A row that is claimed. */
export interface ClaimedRow {
  source_id: string;
  payload: string;
}

/** A record, or an unknown outcome, which leaves what the row says of its requests. */
type RowRecord = JournalRecord | { key: string; state: "unknown"; reason: unknown };

/** The SQLSTATE when the lease does not exist any more. */
const FOREIGN_KEY_VIOLATION = "23503";

/** States that end the work on a row. */
const OUTCOMES = ["accepted", "exists", "rejected", "unknown"];

/**
 * The rows of one stream that a lease holds. They are the journal of the submit that sends them: a record is the state of a
 * row, and can be written only while the lease holds the row.
 */
export class ClaimedRows implements Journal {
  readonly #store: Store;
  readonly #lease: Lease;
  readonly #stream: Stream;
  readonly shared: SharedJournal;
  #lastWrite: Promise<void> = Promise.resolve();

  /** @param isAccepting whether the API has accepted items of the stream lately */
  constructor(store: Store, lease: Lease, stream: Stream, isAccepting: () => boolean) {
    this.#store = store;
    this.#lease = lease;
    this.#stream = stream;
    this.shared = { recordedBatches: (batchIds) => this.#recordedBatches(batchIds), isAccepting };
  }

  /** Claims rows that nobody holds, the oldest first. */
  async claim(limit: number): Promise<ClaimedRow[]> {
    const claimed = this.#query<ClaimedRow>(
      `WITH free AS (
        SELECT organization_id, kind, source_id FROM ${this.#store.schema}.item
        WHERE organization_id = $1 AND kind = $2 AND lease_id IS NULL AND outcome_number IS NULL
        ORDER BY position LIMIT $4 FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE ${this.#store.schema}.item SET lease_id = $3 FROM free WHERE ${sameRow("free")}
        RETURNING item.source_id, payload::text, position
      )
      SELECT source_id, payload FROM claimed ORDER BY position`,
      [limit],
    );
    return claimed.catch((error: unknown) => {
      throw Object(error).code === FOREIGN_KEY_VIOLATION ? this.#lease.lose() : error;
    });
  }

  /** The outbox gets the owner of its first worker. */
  async open({ address, environment }: JournalOwner): Promise<void> {
    const { pool, schema, name } = this.#store;
    const rows = await retryQuery(async () => {
      await query(pool, `INSERT INTO ${schema}.owner (address, environment) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
        address,
        environment,
      ]);
      return query<{ address: string; environment: string }>(pool, `SELECT address, environment FROM ${schema}.owner`);
    }, [this.#lease.signal]);
    if (rows.every((owner) => owner.address === address && owner.environment === environment)) return;
    throw new OutboxError(
      "other_owner",
      `The outbox in ${name} belongs to another address or environment of the API than this worker's. Use another schema.`,
    );
  }

  async read(keys: readonly string[]): Promise<JournalRecord[]> {
    const rows = await this.#query<StateRow>(
      `WITH wanted AS MATERIALIZED (
        SELECT $1::text AS organization_id, $2::text AS kind, source_id FROM unnest($4::text[]) AS list (source_id)
      )
      SELECT item.source_id AS key, state, idempotency_key AS "idempotencyKey", batch_id AS "batchId", batch_size AS size,
        to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since
      FROM wanted JOIN ${this.#store.schema}.item ON ${sameRow("wanted")} WHERE lease_id = $3`,
      [keys],
    );
    if (rows.length < new Set(keys).size) throw this.#lease.lose();
    return rows.map(toRecord).filter((record) => record !== undefined);
  }

  /** Resolves when all records are stored; rejects if the lease no longer holds one of the rows. */
  write(records: readonly RowRecord[]): Promise<void> {
    const rows = [...new Map(records.map((record) => [record.key, toRow(record)])).values()];
    const written = this.#lastWrite.then(() => this.#write(rows));
    this.#lastWrite = written.catch(() => {});
    return written;
  }

  /** Nothing: the lease outlasts the submit, until its unknown outcomes are stored. */
  async close(): Promise<void> {}

  /** Stores outcomes that a person has to settle. */
  async writeUnknown(outcomes: readonly Unknown<unknown>[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.write(outcomes.map(({ key, reason }) => ({ key, state: "unknown", reason })));
  }

  async #write(rows: ReturnType<typeof toRow>[]): Promise<void> {
    const { schema, name } = this.#store;
    const hasOutcomes = rows.some(({ state }) => OUTCOMES.includes(state));
    const stored = await this.#query(
      `WITH turn AS MATERIALIZED (${takeTurn("$5", hasOutcomes)}),
      new AS MATERIALIZED (
        SELECT $1::text AS organization_id, $2::text AS kind, *,
          state = ANY ($6::text[]) AS is_outcome, state = 'unknown' AS is_unknown
        FROM json_to_recordset($4::json) AS given (
          source_id text, state text, since timestamptz, "idempotencyKey" text, "batchId" text, size integer,
          "invoiceId" text, reason text
        )
      )
      UPDATE ${schema}.item SET
        state = new.state,
        since = CASE WHEN is_unknown THEN item.since ELSE new.since END,
        idempotency_key = CASE WHEN is_unknown THEN item.idempotency_key ELSE new."idempotencyKey" END,
        batch_id = CASE WHEN is_unknown THEN item.batch_id ELSE new."batchId" END,
        batch_size = CASE
          WHEN is_unknown OR (is_outcome AND item.batch_id = new."batchId") THEN item.batch_size ELSE new.size
        END,
        invoice_id = new."invoiceId",
        reason = new.reason,
        outcome_number = CASE WHEN is_outcome THEN nextval('${schema}.outcome_number') END,
        settled_at = CASE WHEN is_outcome THEN now() END,
        lease_id = CASE WHEN is_outcome THEN NULL ELSE item.lease_id END
      FROM new, turn
      WHERE ${sameRow("new")} AND lease_id = $3
      RETURNING 1`,
      [JSON.stringify(rows), name, OUTCOMES],
    );
    if (stored.length < rows.length) throw this.#lease.lose();
    // A request follows, which must not be sent after others may have claimed the rows.
    if (this.#lease.isLost) this.#lease.signal.throwIfAborted();
  }

  async #recordedBatches(batchIds: readonly string[]): Promise<string[]> {
    const { pool, schema } = this.#store;
    const text = `SELECT DISTINCT batch_id FROM ${schema}.item WHERE batch_id = ANY ($1::text[]) AND batch_size IS NOT NULL`;
    const rows = await retryQuery(() => query<{ batch_id: string }>(pool, text, [batchIds]), [this.#lease.signal]);
    return rows.map(({ batch_id }) => batch_id);
  }

  /** A query about rows of the stream ($1, $2) under the lease ($3), repeated while the lease holds. */
  #query<Row extends Record<keyof Row, string | null>>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const { organizationId, kind } = this.#stream;
    const all = [organizationId, kind, this.#lease.id, ...values];
    return retryQuery(() => query<Row>(this.#store.pool, text, all), [this.#lease.signal]);
  }
}

/** The columns of a row, with the names of a record. */
interface StateRow {
  key: string;
  state: string;
  since: string | null;
  idempotencyKey: string | null;
  batchId: string | null;
  size: string | null;
}

/** `undefined` for a row that nobody has sent. */
function toRecord({ key, state, since, idempotencyKey, batchId, size }: StateRow): JournalRecord | undefined {
  if (state === "queued" || since === null) return undefined;
  const request = { key, since, ...(idempotencyKey !== null && { idempotencyKey }) };
  if (state !== "sent" || batchId === null) return { ...request, state: "sending" };
  return { ...request, state, batchId, size: Number(size) };
}

const toRow = ({ key, ...record }: RowRecord) => ({
  ...record,
  source_id: key,
  state: record.state === "notSent" ? "queued" : record.state,
  // As text, since a JSON column takes no character 0.
  ...("reason" in record && { reason: JSON.stringify(serializeReason(record.reason) ?? null) }),
});
