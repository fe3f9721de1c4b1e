import { type PostgresClient, query, sameRow, takeTurn } from "./database.js";
import type { OutboxKind } from "./items.js";
import { listIds, OutboxError } from "./outbox-error.js";
import type { Store } from "./store.js";

/** Rows, and new contents for them. */
export interface GivenRows {
  organizationId: string;
  kind: OutboxKind;
  ids: readonly string[];
  hashes?: readonly string[];
  payloads?: readonly string[];
}

export interface RowChange {
  /** The states that the rows may have. */
  from: readonly string[];
  /** The columns to set, as SQL. It can refer to `item` and `given`. */
  set: string;
  /** Whether outcomes are numbered, which one transaction does at a time. */
  numbers: boolean;
  /** What to do with rows in another state, for the message. */
  advice: string;
}

/** Changes rows that have an outcome, or none if one of them has another state. Returns how many there are. */
export async function changeRows(
  { schema, name, channel }: Store,
  client: PostgresClient,
  { organizationId, kind, ids, hashes, payloads }: GivenRows,
  { from, set, numbers, advice }: RowChange,
): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await query<{ refused: string; changed: string }>(
    client,
    `WITH given AS MATERIALIZED (
      SELECT DISTINCT ON (source_id) $1::text AS organization_id, $2::text AS kind, *
      FROM unnest($3::text[], $4::text[], $5::text[]) AS list (source_id, hash, content)
    ),
    turn AS MATERIALIZED (${takeTurn("$7", numbers)}),
    known AS MATERIALIZED (
      SELECT item.source_id FROM ${schema}.item, given, turn
      WHERE ${sameRow("given")} AND item.state = ANY ($6::text[])
        AND (item.payload IS NOT NULL OR given.content IS NOT NULL)
      ORDER BY item.source_id FOR UPDATE OF item
    ),
    refused AS (SELECT source_id FROM given WHERE source_id NOT IN (SELECT source_id FROM known)),
    changed AS (
      UPDATE ${schema}.item SET ${set} FROM given
      WHERE ${sameRow("given")}
        AND NOT EXISTS (SELECT FROM refused)
      RETURNING CASE WHEN $8::text IS NOT NULL THEN pg_notify($8, '')::text END
    )
    SELECT (SELECT coalesce(json_agg(source_id), '[]') FROM refused)::text AS refused, (SELECT count(*) FROM changed) AS changed`,
    [organizationId, kind, ids, hashes ?? ids.map(() => null), payloads ?? ids.map(() => null), from, name, channel],
  );
  const refused: string[] = JSON.parse(row?.refused ?? "[]");
  if (refused.length === 0) return Number(row?.changed);
  throw new OutboxError(
    "wrong_state",
    `Nothing was changed: the outbox has no ${kind} that is ${from.join(" or ")}, with its content, as ${listIds(refused)}. ${advice}`,
    refused,
  );
}
