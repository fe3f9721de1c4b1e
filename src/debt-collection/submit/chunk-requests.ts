import type { BatchReference, BatchResponse } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import { ApiError, BatchError } from "../../errors.js";
import { raceAbort, sleep } from "../../http/abort.js";
import { retryDelay, retryRead } from "./failure.js";
import { isNonEmptyString } from "./ids.js";
import type { JournalRecord } from "./journal.js";
import type { RunContext } from "./run-context.js";
import { ChunkSlot } from "./slots.js";
import type { InFlightItem } from "./types.js";

/** `stopped`: sends nothing more. `aborted`: also gives up what is in flight. */
export interface ChunkSignals {
  stopped: AbortSignal;
  aborted: AbortSignal;
}

/** A batch that has ended, that was waited for too long, or that does not exist. */
export type EndedBatch = BatchResponse["data"] | BatchError | undefined;

/** Sends the requests of one chunk, waits for their batches, and records both in the journal. */
export class ChunkRequests<Item> {
  readonly #context: RunContext<Item>;
  readonly #signals: ChunkSignals;
  readonly #slot: ChunkSlot;
  readonly #callOptions: CallOptions & { signal: AbortSignal };
  #lastRequest: Promise<unknown> = Promise.resolve();

  /** @param hasSlot whether a slot of the context was acquired for the chunk */
  constructor(context: RunContext<Item>, signals: ChunkSignals, hasSlot: boolean) {
    this.#context = context;
    this.#signals = signals;
    this.#slot = new ChunkSlot(context.slots, hasSlot);
    this.#callOptions = { ...context.callOptions, signal: signals.aborted };
  }

  /** Gives the slot back. */
  end(): void {
    this.#slot.end();
  }

  /** Sends a request and waits for its batch. An error of the request is returned: one of the journal must not be taken for it. */
  send(items: InFlightItem<Item>[]) {
    const { progress } = this.#context;
    return this.#slot.use([this.#signals.aborted, this.#signals.stopped], () =>
      progress.during("inFlight", items.length, this.#exchange(items)),
    );
  }

  async #exchange(items: InFlightItem<Item>[]) {
    const { batchId, error } = await this.#inOrder(() => this.#post(items));
    if (batchId === undefined) return { error };
    this.noteAccess();
    this.#context.reconciler.batches.own.add(batchId);
    const size = items.length;
    await this.write(
      items.map(({ key, since = new Date(0), idempotencyKey }) => ({
        key,
        state: "sent",
        since: since.toISOString(),
        batchId,
        size,
        idempotencyKey,
      })),
    );
    return { batchId, batch: await this.waitForBatch(batchId) };
  }

  async #post(items: InFlightItem<Item>[]): Promise<{ batchId?: string; error?: unknown }> {
    await this.#recordSending(items);
    const { idempotencyHeader, adapter } = this.#context;
    const key = items[0]?.idempotencyKey;
    const headers = { ...this.#callOptions.headers, ...(idempotencyHeader && key && { [idempotencyHeader]: key }) };
    try {
      const body: BatchReference | undefined = await adapter.send(
        items.map(({ content }) => content),
        { ...this.#callOptions, headers, maxRetries: 0 },
      );
      const batchId = body?.data?.batchId;
      if (!isNonEmptyString(batchId)) return {};
      for (const item of items) item.batchId = batchId;
      return { batchId };
    } catch (error) {
      this.#signals.aborted.throwIfAborted();
      return { error };
    }
  }

  setClock(): Promise<void> {
    return raceAbort(this.#context.setClock(), [this.#signals.aborted]);
  }

  async #recordSending(items: InFlightItem<Item>[]): Promise<void> {
    this.#signals.stopped.throwIfAborted();
    await this.setClock();
    const { clock, idempotencyHeader } = this.#context;
    const now = clock.now();
    const idempotencyKey = idempotencyHeader && sharedKey(items);
    const records = items.map(({ key, since = now }): JournalRecord => {
      return { key, state: "sending", since: since.toISOString(), idempotencyKey };
    });
    try {
      await this.write(records);
      this.#signals.stopped.throwIfAborted();
    } catch (error) {
      // The records may be stored although no request follows them. The first error counts.
      await this.recordNotSent(items).catch(() => {});
      throw error;
    }
    for (const item of items) Object.assign(item, { since: item.since ?? now, idempotencyKey, isSent: true });
  }

  /** An item that was sent before may have been processed then. */
  async recordNotSent(items: InFlightItem<Item>[]): Promise<void> {
    await this.forgetRequest(items.filter(({ lostRequests }) => lostRequests === 0));
  }

  async forgetRequest(items: InFlightItem<Item>[]): Promise<void> {
    for (const item of items) item.since = undefined;
    await this.write(items.map(({ key }) => ({ key, state: "notSent" })));
  }

  /** Runs the requests of the chunk one after another: together they count once against `concurrency`. */
  #inOrder<T>(request: () => Promise<T>): Promise<T> {
    const result = this.#lastRequest.then(request);
    this.#lastRequest = result.catch(() => {});
    return result;
  }

  /** The API has accepted a request, or has an item: an error of a request is about its items. */
  noteAccess(): void {
    this.#context.slots.open();
    this.#context.refusals.accepted();
  }

  /** The ended batch. `undefined` if it does not exist, also after a delay. */
  async waitForBatch(batchId: string): Promise<EndedBatch> {
    const { batches, visibilityDelay, batchLimit } = this.#context;
    const start = performance.now();
    for (;;) {
      const rest = Math.max(0, Math.ceil(start + visibilityDelay - performance.now()));
      const options = { ...this.#callOptions, visibilityDelay: rest, maxWait: batchLimit };
      try {
        return (await retryRead(() => batches.waitFor(batchId, options), this.#signals.aborted))?.data;
      } catch (error) {
        if (error instanceof BatchError) return error;
        if (!(error instanceof ApiError && error.status === 404)) throw error;
        // A gateway's 404 must not make a batch disappear that has been seen.
        if (rest === 0) return undefined;
        await sleep(retryDelay(error, 0), [this.#signals.aborted]);
      }
    }
  }

  /** A journal that hangs does not keep an abort from ending the run. */
  async write(records: JournalRecord[]): Promise<void> {
    const { journal } = this.#context;
    if (journal && records.length > 0) await raceAbort(journal.write(records), [this.#signals.aborted]);
  }
}

/** The idempotency key of items that were sent together before, otherwise a new one. */
const sharedKey = ([first]: InFlightItem<unknown>[]): string => first?.idempotencyKey ?? crypto.randomUUID();
