import type { BatchResponse } from "../../../generated/debt-collection.js";
import type { Verdict } from "./outcome.js";
import type { InFlightItem, SubmitAdapter } from "./types.js";

/** A verdict that is not final only applies to an item that reconciliation does not find. */
export type BatchVerdict = Verdict & { isFinal: boolean };

/**
 * What an ended batch says about items.
 *
 * @param size how many items the batch has
 */
export function batchVerdicts<Item>(
  batch: BatchResponse["data"],
  items: InFlightItem<Item>[],
  size: number,
  adapter: SubmitAdapter<Item>,
): Map<InFlightItem<Item>, BatchVerdict> {
  const [succeeded = [], failed = []] = [batch.succeeded, batch.failed].map(entriesOf);
  const namesItems = succeeded.some((entry) => items.some(({ item }) => adapter.matches(entry, item) !== undefined));
  const isAllFailed = batch.status === "FAILED" && !batch.succeeded?.length;
  const canReconcile = adapter.reconcile !== undefined;

  function verdictOn({ item, resent }: InFlightItem<Item>): BatchVerdict {
    const success = succeeded.find((entry) => adapter.matches(entry, item));
    if (success) return { status: "accepted", invoiceId: textOf(success.invoiceId), isFinal: true };
    const rejection = failed.find((entry) => adapter.matches(entry, item));
    // The entries of other items are left out, since they may contain personal data.
    const reason = rejection ?? { batchStatus: batch.status, ...(size === 1 && { failed: batch.failed }) };
    // An item that was resent can be rejected as a duplicate of the first request.
    if (rejection || isAllFailed) return { status: "rejected", reason, isFinal: !resent };
    if (batch.status !== "SUCCESS") return { status: canReconcile ? "rejected" : "unknown", reason, isFinal: false };
    if (namesItems && canReconcile) return { status: "unknown", reason, isFinal: false };
    return { status: "accepted", invoiceId: undefined, isFinal: true };
  }

  return new Map(items.map((item) => [item, verdictOn(item)]));
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const entriesOf = (list: unknown) => (Array.isArray(list) ? list.filter(isObject) : []);
