import type { CallInfo } from "../call.js";
import { ConnectionError, TimeoutError } from "../errors.js";
import { onAbort, type Signals } from "./abort.js";
import { sanitizeCause } from "./sanitize-cause.js";

/** How much of an error body is kept, in bytes. */
const ERROR_BODY_LIMIT = 64 * 1024;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a successful body is read as. A stream is handed on unread. */
export type ParseAs = "json" | "text" | "blob" | "arrayBuffer" | "stream";

export interface Attempt {
  fetch: Fetch;
  url: string;
  init: RequestInit;
  call: CallInfo;
  parseAs: ParseAs;
  /** ms, including reading the body; of a stream until the headers are received. */
  timeout: number;
  signals: Signals;
}

/** A response with its body: on success as `parseAs` says; of an error JSON if it is JSON, otherwise text. */
export interface ReadResponse {
  response: Response;
  data: unknown;
  /** The body as it was received, if it was read as text. */
  text: string | undefined;
}

/**
 * Sends a request once and reads the response. The time limit and the signals hold whatever `fetch` does with the
 * signal that it is given. Throws the signal's reason, a `TimeoutError` or a `ConnectionError`.
 */
export async function attempt({ fetch, url, init, call, parseAs, timeout, signals }: Attempt): Promise<ReadResponse> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (reason: unknown) => controller.abort(reason);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const timer = setTimeout(() => abort(new TimeoutError(call, timeout)), timeout);
  const removeListeners = onAbort(signals, abort);
  let status: number | undefined;
  let errorBody: ErrorBody | undefined;

  async function exchange(): Promise<ReadResponse> {
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    if (signal.aborted) {
      // A fetch that ignores its signal resolves too late: nobody will read this body.
      response.body?.cancel().catch(() => {});
      throw signal.reason;
    }
    status = response.status;
    if (response.ok) return readSuccess(response, parseAs, call);
    errorBody = { response, text: "" };
    await readErrorBody(errorBody);
    return toErrorResponse(errorBody);
  }

  try {
    const result = await Promise.race([exchange(), aborted]);
    if (parseAs !== "stream" || !result.response.ok) return result;
    return { ...result, data: abortable(result.response.body, signals, abort) };
  } catch (error) {
    // The status says more than the time that the rest of the body took.
    if (errorBody && signal.reason instanceof TimeoutError) return toErrorResponse(errorBody);
    if (signal.aborted) throw signal.reason;
    if (error instanceof ConnectionError) throw error;
    const cause = sanitizeCause(error, urlRemover(url));
    const problem = status === undefined ? "got no response" : `got a ${status} response that broke off`;
    throw new ConnectionError("connection_failed", `${problem}${formatCode(cause)}`, call, { cause, status });
  } finally {
    clearTimeout(timer);
    removeListeners();
  }
}

/** The body of a success. JSON that cannot be parsed is a `ConnectionError`, since the response did not arrive as sent. */
async function readSuccess(response: Response, parseAs: ParseAs, call: CallInfo): Promise<ReadResponse> {
  if (parseAs === "stream") return { response, data: response.body, text: undefined };
  if (parseAs !== "json" && parseAs !== "text") return { response, data: await response[parseAs](), text: undefined };
  const text = await response.text();
  if (parseAs === "text") return { response, data: text, text };
  if (text === "") return { response, data: undefined, text };
  try {
    return { response, data: JSON.parse(text), text };
  } catch {
    // Without the parser's message, which quotes the body: it may hold personal data.
    const type = response.headers.get("content-type") ?? "none";
    throw new ConnectionError(
      "invalid_json",
      `got a ${response.status} response that is not JSON (${text.length} characters, content type ${type})`,
      call,
      { status: response.status, body: text.slice(0, ERROR_BODY_LIMIT) },
    );
  }
}

interface ErrorBody {
  response: Response;
  /** What has been read so far. */
  text: string;
}

/** Reads the beginning of an error body. One that breaks off ends there, so that it does not hide the status. */
async function readErrorBody(target: ErrorBody): Promise<void> {
  const decoder = new TextDecoder();
  const reader = target.response.body?.getReader();
  let size = 0;
  try {
    while (reader && size < ERROR_BODY_LIMIT) {
      const { done, value } = await reader.read();
      if (done) {
        target.text += decoder.decode();
        return;
      }
      target.text += decoder.decode(value.subarray(0, ERROR_BODY_LIMIT - size), { stream: true });
      size += value.length;
    }
    // Not awaited: a connection that hangs must not hold up the response.
    reader?.cancel().catch(() => {});
  } catch {}
}

function toErrorResponse({ response, text }: ErrorBody): ReadResponse {
  let data: unknown = text === "" ? undefined : text;
  try {
    data = JSON.parse(text);
  } catch {}
  return { response, text, data };
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
