import { ConfigurationError } from "../errors.js";
import { sleep } from "../http/abort.js";
import { checkNames, checkSignal, checkTimeout } from "../http/checks.js";
import { query, retryQuery } from "./database.js";
import type { OutboxKind } from "./items.js";
import type { Store } from "./store.js";

/** The outcome of one item. */
export interface OutboxOutcome {
  /** Where to continue after this outcome. */
  cursor: string;
  organizationId: string;
  kind: OutboxKind;
  sourceId: string;
  /** As of `submit`. An unknown outcome is what a person has to settle. */
  status: "accepted" | "exists" | "rejected" | "unknown";
  batchId: string | undefined;
  /** Amili's id of the invoice, if a response contained it. */
  invoiceId: string | undefined;
  /** Why the item was rejected or is unknown, as JSON data. May contain personal data. */
  reason: unknown;
  settledAt: Date;
}

/** Options of `outcomes`. */
export interface OutcomesOptions {
  /** The cursor of the last outcome that was processed. Default: from the beginning. */
  since?: string;
  /** Waits for further outcomes instead of ending, also while the database restarts. Default false. */
  follow?: boolean;
  /** How often it looks for further outcomes, in ms. Default 1 000. */
  pollInterval?: number;
  signal?: AbortSignal;
}

const OPTIONS: Record<keyof OutcomesOptions, true> = { since: true, follow: true, pollInterval: true, signal: true };
const PAGE_SIZE = 500;
const CURSOR = /^\d{1,18}$/;

interface OutcomeRow {
  outcome_number: string;
  organization_id: string;
  kind: OutboxKind;
  source_id: string;
  state: OutboxOutcome["status"];
  batch_id: string | null;
  invoice_id: string | null;
  reason: string | null;
  settled_at: string;
}

export async function* outcomes(
  { pool, schema }: Store,
  options: OutcomesOptions = {},
): AsyncGenerator<OutboxOutcome, void, undefined> {
  checkNames("The options of outcomes", options, OPTIONS);
  const { since = "0", follow = false, pollInterval = 1_000, signal } = options;
  if (typeof since !== "string" || !CURSOR.test(since)) {
    throw new ConfigurationError("invalid_option", "since must be the cursor of an outcome.");
  }
  checkTimeout("pollInterval", pollInterval);
  if (signal) checkSignal(signal);
  const signals = signal ? [signal] : [];
  const text = `SELECT outcome_number, organization_id, kind, source_id, state, batch_id, invoice_id, reason,
      extract(epoch FROM settled_at) * 1000 AS settled_at
    FROM ${schema}.item WHERE outcome_number > $1 ORDER BY outcome_number LIMIT ${PAGE_SIZE}`;
  for (let cursor = since; ; ) {
    const read = () => query<OutcomeRow>(pool, text, [cursor]);
    const rows = follow ? await retryQuery(read, signals) : await read();
    for (const row of rows) {
      cursor = row.outcome_number;
      yield toOutcome(row);
    }
    if (rows.length === PAGE_SIZE) continue;
    if (!follow) return;
    await sleep(pollInterval, signals);
  }
}

const toOutcome = (row: OutcomeRow): OutboxOutcome => ({
  cursor: row.outcome_number,
  organizationId: row.organization_id,
  kind: row.kind,
  sourceId: row.source_id,
  status: row.state,
  batchId: row.batch_id ?? undefined,
  invoiceId: row.invoice_id ?? undefined,
  reason: row.reason === null ? undefined : JSON.parse(row.reason),
  settledAt: new Date(Number(row.settled_at)),
});
