import type { IncomingMessage, ServerResponse } from "node:http";
import type { OperationInfo } from "../specs/operation-info.js";
import type { RequestRecord } from "./request-log.js";
import type { SandboxResponse } from "./response.js";

/** What is known of a request before it is processed. */
export interface ReceivedRequest {
  /** `undefined` if there is none at this path. */
  operation: OperationInfo | undefined;
  /** The absolute URL without the query. */
  url: string;
  query: URLSearchParams;
  /** Its bearer token. */
  token: string | undefined;
}

/** Statuses whose responses have neither a body nor a content length. */
const BODILESS = new Set([204, 205, 304]);

/** How long a connection stays open, in ms, so that a part of a response arrives before it closes. */
const LINGER = 20;

/** Processes one request and responds to it, in full, in part or not at all. */
export class Responder {
  readonly request: ReceivedRequest;
  readonly record: RequestRecord;
  /** How long a batch of this request stays queued, in ms; default: the sandbox's `batchTime`. */
  batchDelay: number | undefined;
  readonly #raw: ServerResponse<IncomingMessage>;
  readonly #process: (batchDelay: number | undefined) => Promise<SandboxResponse>;

  constructor(
    request: ReceivedRequest,
    record: RequestRecord,
    raw: ServerResponse<IncomingMessage>,
    process: (batchDelay: number | undefined) => Promise<SandboxResponse>,
  ) {
    this.request = request;
    this.record = record;
    this.#raw = raw;
    this.#process = process;
  }

  /** Does what the request asks for, whatever is sent afterwards. */
  process(): Promise<SandboxResponse> {
    return this.#process(this.batchDelay);
  }

  send({ status, body, headers }: SandboxResponse): void {
    this.sendText(status, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  sendText(status: number, text?: string, headers: Record<string, string> = {}): void {
    const body = BODILESS.has(status) ? undefined : text;
    if (this.#raw.req.complete) {
      this.#writeHead(status, body, headers);
      this.#raw.end(body);
      return;
    }
    // The rest of the request is not read, however long it is.
    this.#writeHead(status, body, { ...headers, connection: "close" });
    this.#raw.write(body ?? "");
    this.#closeLater();
  }

  /** Announces the whole text, sends a part of it and closes the connection. */
  sendPart(status: number, text: string, length: number): void {
    this.#writeHead(status, text, {});
    this.#raw.write(Buffer.from(text).subarray(0, length));
    this.#closeLater();
  }

  /** Closes the connection. */
  close(): void {
    this.#raw.destroy();
  }

  #closeLater(): void {
    setTimeout(() => this.close(), LINGER);
  }

  #writeHead(status: number, text: string | undefined, headers: Record<string, string>): void {
    this.record.status = status;
    this.#raw.writeHead(status, {
      "x-request-id": `sandbox-${this.record.no}`,
      ...(!BODILESS.has(status) && { "content-length": Buffer.byteLength(text ?? "") }),
      ...(text !== undefined && { "content-type": "application/json" }),
      ...headers,
    });
  }
}
