import { ApiError } from "../../errors.js";

/** The result for one submitted item. */
export type Outcome<Item> = Accepted<Item> | Rejected<Item> | Unknown<Item>;

/** The API accepted the item. */
export interface Accepted<Item> {
  status: "accepted";
  item: Item;
  /** Identifies the item in the journal: an invoice's `uniqueSourceInvoiceId`, otherwise a hash of the content. */
  key: string;
  /** The batch that contained the item; `undefined` if a lookup found it. */
  batchId: string | undefined;
  /** Amili's id of the invoice, if a response contained it. */
  invoiceId: string | undefined;
}

/** The API rejected the item, or the item was invalid and not sent. */
export interface Rejected<Item> {
  status: "rejected";
  item: Item;
  key: string;
  batchId: string | undefined;
  /**
   * The error, or the batch's entry about the item (its form is undocumented); only the batch's status if the batch does not
   * say which items failed. May contain personal data.
   */
  reason: unknown;
}

/** Whether the API accepted the item is not known. It is not sent again, since that could duplicate it. */
export interface Unknown<Item> {
  status: "unknown";
  item: Item;
  key: string;
  batchId: string | undefined;
  /** Whether a request with the item may have been processed. If `false`, the item can be submitted again. */
  sent: boolean;
  /** Why the outcome is unknown. May contain personal data. */
  reason: unknown;
  /** What to look up before the item is sent again. */
  lookUp: string;
}

/** What is known about an item while its outcome is open. */
export interface ItemState<Item> {
  item: Item;
  key: string;
  /** When the first request that may have been processed was sent. */
  since: Date | undefined;
  batchId: string | undefined;
}

/** What decides an outcome. */
export type Verdict =
  | { status: "accepted"; invoiceId: string | undefined }
  | { status: "rejected" | "unknown"; reason: unknown };

/** @param lookUp what to look up after the batch if the outcome is unknown */
export function createOutcome<Item>(state: ItemState<Item>, verdict: Verdict, lookUp: string): Outcome<Item> {
  const { item, key, batchId, since } = state;
  const base = { item, key, batchId };
  if (verdict.status === "accepted") return { ...base, status: verdict.status, invoiceId: verdict.invoiceId };
  const { status, reason } = verdict;
  if (status === "rejected") return { ...base, status, reason };
  const batch = batchId ? `batches.get("${batchId}")` : `batches.list() for batches since ${since?.toISOString()}`;
  const steps = since ? `${batch}, then ${lookUp}.` : "Nothing: no request with this item was processed.";
  return { ...base, status, sent: since !== undefined, reason, lookUp: steps };
}

/** A reason as data for the journal. JSON leaves out the message and body of an error. */
export function serializeReason(reason: unknown): unknown {
  if (!(reason instanceof Error)) return reason;
  const body = reason instanceof ApiError ? reason.body : undefined;
  return { ...reason, name: reason.name, message: reason.message, ...(body !== undefined && { body }) };
}
