import { Agent, type Dispatcher, errors, interceptors, type RetryHandler, request } from "undici";
import { UnreadableError } from "../unreadable-error.js";
import type { ResponseCache } from "./response-cache.js";
import { MAX_BYTES } from "./source.js";

const MAX_RETRIES = 3;
/** Milliseconds. */
const FIRST_DELAY = 1_000;
const MAX_RETRY_AFTER = 60_000;
/** Until the headers, and between two parts of a body. */
const IDLE_TIMEOUT = 30_000;
/** Of a document with all its attempts and delays. */
const TOTAL_TIMEOUT = 300_000;
const MAX_REDIRECTS = 3;
const RETRYABLE_STATUSES = [429, ...Array.from({ length: 100 }, (_, index) => 500 + index)];
const TEXT = /^(text\/(markdown|x-markdown|plain)|application\/octet-stream)\b/i;

/** The server is unreachable or overloaded, so its other pages are likely to fail too. */
export class UnresponsiveError extends UnreadableError {}

/** Waits a number of milliseconds. */
export type Sleep = (delay: number) => Promise<unknown>;

/** Fetches a document with a conditional request. */
export type FetchDocument = (url: URL) => Promise<Uint8Array>;

/** Makes a `fetch` for the documents of one origin. It retries, and follows redirects within the origin. */
export function createFetchDocument(origin: string, cache: ResponseCache, sleep: Sleep): FetchDocument {
  const dispatcher = new Agent({
    headersTimeout: IDLE_TIMEOUT,
    bodyTimeout: IDLE_TIMEOUT,
    maxResponseSize: MAX_BYTES,
  }).compose(
    sameOrigin(origin),
    completeResponse,
    interceptors.retry({ statusCodes: RETRYABLE_STATUSES, retry: retryPolicy(sleep) }),
    interceptors.redirect({ maxRedirections: MAX_REDIRECTS }),
  );
  return async (url) => {
    const cached = cache.get(url.href);
    const { statusCode, headers, body } = await request(url, {
      dispatcher,
      signal: AbortSignal.timeout(TOTAL_TIMEOUT),
      headers: {
        accept: "text/markdown, text/plain",
        "user-agent": "amili-client docs check",
        ...(cached?.etag && { "if-none-match": cached.etag }),
        ...(cached?.lastModified && { "if-modified-since": cached.lastModified }),
      },
    }).catch(rejectUnreadable);
    const type = String(headers["content-type"] ?? "");
    if (statusCode !== 200 || (type && !TEXT.test(type))) {
      // An open response keeps the process alive.
      body.on("error", () => {}).destroy();
      if (statusCode === 304 && cached) return Buffer.from(cached.body, "base64");
      if (statusCode === 200) throw new UnreadableError(`content type ${type} instead of Markdown`);
      throw new UnreadableError(headers.location ? `more than ${MAX_REDIRECTS} redirects` : `HTTP ${statusCode}`);
    }
    const bytes = Buffer.from(await body.bytes());
    const [etag, lastModified] = [headers.etag, headers["last-modified"]].map((value) => value?.toString());
    cache.set({ url: url.href, etag, lastModified, body: bytes.toString("base64") });
    return bytes;
  };
}

/** Refuses requests to another origin, to which a redirect may lead. */
function sameOrigin(origin: string): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const target = new URL(String(options.origin));
    if (target.origin !== origin) throw new UnreadableError(`redirected to another host: ${target.host}`);
    return dispatch(options, handler);
  };
}

/**
 * Holds a successful response back until its body is complete. The retry interceptor resumes a body that breaks off with a
 * Range request, which fails on servers without ranges; this way it starts the whole request again.
 */
const completeResponse: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  let start: (() => void) | undefined;
  let chunks: Buffer[] = [];
  return dispatch(options, {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart(controller, status, headers, message) {
      chunks = [];
      start = () => handler.onResponseStart?.(controller, status, headers, message);
      if (status === 200) return;
      start();
      start = undefined;
    },
    onResponseData: (controller, chunk) =>
      start ? void chunks.push(chunk) : handler.onResponseData?.(controller, chunk),
    onResponseEnd(controller, trailers) {
      start?.();
      for (const chunk of chunks) handler.onResponseData?.(controller, chunk);
      handler.onResponseEnd?.(controller, trailers);
    },
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  });
};

/** The interceptor's own policy has no jitter, and shortens a Retry-After that is too long. */
function retryPolicy(sleep: Sleep): RetryHandler.RetryCallback {
  return (error, { state: { counter } }, done) => {
    if (error instanceof UnreadableError) return done(error);
    if (error instanceof errors.ResponseExceededMaxSizeError)
      return done(new UnreadableError(`larger than ${MAX_BYTES} bytes`, { cause: error }));
    const response = error instanceof errors.RequestRetryError ? error : undefined;
    const reason = response ? `HTTP ${response.statusCode}` : messageOf(error);
    const retryAfter = parseRetryAfter(response?.headers);
    if (retryAfter > MAX_RETRY_AFTER)
      return done(new UnresponsiveError(`${reason} with a Retry-After of ${Math.round(retryAfter / 1000)} s`));
    if (counter > MAX_RETRIES) return done(new UnresponsiveError(`${reason} (${counter} attempts)`, { cause: error }));
    const delay = retryAfter || Math.random() * FIRST_DELAY * 2 ** (counter - 1);
    void sleep(delay).then(() => done(null));
  };
}

/** `Retry-After` in milliseconds: seconds or a date; 0 when there is none. */
function parseRetryAfter(headers: unknown): number {
  const value = String((headers as Record<string, unknown> | undefined)?.["retry-after"] ?? "").trim();
  const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Math.max(0, delay || 0);
}

/** The first sentence. When several addresses of a host were tried, the error has only a code. */
const messageOf = ({ message, name, ...error }: Error & { code?: unknown }) =>
  message.split(". ")[0] || String(error.code ?? name);

function rejectUnreadable(error: Error): never {
  if (error instanceof UnreadableError) throw error;
  if (error.name === "TimeoutError")
    throw new UnresponsiveError(`no complete response within ${TOTAL_TIMEOUT / 1000} s`, { cause: error });
  throw new UnreadableError(messageOf(error), { cause: error });
}
