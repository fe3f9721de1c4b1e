import { AuthenticationError, ConnectionError, quote, requestIdOf, TimeoutError } from "../errors.js";
import { isTimeout, raceAbort, sleep, throwIfAborted } from "./abort.js";
import { createApiError } from "./api-error.js";
import { attempt } from "./attempt.js";
import type { ReceivedResponse } from "./exchange.js";
import { notify, type RequestEvent } from "./hooks.js";
import { withoutPlatformResend } from "./platform.js";
import { isPlatformFetch } from "./platform-fetch.js";
import type { PreparedRequest } from "./prepared-request.js";
import type { ReadResponse } from "./read-response.js";
import { redactSecrets } from "./redact.js";
import { backoff, type Failure, longestDuration, parseRetryAfter, shouldRetry } from "./retry.js";
import { sentValues } from "./sent-values.js";
import type { TransportConfig } from "./transport.js";

/**
 * The one way out, for every request: past the throttle gate and the limiter, token, attempt, a new token after a 401,
 * retries. Returns the last response, whatever its status; throws without one.
 */
export async function send(transport: TransportConfig, request: PreparedRequest): Promise<ReadResponse> {
  const { throttleGate, limiter, retryBudget, maxRetryAfter } = transport;
  const { call, signals, maxRetries, once } = request;
  const tokens = transport.authorization?.tokens;
  let refused: Refused | undefined;
  let last: Attempted | undefined;
  let delay = 0;
  for (let retries = 0; ; ) {
    throwIfAborted(signals);
    const round = await throttleGate.enter(signals, {
      // What may be sent only once waits for its best chance.
      maxWait: maxRetries === 0 && !once ? 0 : 2 * delay + maxRetryAfter,
      maxRefusals: once ? Number.POSITIVE_INFINITY : maxRetries - retries,
    });
    let attempted: Attempted | undefined;
    let token: string | undefined;
    try {
      // After the longest wait a call ends with the failure that it has, and one that has none is sent.
      if (last && round === undefined) return resultOf(last);
      const isAdmitted = limiter === undefined || (await limiter.acquire(call.id, signals, maxWaitOf(request)));
      if (last && !(isAdmitted && retryBudget.take())) return resultOf(last);
      last = undefined;
      token = await getToken(transport, request);
      if (refused && token === refused.token && !refused.isRepeatable)
        throw tokenRefused(transport, request, refused.result);
      throwIfAborted(signals);
      attempted = await attemptOnce(transport, request, token);
    } finally {
      if (!attempted) throttleGate.left(round);
    }

    const { result, error, event, duration } = attempted;
    if (result && refused && token !== refused.token) tokens?.replaced?.(result.response.status !== 401);
    if (result?.response.ok) {
      if (token !== undefined) tokens?.accepted?.(token);
      throttleGate.succeeded(round);
      retryBudget.refill(retries);
      return result;
    }
    const failure: Failure = result ? failureOf(result.response) : error;
    const { status, retryAfter = 0 } = failure;
    const isTooLong = retryAfter > maxRetryAfter;
    delay = retryAfter + backoff(retries);
    if (status === 429 && !isTooLong) {
      throttleGate.throttled(round, delay);
      limiter?.throttled(call.id, delay);
    } else if (status === undefined || status === 429 || status >= 500) throttleGate.left(round);
    else throttleGate.succeeded(round);
    if (result && status === 401 && tokens && token !== undefined) {
      if (refused) throw tokenRefused(transport, request, result);
      const isRepeatable = await raceAbort(Promise.resolve(tokens.invalidate(token)), signals);
      if (once) return result;
      refused = { token, result, isRepeatable };
      continue;
    }
    const isLast = once || retries >= maxRetries || isTooLong || retryBudget.isUsedUp;
    if (isLast || !shouldRetry(failure, request.idempotent)) return resultOf(attempted);
    retries++;
    last = attempted;
    notify(transport.hooks.onRetry, { ...event, duration, delay, status: result?.response.status, error });
    // After a 429 the gate keeps the delay.
    if (status !== 429) await sleep(delay, signals);
  }
}

/** A token that the API refused, with its response. */
interface Refused {
  token: string;
  result: ReadResponse;
  /** Whether the same token is worth a second try. */
  isRepeatable: boolean;
}

/** How long a call waits for a token, or for the limiter, in ms. */
const maxWaitOf = ({ timeout, maxRetries }: PreparedRequest) => longestDuration(timeout, maxRetries);

function getToken({ authorization }: TransportConfig, request: PreparedRequest): string | undefined | Promise<string> {
  const { call, signals } = request;
  const maxWait = maxWaitOf(request);
  const token = authorization?.tokens.get(signals, maxWait);
  if (typeof token !== "object") return token;
  return token.catch((error: unknown) => {
    throw isTimeout(error) ? new TimeoutError(call, maxWait, "waiting for a token") : error;
  });
}

function prepareInit(transport: TransportConfig, request: PreparedRequest, token: string | undefined): RequestInit {
  const { call, body, headers } = request;
  if (token !== undefined) transport.authorization?.write(headers, token);
  const init: RequestInit = { method: call.method, headers, ...(body !== undefined && { body }) };
  if (request.idempotent || !isPlatformFetch(transport.fetch)) return init;
  return withoutPlatformResend(init, transport.allowPlatformResend);
}

/** An attempt with its event and duration, of which hooks are notified. */
type Attempted = { event: RequestEvent; duration: number } & (
  | { result: ReadResponse; error?: undefined }
  | { result?: undefined; error: ConnectionError | TimeoutError }
);

async function attemptOnce(
  transport: TransportConfig,
  request: PreparedRequest,
  token: string | undefined,
): Promise<Attempted> {
  const { api, origin, hooks, authorization, maxResponseSize, parseJson, fetch } = transport;
  const { url, call, parseAs, timeout, signals } = request;
  const read = {
    parseAs,
    maxSize: maxResponseSize,
    parseJson,
    keepsBody: authorization !== undefined,
    redact: (text: string) => redactSecrets(text, secretsOf(transport, request, token)),
  };
  const init = prepareInit(transport, request, token);
  const { id: callId, method, path } = call;
  const event: RequestEvent = { callId, api, origin, method, path, attempt: ++call.attempts, startedAt: Date.now() };
  notify(hooks.onRequest, event);
  const start = performance.now();
  try {
    const result = await attempt({ fetch, url, init, call, read, timeout, signals });
    const { status, headers } = result.response;
    const duration = performance.now() - start;
    if (hooks.onResponse) notify(hooks.onResponse, { ...event, duration, status, requestId: requestIdOf(headers) });
    return { event, duration, result };
  } catch (error) {
    const isFailure = error instanceof ConnectionError || error instanceof TimeoutError;
    const duration = performance.now() - start;
    notify(hooks.onRequestError, { ...event, duration, error: isFailure ? error : undefined });
    if (isFailure) return { event, duration, error };
    throw error;
  }
}

/** What no error may keep. Of a token request that is all that it sends. */
function secretsOf({ authorization }: TransportConfig, request: PreparedRequest, token: string | undefined) {
  if (!authorization) return [...sentValues(request)];
  return token === undefined ? [] : authorization.secrets(token);
}

function resultOf({ result, error }: Attempted): ReadResponse {
  if (result) return result;
  throw error;
}

const failureOf = ({ status, headers }: ReceivedResponse): Failure => ({
  status,
  retryAfter: parseRetryAfter(headers),
});

function tokenRefused(transport: TransportConfig, request: PreparedRequest, result: ReadResponse): AuthenticationError {
  const cause = createApiError(transport, request, result);
  const { method, path } = request.call;
  const message = `${method} ${path} failed with 401 although the token should be valid${quote(cause.detail)}`;
  return new AuthenticationError("token_refused", message, { cause });
}
