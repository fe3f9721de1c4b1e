import type { AmiliError } from "../errors.js";

/** Which request an event speaks of. No values of parameters, no bodies, no headers: nothing secret or personal. */
export interface RequestEvent {
  /** As in `baseUrls`. */
  api: string;
  method: string;
  /** The path as the documentation writes it, `{…}` unfilled. */
  path: string;
  /** From 1. */
  attempt: number;
}

export interface ResponseEvent extends RequestEvent {
  status: number;
  requestId: string | undefined;
  /** From sending until the body was read, in ms. */
  duration: number;
}

export interface RetryEvent extends RequestEvent {
  /** How long is waited before the next attempt, in ms. */
  delay: number;
  /** The status that failed the attempt; `undefined` where no answer came. */
  status: number | undefined;
  /** The error that failed the attempt; `undefined` where an answer came. */
  error: AmiliError | undefined;
}

export interface TokenEvent {
  /** Whether the token was asked for or found in the `tokenStore`. */
  source: "identity" | "store";
  /** What is left of its lifetime, in ms; `undefined` where the answer does not tell. */
  expiresIn: number | undefined;
  /** What failed of the `tokenStore`, if anything, such as `get failed: TypeError`; calls go on without it. */
  storeError: string | undefined;
}

/**
 * Functions that watch what happens, for logs, metrics and traces. They cannot change a call: what they throw is written
 * to `console.error`.
 */
export interface Hooks {
  /** An attempt is about to be sent: the first, one after a retry's wait, or the one with a new token after a 401. */
  onRequest?: (event: RequestEvent) => void;
  /** An answer came, of any status. */
  onResponse?: (event: ResponseEvent) => void;
  /** An attempt failed and another follows. Not told of a 401, after which the call is sent at once with a new token. */
  onRetry?: (event: RetryEvent) => void;
  /** A token was obtained. It is not part of the event. */
  onToken?: (event: TokenEvent) => void;
}

/** Calls a hook. A failing log must not fail, or hide the outcome of, a call that moves money. */
export function notify<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return;
  const report = (error: unknown) => console.error("amili-client: a hook failed:", error);
  try {
    const result = hook(event);
    if (result instanceof Promise) result.catch(report);
  } catch (error) {
    report(error);
  }
}
