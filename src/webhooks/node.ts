import type { WebhookRequest } from "./body.js";

/** The part of node:http's `IncomingMessage` that is read. Express and Fastify have it too. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether all of the request was received. */
  readonly complete: boolean;
  /** Whether any of the body was read. */
  readonly readableDidRead: boolean;
  /** Whether the stream is closed. */
  readonly destroyed: boolean;
  /** The raw bytes, if a parser such as `express.raw` left them here. */
  readonly body?: unknown;
  on(event: string, listener: (value: unknown) => void): unknown;
  off(event: string, listener: (value: unknown) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** The part of node:http's `ServerResponse` that is used. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: string): unknown;
  end(body: string, callback?: () => void): unknown;
  /** Of HTTP/2. */
  readonly stream?: { close(code: number): unknown };
}

/** How long a sender that is still sending can read the response before the connection is closed, in ms. */
const LINGER = 500;

/** Without an error code Node would leave the stream open for the rest of the body. */
const HTTP2_CANCEL = 8;

/**
 * Adapts a webhook handler to node:http and what builds on it: `createServer(toNodeHandler(handle))`,
 * `app.post(path, toNodeHandler(handle))`. The body must be unread, or `request.body` must hold its raw bytes. After a response
 * to a request that was not read to its end, the connection is closed.
 *
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function toNodeHandler(
  handle: (request: WebhookRequest) => Promise<Response>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { method = "", body } = request;
    const rawBody = ArrayBuffer.isView(body) ? new Response(body as BodyInit).body : undefined;
    const result = await handle({
      method,
      headers: headersOf(request),
      body: rawBody ?? streamOf(request),
      bodyUsed: !rawBody && request.readableDidRead,
    });
    const { status, headers } = result;
    const text = await result.text();
    if (request.complete) {
      response.writeHead(status, Object.fromEntries(headers));
      response.end(text);
    } else {
      const length = String(new TextEncoder().encode(text).byteLength);
      // HTTP/2 has no such header; only the stream of the request is closed.
      const connection = ":method" in request.headers ? {} : { connection: "close" };
      response.writeHead(status, { ...Object.fromEntries(headers), "content-length": length, ...connection });
      response.write(text);
      // The rest of the body is not read, however long it is. If the connection closed now, the sender could miss the response.
      // After the end of the response Node closes a connection of HTTP/1 by itself.
      setTimeout(() => response.end("", () => response.stream?.close(HTTP2_CANCEL)), LINGER).unref?.();
    }
  };
}

function headersOf({ headers }: NodeRequest): Headers {
  // HTTP/2 has the method and path among the headers, as ":method" and ":path".
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  return new Headers(entries.map(([name, value]): [string, string] => [name, String(value)]));
}

/** The body as a web stream. `Readable.toWeb` would need an import of node:stream. */
function streamOf(request: NodeRequest): ReadableStream<Uint8Array<ArrayBuffer>> {
  let off = () => {};
  return new ReadableStream(
    {
      start(controller) {
        const push = (chunk: unknown) => {
          request.pause();
          // readBody checks that chunks are bytes.
          controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
        };
        const end = () => {
          off();
          controller.close();
        };
        off = () => {
          request.off("data", push);
          request.off("end", end);
        };
        // No effect on a stream that has ended.
        const fail = (error: unknown = new Error("The connection was closed")) => controller.error(error);
        if (request.destroyed) return fail();
        // Flows only while it is read.
        request.pause();
        request.on("data", push);
        request.on("end", end);
        request.on("error", fail);
        request.on("close", fail);
      },
      pull() {
        request.resume();
      },
      cancel() {
        off();
        request.pause();
      },
    },
    { highWaterMark: 0 },
  );
}
