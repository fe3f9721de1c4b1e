import type { CallInfo } from "../call.js";
import { ApiError, AuthenticationError, ConnectionError, requestIdOf, TimeoutError } from "../errors.js";
import { raceAbort, type Signals, sleep, throwIfAborted } from "./abort.js";
import { attempt, type Fetch, type ParseAs, type ReadResponse } from "./attempt.js";
import { notify, type RequestEvent } from "./hooks.js";
import { withoutPlatformResend } from "./platform.js";
import { backoff, type Failure, parseRetryAfter, shouldRetry } from "./retry.js";
import type { TransportConfig } from "./transport.js";

/** A request that is ready to be sent. */
export interface PreparedRequest {
  call: CallInfo;
  idempotent: boolean;
  /** Sent once, whatever happens. */
  once: boolean;
  url: string;
  /** Without `authorization`, which each attempt sets. */
  headers: Headers;
  body: BodyInit | undefined;
  parseAs: ParseAs;
  timeout: number;
  maxRetries: number;
  signals: Signals;
}

let lastCallId = 0;

/**
 * The one way out, for every request: token, attempt, a new token after a 401, retries. Returns the last response,
 * whatever its status; throws without one.
 */
export async function send(transport: TransportConfig, request: PreparedRequest): Promise<ReadResponse> {
  const { api, hooks } = transport;
  const { call, signals } = request;
  const tokens = transport.authorization?.tokens;
  const callId = ++lastCallId;
  let refused: { token: string; result: ReadResponse } | undefined;
  for (let retries = 0; ; ) {
    throwIfAborted(signals);
    const token = await tokens?.get(signals);
    if (refused && token === refused.token) throw tokenRefused(call, refused.result);
    const init = prepareInit(transport, request, token);

    const { method, path } = call;
    const event: RequestEvent = { callId, api, method, path, attempt: ++call.attempts, startedAt: Date.now() };
    notify(hooks.onRequest, event);
    const start = performance.now();
    const { result, error } = await attemptOnce(transport, request, init);
    const duration = performance.now() - start;
    if (result) {
      const { status, headers } = result.response;
      if (hooks.onResponse) notify(hooks.onResponse, { ...event, status, requestId: requestIdOf(headers), duration });
      if (status === 401 && tokens && token !== undefined) {
        await raceAbort(Promise.resolve(tokens.invalidate(token)), signals);
        if (request.once) return result;
        if (refused) throw tokenRefused(call, result);
        refused = { token, result };
        continue;
      }
    }

    const failure: Failure = result ? failureOf(result.response) : error;
    const isLast = request.once || retries >= request.maxRetries || (failure.retryAfter ?? 0) > transport.maxRetryAfter;
    if (isLast || !shouldRetry(failure, request.idempotent)) {
      if (result) return result;
      throw error;
    }
    const delay = failure.retryAfter ?? backoff(retries);
    retries++;
    notify(hooks.onRetry, { ...event, duration, delay, status: result?.response.status, error });
    await sleep(delay, signals);
  }
}

/** The platform's fetch, looked up when a call is made, so that a mock installed later is used. */
const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);

function prepareInit(transport: TransportConfig, request: PreparedRequest, token: string | undefined): RequestInit {
  const { call, body, headers } = request;
  if (token !== undefined) transport.authorization?.write(headers, token);
  const init: RequestInit = { method: call.method, headers, ...(body !== undefined && { body }) };
  if (request.idempotent || transport.fetch) return init;
  return withoutPlatformResend(init, transport.allowPlatformResend);
}

type Attempted =
  | { result: ReadResponse; error?: undefined }
  | { result?: undefined; error: ConnectionError | TimeoutError };

async function attemptOnce(
  { fetch = platformFetch }: TransportConfig,
  { url, call, parseAs, timeout, signals }: PreparedRequest,
  init: RequestInit,
): Promise<Attempted> {
  try {
    return { result: await attempt({ fetch, url, init, call, parseAs, timeout, signals }) };
  } catch (error) {
    if (error instanceof ConnectionError || error instanceof TimeoutError) return { error };
    throw error;
  }
}

const failureOf = ({ status, headers }: Response): Failure => ({ status, retryAfter: parseRetryAfter(headers) });

function tokenRefused(call: CallInfo, { response, data }: ReadResponse): AuthenticationError {
  const cause = new ApiError(call, response, data, parseRetryAfter(response.headers));
  const message = `${call.method} ${call.path} failed with 401 although the token should be valid`;
  return new AuthenticationError("token_refused", message, { cause });
}
