import {
  ApiError,
  AuthenticationError,
  type CallFacts,
  ConfigurationError,
  ConnectionError,
  requestIdOf,
  TimeoutError,
} from "../errors.js";
import { type Answer, attempt, type Fetch, type ParseAs } from "./attempt.js";
import type { Authorization } from "./auth.js";
import { type Hooks, notify } from "./hooks.js";
import { backoff, mayRetry, type Outcome, retryAfter } from "./retry.js";
import { type Signals, sleep, throwIfAborted, untilAborted } from "./signals.js";

/** What all requests to one API share. */
export interface Transport {
  api: string;
  baseUrl: string;
  fetch: Fetch;
  /** ms an attempt. */
  timeout: number;
  maxRetries: number;
  /** ms. */
  maxRetryAfter: number;
  hooks: Hooks;
  /** None for the identity service itself. */
  authorization: Authorization | undefined;
}

/** A transport that may lack an address or an authentication. */
type Place = Omit<Transport, "baseUrl" | "authorization"> & {
  baseUrl: string | undefined;
  authorization: Authorization | ConfigurationError | undefined;
};

/** A transport, or why there can be none. The reason is for those who call the API; others need not know. */
export function transportOf({ baseUrl, authorization, ...rest }: Place): Transport | ConfigurationError {
  if (baseUrl === undefined) {
    const option = `baseUrls.${rest.api}`;
    return new ConfigurationError("invalid_option", `The documentation names no address of this API. Set ${option}.`);
  }
  if (authorization instanceof ConfigurationError) return authorization;
  return { ...rest, baseUrl, authorization };
}

/** One request, as it is known before it is sent. */
export interface Outgoing {
  call: CallFacts;
  idempotent: boolean;
  url: string;
  init: RequestInit;
  headers: Headers;
  parseAs: ParseAs;
  timeout: number;
  maxRetries: number;
  signals: Signals;
}

/**
 * The one way out: token, attempt, a new token after a 401, retries. Gives the last answer, whatever its status; throws
 * where there is none.
 */
export async function send(transport: Transport, out: Outgoing): Promise<Answer> {
  const { hooks } = transport;
  const tokens = transport.authorization?.tokens;
  const { call, signals } = out;
  let refused: Answer | undefined;
  let refusedToken: string | undefined;
  for (let retries = 0; ; ) {
    throwIfAborted(signals);
    const token = await tokens?.get(signals);
    if (refused && token === refusedToken) throw tokenRefused(call, refused);

    const outcome = await attemptOnce(transport, out, token);
    const answer = outcome instanceof Error ? undefined : outcome;
    if (answer?.response.status === 401 && tokens && token !== undefined) {
      await untilAborted(Promise.resolve(tokens.refuse(token)), signals);
      if (refused) throw tokenRefused(call, answer);
      refused = answer;
      refusedToken = token;
      continue;
    }

    const asked = answer && retryAfter(answer.response.headers);
    if (retries >= out.maxRetries || !mayRetry(outcome, out.idempotent) || (asked ?? 0) > transport.maxRetryAfter) {
      if (answer) return answer;
      throw outcome;
    }
    const delay = asked ?? backoff(retries);
    retries++;
    notify(hooks.onRetry, {
      ...eventOf(transport, call),
      delay,
      status: answer?.response.status,
      error: outcome instanceof Error ? outcome : undefined,
    });
    await sleep(delay, signals);
  }
}

async function attemptOnce(transport: Transport, out: Outgoing, token: string | undefined): Promise<Outcome> {
  const { hooks, fetch } = transport;
  const { call, url, parseAs, timeout, signals } = out;
  call.attempts++;
  if (hooks.onRequest) notify(hooks.onRequest, eventOf(transport, call));
  // A copy an attempt: what a middleware or a hook may hold never has the token in it.
  const headers = new Headers(out.headers);
  if (token !== undefined) transport.authorization?.write(headers, token);
  const begun = performance.now();
  try {
    const answer = await attempt({ fetch, url, init: { ...out.init, headers }, call, parseAs, timeout, signals });
    // Put together only for one who listens.
    if (hooks.onResponse) {
      const { status, headers: answered } = answer.response;
      const duration = performance.now() - begun;
      notify(hooks.onResponse, { ...eventOf(transport, call), status, requestId: requestIdOf(answered), duration });
    }
    return answer;
  } catch (error) {
    if (error instanceof ConnectionError || error instanceof TimeoutError) return error;
    throw error;
  }
}

function eventOf({ api }: Transport, { method, path, attempts }: CallFacts) {
  return { api, method, path, attempt: attempts };
}

function tokenRefused(call: CallFacts, { response, data }: Answer): AuthenticationError {
  const cause = new ApiError(call, response, data, retryAfter(response.headers));
  return new AuthenticationError(
    "token_refused",
    `${call.method} ${call.path} answered 401 to a token that should be valid`,
    { cause },
  );
}
