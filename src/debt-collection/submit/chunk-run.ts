import type { BatchResponse } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import { ApiError, AuthenticationError } from "../../errors.js";
import { raceAbort, sleep } from "../../http/abort.js";
import { type BatchVerdict, batchVerdicts } from "./batch-verdicts.js";
import { classifyFailure, provesNotProcessed, retryDelay, retryRead } from "./failure.js";
import { isNonEmptyString } from "./input.js";
import type { Journal, JournalEntry, LastEntry } from "./journal.js";
import { createOutcome, type Outcome, serializeReason, type Verdict } from "./outcome.js";
import type { InFlightItem, KeyedItem, Reconcile, SubmitAdapter } from "./types.js";

interface Context {
  callOptions: CallOptions;
  /** ms. */
  visibilityDelay: number;
  journal: Journal | undefined;
}

/** One chunk, from its first request to an outcome for each item. */
export class ChunkRun<Item> {
  readonly #adapter: SubmitAdapter<Item>;
  readonly #items: InFlightItem<Item>[];
  readonly #context: Context;
  readonly #stopped = new AbortController();
  readonly #aborted = new AbortController();
  readonly #callOptions: CallOptions & { signal: AbortSignal };
  #lastRequest: Promise<unknown> = Promise.resolve();

  constructor(adapter: SubmitAdapter<Item>, items: KeyedItem<Item>[], context: Context) {
    this.#adapter = adapter;
    this.#items = items.map((item) => ({
      ...item,
      since: undefined,
      batchId: undefined,
      resent: adapter.mayResend,
      outcome: undefined,
    }));
    this.#context = context;
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
    return this.#items.map((item) => item.outcome ?? this.#outcome(item, { status: "unknown", reason }));
  }

  /** Sends a new chunk, or resumes one from its journal entry. Throws what ends the whole submit. */
  async run(entry: LastEntry | undefined): Promise<void> {
    const items = this.#items;
    if (!entry) return this.#send(items);
    if (entry.state === "accepted" || entry.state === "rejected") {
      const { state: status, batchId } = entry;
      const verdict: Verdict =
        status === "accepted" ? { status, invoiceId: entry.invoiceId } : { status, reason: entry.reason };
      for (const item of items) item.outcome = this.#outcome({ ...item, batchId }, verdict);
      return;
    }
    for (const item of items) item.since = new Date(entry.since);
    if (entry.state === "sending") {
      return this.#recover(items, new Error("An earlier run stopped before it recorded a response."));
    }
    const { batchId, resent } = entry;
    for (const item of items) Object.assign(item, { batchId, resent });
    await this.#followBatch(items, batchId, entry.keys.length);
  }

  async #send(items: InFlightItem<Item>[]): Promise<void> {
    let refusedTokens = 0;
    for (let tries = 0; ; tries++) {
      const { batchId, error } = await this.#inOrder(() => this.#post(items));
      const since = sinceOf(items);
      if (batchId !== undefined) {
        const { resent = false } = items[0] ?? {};
        await this.#save({ state: "sent", keys: keysOf(items), since: since.toISOString(), batchId, resent });
        return this.#followBatch(items, batchId);
      }
      refusedTokens = error instanceof AuthenticationError ? refusedTokens + 1 : 0;
      const failure = classifyFailure(error, refusedTokens);
      if (failure === "ambiguous") {
        return this.#recover(items, error ?? new Error("The response contained no batchId."));
      }
      if (provesNotProcessed(error)) await this.#recordNotProcessed(items, since);
      if (failure === "rejected") return this.#splitOrReject(items, since, error);
      if (failure === "fatal") throw error;
      await sleep(retryDelay(error, tries), [this.#aborted.signal, this.#stopped.signal]);
    }
  }

  /** Sends one request. Its failure is returned, since an error of the journal must not be taken for one. */
  async #post(items: InFlightItem<Item>[]): Promise<{ batchId?: string | undefined; error?: unknown }> {
    await this.#recordSending(items);
    try {
      // Retries are left to #send, which records that a request was not processed.
      const { data } = (await this.#adapter.send(itemsOf(items), { ...this.#callOptions, maxRetries: 0 })) ?? {};
      const batchId = isNonEmptyString(data?.batchId) ? data.batchId : undefined;
      for (const item of items) item.batchId = batchId;
      return { batchId };
    } catch (error) {
      this.#aborted.signal.throwIfAborted();
      return { error };
    }
  }

  async #recordSending(items: InFlightItem<Item>[]): Promise<void> {
    this.#stopped.signal.throwIfAborted();
    const since = items[0]?.since ?? new Date();
    try {
      await this.#save({ state: "sending", keys: keysOf(items), since: since.toISOString() });
      this.#stopped.signal.throwIfAborted();
    } catch (error) {
      // The entry may be stored although no request follows it. The first error counts.
      await this.#recordNotProcessed(items, since).catch(() => {});
      throw error;
    }
    for (const item of items) item.since = since;
  }

  /** Of items that were resent, an earlier request may have been processed. */
  async #recordNotProcessed(items: InFlightItem<Item>[], since: Date): Promise<void> {
    const unsent = items.filter(({ resent }) => !resent);
    for (const item of unsent) item.since = undefined;
    if (unsent.length > 0)
      await this.#save({ state: "notProcessed", keys: keysOf(unsent), since: since.toISOString() });
  }

  /** Runs the requests of the chunk one after another: together they count once against `concurrency`. */
  #inOrder<T>(request: () => Promise<T>): Promise<T> {
    const result = this.#lastRequest.then(request);
    this.#lastRequest = result.catch(() => {});
    return result;
  }

  /** One invalid item can fail the request: the chunk is halved until the item is alone. */
  async #splitOrReject(items: InFlightItem<Item>[], since: Date, error: unknown): Promise<void> {
    if (items.length > 1) {
      const half = Math.ceil(items.length / 2);
      return all([items.slice(0, half), items.slice(half)].map((part) => this.#send(part)));
    }
    // 409 can mean that the item already exists.
    const isConflict = error instanceof ApiError && error.status === 409;
    const verdicts = items.map((item): [InFlightItem<Item>, BatchVerdict] => [
      item,
      { status: "rejected", reason: error, isFinal: !item.resent && !isConflict },
    ]);
    await this.#apply(new Map(verdicts), since);
  }

  /** After an ambiguous failure: settles the items that arrived and sends the others again. */
  async #recover(items: InFlightItem<Item>[], reason: unknown): Promise<void> {
    if (!this.#adapter.reconcile) return this.#settleAll(items, { status: "unknown", reason });
    const missing = await this.#reconcile(items, sinceOf(items));
    for (const item of missing) item.resent = true;
    if (missing.length > 0) await this.#send(missing);
  }

  /** @param size how many items the batch has; after a resume some may have outcomes already */
  async #followBatch(items: InFlightItem<Item>[], batchId: string, size = items.length): Promise<void> {
    const batch = await this.#waitForBatch(batchId);
    if (!batch) {
      for (const item of items) item.batchId = undefined;
      return this.#recover(items, new Error(`Batch ${batchId} does not exist.`));
    }
    const since = items.some(({ resent }) => resent) ? sinceOf(items) : new Date(batch.createdAt);
    await this.#apply(batchVerdicts(batch, items, size, this.#adapter), since);
  }

  /** Settles the items with a final verdict, then reconciles the others before their verdicts apply. */
  async #apply(verdicts: Map<InFlightItem<Item>, BatchVerdict>, since: Date): Promise<void> {
    const settle = (isDue: (item: InFlightItem<Item>, verdict: BatchVerdict) => boolean) =>
      all([...verdicts].filter((entry) => isDue(...entry)).map((entry) => this.#settle(...entry)));
    await settle((_, { isFinal }) => isFinal);
    const open = [...verdicts].filter(([, { isFinal }]) => !isFinal).map(([item]) => item);
    const missing = new Set(await this.#reconcile(open, since));
    await settle((item) => missing.has(item));
  }

  /** Settles the items that exist or cannot be identified. Returns those that are still missing after a delay. */
  async #reconcile(items: InFlightItem<Item>[], since: Date): Promise<InFlightItem<Item>[]> {
    if (!this.#adapter.reconcile || items.length === 0) return items;
    const start = performance.now();
    const first = await this.#lookUp(this.#adapter.reconcile, items, since);
    const open = [...first.missing, ...first.unclear];
    if (open.length === 0) return [];
    await sleep(Math.max(0, start + this.#context.visibilityDelay - performance.now()), [this.#aborted.signal]);
    const { missing, unclear } = await this.#lookUp(this.#adapter.reconcile, open, since);
    const reason = new Error("The API's lists do not show whether the item exists.");
    await this.#settleAll(unclear, { status: "unknown", reason });
    return missing;
  }

  /** Settles the items that exist now. */
  async #lookUp(
    reconcile: Reconcile<Item>,
    items: InFlightItem<Item>[],
    since: Date,
  ): Promise<Record<"missing" | "unclear", InFlightItem<Item>[]>> {
    const { found, unclear } = await retryRead(
      () => reconcile(itemsOf(items), since, this.#callOptions),
      this.#aborted.signal,
    );
    await all(
      items.map(async (item) => {
        const invoice = found.get(item.item);
        if (!invoice) return;
        // A resent item may have arrived with its first request, in another batch.
        if (item.resent) item.batchId = undefined;
        await this.#settle(item, { status: "accepted", invoiceId: invoice.invoiceId });
      }),
    );
    const rest = items.filter(({ item }) => !found.has(item));
    return {
      missing: rest.filter(({ item }) => !unclear.has(item)),
      unclear: rest.filter(({ item }) => unclear.has(item)),
    };
  }

  /** The ended batch. `undefined` if it does not exist, also after a delay. */
  async #waitForBatch(batchId: string): Promise<BatchResponse["data"] | undefined> {
    const options = { ...this.#callOptions, visibilityDelay: this.#context.visibilityDelay };
    try {
      return (await retryRead(() => this.#adapter.waitFor(batchId, options), this.#aborted.signal)).data;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  #settleAll(items: InFlightItem<Item>[], verdict: Verdict): Promise<void> {
    return all(items.map((item) => this.#settle(item, verdict)));
  }

  async #settle(item: InFlightItem<Item>, verdict: Verdict): Promise<void> {
    item.outcome = this.#outcome(item, verdict);
    const { key, batchId } = item;
    if (verdict.status === "accepted") {
      await this.#save({ state: "accepted", keys: [key], batchId, invoiceId: verdict.invoiceId });
    } else if (verdict.status === "rejected") {
      await this.#save({ state: "rejected", keys: [key], batchId, reason: serializeReason(verdict.reason) });
    }
  }

  #outcome(item: InFlightItem<Item>, verdict: Verdict): Outcome<Item> {
    return createOutcome(item, verdict, this.#adapter.lookUp);
  }

  /** A journal that hangs does not keep an abort from ending the run. */
  async #save(entry: JournalEntry): Promise<void> {
    if (this.#context.journal) await raceAbort(this.#context.journal.save(entry), [this.#aborted.signal]);
  }
}

const itemsOf = <Item>(items: InFlightItem<Item>[]) => items.map(({ item }) => item);
const keysOf = (items: InFlightItem<unknown>[]) => items.map(({ key }) => key);

/** Items that are sent together share it. */
const sinceOf = (items: InFlightItem<unknown>[]) => items[0]?.since ?? new Date(0);

/** Waits for all promises, also if one rejects, so that nothing continues in the background. */
async function all(promises: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) if (result.status === "rejected") throw result.reason;
}
