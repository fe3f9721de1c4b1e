import type { InvoiceInput } from "../../../generated/debt-collection.js";
import { isWellFormed } from "../../http/serialize.js";
import { contentKeys } from "./content-keys.js";
import { foldId, isNonEmptyString, normalizeId } from "./ids.js";
import { StringIndex } from "./string-index.js";
import type { InvoicesApi, Send, SubmitAdapter } from "./types.js";

/** An invoice's key, or why it cannot be sent. */
export function invoiceKey({ uniqueSourceInvoiceId: id }: InvoiceInput): { key: string } | { problem: string } {
  if (typeof id === "number") {
    return { problem: "its uniqueSourceInvoiceId is a number; pass it as a string, as the API returns it" };
  }
  const key = normalizeId(id);
  if (key === undefined) return { problem: "it has no uniqueSourceInvoiceId" };
  if (!isWellFormed(key)) return { problem: "its uniqueSourceInvoiceId has half a character, a lone surrogate" };
  return { key };
}

/** Invoices are identified and looked up by their `uniqueSourceInvoiceId`. */
export function invoiceAdapter<Item extends InvoiceInput>(
  invoices: InvoicesApi,
  send: Send<Item>,
): SubmitAdapter<Item> {
  const counts = new StringIndex();
  const numberOf = ({ invoiceNumber }: InvoiceInput) => normalizeId(invoiceNumber);
  return {
    kind: "invoice",
    key(item) {
      const keyed = invoiceKey(item);
      const number = "key" in keyed ? numberOf(item) : undefined;
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
      return keyed;
    },
    keyName: "uniqueSourceInvoiceId",
    separateBy(item) {
      const number = numberOf(item);
      const id = `id ${foldId(normalizeId(item.uniqueSourceInvoiceId) ?? "")}`;
      return number === undefined ? [id] : [id, `number ${number}`];
    },
    send,
    matches: isSameInvoice,
    listing: {
      list: (key, options) => invoices.list({ UniqueSourceInvoiceId: key }, options),
      numberOf,
      isUnique: (number) => counts.get(number) === 1,
    },
    lookUp: "invoices.list({ UniqueSourceInvoiceId }) once it has ended",
  };
}

/** Whether an entry of the invoice's own batch is about it. Items of one batch differ in number and, but for case, in id. */
export function isSameInvoice(entry: Record<string, unknown>, item: InvoiceInput): boolean | undefined {
  const id = normalizeId(entry.uniqueSourceInvoiceId);
  if (id !== undefined) return foldId(id) === foldId(normalizeId(item.uniqueSourceInvoiceId) ?? "");
  const number = normalizeId(entry.invoiceNumber);
  return number === undefined || item.invoiceNumber === undefined
    ? undefined
    : number === normalizeId(item.invoiceNumber);
}

/**
 * Payments and corrections have an invoice's id but none of their own, and the API does not list them.
 *
 * @param ownKey the caller's id of an item
 */
export function byInvoiceAdapter<Item extends { invoiceId?: string }>(
  kind: "payment" | "correction",
  send: Send<Item>,
  ownKey?: (item: Item) => unknown,
): SubmitAdapter<Item> {
  const keyOf = contentKeys(kind);
  return {
    kind,
    key: ownKey ? (_, __, item) => checkKey(ownKey(item)) : async (_, json) => ({ key: await keyOf(json) }),
    keyName: ownKey ? "key" : "content",
    separateBy: ({ invoiceId }) => (invoiceId === undefined ? [] : [invoiceId]),
    send,
    matches: (entry, { invoiceId }) => (entry.invoiceId === undefined ? undefined : entry.invoiceId === invoiceId),
    listing: undefined,
    lookUp: `whether Amili has the ${kind} on the invoice`,
  };
}

function checkKey(key: unknown): { key: string } | { problem: string } {
  return isNonEmptyString(key) && isWellFormed(key) ? { key } : { problem: "the option key gave no id for it" };
}
