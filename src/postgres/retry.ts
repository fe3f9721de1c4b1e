import { ConfigurationError } from "../errors.js";
import { checkChoice, checkNames } from "../http/checks.js";
import { changeRows, type GivenRows } from "./change-rows.js";
import type { PostgresClient } from "./database.js";
import { checkId, checkKind, type OutboxItems, readItems, type Stream } from "./items.js";
import type { Store } from "./store.js";

/** Items of the outbox by their ids. */
export interface OutboxIds extends Stream {
  sourceIds: readonly string[];
}

/** Options of `retry`. */
export interface RetryOptions {
  /**
   * What happens to items whose outcome is unknown; without it they are refused. `"reconcile"` looks for them again before
   * anything is sent. `"resend"` sends them at once: only after you have seen that Amili does not have them.
   */
  unknown?: "reconcile" | "resend";
  /** A client whose transaction this is a part of. Default: a transaction of its own. */
  client?: PostgresClient;
}

/** The request of an earlier attempt, which a reconciliation starts from. */
const EARLIER_REQUEST = ["since", "idempotency_key", "batch_id", "batch_size"];

export async function readIds({ organizationId, kind, sourceIds }: OutboxIds): Promise<GivenRows> {
  if (!Array.isArray(sourceIds)) throw new ConfigurationError("invalid_argument", "sourceIds must be a list of ids.");
  const ids = sourceIds.map((id, at) => checkId(`sourceIds[${at}]`, id));
  return { organizationId: checkId("organizationId", organizationId), kind: checkKind(kind), ids };
}

export async function retry(store: Store, items: OutboxItems | OutboxIds, options: RetryOptions = {}): Promise<number> {
  checkNames("The options of retry", options, { unknown: true, client: true });
  const { unknown, client = store.pool } = options;
  if (unknown !== undefined) checkChoice("unknown", unknown, ["reconcile", "resend"]);
  const isById = "sourceIds" in items;
  const rows = isById ? await readIds(items) : await readItems(items);
  const reconciles = unknown === "reconcile";
  if (reconciles && !isById) {
    throw new ConfigurationError("invalid_argument", "An item that may have arrived cannot get another content.");
  }
  const isReconciled = reconciles ? "item.state = 'unknown'" : "false";
  const kept = EARLIER_REQUEST.map((name) => `${name} = CASE WHEN ${isReconciled} THEN item.${name} END`);
  return changeRows(store, client, rows, {
    from: unknown === undefined ? ["rejected"] : ["rejected", "unknown"],
    set: `content_hash = coalesce(given.hash, item.content_hash), payload = coalesce(given.content::json, item.payload),
      state = CASE
        WHEN NOT ${isReconciled} OR item.since IS NULL THEN 'queued'
        WHEN item.batch_size IS NULL THEN 'sending' ELSE 'sent'
      END,
      ${kept.join(", ")}, invoice_id = NULL, reason = NULL, outcome_number = NULL, settled_at = NULL`,
    numbers: false,
    advice: "An unknown one needs the option unknown.",
  });
}
