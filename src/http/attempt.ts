import type { CallInfo } from "../call.js";
import { ConnectionError, TimeoutError } from "../errors.js";
import { onAbort, type Signals, throwIfAborted } from "./abort.js";
import { type Exchange, type Fetch, startExchange, toResponse } from "./exchange.js";
import { ErrorBody, type ReadOptions, type ReadResponse, readSuccess } from "./read-response.js";
import { sanitizeCause } from "./sanitize-cause.js";

export interface Attempt {
  fetch: Fetch;
  url: string;
  init: RequestInit;
  call: CallInfo;
  read: ReadOptions;
  /** ms, including reading the body; of a stream until the headers are received. */
  timeout: number;
  signals: Signals;
}

/**
 * Sends a request once and reads the response. The time limit and the signals hold whatever `fetch` does with the
 * signal that it is given. Throws the signal's reason, a `TimeoutError` or a `ConnectionError`.
 */
export async function attempt({ fetch, url, init, call, read, timeout, signals }: Attempt): Promise<ReadResponse> {
  let exchange: Exchange | undefined;
  let aborted: { reason: unknown } | undefined;
  let status: number | undefined;
  let errorBody: ErrorBody | undefined;
  let fail: (reason: unknown) => void = () => {};
  const abort = (reason: unknown) => {
    aborted ??= { reason };
    exchange?.abort(reason);
    fail(reason);
  };

  async function receive(): Promise<ReadResponse> {
    throwIfAborted(signals);
    exchange = startExchange(fetch, url, init);
    // By something that fetch called.
    if (aborted) exchange.abort(aborted.reason);
    const response = await exchange.response;
    if (aborted) {
      // A fetch that ignores its signal resolves too late: nobody will read this body.
      response.body?.cancel().catch(() => {});
      throw aborted.reason;
    }
    status = response.status;
    if (response.ok) return readSuccess(response, read, call);
    errorBody = new ErrorBody(response, read);
    await errorBody.read();
    return errorBody.toResponse();
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let removeListeners = () => {};
  try {
    const result = await new Promise<ReadResponse>((resolve, reject) => {
      fail = reject;
      timer = setTimeout(() => abort(new TimeoutError(call, timeout)), timeout);
      removeListeners = onAbort(signals, abort);
      receive().then(resolve, reject);
    });
    if (read.parseAs !== "stream" || !result.response.ok) return result;
    return { ...result, data: abortable(toResponse(result.response).body, signals, abort) };
  } catch (error) {
    // The status says more than the time that the rest of the body took.
    if (errorBody && aborted?.reason instanceof TimeoutError) return errorBody.toResponse();
    if (aborted) throw aborted.reason;
    if (error instanceof ConnectionError) throw error;
    const removeUrl = urlRemover(url);
    const cause = sanitizeCause(error, (text) => removeUrl(read.redact(text)));
    const problem = status === undefined ? "got no response" : `got a ${status} response that broke off`;
    throw new ConnectionError("connection_failed", `${problem}${formatCode(cause)}`, call, { cause, status });
  } finally {
    clearTimeout(timer);
    removeListeners();
  }
}

/** A body that the caller reads. It fails with the reason when a signal aborts, whatever `fetch` does with its signal. */
function abortable(
  body: ReadableStream<Uint8Array> | null,
  signals: Signals,
  abortFetch: (reason: unknown) => void,
): ReadableStream<Uint8Array> | null {
  if (!body) return null;
  const reader = body.getReader();
  let removeListeners = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        removeListeners = onAbort(signals, (reason) => {
          controller.error(reason);
          abortFetch(reason);
          reader.cancel(reason).catch(() => {});
        });
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        removeListeners();
      },
      cancel(reason) {
        removeListeners();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Removes the URL of a request from texts: Deno and others quote it, and its path and query may hold personal data. */
function urlRemover(url: string): (text: string) => string {
  const { href, pathname, search } = new URL(url);
  const parts = [href, url, `${pathname}${search}`].filter((part) => part.length > 1);
  return (text) => parts.reduce((redacted, part) => redacted.replaceAll(part, "(URL)"), text);
}

function formatCode(error: unknown): string {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && typeof e.code === "string") return `: ${e.code}`;
  }
  return "";
}
