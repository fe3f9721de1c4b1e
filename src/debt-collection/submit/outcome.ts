import { ApiError } from "../../errors.js";
import type { JournalRecord } from "./journal.js";

/** The result for one submitted item. */
export type Outcome<Item> = Accepted<Item> | Exists<Item> | Rejected<Item> | Unknown<Item>;

/** A batch of the API says that it accepted the item. */
export interface Accepted<Item> {
  status: "accepted";
  item: Item;
  /** Identifies the item in the journal: an invoice's `uniqueSourceInvoiceId`, otherwise a hash of the content. */
  key: string;
  /** The batch that contained the item. */
  batchId: string | undefined;
  /** Amili's id of the invoice, if a response contained it. */
  invoiceId: string | undefined;
}

/**
 * The API lists the invoice. A request of this submit created it, whose response was lost, or an earlier one: its content
 * may differ from the item's.
 */
export interface Exists<Item> {
  status: "exists";
  item: Item;
  key: string;
  /** The last batch that was known to contain the item. */
  batchId: string | undefined;
  /** Amili's id of the invoice. */
  invoiceId: string | undefined;
}

/** The API rejected the item and does not list it, or the item was invalid and not sent. */
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

/** How many items have each outcome. */
export type Summary = Record<Outcome<unknown>["status"], number>;

/** What is known about an item while its outcome is open. */
export interface ItemState<Item> {
  item: Item;
  key: string;
  /** When the first request that may have been processed was sent, by the server's clock. */
  since: Date | undefined;
  batchId: string | undefined;
}

/** What decides an outcome. */
export type Verdict =
  | { status: "accepted" | "exists"; invoiceId: string | undefined }
  | { status: "rejected" | "unknown"; reason: unknown };

/** @param lookUp what to look up after the batch if the outcome is unknown */
export function createOutcome<Item>(state: ItemState<Item>, verdict: Verdict, lookUp: string): Outcome<Item> {
  const { item, key, batchId, since } = state;
  const base = { item, key, batchId };
  if ("invoiceId" in verdict) return { ...base, status: verdict.status, invoiceId: verdict.invoiceId };
  const { status, reason } = verdict;
  if (status === "rejected") return { ...base, status, reason };
  const batch = batchId ? `batches.get("${batchId}")` : `batches.list() for batches since ${since?.toISOString()}`;
  const steps = since ? `${batch}, then ${lookUp}.` : "Nothing: no request with this item was processed.";
  return { ...base, status, sent: since !== undefined, reason, lookUp: steps };
}

/** The verdict that a journal holds; `undefined` for an item whose outcome is open. */
export function recordedVerdict(record: JournalRecord): Verdict | undefined {
  const { state } = record;
  if (state === "accepted" || state === "exists") return { status: state, invoiceId: record.invoiceId };
  return state === "rejected" ? { status: state, reason: record.reason } : undefined;
}

/** What the journal keeps of an outcome; nothing of an unknown one, so that a resumed submit reconciles it. */
export function recordOf({ key, ...outcome }: Outcome<unknown>): JournalRecord | undefined {
  if (outcome.status === "unknown") return undefined;
  const { status: state, batchId } = outcome;
  if (state === "rejected") return { key, state, batchId, reason: serializeReason(outcome.reason) };
  return { key, state, batchId, invoiceId: outcome.invoiceId };
}

/** A reason as data for the journal. JSON leaves out the message and body of an error. */
export function serializeReason(reason: unknown): unknown {
  if (!(reason instanceof Error)) return reason;
  const body = reason instanceof ApiError ? reason.body : undefined;
  return { ...reason, name: reason.name, message: reason.message, ...(body !== undefined && { body }) };
}
