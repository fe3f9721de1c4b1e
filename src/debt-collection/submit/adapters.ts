import type { InvoiceInput } from "../../../generated/debt-collection.js";
import { MAX_TIMER } from "../../http/checks.js";
import { contentKeys, isNonEmptyString } from "./input.js";
import { invoiceReconciler, sameInvoice } from "./reconcile.js";
import type { BatchesApi, InvoicesApi, SubmitAdapter, SubmitContext } from "./types.js";

// The chunk run limits the wait.
const waitForIn =
  (batches: BatchesApi): SubmitAdapter<unknown>["waitFor"] =>
  (batchId, options) =>
    batches.waitFor(batchId, { ...options, maxWait: MAX_TIMER });

/** Invoices are identified and looked up by their `uniqueSourceInvoiceId`. */
export function invoiceAdapter<Item extends InvoiceInput>(
  invoices: InvoicesApi,
  { batches, mayResend }: SubmitContext,
): SubmitAdapter<Item> {
  const waitFor = waitForIn(batches);
  return {
    key: ({ uniqueSourceInvoiceId: id }) => (isNonEmptyString(id) ? id : undefined),
    keyName: "uniqueSourceInvoiceId",
    separateBy: ({ invoiceNumber }) => invoiceNumber,
    send: (items, options) => invoices.create(items, options),
    mayResend,
    waitFor,
    matches: sameInvoice,
    reconcile: invoiceReconciler(invoices, batches, waitFor),
    lookUp: "invoices.list({ UniqueSourceInvoiceId }) once it has ended",
  };
}

/** Payments and corrections have an invoice's id but none of their own, and the API does not list them. */
export function byInvoiceAdapter<Item extends { invoiceId?: string }>(
  kind: "payment" | "correction",
  send: SubmitAdapter<Item>["send"],
  { batches, mayResend }: SubmitContext,
): SubmitAdapter<Item> {
  const keyOf = contentKeys(kind);
  return {
    key: (_, json) => keyOf(json),
    keyName: "content",
    separateBy: ({ invoiceId }) => invoiceId,
    send,
    mayResend,
    waitFor: waitForIn(batches),
    matches: (entry, { invoiceId }) => (entry.invoiceId === undefined ? undefined : entry.invoiceId === invoiceId),
    reconcile: undefined,
    lookUp: `whether Amili has the ${kind} on the invoice`,
  };
}
