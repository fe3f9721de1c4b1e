import type { Batch, BatchReference, BatchResponse, Invoice } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import type { Api } from "../../http/api.js";
import type { WaitOptions } from "../batches.js";
import type { JournalOwner } from "./journal.js";
import type { ItemState, Outcome } from "./outcome.js";

export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

export interface KeyedItem<Item> {
  item: Item;
  /** The item as it was read, which is what is sent: a source may use one object for all items. */
  content: Item;
  /** Identifies the item in the journal. */
  key: string;
}

/** An item from its first request to its outcome. Whatever decides the outcome is also in the journal. */
export interface InFlightItem<Item> extends ItemState<Item> {
  /** The item as it was read. */
  content: Item;
  /** Whether an earlier submit sent it, so that items which this one has not read yet may be at the API. */
  isResumed: boolean;
  /** Whether this submit sent it. */
  isSent: boolean;
  /** How many requests with it failed such that they may have been processed. */
  lostRequests: number;
  /** How many of them with 429, which says that a later one may succeed. */
  throttledRequests: number;
  idempotencyKey: string | undefined;
  outcome: Outcome<Item> | undefined;
}

/** A list that `submit` reads; each page has a cursor to continue from. */
export interface Pages<Entry> {
  pages(): AsyncIterable<{ items: readonly Entry[]; cursor: string | undefined }>;
}

type ListRequest = CallOptions & { cursor?: string };

/** The part of the batches resource that `submit` uses. A structural type, since the resources import `submit`. */
export interface BatchesApi {
  list(query: { PageSize?: number; IdempotencyKey?: string }, options: ListRequest): Pages<Batch>;
  waitFor(batchId: string, options: WaitOptions): PromiseLike<BatchResponse>;
}

/** The part of the invoices resource that `submit` uses. */
export interface InvoicesApi {
  list(query: { UniqueSourceInvoiceId: string }, options: ListRequest): Pages<Invoice>;
}

/** What all kinds of items are submitted with. */
export interface SubmitContext {
  owner: Omit<JournalOwner, "kind">;
  /** The API whose requests are never repeated. */
  once: Api;
  batches: BatchesApi;
  /** Calls the API once; the response's `Date` tells its time. */
  readDate(options: CallOptions): PromiseLike<{ response: Response }>;
}

/** Sends items in one request, which is never repeated. */
export type Send<Item> = (items: Item[], options: CallOptions) => PromiseLike<BatchReference>;

/** What sets invoices, payments and corrections apart. */
export interface SubmitAdapter<Item> {
  kind: JournalOwner["kind"];
  /** The item's key, or why it cannot be sent. `json` is the content as JSON, `item` the object that was passed. */
  key(content: Item, json: string, item: Item): { key: string } | { problem: string } | Promise<{ key: string }>;
  /** What the key is made from, for error messages. */
  keyName: string;
  /** Items with the same value go into different requests, so that an entry of a batch matches one item only. */
  separateBy(item: Item): readonly unknown[];
  send: Send<Item>;
  /** Whether an entry of a batch is about the item; `undefined` if it does not say which item it is about. */
  matches(entry: Record<string, unknown>, item: Item): boolean | undefined;
  /** How the API's lists show the items; `undefined` if it has no list of them. */
  listing: Listing<Item> | undefined;
  /** What a person looks up for an unknown item, after its batch. */
  lookUp: string;
}

/** How the API's list of invoices is searched for items. */
export interface Listing<Item> {
  list(key: string, options: ListRequest): Pages<Invoice>;
  numberOf(item: Item): string | undefined;
  /** Whether one item only of those that were read has the number. */
  isUnique(number: string): boolean;
}
