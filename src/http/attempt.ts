import { type CallFacts, ConnectionError, TimeoutError } from "../errors.js";
import { causeOf } from "./cause.js";
import { onAbort, type Signals } from "./signals.js";

/** How much of an error's body is kept, in bytes. */
const ERROR_BODY_LIMIT = 64 * 1024;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a success is read as: parsed JSON, or one of the forms that openapi-fetch's `parseAs` names. */
export type ParseAs = "json" | "text" | "blob" | "arrayBuffer" | "stream";

export interface Attempt {
  fetch: Fetch;
  url: string;
  init: RequestInit;
  call: CallFacts;
  parseAs: ParseAs;
  /** ms, until the body is read. */
  timeout: number;
  signals: Signals;
}

/** An answer with its body read: as `parseAs` says on success; on an error JSON where it is JSON, else text. */
export interface Answer {
  response: Response;
  data: unknown;
  /** The body that was read, where it was read as text. */
  text: string | undefined;
}

/**
 * Sends a request once and reads the answer. The time limit covers both. Throws the caller's abort reason, a
 * `TimeoutError` or a `ConnectionError`.
 */
export async function attempt({ fetch, url, init, call, parseAs, timeout, signals }: Attempt): Promise<Answer> {
  const controller = new AbortController();
  let ended: "timeout" | "abort" | undefined;
  const end = (how: "timeout" | "abort", reason?: unknown) => {
    ended ??= how;
    controller.abort(reason);
  };
  const timer = setTimeout(end, timeout, "timeout");
  const off = onAbort(signals, (reason) => end("abort", reason));
  let status: number | undefined;
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: controller.signal });
    status = response.status;
    if (response.ok) return { response, ...(await readSuccess(response, parseAs, call)) };
    const text = await readError(response);
    if (ended === "abort") throw controller.signal.reason;
    return { response, text, data: parsed(text) };
  } catch (error) {
    if (ended === "abort") throw controller.signal.reason;
    if (ended === "timeout") throw new TimeoutError(call, timeout);
    if (error instanceof ConnectionError) throw error;
    const what = status === undefined ? "got no answer" : `answered ${status}, and the answer broke off`;
    const cause = causeOf(error);
    throw new ConnectionError("connection_failed", `${what}${codeOf(cause)}`, call, {
      cause,
      status,
    });
  } finally {
    clearTimeout(timer);
    off();
  }
}

/** The body of a success. Broken JSON is a `ConnectionError`: what was sent did not arrive. */
export async function readSuccess(
  response: Response,
  parseAs: ParseAs,
  call: CallFacts,
): Promise<Pick<Answer, "data" | "text">> {
  if (parseAs === "stream") return { data: response.body, text: undefined };
  if (parseAs === "blob" || parseAs === "arrayBuffer") return { data: await response[parseAs](), text: undefined };
  const text = await response.text();
  if (parseAs === "text") return { data: text, text };
  if (text === "") return { data: undefined, text };
  try {
    return { data: JSON.parse(text), text };
  } catch {
    // The parser's own message quotes the body, which may hold personal data: the body goes where no log looks.
    const type = response.headers.get("content-type") ?? "none";
    throw new ConnectionError(
      "invalid_json",
      `answered ${response.status} with a body that is not JSON (${text.length} characters, content type ${type})`,
      call,
      { status: response.status, body: text.slice(0, ERROR_BODY_LIMIT) },
    );
  }
}

/** The beginning of an error's body as text. What cannot be read does not hide the status: it is left out. */
async function readError(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    const reader = response.body?.getReader();
    while (reader && size < ERROR_BODY_LIMIT) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value.subarray(0, ERROR_BODY_LIMIT - size), { stream: true });
      size += value.length;
    }
    // Not awaited: a connection that hangs must not hold up the answer.
    reader?.cancel().catch(() => {});
  } catch {
    // Broken off: the status and what was read say more than the break.
  }
  return text;
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function codeOf(error: unknown): string {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && typeof e.code === "string") return `: ${e.code}`;
  }
  return "";
}
