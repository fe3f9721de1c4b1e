import type { Batch, Invoice } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import { ApiError } from "../../errors.js";
import { onAbort, raceAbort, sleep } from "../../http/abort.js";
import { FINAL_STATUSES } from "../batches.js";
import { foldId, normalizeId } from "./ids.js";
import { isObject, readPages } from "./list-reader.js";
import type { ServerClock } from "./server-clock.js";
import type { BatchesApi, InFlightItem, Listing, SubmitAdapter } from "./types.js";

/** What the API's lists say about an item. */
export type Finding =
  /** A batch that another request created names it. */
  | { status: "accepted"; batchId: string; invoiceId: string | undefined }
  /** The list of invoices has it. */
  | { status: "exists"; invoiceId: string | undefined }
  /** The lists do not distinguish it from others. */
  | { status: "unclear" }
  /** The lists do not have it, also after the delay. */
  | { status: "missing" };

/** What is looked for, and how. */
export interface Search {
  /** Whether a missing item is looked for again, until the delay has passed. */
  waits: boolean;
  /** Whether the items probably exist, so that each is looked up at once and not only after the delay. */
  isLikely: boolean;
  /** Whether the items' own batch states that it rejected them, so that another batch has them or none. */
  isRejected: boolean;
  signal: AbortSignal;
}

/** An item that is looked for. */
interface Wanted<Item> {
  item: InFlightItem<Item>;
  since: Date;
  waits: boolean;
  isLikely: boolean;
  isRejected: boolean;
  /** Since when no batch is open that may contain it. */
  quietSince: number;
  startedAt: number;
  joinedAt: number;
  looks: number;
  /** The last look at which the list of invoices did not have it. */
  unlisted: { look: number; at: number } | undefined;
  nextLook: number;
  finding: Finding | undefined;
  settle: { resolve: (finding: Finding) => void; reject: (error: unknown) => void };
}

/** Invoices are looked up in so many requests at once. */
const CONCURRENCY = 8;

/** The documentation states no page size; a larger one means fewer requests where there are many batches. */
const PAGE_SIZE = 100;

/** The delay is at least this many times the longest one after which an item was seen. */
const DELAY_FACTOR = 3;

/** A batch that stays open longer, in ms, leaves an item unclear. */
const OPEN_LIMIT = 600_000;

/** How long after its failure a request may still arrive, in ms, if the delay is shorter. */
const MIN_LATENESS = 60_000;

/** Limits of the delay between two looks at an open batch, in ms. */
const MIN_INTERVAL = 500;
const MAX_INTERVAL = 10_000;

/**
 * Finds out which items the API has: from the batches that other requests created, whose responses were lost, and from the
 * list of invoices. It looks for the items of all chunks together, at growing intervals.
 */
export class Reconciler<Item> {
  readonly #adapter: Pick<SubmitAdapter<Item>, "listing" | "matches">;
  readonly #batches: BatchesApi;
  readonly #clock: ServerClock;
  readonly #visibilityDelay: number;
  readonly #options: CallOptions & { signal: AbortSignal };
  /** Batches whose items are known: they contain no item that is looked for. */
  readonly ownBatches = new Set<string>();
  readonly #wanted = new Set<Wanted<Item>>();
  readonly #startedAt = performance.now();
  /** Batches that were listed before. */
  readonly #seen = new Set<string>();
  #lastScan: { oldest: Date; time: Date } | undefined;
  #isRunning = false;
  #wake = () => {};
  #longestDelay = 0;
  #pageSize: number | undefined = PAGE_SIZE;
  #isFilterApplied: boolean | undefined;

  constructor(
    adapter: Pick<SubmitAdapter<Item>, "listing" | "matches">,
    batches: BatchesApi,
    clock: ServerClock,
    visibilityDelay: number,
    options: CallOptions & { signal: AbortSignal },
  ) {
    this.#adapter = adapter;
    this.#batches = batches;
    this.#clock = clock;
    this.#visibilityDelay = visibilityDelay;
    this.#options = options;
  }

  /** What the lists say about each item. */
  async find(items: InFlightItem<Item>[], { signal, ...search }: Search): Promise<Map<InFlightItem<Item>, Finding>> {
    const now = performance.now();
    const start = { ...search, looks: 0, unlisted: undefined, joinedAt: now, nextLook: now, finding: undefined };
    const wanted: Wanted<Item>[] = [];
    const findings = items.map(
      (item) =>
        new Promise<Finding>((resolve, reject) => {
          // An earlier submit ended before this one started.
          const startedAt = item.isResumed && !item.isSent ? this.#startedAt : now;
          wanted.push({
            ...start,
            item,
            since: item.since ?? new Date(0),
            startedAt,
            quietSince: startedAt,
            settle: { resolve, reject },
          });
        }),
    );
    for (const one of wanted) this.#wanted.add(one);
    if (!this.#isRunning) void this.#run();
    this.#wake();
    try {
      const found = await raceAbort(Promise.all(findings), [signal]);
      return new Map(items.map((item, i) => [item, found[i] as Finding]));
    } finally {
      for (const one of wanted) this.#wanted.delete(one);
    }
  }

  /** Looks until nothing is wanted. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#wanted.size > 0) {
        const now = performance.now();
        const due = [...this.#wanted].filter(({ nextLook }) => nextLook <= now);
        if (due.length > 0) await this.#look(due);
        else await this.#sleepUntil(earliest([...this.#wanted].map(({ nextLook }) => nextLook)));
      }
    } catch (error) {
      for (const { settle } of this.#wanted) settle.reject(error);
      this.#wanted.clear();
    } finally {
      this.#isRunning = false;
    }
  }

  /** Sleeps until a time, or until there is something new to look for. */
  async #sleepUntil(time: number): Promise<void> {
    const controller = new AbortController();
    this.#wake = () => controller.abort();
    const removeListener = onAbort([this.#options.signal], () => controller.abort());
    try {
      await sleep(Math.max(1, time - performance.now()), [controller.signal]).catch(() => {});
      this.#options.signal.throwIfAborted();
    } finally {
      removeListener();
      this.#wake = () => {};
    }
  }

  get #delay(): number {
    return Math.max(this.#visibilityDelay, DELAY_FACTOR * this.#longestDelay);
  }

  #delayOf({ waits }: Wanted<Item>): number {
    return waits ? this.#delay : 0;
  }

  async #look(due: Wanted<Item>[]): Promise<void> {
    const now = performance.now();
    const scan = await this.#scanBatches(due);
    const isFinal = (one: Wanted<Item>) => now >= one.quietSince + this.#delayOf(one) || scan.showsNoOther(one);
    const { listing } = this.#adapter;
    // Otherwise the batches tell that nothing arrived yet: reading each invoice would cost a request for each.
    const isDue = (one: Wanted<Item>) => (one.looks === 0 && one.isLikely) || isFinal(one) || scan.hasEnded(one);
    if (listing) {
      await this.#listInvoices(
        due.filter((one) => one.finding?.status !== "accepted" && !scan.isOpen(one) && isDue(one)),
        listing,
      );
    }
    for (const one of due) {
      const { finding } = one;
      const isOpen = scan.isOpen(one);
      if (finding && finding.status !== "unclear") this.#settle(one, finding);
      else if (isOpen && now - one.joinedAt < OPEN_LIMIT + this.#delayOf(one)) this.#postpone(one, now);
      else if (isFinal(one)) {
        const isUnclear = isOpen || finding || (!listing && scan.hasEnded(one));
        this.#settle(one, { status: isUnclear ? "unclear" : "missing" });
      } else this.#schedule(one, now);
    }
  }

  #settle(one: Wanted<Item>, finding: Finding): void {
    const { looks, unlisted, joinedAt, quietSince } = one;
    if (finding.status === "exists" && unlisted) {
      // Invoices are not read at each look: it may have been listed since the last time.
      const seenAt = unlisted.look === looks - 1 ? performance.now() : unlisted.at;
      this.#sawAfter(seenAt - Math.max(joinedAt, quietSince));
    }
    this.#wanted.delete(one);
    one.settle.resolve(finding);
  }

  /** Growing intervals, the last one to the end of the delay. */
  #schedule(one: Wanted<Item>, now: number): void {
    const delay = this.#delayOf(one);
    one.nextLook = Math.min(now + (delay / 8) * 2 ** one.looks, one.quietSince + delay);
    one.looks++;
    one.finding = undefined;
  }

  #sawAfter(delay: number): void {
    this.#longestDelay = Math.max(this.#longestDelay, delay);
  }

  /** A batch that is open may contain the item, which may show some time after the batch ended. */
  #postpone(one: Wanted<Item>, now: number): void {
    one.quietSince = now;
    one.nextLook = now + Math.min(MAX_INTERVAL, Math.max(MIN_INTERVAL, this.#delayOf(one) / 8));
    one.looks++;
    one.finding = undefined;
  }

  /** Reads the batches since the first request with a wanted item, and notes what they say about the items. */
  async #scanBatches(wanted: Wanted<Item>[]) {
    const index = new ItemIndex(wanted, this.#adapter.listing);
    const oldest = new Date(earliest(wanted.map(({ since }) => since.getTime())));
    const now = this.#clock.now();
    const listed = new Set<string | undefined>();
    const open: Batch[] = [];
    const ended: Batch[] = [];
    for await (const page of this.#readBatches(oldest)) {
      for (const batch of page) {
        listed.add(batch.batchId);
        if (this.#clock.isOlder(batch.createdAt, oldest)) continue;
        this.#noteDelay(batch);
        if (this.ownBatches.has(batch.batchId)) continue;
        (FINAL_STATUSES.has(batch.status) ? ended : open).push(batch);
      }
    }
    this.#lastScan = { oldest, time: now };
    const mayContain = (batches: Batch[], one: Wanted<Item>) =>
      batches.some(
        ({ createdAt }) =>
          !this.#clock.isOlder(createdAt, one.since) && !this.#clock.isLater(createdAt, this.#latestOf(one)),
      );
    const recent = new Date(now.getTime() - this.#delay);
    for (const { batchId, createdAt, finishedAt, succeeded } of ended) {
      // Invoices of a batch that ended long ago are listed. It counts nevertheless if it may have an item that was sent.
      const isRecent = !this.#clock.isOlder(finishedAt ?? createdAt, recent);
      for (const entry of Array.isArray(succeeded) ? succeeded.filter(isObject) : []) {
        for (const { one, isCertain } of index.find(entry, [])) {
          if (this.#clock.isOlder(createdAt, one.since)) continue;
          const invoiceId = normalizeId(entry.invoiceId);
          if (isCertain && this.#clock.isNewer(createdAt, one.since))
            one.finding = { status: "accepted", batchId, invoiceId };
          else if (isRecent || one.waits) one.finding ??= { status: "unclear" };
        }
      }
    }
    return {
      isOpen: (one: Wanted<Item>) => mayContain(open, one),
      hasEnded: (one: Wanted<Item>) => mayContain(ended, one),
      /** A list that has the item's own batch also has the one that was processed before it, if there is one. */
      showsNoOther: (one: Wanted<Item>) =>
        one.isRejected && listed.has(one.item.batchId) && !mayContain([...open, ...ended], one),
    };
  }

  /** A batch that is new in the list, but was created before the list was last read, shows with a delay. */
  #noteDelay({ batchId, createdAt }: Batch): void {
    if (this.#seen.has(batchId)) return;
    this.#seen.add(batchId);
    const { oldest, time } = this.#lastScan ?? {};
    const created = new Date(createdAt);
    if (oldest && time && created >= oldest && created < time) {
      this.#sawAfter(this.#clock.now().getTime() - created.getTime());
    }
  }

  /** When the item's request can have created a batch at the latest. */
  #latestOf(one: Wanted<Item>): Date {
    const failedAt = this.#clock.now().getTime() - (performance.now() - one.startedAt);
    return new Date(failedAt + Math.max(MIN_LATENESS, this.#delayOf(one)));
  }

  /** The pages of the batches, as far as they may be needed. */
  async *#readBatches(oldest: Date): AsyncGenerator<Batch[], void, undefined> {
    let isNewestFirst = true;
    try {
      const query = this.#pageSize === undefined ? {} : { PageSize: this.#pageSize };
      for await (const page of readPages((options) => this.#batches.list(query, options), this.#options)) {
        yield page;
        // The order is undocumented. If it is newest first, no batch after an older one matters.
        isNewestFirst &&= isDescending(page.map(({ createdAt }) => Date.parse(createdAt)));
        if (isNewestFirst && this.#clock.isOlder(page.at(-1)?.createdAt, oldest)) return;
      }
    } catch (error) {
      const isRefused = error instanceof ApiError && (error.status === 400 || error.status === 422);
      if (!isRefused || this.#pageSize === undefined) throw error;
      this.#pageSize = undefined;
      yield* this.#readBatches(oldest);
    }
  }

  /** Whether the server applies the filter: then the list for an id that nobody has used is empty. */
  async #probeFilter(listing: Listing<Item>): Promise<boolean> {
    if (this.#isFilterApplied === undefined) {
      let isEmpty = true;
      for await (const page of readPages((options) => listing.list(crypto.randomUUID(), options), this.#options)) {
        isEmpty = page.length === 0;
        if (!isEmpty) break;
      }
      this.#isFilterApplied = isEmpty;
    }
    return this.#isFilterApplied;
  }

  async #listInvoices(wanted: Wanted<Item>[], listing: Listing<Item>): Promise<void> {
    if (wanted.length === 0) return;
    const index = new ItemIndex(wanted, listing);
    /** Invoices that may be an item, by their number: without the source's id they prove something only together. */
    const candidates = new Map<Wanted<Item>, Map<unknown, { invoice: Invoice; isCertain: boolean }>>();

    const lookUp = async (requested: Wanted<Item>) => {
      for await (const page of readPages((options) => listing.list(requested.item.key, options), this.#options)) {
        for (const invoice of page) note(invoice, requested);
      }
    };

    const note = (invoice: Invoice & Record<string, unknown>, requested: Wanted<Item>) => {
      for (const { one, isCertain } of index.find(invoice, isFilterApplied ? [requested] : wanted)) {
        if (normalizeId(invoice.uniqueSourceInvoiceId) === undefined) {
          const own = candidates.get(one) ?? new Map();
          candidates.set(one, own.set(invoice.id ?? invoice, { invoice, isCertain }));
        } else if (isCertain) one.finding = { status: "exists", invoiceId: invoice.id };
        else if (one.finding?.status !== "exists") one.finding = { status: "unclear" };
      }
    };

    const now = performance.now();
    const isFilterApplied = await this.#probeFilter(listing);
    // Without the filter, the list of the first one has all the others, too.
    await forEachConcurrently(isFilterApplied ? wanted : wanted.slice(0, 1), CONCURRENCY, lookUp);

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
    for (const one of wanted) if (one.finding?.status !== "exists") one.unlisted = { look: one.looks, at: now };
  }
}

interface Match<Item> {
  one: Wanted<Item>;
  /** Whether the entry is about this item and no other one. */
  isCertain: boolean;
}

/** Finds the items that an entry of the API may be about. */
class ItemIndex<Item> {
  readonly #listing: SubmitAdapter<Item>["listing"];
  readonly #byKey = new Map<string, Wanted<Item>[]>();
  readonly #byNumber = new Map<string, Wanted<Item>[]>();
  readonly #unnumbered = new Set<Wanted<Item>>();

  constructor(wanted: Wanted<Item>[], listing: SubmitAdapter<Item>["listing"]) {
    this.#listing = listing;
    for (const one of wanted) {
      add(this.#byKey, foldId(one.item.key), one);
      const number = listing?.numberOf(one.item.item);
      if (number === undefined) this.#unnumbered.add(one);
      else add(this.#byNumber, foldId(number), one);
    }
  }

  /** @param unidentified the items that an entry can be about which has neither the source's id nor a number to compare */
  find(entry: Record<string, unknown>, unidentified: Wanted<Item>[]): Match<Item>[] {
    const listing = this.#listing;
    if (!listing) return [];
    const sourceId = normalizeId(entry.uniqueSourceInvoiceId);
    if (sourceId !== undefined) {
      const candidates = this.#byKey.get(foldId(sourceId)) ?? [];
      const exact = candidates.find(({ item }) => item.key === sourceId);
      return exact ? [{ one: exact, isCertain: true }] : uncertain(candidates);
    }
    const number = normalizeId(entry.invoiceNumber);
    if (number === undefined) return uncertain(unidentified);
    const isUnique = listing.isUnique(number);
    const matches = (this.#byNumber.get(foldId(number)) ?? []).map((one) => ({
      one,
      // An earlier submit may have sent others with this number, which this one has not read yet.
      isCertain: isUnique && one.waits && !one.item.isResumed && listing.numberOf(one.item.item) === number,
    }));
    return [...matches, ...uncertain(unidentified.filter((one) => this.#unnumbered.has(one)))];
  }
}

/** Not Math.min(), whose arguments are limited. */
const earliest = (times: number[]): number => times.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);

const uncertain = <Item>(wanted: Wanted<Item>[]): Match<Item>[] => wanted.map((one) => ({ one, isCertain: false }));

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

const isDescending = (times: number[]): boolean =>
  (times[0] ?? 0) > (times.at(-1) ?? 0) && times.every((time, i) => time <= (times[i - 1] ?? time));

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
