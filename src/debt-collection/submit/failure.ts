import {
  AmiliError,
  ApiError,
  AuthenticationError,
  ConnectionError,
  PaginationError,
  TimeoutError,
} from "../../errors.js";
import { sleep } from "../../http/abort.js";
import { backoff, isNotProcessed } from "../../http/retry.js";

/**
 * What a failed request means for its items: the API rejected them, did not process them, may have processed them, or would
 * fail for all further items, too.
 */
export type Failure = "rejected" | "notProcessed" | "ambiguous" | "fatal";

/** The statuses that are about the items. Other client errors concern every item. */
const REJECTED = new Set([400, 409, 413, 422]);

/** Client errors that do not say whether the request was processed. 499 is a proxy's "client closed request". */
const AMBIGUOUS = new Set([408, 499]);

/** A token may be refused this many times in a row, since identity services have short outages, too. */
const MAX_REFUSED_TOKENS = 5;

/**
 * @param error what was thrown; `undefined` for a response without a batch
 * @param refusedTokens consecutive authentication errors, including this one
 */
export function classifyFailure(error: unknown, refusedTokens: number): Failure {
  if (error instanceof AuthenticationError) return refusedTokens <= MAX_REFUSED_TOKENS ? "notProcessed" : "fatal";
  if (isResponseFailure(error) && isNotProcessed(error)) return "notProcessed";
  if (error instanceof ConnectionError || error instanceof TimeoutError || error === undefined) return "ambiguous";
  if (!(error instanceof ApiError)) return "fatal";
  if (REJECTED.has(error.status)) return "rejected";
  return error.status >= 500 || AMBIGUOUS.has(error.status) ? "ambiguous" : "fatal";
}

const isResponseFailure = (error: unknown): error is ApiError | ConnectionError =>
  error instanceof ApiError || error instanceof ConnectionError;

/** Whether a failure that is not ambiguous proves that the request was not processed. A redirect does not. */
export function provesNotProcessed(error: unknown): boolean {
  return error instanceof ApiError ? error.status >= 400 : error instanceof AmiliError;
}

/** The delay before the next try, in ms. */
export function retryDelay(error: unknown, tries: number): number {
  return (error instanceof ApiError && error.retryAfter) || backoff(tries);
}

/** Retries a read until it succeeds or fails for good, or the signal aborts. */
export async function retryRead<T>(read: () => PromiseLike<T>, signal: AbortSignal): Promise<T> {
  let refusedTokens = 0;
  for (let tries = 0; ; tries++) {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      refusedTokens = error instanceof AuthenticationError ? refusedTokens + 1 : 0;
      const failure = error instanceof PaginationError ? "ambiguous" : classifyFailure(error, refusedTokens);
      if (failure === "rejected" || failure === "fatal") throw error;
      await sleep(retryDelay(error, tries), [signal]);
    }
  }
}
