import type { ServerResponse } from "node:http";
import type { SandboxAnswer } from "./answer.js";
import type { KnownOperation } from "./operation.js";
import type { RequestRecord } from "./requests.js";

/** What a request is, before anything is done about it. */
export interface Call {
  /** `undefined` where none stands. */
  operation: KnownOperation | undefined;
  /** The absolute address, without the query. */
  address: string;
  query: URLSearchParams;
  /** The bearer token that came with it. */
  token: string | undefined;
}

/** Statuses whose answers have neither a body nor the length of one. */
const BODILESS = new Set([204, 205, 304]);

/** How long a connection that is cut stays open for what was sent to arrive, in ms. */
const LINGER = 20;

/** One request on its way through the sandbox: what it asks for, and the ways to answer it or not. */
export class Exchange {
  readonly call: Call;
  readonly record: RequestRecord;
  /** How long a batch that the work makes stays queued, in ms; `undefined`: as long as any. */
  queued: number | undefined;
  readonly #response: ServerResponse;
  readonly #work: (exchange: Exchange) => Promise<SandboxAnswer>;

  constructor(
    call: Call,
    record: RequestRecord,
    response: ServerResponse,
    work: (exchange: Exchange) => Promise<SandboxAnswer>,
  ) {
    this.call = call;
    this.record = record;
    this.#response = response;
    this.#work = work;
  }

  /** Does what the request asks for. What it did stays done whatever becomes of the answer. */
  work(): Promise<SandboxAnswer> {
    return this.#work(this);
  }

  send({ status, body, headers }: SandboxAnswer): void {
    this.sendText(status, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  sendText(status: number, text?: string, headers: Record<string, string> = {}): void {
    const body = BODILESS.has(status) ? undefined : text;
    this.#head(status, body, headers);
    this.#response.end(body);
  }

  /** Promises the whole text, sends a part of it and closes the connection. */
  sendPart(status: number, text: string, length: number): void {
    this.#head(status, text, {});
    this.#response.write(Buffer.from(text).subarray(0, length));
    setTimeout(() => this.close(), LINGER);
  }

  /** Closes the connection, with what was sent so far. */
  close(): void {
    this.#response.destroy();
  }

  #head(status: number, text: string | undefined, headers: Record<string, string>): void {
    this.record.status = status;
    this.#response.writeHead(status, {
      "x-request-id": `sandbox-${this.record.no}`,
      ...(!BODILESS.has(status) && { "content-length": Buffer.byteLength(text ?? "") }),
      ...(text !== undefined && { "content-type": "application/json" }),
      ...headers,
    });
  }
}
