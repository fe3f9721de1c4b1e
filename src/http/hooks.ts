import type { AmiliError } from "../errors.js";

/** The attempt that an event is about. No parameter values, bodies or headers: nothing secret or personal. */
export interface RequestEvent {
  /** The same for all attempts of a call, unique within the process. */
  callId: number;
  /** The API's name, as in `baseUrls`. */
  api: string;
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

export interface TokenEvent {
  /** Whether the token was requested from the identity service or read from the `tokenStore`. */
  source: "identity" | "store";
  /** The remaining lifetime in ms; `undefined` if the response does not state one. */
  expiresIn: number | undefined;
  /** What failed in the `tokenStore`, such as `get failed: TypeError`. Calls continue without it. */
  storeError: string | undefined;
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
  /** An attempt failed and will be retried. Not called after a 401, since that is repeated at once with a new token. */
  onRetry?: (event: RetryEvent) => void;
  /** A token was obtained. The event does not contain it. */
  onToken?: (event: TokenEvent) => void;
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
