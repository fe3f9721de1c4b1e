import type { Invoice } from "../../../../generated/debt-collection.js";
import type { CallOptions } from "../../../call.js";
import { normalizeId } from "../ids.js";
import type { Listing } from "../types.js";
import { ItemIndex } from "./item-index.js";
import { readPages } from "./list-reader.js";
import type { ServerClock } from "./server-clock.js";
import type { Wanted } from "./wanted.js";

/** Invoices are looked up in so many requests at once. */
const CONCURRENCY = 8;

/** Looks for items in the list of invoices. */
export class InvoiceLookup<Item> {
  readonly #listing: Listing<Item>;
  readonly #clock: ServerClock;
  readonly #options: CallOptions & { signal: AbortSignal };
  #isFilterApplied: boolean | undefined;
  #isFilterExact: boolean | undefined;

  constructor(listing: Listing<Item>, clock: ServerClock, options: CallOptions & { signal: AbortSignal }) {
    this.#listing = listing;
    this.#clock = clock;
    this.#options = options;
  }

  /** Whether the server applies the filter: then the list for an id that nobody has used is empty. */
  async #probeFilter(): Promise<boolean> {
    this.#isFilterApplied ??= await this.#isEmpty(crypto.randomUUID());
    return this.#isFilterApplied;
  }

  /** Whether the filter takes whole ids only: then the lists for the beginning and the rest of one are empty. */
  async #probeExactness(key: string): Promise<boolean> {
    const beginning = key.slice(0, Math.ceil(key.length / 2));
    this.#isFilterExact ??= key.length > 1 && (await this.#isEmpty(beginning)) && (await this.#isEmpty(key.slice(1)));
    return this.#isFilterExact;
  }

  async #isEmpty(key: string): Promise<boolean> {
    for await (const page of readPages((options) => this.#listing.list(key, options), this.#options)) {
      if (page.length > 0) return false;
    }
    return true;
  }

  /** Notes what the list says about the items. */
  async lookUp(wanted: Wanted<Item>[]): Promise<void> {
    if (wanted.length === 0) return;
    const index = new ItemIndex(wanted, this.#listing);
    /** Invoices that may be an item, by their number: without the source's id they prove something only together. */
    const candidates = new Map<Wanted<Item>, Map<unknown, { invoice: Invoice; isCertain: boolean }>>();

    const readList = async (requested: Wanted<Item>) => {
      for await (const page of readPages((options) => this.#listing.list(requested.item.key, options), this.#options)) {
        for (const invoice of page) note(invoice, requested);
      }
    };

    /** What the list for an item has without the source's id. */
    const unnamed = new Map<Wanted<Item>, Map<unknown, Invoice>>();

    const note = (invoice: Invoice & Record<string, unknown>, requested: Wanted<Item>) => {
      if (normalizeId(invoice.uniqueSourceInvoiceId) === undefined) {
        const own = unnamed.get(requested) ?? new Map();
        unnamed.set(requested, own.set(invoice.id ?? invoice, invoice));
      }
      for (const { one, isCertain } of index.find(invoice, isFilterApplied ? [requested] : wanted)) {
        if (normalizeId(invoice.uniqueSourceInvoiceId) === undefined) {
          const own = candidates.get(one) ?? new Map();
          candidates.set(one, own.set(invoice.id ?? invoice, { invoice, isCertain }));
        } else if (isCertain) one.finding = { status: "exists", invoiceId: invoice.id };
        else if (one.finding?.status !== "exists") one.finding = { status: "unclear" };
      }
    };

    const now = performance.now();
    const isFilterApplied = await this.#probeFilter();
    // Without the filter, the list of the first one has all the others, too.
    await forEachConcurrently(isFilterApplied ? wanted : wanted.slice(0, 1), CONCURRENCY, readList);

    for (const [one, own] of candidates) {
      // An older invoice can have the same number, and so can another new one. It may also be why the item was rejected.
      const recent = [...own.values()].filter(
        ({ invoice }) => one.isLikely || !this.#clock.isOlder(invoice.createdAt, one.since),
      );
      const [only, ...others] = recent;
      if (!only || one.finding?.status === "exists") continue;
      const isFound = only.isCertain && others.length === 0 && this.#clock.isNewer(only.invoice.createdAt, one.since);
      one.finding = isFound ? { status: "exists", invoiceId: only.invoice.id } : { status: "unclear" };
    }
    for (const [one, own] of isFilterApplied ? unnamed : []) {
      if (one.finding?.status === "exists" || !(await this.#probeExactness(one.item.key))) continue;
      // The server found it by its source id; its number has to agree all the same.
      const [only, ...others] = own.values();
      const number = normalizeId(only?.invoiceNumber);
      const isSame = number !== undefined && number === this.#listing.numberOf(one.item.content);
      const isFound = only && isSame && this.#listing.isUnique(number) && others.length === 0;
      one.finding = isFound ? { status: "exists", invoiceId: only.id } : { status: "unclear" };
    }
    for (const one of wanted) if (one.finding?.status !== "exists") one.unlisted = { look: one.looks, at: now };
  }
}

async function forEachConcurrently<T>(
  elements: T[],
  limit: number,
  work: (element: T) => Promise<void>,
): Promise<void> {
  const remaining = elements.values();
  const workers = Array.from({ length: limit }, async () => {
    for (const element of remaining) await work(element);
  });
  for (const result of await Promise.allSettled(workers)) if (result.status === "rejected") throw result.reason;
}
