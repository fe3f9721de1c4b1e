import type { IncomingMessage, ServerResponse } from "node:http";
import type { Agenda } from "./agenda.js";
import { type Problem, problem, Refusal, type SandboxAnswer } from "./answer.js";
import { API_NAMES, APIS, type ApiName } from "./apis.js";
import type { Backend } from "./backend.js";
import { type Call, Exchange } from "./exchange.js";
import type { Faults } from "./faults/index.js";
import { parseBody, readBody } from "./http.js";
import { isAuthorized } from "./identity/index.js";
import type { Tokens } from "./identity/tokens.js";
import { isLoopbackHost } from "./loopback.js";
import type { SandboxOperations } from "./operation.js";
import { headersOf, type Pages } from "./pages.js";
import type { RequestLog, RequestRecord } from "./requests.js";
import { isJson, mediaType } from "./validation.js";
import { wait } from "./wait.js";

/** What requests are answered from. */
interface Parts {
  backends: Record<ApiName, Backend>;
  operations: Record<ApiName, SandboxOperations>;
  tokens: Tokens;
  faults: Faults;
  log: RequestLog;
  agenda: Agenda;
  latency: number;
  onRequest(record: RequestRecord): void;
  now(): number;
  /** What stands on the server beside the APIs, by path. */
  pages: Pages;
  url(): string;
}

const BODY_LIMIT = 10 * 1024 * 1024;

/** Handles the requests of a server: a page of the sandbox itself, or an operation, which a fault may befall. */
export function handlerOf(parts: Parts) {
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url: target = "/", headers } = message;
    const [, path = "", search = ""] = /^([^?]*)\??(.*)$/.exec(target) ?? [];
    const local = isLoopbackHost(headers.host);
    const isPage = local && method === "GET" && Object.hasOwn(parts.pages, path);
    const page = isPage && (await parts.pages[path]?.(message));
    if (page) {
      response.writeHead(200, headersOf(page)).end(page.body);
      return;
    }

    const started = performance.now();
    const api = local ? API_NAMES.find((name) => path.startsWith(`${APIS[name].root}/`)) : undefined;
    const operation = api && parts.backends[api].operationOf(method, path);
    const [, token] = /^bearer (\S+)$/i.exec(headers.authorization ?? "") ?? [];
    const call: Call = { operation, address: parts.url() + path, query: new URLSearchParams(search), token };
    const record = parts.log.begin({
      at: new Date(parts.now()).toISOString(),
      api,
      operationId: operation?.operationId,
      method,
      path: operation && APIS[operation.api].root + operation.path,
    });
    let body: string | undefined;
    const exchange = new Exchange(call, record, response, async ({ queued }) => {
      const answer = local ? await work(parts, { api, method, path, search, headers, body, queued }) : MISDIRECTED;
      if (answer.status >= 400) record.faults = faultsIn(answer);
      return answer;
    });
    try {
      body = await readBody(message, BODY_LIMIT);
      if (parts.latency > 0) await wait(parts.latency);
      const fault = parts.faults.befall(exchange);
      record.injected = fault?.kind;
      if (fault) await fault.inject();
      else exchange.send(await exchange.work());
    } catch (error) {
      if (message.complete) {
        const answer = failure(error);
        record.faults = faultsIn(answer);
        exchange.send(answer);
      } else {
        // The caller went away in the middle of the request.
        response.destroy();
      }
    }
    record.duration = Math.round(performance.now() - started);
    await tell(parts.onRequest, record);
  };
}

/** Tells the user of a request. It was answered: what goes wrong now must neither end the process nor go unseen. */
async function tell(onRequest: Parts["onRequest"], record: RequestRecord): Promise<void> {
  try {
    await onRequest(record);
  } catch (error) {
    console.error("amili-sandbox: onRequest failed.", error);
  }
}

const MISDIRECTED = problem(421, "The Host of this request is another machine; it must be localhost or 127.0.0.1.");

/** Not the error's message: it may quote what was sent. */
const failure = (error: unknown): SandboxAnswer =>
  problem(500, `The sandbox itself failed: ${error instanceof Error ? error.name : "unknown"}`);

interface Incoming {
  api: ApiName | undefined;
  method: string;
  path: string;
  search: string;
  headers: IncomingMessage["headers"];
  body: string | undefined;
  queued: number | undefined;
}

async function work(
  parts: Parts,
  { api, method, path, search, headers, body, queued }: Incoming,
): Promise<SandboxAnswer> {
  if (!api)
    return problem(404, `No API stands here; they are at ${API_NAMES.map((name) => APIS[name].root).join(", ")}.`);
  if (body === undefined) return problem(413, `The body is larger than ${BODY_LIMIT} bytes.`);
  const contentType = mediaType(headers["content-type"] ?? "");
  const { root } = APIS[api];
  const request = {
    method,
    path,
    // The validator takes away the first question mark, wherever it stands.
    query: `?${search}`,
    // A spec's own name for JSON is none to the validator.
    headers: { ...headers, ...(isJson(contentType) && { "content-type": "application/json" }) } as Record<
      string,
      string
    >,
    body: parseBody(body, contentType),
  };
  try {
    parts.agenda.run();
    return (await parts.backends[api].backend.handleRequest(request, {
      contentType,
      authorized: (scheme: string, header: string | undefined) => isAuthorized(scheme, header, parts.tokens),
      answer: (operationId: string, { request: { params, query, requestBody } }: AnsweredContext) => {
        const operation = parts.operations[api][operationId];
        if (!operation) return problem(501, `The sandbox does not have ${operationId}.`);
        return operation({
          path: params as Record<string, string>,
          query: query as Record<string, unknown>,
          headers: headers as Record<string, string | undefined>,
          body: requestBody,
          baseUrl: parts.url() + root,
          address: parts.url() + path,
          queued,
        });
      },
    })) as SandboxAnswer;
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    if (error instanceof URIError) return problem(400, "The path has a percent sign that begins no character.");
    return failure(error);
  }
}

interface AnsweredContext {
  request: { params: unknown; query: unknown; requestBody?: unknown };
}

function faultsIn({ body }: SandboxAnswer): string[] {
  const { message, faults = [] } = body as Problem;
  return [message, ...faults];
}
