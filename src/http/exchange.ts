/** Sends a request: the platform's `fetch`, or a function that is used as one. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A part of a body; without a value its end. */
export interface Chunk {
  value?: Uint8Array | undefined;
}

export interface ChunkReader {
  read(): Promise<Chunk>;
  cancel(reason?: unknown): Promise<void>;
}

/** A body of which the client reads chunks. A `ReadableStream` is one. */
export interface ReceivedBody {
  getReader(): ChunkReader;
  cancel(): Promise<void>;
}

/** What the client reads of a response, and a `Response` only where one is used. */
export interface LazyResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Pick<Headers, "get">;
  readonly body: ReceivedBody | null;
  toResponse(): Response;
}

export type ReceivedResponse = Response | LazyResponse;

/** A request that was sent. */
export interface Exchange {
  readonly response: Promise<ReceivedResponse>;
  /** Ends the request, or the response while its body is read. */
  abort(reason: unknown): void;
}

/** A `fetch` may have this method, which costs less: it needs no `AbortSignal`, and no `Response`. */
export const EXCHANGE = Symbol.for("amili-client.exchange");

interface ExchangeFetch extends Fetch {
  [EXCHANGE]?(url: string, init: RequestInit): Exchange;
}

/** Sends a request once. Redirects are not followed. */
export function startExchange(fetch: ExchangeFetch, url: string, init: RequestInit): Exchange {
  if (fetch[EXCHANGE]) return fetch[EXCHANGE](url, init);
  const controller = new AbortController();
  return {
    response: fetch(url, { ...init, redirect: "manual", signal: controller.signal }),
    abort: (reason) => controller.abort(reason),
  };
}

export const toResponse = (received: ReceivedResponse): Response =>
  "toResponse" in received ? received.toResponse() : received;
