import { createResponse } from "../http/create-response.js";
import type { ChunkReader, LazyResponse, ReceivedBody } from "../http/exchange.js";
import { decompress } from "./decompress.js";

/** Statuses whose `Response` cannot have a body. */
const NULL_BODY_STATUSES = new Set([204, 205, 304]);

/** A response of which undici gave the head. */
export class UndiciResponse implements LazyResponse, ReceivedBody {
  readonly status: number;
  readonly #statusText: string;
  readonly #fields: Record<string, string | string[] | undefined>;
  readonly #chunks: ChunkReader;
  #isRead = false;
  #response: Response | undefined;

  constructor(
    chunks: ChunkReader,
    status: number,
    statusText: string,
    fields: Record<string, string | string[] | undefined>,
  ) {
    this.#chunks = chunks;
    this.status = status;
    this.#statusText = statusText;
    this.#fields = fields;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  get headers(): Pick<Headers, "get"> {
    return this.#response?.headers ?? this;
  }

  /** A header by its name in lower case. */
  get(name: string): string | null {
    const value = this.#fields[name];
    return (Array.isArray(value) ? value.join(", ") : value) ?? null;
  }

  get body(): ReceivedBody {
    return this;
  }

  getReader(): ChunkReader {
    this.#isRead = true;
    const contentEncoding = this.get("content-encoding");
    return contentEncoding === null ? this.#chunks : decompress(this.#chunks, contentEncoding);
  }

  cancel(): Promise<void> {
    return this.#chunks.cancel();
  }

  toResponse(): Response {
    this.#response ??= this.#build();
    return this.#response;
  }

  #build(): Response {
    const { status } = this;
    const headers = new Headers();
    for (const [name, values = []] of Object.entries(this.#fields)) {
      for (const value of [values].flat()) headers.append(name, toByteString(value));
    }
    const isRead = this.#isRead;
    const body = NULL_BODY_STATUSES.has(status) ? null : streamOf(this.getReader());
    const response = createResponse(body, { status, statusText: toByteString(this.#statusText), headers });
    // As that of `fetch`, whose body can be read once.
    if (isRead) response.body?.cancel();
    return response;
  }
}

/** Older versions of undici decode UTF-8, of which `Headers` and `Response` accept no more than Latin-1. */
const toByteString = (text: string) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");

const streamOf = (reader: ChunkReader) =>
  new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value } = await reader.read();
        if (value) controller.enqueue(value);
        else controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
