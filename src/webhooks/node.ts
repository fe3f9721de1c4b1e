import type { WebhookHandler } from "./handler.js";

/** What of node:http's `IncomingMessage` is read; Express and Fastify have it too. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether anything of the body was read. */
  readonly readableDidRead: boolean;
  /** Whether no more of it will come. */
  readonly destroyed: boolean;
  /** Where a parser has left the raw bytes (`express.raw`), those. */
  readonly body?: unknown;
  on(event: string, listener: (value: unknown) => void): unknown;
  off(event: string, listener: (value: unknown) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** What of node:http's `ServerResponse` is used. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/**
 * Makes a webhook handler fit node:http and all that builds on it: `createServer(toNodeHandler(handle))`,
 * `app.post(path, toNodeHandler(handle))`. It wants the body unread, or as raw bytes in `request.body`.
 *
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function toNodeHandler(handle: WebhookHandler): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { method = "", body } = request;
    const kept = body instanceof Uint8Array;
    const answer = await handle({
      method,
      headers: headersOf(request),
      body: kept ? new Response(body as BodyInit).body : streamOf(request),
      bodyUsed: !kept && request.readableDidRead,
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  };
}

function headersOf({ headers }: NodeRequest): Headers {
  // HTTP/2 has its method and path among the headers, as ":method" and ":path".
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  return new Headers(entries.map(([name, value]): [string, string] => [name, String(value)]));
}

/** The body as it comes. (Node's own adapter would need an import of node:stream.) */
function streamOf(request: NodeRequest): ReadableStream<Uint8Array<ArrayBuffer>> {
  let off = () => {};
  return new ReadableStream(
    {
      start(controller) {
        const take = (chunk: unknown) => {
          request.pause();
          controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
        };
        const end = () => {
          off();
          controller.close();
        };
        off = () => {
          request.off("data", take);
          request.off("end", end);
        };
        // Without effect on a stream that has ended.
        const fail = (error: unknown = new Error("The connection was closed")) => controller.error(error);
        if (request.destroyed) return fail();
        // Flows only while somebody reads.
        request.pause();
        request.on("data", take);
        request.on("end", end);
        request.on("error", fail);
        request.on("close", fail);
      },
      pull() {
        request.resume();
      },
      cancel() {
        // The rest is dropped, not refused: a sender still busy sending would not see the answer.
        off();
        request.resume();
      },
    },
    { highWaterMark: 0 },
  );
}
