import type { InvoiceInput } from "../../../generated/debt-collection.js";
import type { Invoices } from "../../../generated/debt-collection.resources.js";
import type { CallOptions } from "../../call.js";
import { MAX_TIMER } from "../../http/checks.js";
import type { Batches } from "../batches.js";
import { contentKeys } from "./content-keys.js";
import type { Kind } from "./kind.js";
import { invoiceLook, sameInvoice } from "./look.js";
import type { Items } from "./source.js";
import { type SubmitOptions, submit } from "./submit.js";

// As long as a timer can: the chunk's own time ends the wait.
const waitIn = (batches: Batches) => (batchId: string, options: CallOptions) =>
  batches.waitFor(batchId, { ...options, maxWait: MAX_TIMER });

/** Invoices can be looked up by their `uniqueSourceInvoiceId`. */
export const submitInvoices = <Item extends InvoiceInput>(
  invoices: Invoices,
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) => submit(items, invoiceKind<Item>(invoices, batches), options);

/** Payments and corrections cannot be looked up: the API lists none of an organisation. */
export const submitByInvoice = <Item extends { invoiceId?: string }>(
  name: "payment" | "correction",
  send: Kind<Item>["send"],
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) => submit(items, byInvoice(name, send, batches), options);

function invoiceKind<Item extends InvoiceInput>(invoices: Invoices, batches: Batches): Kind<Item> {
  const waitFor = waitIn(batches);
  return {
    key: ({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId || undefined,
    keyless: "it has no uniqueSourceInvoiceId, by which it could be found again",
    alone: ({ invoiceNumber }) => invoiceNumber,
    send: (items, options) => invoices.create(items, options),
    waitFor,
    matches: (entry, item) => sameInvoice(entry, item) === true,
    look: invoiceLook(invoices, batches, waitFor),
    lookUp: "invoices.list({ UniqueSourceInvoiceId }) once it has ended",
  };
}

/** Writes that name an invoice by Amili's id and have no id of their own. */
function byInvoice<Item extends { invoiceId?: string }>(
  name: string,
  send: Kind<Item>["send"],
  batches: Batches,
): Kind<Item> {
  return {
    key: contentKeys(name),
    keyless: `it is no ${name}`,
    alone: ({ invoiceId }) => invoiceId,
    send,
    waitFor: waitIn(batches),
    matches: (entry, { invoiceId }) => entry.invoiceId !== undefined && entry.invoiceId === invoiceId,
    look: undefined,
    lookUp: `whether Amili has the ${name} on the invoice`,
  };
}
