import type { InvoiceInput } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import { BatchError } from "../../errors.js";
import { onAbort, raceAbort } from "../../http/abort.js";
import { checkCallOptions, checkCount, checkNames, checkTimeout, MAX_TIMER } from "../../http/checks.js";
import { byInvoiceAdapter, invoiceAdapter } from "./adapters.js";
import { ChunkRun } from "./chunk-run.js";
import { type Chunk, chunk, withKeys } from "./input.js";
import { type Journal, loadJournal } from "./journal.js";
import { mapConcurrent } from "./map-concurrent.js";
import type { Outcome } from "./outcome.js";
import type { InvoicesApi, Items, SubmitAdapter, SubmitContext } from "./types.js";

/** Options of `submit`. Those of every call apply to each request; `maxRetries` only to reads. */
export interface SubmitOptions extends CallOptions {
  /**
   * Items per request. Default 100; the API's own limit is undocumented. A chunk is sent when it is full or the items end,
   * not before.
   */
  chunkSize?: number;
  /** Chunks in flight. Default 4, at most 1 000. */
  concurrency?: number;
  /**
   * Limit of the whole submit, in ms, including the time that the caller takes to read the outcomes. Items that have no
   * outcome by then are `unknown`. By default there is no such limit, but each chunk must finish within 600 000 ms.
   */
  maxWait?: number;
  /**
   * How long after an ambiguous failure an item that no list shows is still expected to appear, in ms. Default 30 000; how
   * long the API takes to show a batch is undocumented.
   */
  visibilityDelay?: number;
  /** Stores the progress, so that another process can resume it. */
  journal?: Journal;
}

const OPTIONS: Record<keyof SubmitOptions, true> = {
  chunkSize: true,
  concurrency: true,
  maxWait: true,
  visibilityDelay: true,
  journal: true,
  signal: true,
  timeout: true,
  maxRetries: true,
  headers: true,
};

const MAX_CONCURRENCY = 1_000;

/** Limit of a chunk without `maxWait`, in ms: nothing else bounds the wait for a batch that never ends. */
const CHUNK_LIMIT = 600_000;

export const submitInvoices = <Item extends InvoiceInput>(
  invoices: InvoicesApi,
  context: SubmitContext,
  items: Items<Item>,
  options?: SubmitOptions,
) => submit(items, invoiceAdapter<Item>(invoices, context), options);

export const submitByInvoice = <Item extends { invoiceId?: string }>(
  kind: "payment" | "correction",
  send: SubmitAdapter<Item>["send"],
  context: SubmitContext,
  items: Items<Item>,
  options?: SubmitOptions,
) => submit(items, byInvoiceAdapter(kind, send, context), options);

/**
 * Sends items in chunks, waits for their batches, and yields an outcome for each item as soon as it is known. After an
 * ambiguous failure it reconciles before it sends an item again. An error that ends the submit (the signal, `maxWait`, an
 * error that all further items would meet) is thrown after the outcomes of the items that were read.
 */
async function* submit<Item>(
  items: Items<Item>,
  adapter: SubmitAdapter<Item>,
  options: SubmitOptions = {},
): AsyncGenerator<Outcome<Item>, void, undefined> {
  checkNames("The options of submit", options, OPTIONS);
  const { chunkSize = 100, concurrency = 4, maxWait, visibilityDelay = 30_000, journal, ...callOptions } = options;
  const { signal, ...requestOptions } = callOptions;
  checkCount("chunkSize", chunkSize, 1);
  checkCount("concurrency", concurrency, 1, MAX_CONCURRENCY);
  checkCount("visibilityDelay", visibilityDelay, 0, MAX_TIMER);
  if (maxWait !== undefined) checkTimeout("maxWait", maxWait);
  checkCallOptions(callOptions);

  const runs = new Set<ChunkRun<Item>>();
  const ended = new AbortController();
  /** Reads and sends nothing more. */
  const stop = (reason: unknown) => {
    ended.abort(reason);
    for (const run of runs) run.stop(reason);
  };
  /** Also gives up the requests and waits in flight. */
  const abort = (reason: unknown) => {
    stop(reason);
    for (const run of runs) run.abort(reason);
  };

  async function runChunk({ items: sent, entry, rejected }: Chunk<Item>): Promise<Outcome<Item>[]> {
    const run = new ChunkRun(adapter, sent, { callOptions: requestOptions, visibilityDelay, journal });
    runs.add(run);
    if (ended.signal.aborted) run.abort(ended.signal.reason);
    const cancelLimit = maxWait === undefined ? startLimit("A chunk", CHUNK_LIMIT, (error) => run.abort(error)) : noop;
    let reason: unknown;
    try {
      if (sent.length > 0) await run.run(entry);
    } catch (error) {
      reason = error;
      stop(error);
    } finally {
      cancelLimit();
      runs.delete(run);
    }
    return [...rejected, ...run.outcomes(reason)];
  }

  const removeListener = onAbort(signal ? [signal] : [], abort);
  const cancelLimit = maxWait === undefined ? noop : startLimit("The submit", maxWait, abort);
  try {
    const entries = journal === undefined ? new Map() : await raceAbort(loadJournal(journal), [ended.signal]);
    const chunks = chunk(withKeys(items, adapter, ended.signal), chunkSize, entries, (item) =>
      adapter.separateBy(item),
    );
    for await (const outcomes of mapConcurrent(chunks, concurrency, runChunk)) yield* outcomes;
    ended.signal.throwIfAborted();
  } finally {
    removeListener();
    cancelLimit();
    abort(undefined);
  }
}

/** Calls back with an error after `limit` ms. Returns a function that cancels the limit. */
function startLimit(what: string, limit: number, onExceeded: (error: BatchError) => void): () => void {
  const message = `${what} took longer than ${limit} ms. Nothing more is sent; items without a result are unknown.`;
  const timer = setTimeout(() => onExceeded(new BatchError("submit_timeout", message)), limit);
  return () => clearTimeout(timer);
}

const noop = () => {};
