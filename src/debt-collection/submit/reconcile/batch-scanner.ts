import type { Batch } from "../../../../generated/debt-collection.js";
import type { CallOptions } from "../../../call.js";
import { ApiError } from "../../../errors.js";
import { FINAL_STATUSES } from "../../batches.js";
import { normalizeId } from "../ids.js";
import type { SharedJournal } from "../journal.js";
import type { BatchesApi, Listing } from "../types.js";
import { ItemIndex } from "./item-index.js";
import { isObject, readPages } from "./list-reader.js";
import type { ServerClock } from "./server-clock.js";
import type { VisibilityDelay } from "./visibility-delay.js";
import { earliest, type Wanted } from "./wanted.js";

/** What the list of batches says about items, besides their findings. */
export interface BatchScan<Item> {
  /** Whether a batch is open that may contain the item. */
  isOpen(one: Wanted<Item>): boolean;
  /** Whether a batch has ended that may contain the item. */
  hasEnded(one: Wanted<Item>): boolean;
  /** A list that has the item's own batch also has the one that was processed before it, if there is one. */
  showsNoOther(one: Wanted<Item>): boolean;
}

/** The documentation states no page size; a larger one means fewer requests where there are many batches. */
const PAGE_SIZE = 100;

/** An open batch that is older, in ms, contains no item that is looked for. */
const OPEN_AGE = 24 * 60 * 60_000;

/** How long after its failure a request may still arrive, in ms, if the delay is shorter. */
const MIN_LATENESS = 60_000;

/** What is read to find items. */
export interface ScannedApi<Item> {
  batches: BatchesApi;
  listing: Listing<Item> | undefined;
  shared: SharedJournal | undefined;
}

/** Looks for items in the batches that other requests created. */
export class BatchScanner<Item> {
  readonly #batches: BatchesApi;
  readonly #listing: Listing<Item> | undefined;
  readonly #shared: SharedJournal | undefined;
  readonly #clock: ServerClock;
  readonly #delay: VisibilityDelay;
  readonly #options: CallOptions & { signal: AbortSignal };
  /** Batches whose items are known: they contain no item that is looked for. */
  readonly own = new Set<string>();
  /** Batches that did not exist when they were waited for, whatever a journal says of them. */
  readonly #disowned = new Set<string>();
  /** Batches that were listed before. */
  readonly #seen = new Set<string>();
  #lastScan: { oldest: Date; time: Date } | undefined;
  #pageSize: number | undefined = PAGE_SIZE;

  constructor(
    { batches, listing, shared }: ScannedApi<Item>,
    clock: ServerClock,
    delay: VisibilityDelay,
    options: CallOptions & { signal: AbortSignal },
  ) {
    this.#batches = batches;
    this.#listing = listing;
    this.#shared = shared;
    this.#clock = clock;
    this.#delay = delay;
    this.#options = options;
  }

  /** Reads the batches since the first request with a wanted item, and notes what they say about the items. */
  async scan(wanted: Wanted<Item>[]): Promise<BatchScan<Item>> {
    const oldest = new Date(earliest(wanted.map(({ since }) => since.getTime())));
    const now = this.#clock.now();
    const listed = new Set<string | undefined>();
    const open: Batch[] = [];
    const ended: Batch[] = [];
    for await (const page of this.#readBatches(oldest)) {
      const recorded = this.#shared && (await this.#recordedOf(page, this.#shared));
      for (const batch of page) {
        listed.add(batch.batchId);
        const isOlder = this.#clock.isOlder(batch.createdAt, oldest);
        if (!isOlder) this.#noteDelay(batch);
        if (this.own.has(batch.batchId) || recorded?.has(batch.batchId)) continue;
        if (!FINAL_STATUSES.has(batch.status)) open.push(batch);
        else if (!isOlder) ended.push(batch);
      }
    }
    this.#lastScan = { oldest, time: now };
    const mayContain = (batches: Batch[], one: Wanted<Item>) =>
      batches.some(
        ({ createdAt }) =>
          !this.#clock.isOlder(createdAt, one.since) && !this.#clock.isLater(createdAt, this.#latestOf(one)),
      );
    if (this.#listing) this.#noteSucceeded(ended, new ItemIndex(wanted, this.#listing));
    return {
      // Until a batch has shown that its times are those of the server's clock, any open one counts.
      isOpen: (one) =>
        this.#clock.isConfirmed
          ? mayContain(open, one)
          : open.some(({ createdAt }) => !(Date.parse(createdAt) < one.since.getTime() - OPEN_AGE)),
      hasEnded: (one) => mayContain(ended, one),
      showsNoOther: (one) => one.isRejected && listed.has(one.item.batchId) && !mayContain([...open, ...ended], one),
    };
  }

  /** The batch does not exist: if it shows later, it may contain items that are looked for. */
  disown(batchId: string): void {
    this.own.delete(batchId);
    this.#disowned.add(batchId);
  }

  /** Those of the batches whose items another submit knows. */
  async #recordedOf(page: Batch[], shared: SharedJournal): Promise<Set<string>> {
    const ids = page.map(({ batchId }) => batchId).filter((id) => !this.own.has(id) && !this.#disowned.has(id));
    return new Set(ids.length > 0 ? await shared.recordedBatches(ids) : []);
  }

  /** Notes the items that batches name. */
  #noteSucceeded(ended: Batch[], index: ItemIndex<Item>): void {
    const recent = new Date(this.#clock.now().getTime() - this.#delay.value);
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
  }

  /** A batch that is new in the list, but was created before the list was last read, shows with a delay. */
  #noteDelay({ batchId, createdAt }: Batch): void {
    if (this.#seen.has(batchId)) return;
    this.#seen.add(batchId);
    const { oldest, time } = this.#lastScan ?? {};
    const created = new Date(createdAt);
    if (oldest && time && created >= oldest && created < time) {
      this.#delay.saw(this.#clock.now().getTime() - created.getTime());
    }
  }

  /** When the item's request can have created a batch at the latest. */
  #latestOf(one: Wanted<Item>): Date {
    const failedAt = this.#clock.now().getTime() - (performance.now() - one.startedAt);
    return new Date(failedAt + Math.max(MIN_LATENESS, one.waits ? this.#delay.value : 0));
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
}

const isDescending = (times: number[]): boolean =>
  (times[0] ?? 0) > (times.at(-1) ?? 0) && times.every((time, i) => time <= (times[i - 1] ?? time));
