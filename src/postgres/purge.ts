import { checkChoice, checkCount, checkNames } from "../http/checks.js";
import { query } from "./database.js";
import type { Store } from "./store.js";

/** Options of `purge`. */
export interface PurgeOptions {
  /** The age of the outcome, in ms. */
  olderThan: number;
  /**
   * `"payloads"` (default) deletes contents and reasons, which may be personal data, and keeps the ids and outcomes: an item
   * that is enqueued again is still known. `"rows"` deletes everything: such an item would be sent again.
   */
  what?: "payloads" | "rows";
}

const STATEMENTS: Record<NonNullable<PurgeOptions["what"]>, (item: string, old: string) => string> = {
  payloads: (item, old) =>
    `UPDATE ${item} SET payload = NULL, reason = NULL
    WHERE ${old} AND (payload IS NOT NULL OR reason IS NOT NULL) RETURNING 1`,
  rows: (item, old) => `DELETE FROM ${item} WHERE ${old} RETURNING 1`,
};

export async function purge({ pool, schema }: Store, options: PurgeOptions): Promise<number> {
  checkNames("The options of purge", options, { olderThan: true, what: true });
  const { olderThan, what = "payloads" } = options;
  checkCount("olderThan", olderThan, 0);
  checkChoice("what", what, ["payloads", "rows"]);
  const old =
    "state IN ('accepted', 'exists', 'rejected') AND settled_at < now() - $1::double precision * interval '1 ms'";
  const text = `WITH purged AS (${STATEMENTS[what](`${schema}.item`, old)}) SELECT count(*) FROM purged`;
  const [row] = await query<{ count: string }>(pool, text, [olderThan]);
  return Number(row?.count);
}
