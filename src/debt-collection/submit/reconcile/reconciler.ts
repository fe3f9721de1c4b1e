import type { CallOptions } from "../../../call.js";
import { onAbort, raceAbort, sleep } from "../../../http/abort.js";
import type { InFlightItem, Listing } from "../types.js";
import { BatchScanner, type ScannedApi } from "./batch-scanner.js";
import { InvoiceLookup } from "./invoice-lookup.js";
import type { ServerClock } from "./server-clock.js";
import { VisibilityDelay } from "./visibility-delay.js";
import { earliest, type Finding, type Wanted } from "./wanted.js";

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

/** A batch that stays open longer, in ms, leaves an item unclear. */
const OPEN_LIMIT = 600_000;

/** Limits of the delay between two looks at an open batch, in ms. */
const MIN_INTERVAL = 500;
const MAX_INTERVAL = 10_000;

/**
 * Finds out which items the API has: from the batches that other requests created, whose responses were lost, and from the
 * list of invoices. It looks for the items of all chunks together, at growing intervals.
 */
export class Reconciler<Item> {
  readonly batches: BatchScanner<Item>;
  readonly #invoices: InvoiceLookup<Item> | undefined;
  readonly #delay: VisibilityDelay;
  readonly #signal: AbortSignal;
  readonly #wanted = new Set<Wanted<Item>>();
  readonly #startedAt: number | undefined;
  #isRunning = false;
  #wake = () => {};

  /** @param visibilityDelay ms */
  constructor(
    api: ScannedApi<Item>,
    clock: ServerClock,
    visibilityDelay: number,
    options: CallOptions & { signal: AbortSignal },
  ) {
    this.#delay = new VisibilityDelay(visibilityDelay);
    const listing = api.shared ? withoutUniqueNumbers(api.listing) : api.listing;
    this.batches = new BatchScanner({ ...api, listing }, clock, this.#delay, options);
    this.#invoices = listing && new InvoiceLookup(listing, clock, options);
    // A submit that shares the journal may have sent an item after this one started.
    this.#startedAt = api.shared ? undefined : performance.now();
    this.#signal = options.signal;
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
          const startedAt = (item.isResumed && !item.isSent ? this.#startedAt : undefined) ?? now;
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
    const removeListener = onAbort([this.#signal], () => controller.abort());
    try {
      await sleep(Math.max(1, time - performance.now()), [controller.signal]).catch(() => {});
      this.#signal.throwIfAborted();
    } finally {
      removeListener();
      this.#wake = () => {};
    }
  }

  #delayOf({ waits }: Wanted<Item>): number {
    return waits ? this.#delay.value : 0;
  }

  async #look(due: Wanted<Item>[]): Promise<void> {
    const now = performance.now();
    const scan = await this.batches.scan(due);
    const isFinal = (one: Wanted<Item>) => now >= one.quietSince + this.#delayOf(one) || scan.showsNoOther(one);
    // Otherwise the batches tell that nothing arrived yet: reading each invoice would cost a request for each.
    const isDue = (one: Wanted<Item>) => (one.looks === 0 && one.isLikely) || isFinal(one) || scan.hasEnded(one);
    await this.#invoices?.lookUp(
      due.filter((one) => one.finding?.status !== "accepted" && !scan.isOpen(one) && isDue(one)),
    );
    for (const one of due) {
      const { finding } = one;
      const isOpen = scan.isOpen(one);
      if (finding && finding.status !== "unclear") this.#settle(one, finding);
      else if (isOpen && now - one.joinedAt < OPEN_LIMIT + this.#delayOf(one)) this.#postpone(one, now);
      else if (isFinal(one)) {
        const isUnclear = isOpen || finding || (!this.#invoices && scan.hasEnded(one));
        this.#settle(one, isUnclear ? { status: "unclear" } : { status: "missing", mayBeInBatch: scan.hasEnded(one) });
      } else this.#schedule(one, now);
    }
  }

  #settle(one: Wanted<Item>, finding: Finding): void {
    const { looks, unlisted, joinedAt, quietSince } = one;
    if (finding.status === "exists" && unlisted) {
      // Invoices are not read at each look: it may have been listed since the last time.
      const seenAt = unlisted.look === looks - 1 ? performance.now() : unlisted.at;
      this.#delay.saw(seenAt - Math.max(joinedAt, quietSince));
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

  /** A batch that is open may contain the item, which may show some time after the batch ended. */
  #postpone(one: Wanted<Item>, now: number): void {
    one.quietSince = now;
    one.nextLook = now + Math.min(MAX_INTERVAL, Math.max(MIN_INTERVAL, this.#delayOf(one) / 8));
    one.looks++;
    one.finding = undefined;
  }
}

/** Another submit that runs at the same time may have sent an invoice with the same number. */
const withoutUniqueNumbers = <Item>(listing: Listing<Item> | undefined): Listing<Item> | undefined =>
  listing && { ...listing, isUnique: () => false };
