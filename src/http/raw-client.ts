import createClient, { type Client } from "openapi-fetch";
import type { CallInfo } from "../call.js";
import { ConfigurationError } from "../errors.js";
import type { Operation } from "../operation.js";
import type { ParseAs, ReadResponse } from "./attempt.js";
import { checkCount, checkTimeout } from "./checks.js";
import { isIdempotent } from "./retry.js";
import { send } from "./send.js";
import { serializeBody, serializePath, serializeQuery } from "./serialize.js";
import { type ApiConfig, requireCallable } from "./transport.js";

/** What openapi-fetch tells its middleware about a request but not its `fetch`. */
interface RequestContext {
  schemaPath: string;
  parseAs: ParseAs;
}

/** Options of a call that openapi-fetch copies onto the request. */
interface RequestOptions {
  timeout?: number;
  maxRetries?: number;
}

/**
 * An API as a plain openapi-fetch client whose `fetch` is the request pipeline. Middleware sees the genuine `Request`,
 * without the token, and a genuine `Response`.
 */
export function createRawClient<Paths extends object>(config: ApiConfig): Client<Paths> {
  const { transport } = config;
  // Requests need an absolute URL before the pipeline can say that the base URL is missing.
  const baseUrl = transport instanceof ConfigurationError ? "https://base-url.invalid" : transport.baseUrl;
  const contexts = new WeakMap<Request, RequestContext>();

  async function pipelineFetch(request: Request): Promise<Response> {
    const { method, signal } = request;
    signal.throwIfAborted();
    const [url = "", search] = request.url.split("?");
    if (!url.startsWith(`${baseUrl}/`)) {
      throw new ConfigurationError(
        "invalid_option",
        `A request must stay under ${baseUrl}, the base URL of its API. Nothing was sent.`,
      );
    }
    // Not from the context, which is lost when a middleware replaces the request.
    const operation = findOperation(config.operations, method, url.slice(baseUrl.length));
    const context = contexts.get(request);
    const path = operation?.path ?? context?.schemaPath ?? "(unknown path)";
    const readyTransport = requireCallable(operation ?? { method, path }, config);
    const { timeout = readyTransport.timeout, maxRetries = readyTransport.maxRetries } = request as RequestOptions;
    const headers = new Headers(request.headers);
    if (headers.has("authorization")) {
      throw new ConfigurationError("invalid_option", "headers must not contain Authorization; pass an accessToken.");
    }
    const call: CallInfo = { method, path, attempts: 0 };
    const body = await readBody(request, headers, operation);
    const result = await send(readyTransport, {
      call,
      idempotent: isIdempotent(operation ?? { method }),
      url: search === undefined ? url : `${url}?${search}`,
      headers,
      body,
      parseAs: context?.parseAs === "blob" ? "arrayBuffer" : (context?.parseAs ?? "arrayBuffer"),
      timeout: checkTimeout("timeout", timeout),
      maxRetries: checkCount("maxRetries", maxRetries, 0),
      signals: [signal],
    });
    return toResponse(result);
  }

  const client = createClient<Paths>({
    baseUrl,
    headers: config.headers,
    fetch: (request) =>
      pipelineFetch(request).catch((error: unknown) => {
        // openapi-fetch would go on without a response after a falsy reason.
        throw error ?? new DOMException("The call was aborted without a reason.", "AbortError");
      }),
    pathSerializer: serializePath,
    querySerializer: serializeQuery,
    bodySerializer: serialize,
  });
  client.use({
    onRequest({ request, schemaPath, params, options }) {
      if (schemaPath.includes("{") && !params.path) {
        throw new ConfigurationError("invalid_argument", `${schemaPath} needs its path parameters. Nothing was sent.`);
      }
      contexts.set(request, { schemaPath, parseAs: options.parseAs });
    },
  });
  return client;
}

/** The operation that a path belongs to: `/customers/batches` before `/customers/{customerno}`. */
function findOperation(operations: readonly Operation[], method: string, path: string): Operation | undefined {
  const segments = path.split("/");
  const matches = operations.filter((operation) => {
    const template = operation.path.split("/");
    const fits = (segment: string, index: number) => segment.startsWith("{") || segment === segments[index];
    return operation.method === method && template.length === segments.length && template.every(fits);
  });
  const parameters = ({ path }: Operation) => path.split("{").length;
  return matches.sort((a, b) => parameters(a) - parameters(b))[0];
}

/** The body, in memory so that it can be sent again. openapi-fetch writes JSON before it knows the operation. */
async function readBody(
  request: Request,
  headers: Headers,
  operation: Operation | undefined,
): Promise<BodyInit | undefined> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) return undefined;
  const { contentType } = operation ?? {};
  if (!contentType || headers.get("content-type") !== "application/json") return bytes;
  headers.set("content-type", contentType);
  return serializeBody(JSON.parse(new TextDecoder().decode(bytes)), contentType);
}

/** The response with the body that the pipeline has read, or still streams. */
function toResponse({ response, data, text }: ReadResponse): Response {
  const { status, statusText, headers } = response;
  const body = text === undefined ? (data as ArrayBuffer | ReadableStream | null) : new TextEncoder().encode(text);
  const isEmpty = body === null || ("byteLength" in body && body.byteLength === 0);
  // A redirect that a browser does not follow has status 0, which no constructed response can have.
  if (status === 0) return response;
  return new Response(isEmpty ? null : body, { status, statusText, headers });
}

/** openapi-fetch passes the headers, which its declaration leaves out. */
function serialize(body: unknown, headers?: HeadersInit): BodyInit {
  return serializeBody(body, new Headers(headers).get("content-type"));
}
