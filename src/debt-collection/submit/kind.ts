import type { BatchReference, BatchResponse } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";

/** What an answer tells of an item that arrived. */
export interface Arrived {
  invoiceId: string | undefined;
}

/** What a look at the API tells of items. Those that it names in neither way are not there. */
export interface Look<Item> {
  found: Map<Item, Arrived>;
  /** They may be there: the API does not tell them from others. */
  unclear: Set<Item>;
}

/** What sets one kind of write apart from another. */
export interface Kind<Item> {
  /** Names the item for good; `undefined` where it cannot be told from others. */
  key(item: Item): string | undefined | Promise<string>;
  /** Said of an item without a key. */
  keyless: string;
  /** What two items of a chunk must not share, so that an entry of the batch's answer fits one item only. */
  alone(item: Item): unknown;
  /** Hands items over. */
  send(items: Item[], options: CallOptions): Promise<BatchReference>;
  /** Waits for a batch to end, as long as the signal lets it. */
  waitFor(batchId: string, options: CallOptions): Promise<BatchResponse>;
  /** Whether an entry of an answer speaks of the item. */
  matches(entry: Record<string, unknown>, item: Item): boolean;
  /**
   * Looks which items arrived since a time, after the batches of that time have ended. `undefined` where the API cannot be
   * asked.
   */
  look: ((items: Item[], since: Date, options: CallOptions) => Promise<Look<Item>>) | undefined;
  /** What a person looks up when nobody knows, beside the batch. */
  lookUp: string;
}
