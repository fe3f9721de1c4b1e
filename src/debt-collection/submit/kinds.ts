import type { CorrectionInput, Invoice, InvoiceInput, PaymentInput } from "../../../generated/debt-collection.js";
import { PaginationError } from "../../errors.js";
import { MAX_TIMER } from "../../http/checks.js";
import type { CallOptions } from "../../http/client.js";
import type { Pager } from "../../pagination.js";
import { type Batches, FINAL } from "../batches.js";
import type { Corrections } from "../corrections.js";
import type { Invoices } from "../invoices.js";
import type { Payments } from "../payments.js";
import type { Arrived, Kind } from "./kind.js";
import { type SubmitOptions, submit } from "./submit.js";

/** How far clocks may differ, in ms, when batches are told apart by their time. */
const CLOCK_TOLERANCE = 15 * 60_000;

// As long as a timer can: the chunk's own time ends the wait.
const waitIn = (batches: Batches) => (batchId: string, options: CallOptions) =>
  batches.waitFor(batchId, { ...options, timeout: MAX_TIMER });

type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/** Invoices can be looked up by their `uniqueSourceInvoiceId`. */
export const submitInvoices = <Item extends InvoiceInput>(
  invoices: Invoices,
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) => submit(items, invoiceKind(invoices, batches), options);

/** Payments cannot be looked up: the API lists none of an organisation. */
export const submitPayments = <Item extends PaymentInput>(
  payments: Payments,
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) =>
  submit(
    items,
    byInvoice((some, o) => payments.create(some, o), batches, "the payments"),
    options,
  );

/** Corrections cannot be looked up: the API lists none. */
export const submitCorrections = <Item extends CorrectionInput>(
  corrections: Corrections,
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) =>
  submit(
    items,
    byInvoice((some, o) => corrections.create(some, o), batches, "the amounts"),
    options,
  );

function invoiceKind<Item extends InvoiceInput>(invoices: Invoices, batches: Batches): Kind<Item> {
  return {
    key: ({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId || undefined,
    keyless: "it has no uniqueSourceInvoiceId, by which it could be found again",
    alone: ({ invoiceNumber }) => invoiceNumber,
    send: (items, options) => invoices.create(items, options),
    waitFor: waitIn(batches),
    matches: sameInvoice,
    async find(items, since, options) {
      await untilQuiet(batches, since, options);
      return findInvoices(invoices, items, options);
    },
    lookUp: "batches.list() for batches since then, and invoices.list({ UniqueSourceInvoiceId }) once they have ended.",
  };
}

/** Writes that name an invoice by Amili's id, and have no id of their own: their place in the input is their key. */
function byInvoice<Item extends { invoiceId?: string }>(
  send: Kind<Item>["send"],
  batches: Batches,
  what: string,
): Kind<Item> {
  return {
    key: (_, index) => String(index),
    keyless: "",
    alone: ({ invoiceId }) => invoiceId,
    send,
    waitFor: waitIn(batches),
    matches: (entry, { invoiceId }) => entry.invoiceId !== undefined && entry.invoiceId === invoiceId,
    find: undefined,
    lookUp: `batches.list() for a batch of then that has it, or ${what} that Amili has of the invoice.`,
  };
}

/** By content, since a server may ignore a filter; by number where the answer does not hold the source's id. */
function sameInvoice(entry: Record<string, unknown>, { uniqueSourceInvoiceId, invoiceNumber }: InvoiceInput): boolean {
  if (entry.uniqueSourceInvoiceId !== undefined) return entry.uniqueSourceInvoiceId === uniqueSourceInvoiceId;
  return invoiceNumber !== undefined && entry.invoiceNumber === invoiceNumber;
}

/** Waits until the batches of a time and after have ended: one of them may hold what is looked for. */
async function untilQuiet(batches: Batches, since: Date, options: CallOptions): Promise<void> {
  const from = since.getTime() - CLOCK_TOLERANCE;
  for await (const { batchId, status, createdAt } of certain(batches.list({}, options))) {
    if (!FINAL.has(status) && !(Date.parse(createdAt) < from)) await waitIn(batches)(batchId, options);
  }
}

/** The items of a list. An answer without one proves nothing, least of all that something is not there. */
async function* certain<Item>(list: Pager<Item, { data: unknown }>): AsyncGenerator<Item, void, undefined> {
  for await (const { items, body } of list.pages()) {
    if (!Array.isArray(body?.data)) throw new PaginationError("missing_list", "The server answered without a list.");
    yield* items;
  }
}

async function findInvoices<Item extends InvoiceInput>(
  invoices: Invoices,
  items: Item[],
  options: CallOptions,
): Promise<Map<Item, Arrived>> {
  const found = new Map<Item, Arrived>();
  const wanted = new Set(items);
  const keep = (entry: Invoice) => {
    for (const item of wanted) {
      if (!sameInvoice({ ...entry }, item)) continue;
      found.set(item, { invoiceId: entry.id });
      wanted.delete(item);
    }
  };
  for (const item of items) {
    if (!wanted.has(item)) continue;
    // A server that ignores the filter gives all: the others are found on the way.
    const list = invoices.list({ UniqueSourceInvoiceId: String(item.uniqueSourceInvoiceId) }, options);
    for await (const entry of certain(list)) {
      keep(entry);
      if (!wanted.has(item)) break;
    }
  }
  return found;
}
