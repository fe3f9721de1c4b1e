import type { CallOptions } from "../../call.js";
import {
  checkCallOptions,
  checkChoice,
  checkCount,
  checkFunction,
  checkHeaders,
  checkNames,
  checkTimeout,
  MAX_TIMER,
} from "../../http/checks.js";
import type { Resubmit } from "./input.js";
import { checkJournal, type Journal } from "./journal.js";
import type { Progress } from "./progress.js";

/** Options of `submit`. Those of every call apply to each request; `maxRetries` only to reads. */
export interface SubmitOptions<Item = unknown> extends CallOptions {
  /**
   * Items per request. Default 100; the API's own limit is undocumented. A chunk is sent when it is full or the items end,
   * not before.
   */
  chunkSize?: number;
  /** Chunks in flight. Default 4, at most 1 000. Until the API has accepted the first request there is one. */
  concurrency?: number;
  /**
   * Limit of the whole submit, in ms, including the time that the caller takes to read the outcomes. Items that have no
   * outcome by then are `unknown`. By default there is no such limit, but each chunk must finish within an hour.
   */
  maxWait?: number;
  /**
   * How long after an ambiguous failure or a rejection an item that no list shows may still appear, in ms. Default 120 000;
   * how long the API takes to show a batch is undocumented. It is never less than three times the longest delay seen.
   */
  visibilityDelay?: number;
  /**
   * What happens after an ambiguous failure to an invoice that no list shows when `visibilityDelay` has passed. `"resend"`
   * (default) sends it again; if the API shows it later still, it was sent twice. With `"unknown"` that is its outcome.
   */
  afterDelay?: "resend" | "unknown";
  /**
   * What happens to invoices that the journal does not know: `"send"` (default), or `"lookup"`, which looks each one up
   * first, in a request of its own. Use it without a journal, or after losing it.
   */
  existing?: "send" | "lookup";
  /** Stores the progress, so that another process can resume it. */
  journal?: Journal;
  /**
   * Decides about items whose outcome the journal holds as rejected, and payments and corrections whose outcome is unknown:
   * `true` sends them again, after a correction. By default they keep their outcome.
   */
  resubmit?: Resubmit<Item>;
  /**
   * Only of payments and corrections: your own id of an item, which is then its key. The function is passed the object that
   * you passed. By default an item is identified by its content, and the same content twice is two items.
   */
  key?: (item: Item) => string;
  /** Called with the number of items in each state, whenever one changes. */
  onProgress?: (progress: Progress) => void;
  /**
   * Sends a key in this header, the same one for all attempts of a chunk, and looks for the batch by it after an ambiguous
   * failure. Off by default: the documentation has a filter `IdempotencyKey` but does not say how a write gets its key.
   */
  idempotencyKey?: { header: string };
}

const OPTIONS: Record<keyof SubmitOptions, true> = {
  chunkSize: true,
  concurrency: true,
  maxWait: true,
  visibilityDelay: true,
  afterDelay: true,
  existing: true,
  journal: true,
  resubmit: true,
  key: true,
  onProgress: true,
  idempotencyKey: true,
  signal: true,
  timeout: true,
  maxRetries: true,
  headers: true,
};

const MAX_CONCURRENCY = 1_000;

/** The options with their defaults, checked. */
export function readOptions<Item>(options: SubmitOptions<Item>) {
  checkNames("The options of submit", options, OPTIONS);
  const { chunkSize = 100, concurrency = 4, visibilityDelay = 120_000, afterDelay = "resend", ...rest } = options;
  const { maxWait, existing = "send", journal, resubmit, key, onProgress, idempotencyKey, ...callOptions } = rest;
  checkCount("chunkSize", chunkSize, 1);
  checkCount("concurrency", concurrency, 1, MAX_CONCURRENCY);
  checkCount("visibilityDelay", visibilityDelay, 0, MAX_TIMER);
  if (maxWait !== undefined) checkTimeout("maxWait", maxWait);
  checkChoice("afterDelay", afterDelay, ["resend", "unknown"]);
  checkChoice("existing", existing, ["send", "lookup"]);
  if (journal !== undefined) checkJournal(journal);
  if (resubmit !== undefined) checkFunction("resubmit", resubmit);
  if (key !== undefined) checkFunction("key", key);
  if (onProgress !== undefined) checkFunction("onProgress", onProgress);
  if (idempotencyKey !== undefined) {
    checkNames("idempotencyKey", idempotencyKey, { header: true });
    checkHeaders("idempotencyKey", { [idempotencyKey.header]: "key" });
  }
  checkCallOptions(callOptions);
  const { signal, ...requestOptions } = callOptions;
  return {
    chunkSize,
    concurrency,
    visibilityDelay,
    maxWait,
    afterDelay,
    existing,
    journal,
    resubmit,
    key,
    onProgress,
    idempotencyHeader: idempotencyKey?.header,
    signal,
    requestOptions,
  };
}
