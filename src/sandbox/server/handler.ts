import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Faults } from "../faults/faults.js";
import { isAuthorized } from "../identity/index.js";
import type { Tokens } from "../identity/tokens.js";
import { type BrowserPages, pageHeaders } from "../pages/page.js";
import { API_NAMES, APIS, type ApiName } from "../specs/apis.js";
import type { Backend } from "../specs/backend.js";
import { isJson, mediaType } from "../specs/validation.js";
import { corsHeaders, preflightHeaders } from "./cors.js";
import { isLoopbackHost } from "./loopback.js";
import type { SandboxApi } from "./operation.js";
import type { RequestLog, RequestRecord } from "./request-log.js";
import { Responder } from "./responder.js";
import { errorsIn, HttpError, invalidRequest, type SandboxResponse } from "./response.js";
import type { Scheduler } from "./scheduler.js";

interface HandlerOptions {
  backends: Record<ApiName, Backend>;
  apis: Record<ApiName, SandboxApi>;
  tokens: Tokens;
  faults: Faults;
  log: RequestLog;
  scheduler: Scheduler;
  latency: number;
  strict: boolean;
  cors: boolean | readonly string[];
  onRequest(record: RequestRecord): void;
  now(): number;
  /** What the server shows beside the APIs, by path. */
  pages: BrowserPages;
  /** The URL of the server. */
  url(): string;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Handles the requests of the server: for a page of the sandbox, or for an operation, which may get a fault. */
export function createHandler(options: HandlerOptions) {
  const { backends, pages, faults, log, now, latency, strict, cors, onRequest } = options;
  return async (message: IncomingMessage, raw: ServerResponse): Promise<void> => {
    const { method = "GET", url: target = "/", headers } = message;
    const [, path = "", search = ""] = /^([^?]*)\??(.*)$/.exec(target) ?? [];
    const hosts = message.headersDistinct.host ?? [];
    const isLocal = hosts.length === 1 && isLoopbackHost(headers.host);
    if (isLocal) {
      const allowed = corsHeaders(message, cors);
      for (const [name, value] of Object.entries(allowed)) raw.setHeader(name, value);
      const preflight = Object.keys(allowed).length > 0 && preflightHeaders(message);
      if (preflight) {
        raw.writeHead(204, preflight).end();
        return;
      }
    }
    const isPage = isLocal && method === "GET" && Object.hasOwn(pages, path);
    const page = isPage && (await pages[path]?.(message));
    if (page) {
      raw.writeHead(200, pageHeaders(page)).end(page.body);
      return;
    }

    const started = performance.now();
    const api = isLocal ? API_NAMES.find((name) => path.startsWith(`${APIS[name].root}/`)) : undefined;
    const operation = api && backends[api].operationOf(method, path);
    const [, token] = /^bearer (\S+)$/i.exec(headers.authorization ?? "") ?? [];
    const record = log.start({
      at: new Date(now()).toISOString(),
      api,
      operationId: operation?.operationId,
      method,
      path: operation && APIS[operation.api].root + operation.path,
    });
    const request = { operation, url: options.url() + path, query: new URLSearchParams(search), token };
    const onUnknownFields = (lines: string[]) => {
      record.unknownFields = lines;
      if (strict && lines.length > 0) throw invalidRequest(...lines);
    };
    let body: string | undefined;
    const responder = new Responder(request, record, raw, async (batchDelay) => {
      const incoming = { api, hosts, isLocal, method, path, search, headers, body, batchDelay, onUnknownFields };
      const response = await process(options, incoming).catch(errorResponse);
      record.validationErrors = errorsIn(response);
      return response;
    });
    try {
      body = await readBody(message);
      if (latency > 0) await setTimeout(latency, undefined, { ref: false });
      const fault = faults.match(responder);
      record.injected = fault?.kind;
      if (fault) await fault.inject();
      else responder.send(await responder.process());
    } catch (error) {
      if (message.complete || !message.destroyed) {
        const response = errorResponse(error);
        record.validationErrors = errorsIn(response);
        responder.send(response);
      } else {
        // The caller closed the connection while it sent the request.
        responder.close();
      }
    }
    record.duration = Math.round(performance.now() - started);
    await notify(onRequest, record);
  };
}

/** The body as text; `undefined` if it is too large, and then the rest is not read. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection is still needed for the response.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Forms become objects; JSON is left to the validator, which reports what is wrong with it. */
function parseBody(body: string, contentType: string): unknown {
  if (body === "") return undefined;
  return contentType === "application/x-www-form-urlencoded" ? Object.fromEntries(new URLSearchParams(body)) : body;
}

/** The response has been sent: an error must neither end the process nor be lost. */
async function notify(onRequest: HandlerOptions["onRequest"], record: RequestRecord): Promise<void> {
  try {
    await onRequest(record);
  } catch (error) {
    console.error("amili-sandbox: onRequest failed.", error);
  }
}

function errorResponse(error: unknown): SandboxResponse {
  if (error instanceof HttpError) return error.response;
  if (error instanceof URIError) return new HttpError(400, "The path has an invalid percent-encoding.").response;
  // Without the error's message, which may quote what was sent.
  const name = error instanceof Error ? error.name : "unknown";
  return new HttpError(500, `The sandbox itself failed: ${name}`).response;
}

interface Incoming {
  api: ApiName | undefined;
  hosts: readonly string[];
  isLocal: boolean;
  method: string;
  path: string;
  search: string;
  headers: IncomingMessage["headers"];
  body: string | undefined;
  batchDelay: number | undefined;
  onUnknownFields(lines: string[]): void;
}

async function process(options: HandlerOptions, incoming: Incoming): Promise<SandboxResponse> {
  const { api, hosts, isLocal, method, path, search, headers, body, batchDelay, onUnknownFields } = incoming;
  if (hosts.length > 1) throw new HttpError(400, "A request must not have several Host headers.");
  if (!isLocal) throw new HttpError(421, "The Host header must be localhost or 127.0.0.1.");
  const roots = API_NAMES.map((name) => APIS[name].root);
  if (!api) throw new HttpError(404, `There is no API at this path. The APIs are at ${roots.join(", ")}.`);
  if (body === undefined) throw new HttpError(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
  options.scheduler.run();
  const contentType = mediaType(headers["content-type"] ?? "");
  const request = {
    method,
    path,
    // The validator removes the first question mark, wherever it is.
    query: `?${search}`,
    // The validator parses JSON of this media type only.
    headers: { ...headers, ...(isJson(contentType) && { "content-type": "application/json" }) } as Record<
      string,
      string
    >,
    body: parseBody(body, contentType),
  };
  const response = options.backends[api].backend.handleRequest(request, {
    contentType,
    onUnknownFields,
    isAuthorized: (scheme: string, header: string | undefined) => isAuthorized(scheme, header, options.tokens),
    respond: (operationId: string, { request: valid }: ValidContext) => {
      const operation = options.apis[api].operations[operationId];
      if (!operation) throw new HttpError(501, `The sandbox does not implement ${operationId}.`);
      return operation({
        path: valid.params as Record<string, string>,
        query: valid.query as Record<string, unknown>,
        headers: headers as Record<string, string | undefined>,
        body: valid.requestBody,
        baseUrl: options.url() + APIS[api].root,
        url: options.url() + path,
        batchDelay,
      });
    },
  });
  return (await response) as SandboxResponse;
}

interface ValidContext {
  request: { params: unknown; query: unknown; requestBody?: unknown };
}
