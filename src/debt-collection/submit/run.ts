import type { InvoiceInput } from "../../../generated/debt-collection.js";
import { BatchError, ConfigurationError } from "../../errors.js";
import { isTimeout, onAbort, raceAbort, withTimeout } from "../../http/abort.js";
import { MAX_TIMER } from "../../http/checks.js";
import { byInvoiceAdapter, invoiceAdapter } from "./adapters.js";
import { ChunkRun } from "./chunk-run.js";
import { RefusalLimit, retryRead } from "./failure.js";
import { type Chunk, chunk, withKeys } from "./input.js";
import type { Journal } from "./journal.js";
import { mapConcurrent } from "./map-concurrent.js";
import { readOptions, type SubmitOptions } from "./options.js";
import type { Outcome } from "./outcome.js";
import { ProgressCounter } from "./progress.js";
import { BatchFinder } from "./reconcile/batch-finder.js";
import { Reconciler } from "./reconcile/reconciler.js";
import { ServerClock } from "./reconcile/server-clock.js";
import type { RunContext } from "./run-context.js";
import { Slots } from "./slots.js";
import type { InvoicesApi, Items, Send, SubmitAdapter, SubmitContext } from "./types.js";

/** Limit of a chunk without `maxWait`, in ms: nothing else bounds a journal that never settles. */
const CHUNK_LIMIT = 3_600_000;

/** How long a batch is waited for without `maxWait`, in ms. It does not hold up other chunks for ever. */
const BATCH_LIMIT = 600_000;

/** How long closing the journal may take, in ms. */
const CLOSE_LIMIT = 5_000;

/** How many chunks may wait for a delay or a retry: for each one in flight, and in all. */
const WAITING_CHUNKS = { each: 7, all: 128 };

export const submitInvoices = <Item extends InvoiceInput>(
  invoices: InvoicesApi,
  send: Send<Item>,
  context: SubmitContext,
  items: Items<Item>,
  options?: SubmitOptions<Item>,
) => run(items, invoiceAdapter<Item>(invoices, send), context, options);

export const submitByInvoice = <Item extends { invoiceId?: string }>(
  kind: "payment" | "correction",
  send: Send<Item>,
  context: SubmitContext,
  items: Items<Item>,
  options?: SubmitOptions<Item>,
) => run(items, byInvoiceAdapter(kind, send, options?.key), context, options);

/**
 * Sends items in chunks, waits for their batches, and yields an outcome for each item as soon as it is known. Before it
 * sends an item again it reconciles. An error that ends the submit (the signal, `maxWait`, an error that all further items
 * would meet) is thrown after the outcomes of the items that were read.
 */
async function* run<Item>(
  items: Items<Item>,
  adapter: SubmitAdapter<Item>,
  { owner, batches, readDate }: SubmitContext,
  options: SubmitOptions<Item> = {},
): AsyncGenerator<Outcome<Item>, void, undefined> {
  const checked = readOptions(options);
  if (checked.key && adapter.kind === "invoice") {
    throw new ConfigurationError(
      "invalid_option",
      "key is an option of payments and corrections. An invoice is identified by its uniqueSourceInvoiceId.",
    );
  }
  const { chunkSize, concurrency, maxWait, visibilityDelay, journal, resubmit, signal, requestOptions } = checked;

  const runs = new Set<ChunkRun<Item>>();
  const ended = new AbortController();
  /** Reads and sends nothing more. */
  const stop = (reason: unknown) => {
    ended.abort(reason);
    for (const run of runs) run.stop(reason);
  };
  const aborted = new AbortController();
  /** Also gives up the requests and waits in flight. */
  const abort = (reason: unknown) => {
    stop(reason);
    aborted.abort(reason);
    for (const run of runs) run.abort(reason);
  };

  const clock = new ServerClock();
  const readCallOptions = { ...requestOptions, signal: aborted.signal };
  let isDateRead = false;
  let reading: Promise<void> | undefined;
  /** The server's time, from a read that shows before anything is sent whether the organization can be accessed. */
  const setClock = async (): Promise<void> => {
    if (isDateRead && !clock.isStale) return;
    // One read for all chunks that need it.
    reading ??= retryRead(() => readDate(readCallOptions), aborted.signal).then(({ response }) => {
      clock.set(response);
      isDateRead = true;
      reading = undefined;
    });
    await reading;
  };

  const slots = new Slots(concurrency);
  const progress = new ProgressCounter(checked.onProgress);
  const context: RunContext<Item> = {
    adapter,
    batches,
    reconciler: new Reconciler(
      { batches, listing: adapter.listing, shared: journal?.shared },
      clock,
      visibilityDelay,
      readCallOptions,
    ),
    clock,
    slots,
    refusals: new RefusalLimit(),
    progress,
    journal,
    callOptions: requestOptions,
    visibilityDelay,
    batchLimit: maxWait === undefined ? BATCH_LIMIT : MAX_TIMER,
    setClock,
    resendsMissing: checked.afterDelay === "resend",
    looksUpFirst: checked.existing === "lookup" && adapter.listing !== undefined,
    idempotencyHeader: checked.idempotencyHeader,
    batchFinder: new BatchFinder(batches, clock),
  };

  async function runChunk(chunk: Chunk<Item>, hasSlot: boolean): Promise<Outcome<Item>[]> {
    const run = new ChunkRun(chunk, context, hasSlot);
    runs.add(run);
    if (ended.signal.aborted) run.abort(ended.signal.reason);
    const cancelLimit = maxWait === undefined ? startLimit("A chunk", CHUNK_LIMIT, (error) => run.abort(error)) : noop;
    let reason: unknown;
    try {
      await run.run();
    } catch (error) {
      reason = error;
      stop(error);
    } finally {
      cancelLimit();
      runs.delete(run);
    }
    return [...chunk.outcomes, ...run.outcomes(reason)];
  }

  const removeListener = onAbort(signal ? [signal] : [], abort);
  const cancelLimit = maxWait === undefined ? noop : startLimit("The submit", maxWait, abort);
  let isOpen = false;
  try {
    if (journal) {
      const opened = journal.open({ ...owner, kind: adapter.kind });
      try {
        await raceAbort(opened, [ended.signal]);
      } catch (error) {
        // An abort does not wait until it is open.
        opened.then(() => journal.close()).catch(() => {});
        throw error;
      }
      isOpen = true;
      if (journal.shared?.isAccepting()) {
        slots.open();
        context.refusals.accepted();
      }
    }
    const input = withKeys(items, adapter, ended.signal);
    const chunks = chunk(input, { size: chunkSize, adapter, journal, resubmit, progress, signal: ended.signal });
    const waiting = Math.min(concurrency * WAITING_CHUNKS.each, WAITING_CHUNKS.all);
    const lanes = { limit: concurrency + waiting, slots, signal: ended.signal };
    for await (const outcomes of mapConcurrent(chunks, lanes, runChunk)) yield* outcomes;
    ended.signal.throwIfAborted();
    if (journal) {
      isOpen = false;
      await closeInTime(journal);
    }
  } finally {
    removeListener();
    cancelLimit();
    abort(undefined);
    // The error that ended the submit says more than one of the journal.
    if (journal && isOpen) await closeInTime(journal).catch(() => {});
  }
}

async function closeInTime(journal: Journal): Promise<void> {
  await withTimeout(journal.close(), CLOSE_LIMIT).catch((error: unknown) => {
    if (!isTimeout(error)) throw error;
    const message = `journal.close() took longer than ${CLOSE_LIMIT} ms. The outcomes are complete, but another submit may find it in use.`;
    throw new BatchError("submit_timeout", message);
  });
}

/** Calls back with an error after `limit` ms. Returns a function that cancels the limit. */
function startLimit(what: string, limit: number, onExceeded: (error: BatchError) => void): () => void {
  const message = `${what} took longer than ${limit} ms. Nothing more is sent; items without a result are unknown.`;
  const timer = setTimeout(() => onExceeded(new BatchError("submit_timeout", message)), limit);
  return () => clearTimeout(timer);
}

const noop = () => {};
