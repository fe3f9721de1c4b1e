import type { BatchResponse } from "../../generated/debt-collection.js";
import { Batches as GeneratedBatches } from "../../generated/debt-collection.resources.js";
import type { CallOptions } from "../call.js";
import { ApiError, BatchError } from "../errors.js";
import { onAbort, sleep } from "../http/abort.js";
import { CALL_OPTIONS, checkCallOptions, checkCount, checkTimeout, MAX_TIMER } from "../http/checks.js";

/** The statuses that the documentation calls final. Any other one, known or not, is waited through. */
export const FINAL_STATUSES = new Set<string | undefined>(["SUCCESS", "PARTIAL", "FAILED"]);

/** The delay before the second request for a batch, and the longest one, in ms. Each is 1.5 times the one before. */
const FIRST_INTERVAL = 500;
const MAX_INTERVAL = 10_000;

/** Options of `waitFor`. */
export interface WaitOptions extends CallOptions {
  /** Time limit of the whole wait, in ms. Default 300 000 (five minutes). */
  maxWait?: number;
  /** A fixed delay between two requests, in ms. Default: 500, growing to 10 000. */
  pollInterval?: number;
  /**
   * How long a batch that is not found is looked for, in ms: it may become visible later than the response that names it.
   * Default 30 000.
   */
  visibilityDelay?: number;
}

const WAIT_OPTIONS = {
  ...CALL_OPTIONS,
  maxWait: true,
  pollInterval: true,
  visibilityDelay: true,
} satisfies Record<keyof WaitOptions, true>;

export class Batches extends GeneratedBatches {
  /**
   * Polls a batch until its status is `SUCCESS`, `PARTIAL` or `FAILED`, and returns it as `get` does. None of them is
   * thrown: read `data.status`, `data.succeeded` and `data.failed`.
   *
   * @throws {BatchError} when `maxWait` has passed; the batch continues and can be waited for again
   * @throws {ApiError} as `get` does, and the errors every call can throw (see `AmiliError`)
   * @see https://docs.amili.dev/example-workflow-359631m0
   */
  async waitFor(batchId: string, options: WaitOptions = {}): Promise<BatchResponse> {
    checkCallOptions(options, WAIT_OPTIONS);
    const { maxWait = 300_000, pollInterval, visibilityDelay = 30_000, signal, ...callOptions } = options;
    checkTimeout("maxWait", maxWait);
    if (pollInterval !== undefined) checkTimeout("pollInterval", pollInterval);
    checkCount("visibilityDelay", visibilityDelay, 0, MAX_TIMER);
    let status: string | undefined;
    const controller = new AbortController();
    const removeListeners = onAbort(signal ? [signal] : [], (reason) => controller.abort(reason));
    const timer = setTimeout(() => {
      const last = status === undefined ? "had no status yet" : `was still ${status}`;
      const message = `Batch ${batchId} ${last} after ${maxWait} ms. It continues; wait for it again with the same id.`;
      controller.abort(new BatchError("batch_timeout", message, { batchId, status }));
    }, maxWait);
    const start = performance.now();
    let seen = false;
    try {
      for (let interval = FIRST_INTERVAL; ; interval = Math.min(interval * 1.5, MAX_INTERVAL)) {
        try {
          const batch = await this.get(batchId, { ...callOptions, signal: controller.signal });
          seen = true;
          // A response without a status is not final.
          status = batch?.data?.status ?? status;
          if (FINAL_STATUSES.has(status)) return batch;
        } catch (error) {
          const isMissing = error instanceof ApiError && error.status === 404;
          if (!isMissing || seen || performance.now() - start >= visibilityDelay) throw error;
        }
        await sleep(pollInterval ?? interval, [controller.signal]);
      }
    } finally {
      clearTimeout(timer);
      removeListeners();
    }
  }
}
