import type { BatchResponse } from "../../../generated/debt-collection.js";
import type { Verdict } from "./outcome.js";
import { isObject } from "./reconcile/list-reader.js";
import type { InFlightItem, SubmitAdapter } from "./types.js";

/** A rejection that is not stated is concluded from what the batch does not say. */
export type BatchVerdict = Verdict & { isStated: boolean };

/**
 * What an ended batch says about its items.
 *
 * @param size how many items the batch has
 */
export function batchVerdicts<Item>(
  batch: BatchResponse["data"],
  items: InFlightItem<Item>[],
  size: number,
  { matches, listing }: Pick<SubmitAdapter<Item>, "matches" | "listing">,
): Map<InFlightItem<Item>, BatchVerdict> {
  const [succeeded = [], failed = []] = [batch.succeeded, batch.failed].map(entriesOf);
  const namesItems = succeeded.some((entry) => items.some(({ content }) => matches(entry, content) !== undefined));
  const isAllFailed = batch.status === "FAILED" && !batch.succeeded?.length;

  function verdictOn({ content }: InFlightItem<Item>): BatchVerdict {
    const success = succeeded.find((entry) => matches(entry, content));
    if (success) return { status: "accepted", invoiceId: textOf(success.invoiceId), isStated: true };
    const rejection = failed.find((entry) => matches(entry, content));
    // The entries of other items are left out, since they may contain personal data.
    const reason = rejection ?? { batchStatus: batch.status, ...(size === 1 && { failed: batch.failed }) };
    if (rejection || isAllFailed) return { status: "rejected", reason, isStated: true };
    if (batch.status !== "SUCCESS") return { status: listing ? "rejected" : "unknown", reason, isStated: false };
    if (namesItems && listing) return { status: "unknown", reason, isStated: false };
    return { status: "accepted", invoiceId: undefined, isStated: true };
  }

  return new Map(items.map((item) => [item, verdictOn(item)]));
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const entriesOf = (list: unknown) => (Array.isArray(list) ? list.filter(isObject) : []);
