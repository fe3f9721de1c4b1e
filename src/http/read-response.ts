import { concatBytes } from "../bytes.js";
import type { CallInfo } from "../call.js";
import { ConnectionError } from "../errors.js";
import type { ReceivedBody, ReceivedResponse } from "./exchange.js";

/** How much of an error body is kept, in bytes. */
const ERROR_BODY_LIMIT = 64 * 1024;

/** What a successful body is read as. A stream is handed on unread. */
export type ParseAs = "json" | "text" | "arrayBuffer" | "stream";

export interface ReadOptions {
  parseAs: ParseAs;
  /** The longest successful body, in bytes after decompression. */
  maxSize: number;
  parseJson: (text: string) => unknown;
  /** Whether errors keep bodies. Those of the token service may hold a token. */
  keepsBody: boolean;
  /** Removes from a text what no error may keep. */
  redact: (text: string) => string;
}

/** A response with its body: on success as `parseAs` says; of an error JSON if it is JSON, otherwise text. */
export interface ReadResponse {
  response: ReceivedResponse;
  data: unknown;
  /** The body as it was received, if it was read as text. */
  text: string | undefined;
}

/** For most bodies, since it costs more to look for a charset. */
const UTF_8 = new TextDecoder("utf-8", { fatal: true });

/** Reads the body of a success. One that is too long, not in its encoding or not JSON is a `ConnectionError`. */
export async function readSuccess(
  response: ReceivedResponse,
  options: ReadOptions,
  call: CallInfo,
): Promise<ReadResponse> {
  const { parseAs, maxSize, parseJson, keepsBody, redact } = options;
  if (parseAs === "stream") return { response, data: undefined, text: undefined };
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "none";
  const fail = (code: ConnectionError["code"], problem: string, text?: string) =>
    new ConnectionError(code, `got a ${status} response ${problem}`, call, {
      status,
      ...(text !== undefined && keepsBody && { body: redact(copy(text.slice(0, ERROR_BODY_LIMIT))) }),
    });

  const bytes = await readBytes(response.body, maxSize);
  if (!bytes) throw fail("response_too_large", `of more than ${maxSize} bytes, the limit of maxResponseSize`);
  if (parseAs === "arrayBuffer") return { response, data: new Uint8Array(bytes).buffer, text: undefined };
  const decoder = type.includes(";") ? createDecoder(type, { fatal: true }) : UTF_8;
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw fail(
      "invalid_encoding",
      `that is not valid ${decoder.encoding} (${bytes.length} bytes, content type ${type})`,
    );
  }
  if (parseAs === "text") return { response, data: text, text };
  if (text === "") return { response, data: undefined, text };
  try {
    return { response, data: parseJson(text), text };
  } catch {
    // Without the parser's message, which quotes the body: it may hold personal data.
    throw fail("invalid_json", `that is not JSON (${text.length} characters, content type ${type})`, text);
  }
}

/** All bytes of a body; `undefined` if there are more than `maxSize`. */
async function readBytes(body: ReceivedBody | null, maxSize: number) {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) break;
    size += value.length;
    if (size > maxSize) {
      // Not awaited: a connection that hangs must not hold up the error.
      reader?.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
  const [first] = chunks;
  return first?.length === size ? first : concatBytes(chunks, size);
}

/** A decoder of the charset that the content type names, otherwise of UTF-8, the encoding of JSON. */
function createDecoder(contentType: string, options: TextDecoderOptions): TextDecoder {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(charset, options);
  } catch {
    return new TextDecoder("utf-8", options);
  }
}

/** The same text without the longer one that it is a part of, which engines keep in memory with it. */
const copy = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));

/** The beginning of an error body, as far as it has been read. */
export class ErrorBody {
  readonly #response: ReceivedResponse;
  readonly #redact: (text: string) => string;
  #text = "";

  constructor(response: ReceivedResponse, { redact }: ReadOptions) {
    this.#response = response;
    this.#redact = redact;
  }

  /** Reads up to the limit. A body that breaks off ends there, so that it does not hide the status. */
  async read(): Promise<void> {
    const { body, headers } = this.#response;
    const decoder = createDecoder(headers.get("content-type") ?? "", {});
    const reader = body?.getReader();
    let size = 0;
    try {
      while (reader && size < ERROR_BODY_LIMIT) {
        const { value } = await reader.read();
        if (!value) {
          this.#text += decoder.decode();
          return;
        }
        this.#text += decoder.decode(value.subarray(0, ERROR_BODY_LIMIT - size), { stream: true });
        size += value.length;
      }
      reader?.cancel().catch(() => {});
    } catch {}
  }

  toResponse(): ReadResponse {
    const text = this.#redact(this.#text);
    let data: unknown = text === "" ? undefined : text;
    try {
      data = JSON.parse(text);
    } catch {}
    return { response: this.#response, text, data };
  }
}
