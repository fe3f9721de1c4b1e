import { ApiError, AuthenticationError, ConnectionError, PaginationError, TimeoutError } from "../../errors.js";
import { sleep } from "../../http/abort.js";
import { backoff, isConnectFailure } from "../../http/retry.js";

/**
 * What a failed request means for its items: it was never sent; the API refused it; it may have been processed; all further
 * requests would fail, too. No status proves that a request was not processed: a gateway can respond after it forwarded it.
 */
export type FailureClass = "notSent" | "refused" | "ambiguous" | "fatal";

/** The statuses that may be about the items. */
const REFUSED = new Set([400, 409, 413, 422]);

/** Client errors that another request may not meet. 499 is a proxy's "client closed request". */
const AMBIGUOUS = new Set([401, 408, 429, 499]);

/** A token may be refused this many times in a row, since identity services have short outages, too. */
const MAX_REFUSED_TOKENS = 5;

/** A request may be refused with 401 this many times in a row. */
const MAX_UNAUTHORIZED = 2;

/**
 * @param error what was thrown; `undefined` for a response without a batch
 * @param refusals consecutive authentication errors, including this one
 */
export function classifyFailure(error: unknown, refusals: number): FailureClass {
  if (error === undefined) return "ambiguous";
  if (error instanceof AuthenticationError) return refusals <= MAX_REFUSED_TOKENS ? "notSent" : "fatal";
  if (error instanceof ConnectionError || error instanceof TimeoutError) {
    return isConnectFailure(error.cause) || error.attempts === 0 ? "notSent" : "ambiguous";
  }
  if (!(error instanceof ApiError)) return "fatal";
  // Each is followed by a request with a new token.
  if (error.status === 401) return refusals <= MAX_UNAUTHORIZED ? "ambiguous" : "fatal";
  if (REFUSED.has(error.status)) return "refused";
  return error.status >= 500 || AMBIGUOUS.has(error.status) ? "ambiguous" : "fatal";
}

export const isUnauthorized = (error: unknown): boolean =>
  error instanceof AuthenticationError || (error instanceof ApiError && error.status === 401);

/** The delay before the next try, in ms. */
export function retryDelay(error: unknown, tries: number): number {
  return Math.max((error instanceof ApiError && error.retryAfter) || 0, backoff(tries));
}

/** So many reads in a row may get a response that usually ends a call: a gateway's 404, or no list. */
const MAX_FATAL_READS = 8;

/** How long reads may fail, in ms. An outage that lasts longer ends the submit with its error. */
const MAX_OUTAGE = 600_000;

/** Decides about failed reads: how long to wait before the next one. Throws the error of a read that fails for good. */
export class ReadRetry {
  readonly #signal: AbortSignal;
  #tries = 0;
  #fatal = 0;
  #refusals = 0;
  #broken = 0;
  #failingSince: number | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  succeeded(): void {
    this.#tries = this.#fatal = this.#refusals = 0;
    this.#failingSince = undefined;
  }

  async failed(error: unknown): Promise<void> {
    this.#signal.throwIfAborted();
    this.#refusals = isUnauthorized(error) ? this.#refusals + 1 : 0;
    this.#failingSince ??= performance.now();
    if (performance.now() - this.#failingSince > MAX_OUTAGE) throw error;
    // Not reset by a success: a list that repeats a page has good pages, too.
    if (error instanceof PaginationError && ++this.#broken >= MAX_FATAL_READS) throw error;
    const isPassing = ["notSent", "ambiguous"].includes(classifyFailure(error, this.#refusals));
    const mayPass = isPassing || error instanceof PaginationError;
    if (!mayPass && (!(error instanceof ApiError) || ++this.#fatal >= MAX_FATAL_READS)) throw error;
    await sleep(retryDelay(error, this.#tries++), [this.#signal]);
  }
}

/** Retries a read until it succeeds or fails for good, or the signal aborts. */
export async function retryRead<T>(read: () => PromiseLike<T>, signal: AbortSignal): Promise<T> {
  const retry = new ReadRetry(signal);
  for (;;) {
    try {
      return await read();
    } catch (error) {
      await retry.failed(error);
    }
  }
}

/** How many requests may be refused while none is accepted. */
const MAX_REFUSALS = 10;

/** Tells errors of the call from errors of single items: while the API accepts nothing, the call itself is wrong. */
export class RefusalLimit {
  #count = 0;

  accepted(): void {
    this.#count = Number.NEGATIVE_INFINITY;
  }

  refused(): void {
    this.#count++;
  }

  get isExceeded(): boolean {
    return this.#count >= MAX_REFUSALS;
  }
}
