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

export interface CallStartEvent {
  /** The same as in the events of the call's attempts. */
  callId: number;
  /** The API's name, as in `baseUrls`. */
  api: string;
  /** The server; `undefined` if no base URL is known. */
  origin: string | undefined;
  method: string;
  /** The path template of the documentation. */
  path: string;
  /** When the call started, in ms since the epoch. */
  startedAt: number;
}

export interface CallEndEvent extends CallStartEvent {
  /** How many times the request was sent; 0 if the call failed before. */
  attempts: number;
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
  /**
   * A call starts. Where the hook calls `start`, the call runs in its context, such as that of an `AsyncLocalStorage`;
   * otherwise it starts when the hook returns.
   */
  onCallStart?: (event: CallStartEvent, start: () => void) => void;
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

export const HOOKS = {
  onCallStart: true,
  onRequest: true,
  onResponse: true,
  onRequestError: true,
  onRetry: true,
  onCallEnd: true,
  onToken: true,
  onLimiterError: true,
} satisfies Record<keyof Hooks, true>;

/** Hooks that call those of a list, in its order. The call starts inside of all of them. */
export function combineHooks(list: readonly Hooks[]): Hooks {
  const [first = {}] = list;
  if (list.length < 2) return first;
  const each =
    <Event>(hookOf: (hooks: Hooks) => ((event: Event) => void) | undefined) =>
    (event: Event) => {
      for (const hooks of list) notify(hookOf(hooks), event);
    };
  return {
    onCallStart: (event, start) => list.reduceRight((inner, hooks) => () => startInside(hooks, event, inner), start)(),
    onRequest: each(({ onRequest }) => onRequest),
    onResponse: each(({ onResponse }) => onResponse),
    onRequestError: each(({ onRequestError }) => onRequestError),
    onRetry: each(({ onRetry }) => onRetry),
    onCallEnd: each(({ onCallEnd }) => onCallEnd),
    onToken: each(({ onToken }) => onToken),
    onLimiterError: each(({ onLimiterError }) => onLimiterError),
  };
}

/** Starts a call inside of `onCallStart`, and in any case once. */
export function startInside<Result>({ onCallStart }: Hooks, event: CallStartEvent, run: () => Result): Result {
  let started: { result: Result } | undefined;
  const start = () => {
    started ??= { result: run() };
    return started.result;
  };
  // Without a result, which a hook may pass on: the failure of a call is not the hook's.
  if (onCallStart) notify(() => onCallStart(event, () => void start()), event);
  return start();
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
