import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../../generated/debt-collection.js";
import { MAX_TIMER } from "../../http/checks.js";
import type { CallOptions } from "../../http/client.js";
import type { Batches } from "../batches.js";
import type { Corrections } from "../corrections.js";
import type { Invoices } from "../invoices.js";
import type { Payments } from "../payments.js";
import { contentKeys } from "./content-keys.js";
import type { Kind } from "./kind.js";
import { invoiceLook, sameInvoice } from "./look.js";
import type { Items } from "./source.js";
import { type SubmitOptions, submit } from "./submit.js";

// As long as a timer can: the chunk's own time ends the wait.
const waitIn = (batches: Batches) => (batchId: string, options: CallOptions) =>
  batches.waitFor(batchId, { ...options, timeout: MAX_TIMER });

/** Invoices can be looked up by their `uniqueSourceInvoiceId`. */
export const submitInvoices = <Item extends InvoiceInput>(
  invoices: Invoices,
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) => submit(items, invoiceKind<Item>(invoices, batches), options);

/** Payments cannot be looked up: the API lists none of an organisation. */
export const submitPayments = <Item extends PaymentInput>(
  payments: Payments,
  batches: Batches,
  items: Items<Item>,
  options?: SubmitOptions,
) =>
  submit(
    items,
    byInvoice<Item>("payment", (some, o) => payments.create(some, o), batches),
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
    byInvoice<Item>("correction", (some, o) => corrections.create(some, o), batches),
    options,
  );

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
