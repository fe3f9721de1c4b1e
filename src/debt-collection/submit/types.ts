import type {
  Batch,
  BatchReference,
  BatchResponse,
  Invoice,
  InvoiceInput,
} from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import type { WaitOptions } from "../batches.js";
import type { ItemState, Outcome } from "./outcome.js";

export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

export interface KeyedItem<Item> {
  item: Item;
  /** Identifies the item in the journal. */
  key: string;
}

/** An item from its first request to its outcome. Whatever decides the outcome is also in the journal. */
export interface InFlightItem<Item> extends ItemState<Item> {
  /** Whether it was sent again after an ambiguous failure. The first request may still be processed. */
  resent: boolean;
  outcome: Outcome<Item> | undefined;
}

/** What a lookup says about items. Items in neither collection do not exist at the API. */
export interface Reconciliation<Item> {
  found: Map<Item, { invoiceId: string | undefined }>;
  /** Items that the API's lists do not distinguish from others. */
  unclear: Set<Item>;
}

/** Waits for the batches created since a time, then looks the items up. */
export type Reconcile<Item> = (items: Item[], since: Date, options: CallOptions) => Promise<Reconciliation<Item>>;

/** What sets invoices, payments and corrections apart. */
export interface SubmitAdapter<Item> {
  /** The item's key. `json` is the item as JSON. */
  key(item: Item, json: string): string | undefined | Promise<string>;
  /** What the key is made from, for error messages. */
  keyName: string;
  /** Items with the same value go into different requests, so that an entry of a batch matches one item only. */
  separateBy(item: Item): unknown;
  send(items: Item[], options: CallOptions): PromiseLike<BatchReference>;
  mayResend: boolean;
  /** Waits for a batch to end; only the signal limits the wait. */
  waitFor(batchId: string, options: Omit<WaitOptions, "maxWait">): PromiseLike<BatchResponse>;
  /** Whether an entry of a batch is about the item; `undefined` if it does not say which item it is about. */
  matches(entry: Record<string, unknown>, item: Item): boolean | undefined;
  /** `undefined` if the API does not list such items. */
  reconcile: Reconcile<Item> | undefined;
  /** What a person looks up for an unknown item, after its batch. */
  lookUp: string;
}

export interface Pages<Item> {
  pages(): AsyncIterable<{ items: readonly Item[]; body: { data?: unknown } | undefined }>;
}

/** The part of the invoices resource that `submit` uses. A structural type, since the resource itself imports `submit`. */
export interface InvoicesApi {
  create(invoices: InvoiceInput[], options: CallOptions): PromiseLike<BatchReference>;
  list(query: { UniqueSourceInvoiceId: string }, options: CallOptions): Pages<Invoice>;
}

/** The part of the batches resource that `submit` uses. */
export interface BatchesApi {
  list(query: Record<never, never>, options: CallOptions): Pages<Batch>;
  waitFor(batchId: string, options: WaitOptions): PromiseLike<BatchResponse>;
}

/** What all kinds of items are submitted with. */
export interface SubmitContext {
  batches: BatchesApi;
  /** Whether the platform may send each request twice, so that a rejection may mean the second one. */
  mayResend: boolean;
}
