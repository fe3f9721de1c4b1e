import type { CallOptions } from "../../call.js";
import { ApiError, BatchError } from "../../errors.js";
import { sleep } from "../../http/abort.js";
import { batchVerdicts } from "./batch-verdicts.js";
import { ChunkRequests, type EndedBatch } from "./chunk-requests.js";
import { classifyFailure, isUnauthorized, retryDelay } from "./failure.js";
import type { Chunk } from "./input.js";
import { createOutcome, type Outcome, recordOf, type Verdict } from "./outcome.js";
import type { Search } from "./reconcile/reconciler.js";
import type { Finding } from "./reconcile/wanted.js";
import type { RunContext } from "./run-context.js";
import type { InFlightItem } from "./types.js";

/** After so many ambiguous failures an item is not sent again. */
const MAX_LOST_REQUESTS = 5;

/** A refused request is divided into this many, each of which is reconciled first if it is refused, too. */
const PARTS = 10;

/** How old an open batch can be that may contain an item of an earlier submit, in ms. */
const LOOKUP_AGE = 24 * 60 * 60_000;

type PartialSearch = Partial<Omit<Search, "signal">>;

/** One chunk, from its first request to an outcome for each item. */
export class ChunkRun<Item> {
  readonly #context: RunContext<Item>;
  readonly #chunk: Chunk<Item>;
  readonly #requests: ChunkRequests<Item>;
  readonly #stopped = new AbortController();
  readonly #aborted = new AbortController();
  readonly #callOptions: CallOptions & { signal: AbortSignal };
  /** Items that were refused alone, with the error. */
  readonly #refused = new Map<InFlightItem<Item>, ApiError>();

  /** @param hasSlot whether a slot of the context was acquired for the chunk */
  constructor(chunk: Chunk<Item>, context: RunContext<Item>, hasSlot: boolean) {
    this.#context = context;
    this.#chunk = chunk;
    const signals = { stopped: this.#stopped.signal, aborted: this.#aborted.signal };
    this.#requests = new ChunkRequests(context, signals, hasSlot);
    this.#callOptions = { ...context.callOptions, signal: this.#aborted.signal };
  }

  /** Sends nothing more. Requests that were sent are followed to their outcomes. */
  stop(reason: unknown): void {
    this.#stopped.abort(reason);
  }

  /** Ends everything. */
  abort(reason: unknown): void {
    this.stop(reason);
    this.#aborted.abort(reason);
  }

  /** An outcome for each item; `unknown` because of `reason` for those that have none. */
  outcomes(reason: unknown): Outcome<Item>[] {
    return [...this.#chunk.items, ...this.#chunk.resumed].map((item) => {
      if (item.outcome) return item.outcome;
      const outcome = this.#outcome(item, { status: "unknown", reason });
      this.#context.progress.settled(outcome);
      return outcome;
    });
  }

  /** Throws what ends the whole submit. */
  async run(): Promise<void> {
    const { items, resumed, outcomes } = this.#chunk;
    for (const outcome of outcomes) this.#context.progress.settled(outcome);
    // Nothing else is sent unless it turns out to be missing.
    if (items.length === 0) this.#requests.end();
    try {
      if (items.length + resumed.length > 0) await this.#requests.setClock();
      await all([this.#sendNew(items), ...this.#resume(resumed)]);
      await this.#settleRefused();
    } finally {
      this.#requests.end();
    }
  }

  async #sendNew(items: InFlightItem<Item>[]): Promise<void> {
    if (items.length === 0) return;
    if (!this.#context.looksUpFirst) return this.#send(items);
    const since = new Date(this.#context.clock.now().getTime() - LOOKUP_AGE);
    // An earlier submit may have sent what is unclear.
    for (const item of items) item.since = since;
    const missing = await this.#reconcile(items, { waits: false });
    for (const item of missing) item.since = undefined;
    if (missing.length > 0) await this.#send(missing);
  }

  /** Follows items that an earlier submit sent. */
  #resume(resumed: InFlightItem<Item>[]): Promise<void>[] {
    const groups = new Map<string, InFlightItem<Item>[]>();
    for (const item of resumed) {
      const request = JSON.stringify([item.batchId, item.idempotencyKey]);
      groups.set(request, [...(groups.get(request) ?? []), item]);
    }
    return [...groups.values()].map(async (items) => {
      const [{ batchId = undefined } = {}] = items;
      if (batchId === undefined) {
        return this.#recover(items, new Error("An earlier submit stopped before it recorded a response."));
      }
      await this.#followBatch(items, batchId, this.#chunk.sizes.get(batchId));
    });
  }

  async #send(items: InFlightItem<Item>[]): Promise<void> {
    let open = items;
    let refusals = 0;
    for (let tries = 0; ; tries++) {
      const { batchId, batch, error } = await this.#requests.send(open);
      if (batchId !== undefined) return this.#applyBatch(open, batchId, batch);
      refusals = isUnauthorized(error) ? refusals + 1 : 0;
      const failure = classifyFailure(error, refusals);
      const nextTry = performance.now() + retryDelay(error, tries);
      if (failure === "fatal") {
        if (!(error instanceof ApiError)) await this.#requests.recordNotSent(open);
        throw error;
      }
      if (failure === "refused") return this.#divideOrRefuse(open, error as ApiError);
      if (failure === "notSent") await this.#requests.recordNotSent(open);
      else {
        const { length } = open;
        open = await this.#missingAfter(open, error ?? new Error("The response contained no batchId."));
        if (open.length === 0) return;
        if (open.length < length) forgetIdempotencyKey(open);
      }
      const signals = [this.#aborted.signal, this.#stopped.signal];
      await sleep(Math.max(0, nextTry - performance.now()), signals);
    }
  }

  /** One invalid item can fail the request: it is divided until the item is alone. */
  async #divideOrRefuse(items: InFlightItem<Item>[], error: ApiError): Promise<void> {
    const { refusals } = this.#context;
    refusals.refused();
    if (refusals.isExceeded) {
      this.stop(error);
      throw error;
    }
    const [first] = items;
    if (items.length === 1 && first) {
      this.#refused.set(first, error);
      return;
    }
    const missing = await this.#reconcile(items);
    if (missing.length < items.length) this.#requests.noteAccess();
    // The lists show that no request was processed.
    await this.#requests.forgetRequest(missing);
    forgetIdempotencyKey(missing);
    const size = Math.max(1, Math.ceil(missing.length / PARTS));
    const parts = Array.from({ length: Math.ceil(missing.length / size) }, (_, i) =>
      missing.slice(i * size, (i + 1) * size),
    );
    await all(parts.map((part) => this.#send(part)));
  }

  /** Items that may have been sent, whose batch is unknown. */
  async #recover(items: InFlightItem<Item>[], reason: unknown): Promise<void> {
    const missing = await this.#missingAfter(items, reason);
    // They may be a part of those that were sent.
    forgetIdempotencyKey(missing);
    if (missing.length > 0) await this.#send(missing);
  }

  /** After an ambiguous failure: settles the items that the API has. Returns those that may be sent again. */
  async #missingAfter(items: InFlightItem<Item>[], reason: unknown): Promise<InFlightItem<Item>[]> {
    const isThrottled = reason instanceof ApiError && reason.status === 429;
    for (const item of items) {
      item.lostRequests++;
      if (isThrottled) item.throttledRequests++;
    }
    const { adapter, resendsMissing, batchFinder } = this.#context;
    const batchId = await batchFinder.find(items, this.#callOptions);
    if (batchId !== undefined) {
      for (const item of items) item.batchId = batchId;
      await this.#followBatch(items, batchId);
      return [];
    }
    if (!adapter.listing) {
      await this.#settle(items.map((item) => [item, { status: "unknown", reason }]));
      return [];
    }
    const isUnsent = isThrottled && (await this.#isSampleMissing(items));
    const missing = isUnsent ? items : await this.#reconcile(items, { isLikely: false });
    if (missing.length < items.length) this.#requests.noteAccess();
    const mayResend = ({ lostRequests, throttledRequests }: InFlightItem<Item>) =>
      resendsMissing && lostRequests - throttledRequests < MAX_LOST_REQUESTS;
    const givenUp = missing.filter((item) => !mayResend(item));
    await this.#settle(givenUp.map((item) => [item, { status: "unknown", reason }]));
    return missing.filter(mayResend);
  }

  /**
   * Whether a throttled request left no trace, by one of its items and by the batches. To look each item up would add to the
   * load.
   */
  async #isSampleMissing(items: InFlightItem<Item>[]): Promise<boolean> {
    const findings = await this.#find(items.slice(0, 1), { isLikely: false });
    return [...findings.values()].every((finding) => finding.status === "missing" && !finding.mayBeInBatch);
  }

  async #followBatch(items: InFlightItem<Item>[], batchId: string, size?: number): Promise<void> {
    // It may have other items, whose records a power failure has taken.
    if (size === items.length) this.#context.reconciler.batches.own.add(batchId);
    const batch = await this.#context.progress.during("inFlight", items.length, this.#requests.waitForBatch(batchId));
    await this.#applyBatch(items, batchId, batch, size);
  }

  /** @param size how many items the batch has; after a resume some may have outcomes already */
  async #applyBatch(
    items: InFlightItem<Item>[],
    batchId: string,
    batch: EndedBatch,
    size = items.length,
  ): Promise<void> {
    if (batch instanceof BatchError)
      return this.#settle(items.map((item) => [item, { status: "unknown", reason: batch }]));
    if (!batch) {
      this.#context.reconciler.batches.disown(batchId);
      for (const item of items) item.batchId = undefined;
      return this.#recover(items, new Error(`Batch ${batchId} does not exist.`));
    }
    const { adapter, clock } = this.#context;
    const [first] = items;
    if (first?.since && first.isSent && first.lostRequests === 0) clock.confirm(batch.createdAt, first.since);
    const verdicts = batchVerdicts(batch, items, size, adapter);
    // A rejection can mean that the item exists: another request with it was processed first.
    const isFinal = (item: InFlightItem<Item>) => !adapter.listing || verdicts.get(item)?.status === "accepted";
    const verdictOf = (item: InFlightItem<Item>): [InFlightItem<Item>, Verdict] => [
      item,
      verdicts.get(item) as Verdict,
    ];
    await this.#settle(items.filter(isFinal).map(verdictOf));
    const open = items.filter((item) => !isFinal(item));
    await all(
      [true, false].map(async (isRejected) => {
        const stated = open.filter((item) => verdicts.get(item)?.isStated === isRejected);
        await this.#settle((await this.#reconcile(stated, { isRejected })).map(verdictOf));
      }),
    );
  }

  async #settleRefused(): Promise<void> {
    const missing = await this.#reconcile([...this.#refused.keys()]);
    if (missing.length < this.#refused.size) this.#requests.noteAccess();
    await this.#settle(missing.map((item) => [item, { status: "rejected", reason: this.#refused.get(item) }]));
  }

  /** Settles the items that exist or cannot be identified. Returns those that are missing. */
  async #reconcile(items: InFlightItem<Item>[], search?: PartialSearch): Promise<InFlightItem<Item>[]> {
    if (items.length === 0) return [];
    const findings = await this.#find(items, search);
    const found = [...findings].flatMap(([item, finding]): [InFlightItem<Item>, Verdict][] => {
      if (finding.status === "missing") return [];
      // It may have arrived with another request than the last one.
      if (finding.status === "accepted") item.batchId = finding.batchId;
      return [[item, toVerdict(finding)]];
    });
    await this.#settle(found);
    return items.filter((item) => findings.get(item)?.status === "missing");
  }

  #find(
    items: InFlightItem<Item>[],
    { waits = true, isLikely = true, isRejected = false }: PartialSearch = {},
  ): Promise<Map<InFlightItem<Item>, Finding>> {
    const { reconciler, progress } = this.#context;
    const { signal } = this.#callOptions;
    const finding = reconciler.find(items, { waits, isLikely, isRejected, signal });
    return progress.during("reconciling", items.length, finding);
  }

  async #settle(verdicts: [InFlightItem<Item>, Verdict][]): Promise<void> {
    const outcomes = verdicts.map(([item, verdict]) => {
      item.outcome = this.#outcome(item, verdict);
      return item.outcome;
    });
    for (const outcome of outcomes) this.#context.progress.settled(outcome);
    await this.#requests.write(outcomes.map(recordOf).filter((record) => record !== undefined));
  }

  #outcome(item: InFlightItem<Item>, verdict: Verdict): Outcome<Item> {
    return createOutcome(item, verdict, this.#context.adapter.lookUp);
  }
}

function toVerdict(finding: Exclude<Finding, { status: "missing" }>): Verdict {
  if (finding.status !== "unclear") return finding;
  return { status: "unknown", reason: new Error("The API's lists do not show whether the item exists.") };
}

/** A key stands for one content: items that were sent with others get another one. */
function forgetIdempotencyKey(items: InFlightItem<unknown>[]): void {
  for (const item of items) item.idempotencyKey = undefined;
}

/** Waits for all promises, also if one rejects, so that nothing continues in the background. */
async function all(promises: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) if (result.status === "rejected") throw result.reason;
}
