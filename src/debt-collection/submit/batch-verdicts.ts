import type { BatchResponse } from "../../../generated/debt-collection.js";
import type { Verdict } from "./outcome.js";
import type { InFlightItem, SubmitAdapter } from "./types.js";

/** A verdict that is not final only applies to an item that reconciliation does not find. */
export type BatchVerdict = Verdict & { isFinal: boolean };

/** What an ended batch says about its items. */
export function batchVerdicts<Item>(
  batch: BatchResponse["data"],
  items: InFlightItem<Item>[],
  adapter: SubmitAdapter<Item>,
): Map<InFlightItem<Item>, BatchVerdict> {
  const entriesOf = (list: unknown[] | null | undefined) => {
    const entries = (list ?? []).filter(isObject);
    return new Map(items.map(({ key, item }) => [key, entries.find((entry) => adapter.matches(entry, item))]));
  };
  const succeeded = entriesOf(batch.succeeded);
  const failed = entriesOf(batch.failed);
  const namesItems = [...succeeded.values()].some((entry) => entry !== undefined);
  const isAllFailed = batch.status === "FAILED" && !batch.succeeded?.length;
  const canReconcile = adapter.reconcile !== undefined;

  return new Map(items.map((item) => [item, verdictOn(item)]));

  function verdictOn({ key, resent }: InFlightItem<Item>): BatchVerdict {
    const success = succeeded.get(key);
    if (success) return { status: "accepted", invoiceId: textOf(success.invoiceId), isFinal: true };
    const rejection = failed.get(key);
    // The entries of other items are left out, since they may contain personal data.
    const reason = rejection ?? { batchStatus: batch.status, ...(items.length === 1 && { failed: batch.failed }) };
    // An item that was resent can be rejected as a duplicate of the first request.
    if (rejection || isAllFailed) return { status: "rejected", reason, isFinal: !resent };
    if (batch.status !== "SUCCESS") return { status: canReconcile ? "rejected" : "unknown", reason, isFinal: false };
    if (namesItems && canReconcile) return { status: "unknown", reason, isFinal: false };
    return { status: "accepted", invoiceId: undefined, isFinal: true };
  }
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
