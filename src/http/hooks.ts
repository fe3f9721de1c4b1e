import type { AmiliError, ErrorCode } from "../errors.js";

/** The attempt that an event is about. No parameter values, bodies or headers: nothing secret or personal. */
export interface RequestEvent {
  /** The same for all attempts of a call, unique within the process. */
  callId: number;
  /** The API's name, as in `baseUrls`. */
  api: string;
  /** The server: scheme, host and port of the API's base URL. */
  origin: string;
  method: string;
  /** The path template of the documentation. */
  path: string;
  /** From 1. */
  attempt: number;
  /** When the attempt started, in ms since the epoch. */
  startedAt: number;
}

export interface ResponseEvent extends RequestEvent {
  status: number;
  requestId: string | undefined;
  /** From sending until the body was read, in ms. */
  duration: number;
}

export interface RequestErrorEvent extends RequestEvent {
  /** From sending until the failure, in ms. */
  duration: number;
  /** What failed; `undefined` if the call was aborted. */
  error: AmiliError | undefined;
}

export interface RetryEvent extends RequestEvent {
  /** How long the failed attempt took, in ms. */
  duration: number;
  /** The delay before the next attempt, in ms. */
  delay: number;
  /** The status of the failed attempt; `undefined` without a response. */
  status: number | undefined;
  /** The error of the failed attempt; `undefined` with a response. */
  error: AmiliError | undefined;
}

export interface CallEndEvent {
  /** The same as in the events of the call's attempts. */
  callId: number;
  /** The API's name, as in `baseUrls`. */
  api: string;
  /** The server; `undefined` if no base URL is known. */
  origin: string | undefined;
  method: string;
  /** The path template of the documentation. */
  path: string;
  /** How many times the request was sent; 0 if the call failed before. */
  attempts: number;
  /** When the call started, in ms since the epoch. */
  startedAt: number;
  /** The whole call in ms: attempts, delays, and waits for a token. */
  duration: number;
  /** A response with an error status is an error, for raw clients too. */
  outcome: "success" | "error" | "aborted";
  /** The status of the last response, if there was one. */
  status: number | undefined;
  requestId: string | undefined;
  /** The `code` of the error; `undefined` if it is not one of this library. */
  errorCode: ErrorCode | undefined;
}

export interface TokenEvent {
  /** Whether the token was requested from the identity service or read from the `tokenStore`. */
  source: "identity" | "store";
  /** The remaining lifetime in ms; `undefined` if the response does not state one. */
  expiresIn: number | undefined;
  /** What failed in the `tokenStore`, such as `get failed: TypeError`. Calls continue without it. */
  storeError: string | undefined;
}

export interface LimiterErrorEvent {
  /** The same as in the events of the call's attempts. */
  callId: number;
  /** The API's name, as in `baseUrls`. */
  api: string;
  /** The method of the `limiter` that failed. */
  action: "acquire" | "throttled";
  /** The name of the error: `TimeoutError` after the longest wait. */
  error: string;
}

/**
 * Functions that observe requests, for logs, metrics and traces. They cannot change a call: an error that they throw is
 * written to `console.error`.
 */
export interface Hooks {
  /** An attempt is about to be sent: the first, a retry, or the one with a new token after a 401. */
  onRequest?: (event: RequestEvent) => void;
  /** A response was received, of any status. */
  onResponse?: (event: ResponseEvent) => void;
  /** An attempt ended without a usable response: an error, a timeout or an abort. */
  onRequestError?: (event: RequestErrorEvent) => void;
  /**
   * An attempt failed and will be retried after the delay, unless the service stays overloaded meanwhile. Not called after
   * a 401, since that is repeated at once with a new token.
   */
  onRetry?: (event: RetryEvent) => void;
  /**
   * A call ended: once for each call and each page of a list, also if it failed before anything was sent. A body that is
   * read as a stream may still be read.
   */
  onCallEnd?: (event: CallEndEvent) => void;
  /** A token was obtained. The event does not contain it. */
  onToken?: (event: TokenEvent) => void;
  /** The `limiter` failed, or took too long. The call continues without it. */
  onLimiterError?: (event: LimiterErrorEvent) => void;
}

/** Calls a hook. A failing log must neither fail a call that moves money nor hide its outcome. */
export function notify<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return;
  const report = (error: unknown) => console.error("amili-client: a hook failed:", error);
  try {
    // Not `instanceof Promise`: the hook may belong to another realm, such as a test's.
    const result = hook(event) as { then?: unknown } | null | undefined;
    if (typeof result?.then === "function") Promise.resolve(result).catch(report);
  } catch (error) {
    report(error);
  }
}
