import type { Invoice, InvoiceInput } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import { PaginationError } from "../../errors.js";
import { FINAL_STATUSES } from "../batches.js";
import { isNonEmptyString } from "./input.js";
import type { BatchesApi, InvoicesApi, Pages, Reconcile, Reconciliation, SubmitAdapter } from "./types.js";

/**
 * Whether an entry of a response is the invoice, compared by content, since a server may ignore a filter. The number counts
 * if the entry has no `uniqueSourceInvoiceId`; `undefined` if it has neither.
 */
export function sameInvoice(entry: Record<string, unknown>, item: InvoiceInput): boolean | undefined {
  if (isNonEmptyString(entry.uniqueSourceInvoiceId)) return entry.uniqueSourceInvoiceId === item.uniqueSourceInvoiceId;
  if (isNonEmptyString(entry.invoiceNumber) && isNonEmptyString(item.invoiceNumber)) {
    return entry.invoiceNumber === item.invoiceNumber;
  }
  return undefined;
}

/** Reconciles invoices: waits for the batches that may contain them, then looks each one up. */
export function invoiceReconciler<Item extends InvoiceInput>(
  invoices: InvoicesApi,
  batches: BatchesApi,
  waitFor: SubmitAdapter<Item>["waitFor"],
): Reconcile<Item> {
  const list = (id: string, options: CallOptions) => requireList(invoices.list({ UniqueSourceInvoiceId: id }, options));
  let isFilterApplied: boolean | undefined;

  /** Whether the server applies the filter: then the list for an id that does not exist is empty. */
  async function probeFilter(options: CallOptions): Promise<boolean> {
    if (isFilterApplied !== undefined) return isFilterApplied;
    let isEmpty = true;
    for await (const entries of list(crypto.randomUUID(), options)) {
      isEmpty = entries.length === 0;
      if (!isEmpty) break;
    }
    isFilterApplied = isEmpty;
    return isEmpty;
  }

  return async (items, since, options) => {
    await waitForOpenBatches(batches, since, waitFor, options);
    const { found, unclear }: Reconciliation<Item> = { found: new Map(), unclear: new Set() };
    const bySourceId = new Map(items.map((item) => [item.uniqueSourceInvoiceId, item]));

    async function match(entry: Invoice, requested: Item): Promise<void> {
      const invoice = { invoiceId: entry.id };
      if (isNonEmptyString(entry.uniqueSourceInvoiceId)) {
        const item = bySourceId.get(entry.uniqueSourceInvoiceId);
        if (item) found.set(item, invoice);
      } else if (await probeFilter(options)) {
        if (sameInvoice(entry, requested) !== false) found.set(requested, invoice);
      } else {
        // The list has all invoices and no source ids. An older invoice can have the same number.
        const age = ageOf(entry.createdAt, since);
        for (const item of items) {
          const isSame = sameInvoice(entry, item);
          if (isSame === false || age === "older") continue;
          if (isSame && age === "newer") found.set(item, invoice);
          else unclear.add(item);
        }
      }
    }

    for (const item of items) {
      // Without the filter, the list of one item also has the others.
      if (found.has(item)) continue;
      for await (const entries of list(String(item.uniqueSourceInvoiceId), options)) {
        for (const entry of entries) await match(entry, item);
        if (found.has(item)) break;
      }
    }
    return { found, unclear };
  };
}

/** How far the server's clock may differ from ours, in ms: more than a wrong time zone. */
const CLOCK_TOLERANCE = 24 * 60 * 60_000;

function ageOf(createdAt: string | undefined, since: Date): "older" | "newer" | "unclear" {
  const time = Date.parse(createdAt ?? "");
  if (time >= since.getTime()) return "newer";
  return time < since.getTime() - CLOCK_TOLERANCE ? "older" : "unclear";
}

/** Waits until the batches created since a time have ended, since one of them may contain a missing item. */
async function waitForOpenBatches(
  batches: BatchesApi,
  since: Date,
  waitFor: SubmitAdapter<unknown>["waitFor"],
  options: CallOptions,
): Promise<void> {
  let isNewestFirst = true;
  for await (const page of requireList(batches.list({}, options))) {
    for (const { batchId, status, createdAt } of page) {
      if (!FINAL_STATUSES.has(status) && ageOf(createdAt, since) !== "older") await waitFor(batchId, options);
    }
    // The order is undocumented. If it is newest first, no batch after an older one matters.
    isNewestFirst &&= isDescending(page.map(({ createdAt }) => Date.parse(createdAt)));
    if (isNewestFirst && ageOf(page.at(-1)?.createdAt, since) === "older") return;
  }
}

const isDescending = (times: number[]): boolean =>
  (times[0] ?? 0) > (times.at(-1) ?? 0) && times.every((time, i) => time <= (times[i - 1] ?? time));

/** The items of each page. A response without a list does not prove that an item is missing. */
async function* requireList<Item>(list: Pages<Item>): AsyncGenerator<readonly Item[], void, undefined> {
  for await (const { items, body } of list.pages()) {
    if (!Array.isArray(body?.data)) throw new PaginationError("missing_list", "The response contained no list.");
    yield items;
  }
}
