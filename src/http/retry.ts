import { ApiError, ConnectionError, type TimeoutError } from "../errors.js";
import type { Answer } from "./attempt.js";

const BASE_DELAY = 500;
const MAX_DELAY = 8_000;
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** What an attempt came to: an answer, or the error that stands for none. */
export type Outcome = Answer | ConnectionError | TimeoutError;

/**
 * Whether a request may be sent again after this outcome. One that may do harm twice is sent again only if it was surely
 * not taken: turned away (429, 503 with a date to come back), or never connected.
 */
export function mayRetry(outcome: Outcome, idempotent: boolean): boolean {
  if (outcome instanceof Error) return idempotent || isNotProcessed(outcome);
  const { status, headers } = outcome.response;
  return idempotent ? PASSING.has(status) : isTurnedAway(status, retryAfter(headers));
}

/** Whether an error proves that the API did not process the request. */
export function isNotProcessed(error: unknown): boolean {
  if (error instanceof ConnectionError) return neverConnected(error.cause);
  return error instanceof ApiError && isTurnedAway(error.status, error.retryAfter);
}

const isTurnedAway = (status: number, retryAfter: number | undefined) =>
  status === 429 || (status === 503 && retryAfter !== undefined);

/** The wait before retry number `retry` (from 0), in ms: full jitter on 0.5 s · 2ⁿ, at most 8 s. */
export function backoff(retry: number): number {
  return Math.random() * Math.min(MAX_DELAY, BASE_DELAY * 2 ** retry);
}

/** `Retry-After` in ms, from seconds or a date. A date is reckoned from the server's own clock where it tells the time. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse takes much for a date ("-5" is one in 2001); every HTTP date begins with the day's name.
  const until = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  return Math.max(0, until - now);
}

const NOT_CONNECTED = new Set([
  "UND_ERR_CONNECT_TIMEOUT", // undici
  "ConnectionRefused", // Bun
  "FailedToOpenSocket", // Bun
]);

/** Whether a failed fetch shows that no connection was made, so that the server cannot have taken the request. */
export function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Several addresses of one host were tried: none may have connected.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverConnected);
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return (
    syscall === "connect" || syscall === "getaddrinfo" || NOT_CONNECTED.has(String(code)) || neverConnected(error.cause)
  );
}
