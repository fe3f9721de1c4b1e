import type { Invoice, InvoiceInput } from "../../../generated/debt-collection.js";
import type { Invoices } from "../../../generated/debt-collection.resources.js";
import type { CallOptions } from "../../call.js";
import { PaginationError } from "../../errors.js";
import type { Page, Pager } from "../../pagination.js";
import { type Batches, FINAL_STATUSES } from "../batches.js";
import type { Kind, Look } from "./kind.js";

const told = (value: unknown): value is string => typeof value === "string" && value !== "";

/**
 * Whether an entry of an answer is the invoice, by its content: a server may ignore a filter. By its number where the
 * source's id is not told; `undefined` where that is not told either.
 */
export function sameInvoice(entry: Record<string, unknown>, item: InvoiceInput): boolean | undefined {
  if (told(entry.uniqueSourceInvoiceId)) return entry.uniqueSourceInvoiceId === item.uniqueSourceInvoiceId;
  if (told(entry.invoiceNumber) && told(item.invoiceNumber)) return entry.invoiceNumber === item.invoiceNumber;
  return undefined;
}

/** Looks invoices up, once the batches that may hold them have ended. */
export function invoiceLook<Item extends InvoiceInput>(
  invoices: Invoices,
  batches: Batches,
  waitFor: Kind<Item>["waitFor"],
): NonNullable<Kind<Item>["look"]> {
  const listed = (id: string, options: CallOptions) => certain(invoices.list({ UniqueSourceInvoiceId: id }, options));
  let heeded: boolean | undefined;

  /** Whether the filter is heeded: of an id that nobody has, the list shows nothing then. */
  async function heedsFilter(options: CallOptions): Promise<boolean> {
    if (heeded !== undefined) return heeded;
    let empty = true;
    for await (const { items } of listed(crypto.randomUUID(), options)) {
      empty = items.length === 0;
      if (!empty) break;
    }
    heeded = empty;
    return heeded;
  }

  return async (items, since, options) => {
    await untilQuiet(batches, since, waitFor, options);
    const { found, unclear }: Look<Item> = { found: new Map(), unclear: new Set() };
    const bySource = new Map(items.map((item) => [item.uniqueSourceInvoiceId, item]));

    async function judge(entry: Invoice, asked: Item): Promise<void> {
      const arrived = { invoiceId: entry.id };
      if (told(entry.uniqueSourceInvoiceId)) {
        const item = bySource.get(entry.uniqueSourceInvoiceId);
        if (item) found.set(item, arrived);
      } else if (await heedsFilter(options)) {
        if (sameInvoice(entry, asked) !== false) found.set(asked, arrived);
      } else {
        // All of the organisation's are listed, without the source's id. An older one may have the same number.
        const age = ageOf(entry.createdAt, since);
        for (const item of items) {
          const same = sameInvoice(entry, item);
          if (same === false || age === "before") continue;
          if (same && age === "since") found.set(item, arrived);
          else unclear.add(item);
        }
      }
    }

    for (const item of items) {
      if (found.has(item)) continue;
      // A server that ignores the filter gives all: the others are found on the way.
      for await (const page of listed(String(item.uniqueSourceInvoiceId), options)) {
        for (const entry of page.items) await judge(entry, item);
        if (found.has(item)) break;
      }
    }
    return { found, unclear };
  };
}

/** How far apart clocks may be, in ms, where something is told by its time: further than a time zone can be off. */
const CLOCK_TOLERANCE = 24 * 60 * 60_000;

function ageOf(createdAt: string | undefined, since: Date): "before" | "since" | "unclear" {
  const time = Date.parse(createdAt ?? "");
  if (time >= since.getTime()) return "since";
  return time < since.getTime() - CLOCK_TOLERANCE ? "before" : "unclear";
}

/** Waits until the batches of a time and after have ended: one of them may hold what is looked for. */
async function untilQuiet(
  batches: Batches,
  since: Date,
  waitFor: Kind<unknown>["waitFor"],
  options: CallOptions,
): Promise<void> {
  let newestFirst = true;
  for await (const { items } of certain(batches.list({}, options))) {
    for (const { batchId, status, createdAt } of items) {
      if (!FINAL_STATUSES.has(status) && ageOf(createdAt, since) !== "before") await waitFor(batchId, options);
    }
    // The order is not documented. Where the newest come first, none of that time comes after one from before it.
    newestFirst &&= falls(items.map(({ createdAt }) => Date.parse(createdAt)));
    if (newestFirst && ageOf(items.at(-1)?.createdAt, since) === "before") return;
  }
}

const falls = (times: number[]): boolean =>
  (times[0] ?? 0) > (times.at(-1) ?? 0) && times.every((time, i) => time <= (times[i - 1] ?? time));

/** The pages of a list. An answer without one proves nothing, least of all that something is not there. */
async function* certain<Item>(
  list: Pager<Item, { data: unknown }>,
): AsyncGenerator<Page<Item, unknown>, void, undefined> {
  for await (const page of list.pages()) {
    if (!Array.isArray(page.body?.data)) {
      throw new PaginationError("missing_list", "The server answered without a list.");
    }
    yield page;
  }
}
