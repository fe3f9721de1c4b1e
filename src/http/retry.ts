import { AmiliError, type ConnectionError, type TimeoutError } from "../errors.js";
import type { Operation } from "../operation.js";
import { MAX_TIMER } from "./checks.js";

const BASE_DELAY = 500;
const MAX_DELAY = 8_000;
const RETRYABLE_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** The same response would come again. */
const FINAL_CODES = new Set<string>(["response_too_large", "invalid_encoding"]);

const IDEMPOTENT_METHODS = new Set(["GET", "PUT", "DELETE", "HEAD", "OPTIONS"]);

/** Whether repeating the request has no further effect. */
export function isIdempotent({ method, idempotent }: Pick<Operation, "method" | "idempotent">): boolean {
  return idempotent ?? IDEMPOTENT_METHODS.has(method);
}

/** A failed attempt: the status of its response, or an error without one. The library's errors fit. */
export interface Failure {
  status?: number | undefined;
  /** ms. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

/**
 * Whether a failed attempt may be retried: a non-idempotent request only if it was certainly not processed, an
 * idempotent one also after a retryable status or without a usable response.
 */
export function shouldRetry(failure: Failure | ConnectionError | TimeoutError, idempotent: boolean): boolean {
  if (isNotProcessed(failure)) return true;
  if (!idempotent) return false;
  return failure instanceof AmiliError ? !FINAL_CODES.has(failure.code) : RETRYABLE_STATUSES.has(failure.status ?? 0);
}

/**
 * Whether a failure shows that the server did not process the request: it was throttled, or no connection was made. A 503
 * with `Retry-After` does not: gateways send it after they forwarded the request.
 */
export function isNotProcessed({ status, cause }: Failure): boolean {
  return status === 429 || isConnectFailure(cause);
}

/** The delay before retry number `retry` (from 0), in ms: full jitter on 0.5 s · 2ⁿ, at most 8 s. */
export function backoff(retry: number): number {
  return Math.random() * longestBackoff(retry);
}

const longestBackoff = (retry: number) => Math.min(MAX_DELAY, BASE_DELAY * 2 ** retry);

/** How long a call's attempts and the delays between them may take, in ms. */
export function longestDuration(timeout: number, maxRetries: number): number {
  let duration = timeout;
  for (let retry = 0; retry < maxRetries && duration < MAX_TIMER; retry++) duration += longestBackoff(retry) + timeout;
  return Math.min(duration, MAX_TIMER);
}

/** `Retry-After` in ms, from seconds or a date. A date is compared with the server's own clock if it sends its `Date`. */
export function parseRetryAfter(headers: Pick<Headers, "get">): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse accepts much ("-5" is a date in 2001); every HTTP date begins with the name of a day.
  const date = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  return Math.max(0, date - now);
}

const CONNECT_FAILURE_CODES = new Set([
  "UND_ERR_CONNECT_TIMEOUT", // undici
  "ECONNREFUSED", // Bun 1.4, without a syscall
  "ConnectionRefused", // Bun up to 1.3
  "FailedToOpenSocket", // Bun
]);

/** Deno's errors have no code. No URL, which the message quotes, contains a space. */
const DENO_CONNECT_FAILURE = /: client error \(Connect\)(: |$)/;

/**
 * Whether the cause of a failed fetch shows that no connection was made, so that the server received no request. Bun and
 * Deno report that of a resend, too: `withoutPlatformResend` prevents those. The errors of workerd and of browsers do not
 * tell, so that their failures stay ambiguous.
 */
export function isConnectFailure(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  // Several addresses of one host were tried: none may have connected.
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isConnectFailure);
  const { code, syscall } = cause as { code?: unknown; syscall?: unknown };
  return (
    syscall === "connect" ||
    syscall === "getaddrinfo" ||
    CONNECT_FAILURE_CODES.has(String(code)) ||
    DENO_CONNECT_FAILURE.test(cause.message) ||
    isConnectFailure(cause.cause)
  );
}
