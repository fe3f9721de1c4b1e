import createClient, { type HeadersOptions, type Middleware, mergeHeaders } from "openapi-fetch";
import type { CallOptions } from "../call.js";
import { ConfigurationError, ConnectionError } from "../errors.js";
import type { Operation } from "../operation.js";
import { onAbort } from "./abort.js";
import { checkCallOptions, checkCustomHeaders, type HeadersLike } from "./checks.js";
import { createResponse } from "./create-response.js";
import { toResponse } from "./exchange.js";
import { createCall, type ObservedCall, observeCall, UNKNOWN_PATH } from "./observe-call.js";
import type { ParseAs, ReadResponse } from "./read-response.js";
import { isIdempotent } from "./retry.js";
import { send } from "./send.js";
import { serializeBody, serializePath, serializeQuery } from "./serialize.js";
import { type ApiConfig, requireCallable } from "./transport.js";

/** What the pipeline needs to know of the options that openapi-fetch takes. */
export interface RawOptions extends Pick<CallOptions, "signal" | "timeout" | "maxRetries"> {
  headers?: HeadersLike | undefined;
  params?: { header?: HeadersLike; path?: object } | undefined;
  body?: unknown;
  parseAs?: ParseAs | "blob";
  middleware?: Middleware[];
  /** The caller's own; it replaces the pipeline. */
  fetch?: unknown;
}

/** `request` of an openapi-fetch client, without the types of its API. */
export type RawRequest = (method: string, path: string, options?: RawOptions) => Promise<{ response: Response }>;

/**
 * The requests of openapi-fetch, with the request pipeline as its `fetch`. Middleware sees the genuine `Request`, without
 * the token, and a genuine `Response`.
 */
export function createRawRequest(config: ApiConfig): RawRequest {
  const { transport } = config;
  // Requests need an absolute URL before the pipeline can say that the base URL is missing.
  const baseUrl = transport instanceof ConfigurationError ? "https://base-url.invalid" : transport.baseUrl;
  const client = createClient({
    baseUrl,
    headers: config.headers,
    pathSerializer: serializePath,
    querySerializer: serializeQuery,
    bodySerializer: serialize,
  });

  async function pipelineFetch(request: Request, call: ObservedCall, options: RawOptions): Promise<Response> {
    const { method } = request;
    const { origin, pathname, search } = new URL(request.url);
    const url = `${origin}${pathname}`;
    if (!url.startsWith(`${baseUrl}/`)) {
      throw new ConfigurationError(
        "invalid_option",
        `A request must stay under ${baseUrl}, the base URL of its API. Nothing was sent.`,
      );
    }
    // By the URL, since a middleware may have changed it.
    const operation = findOperation(config.operations, method, url.slice(baseUrl.length));
    call.method = method;
    call.path = operation?.path ?? UNKNOWN_PATH;
    const readyTransport = requireCallable(operation ?? call, config);
    const headers = Object.fromEntries(checkCustomHeaders(request.headers));
    // In memory, so that it can be sent again.
    const body = await request.arrayBuffer();
    const { signal, timeout, maxRetries, parseAs = "json" } = options;
    const result = await send(readyTransport, {
      once: false,
      call,
      idempotent: isIdempotent(operation ?? { method }),
      url: `${url}${search}`,
      headers,
      body: body.byteLength === 0 ? undefined : body,
      parseAs: parseAs === "blob" ? "arrayBuffer" : parseAs,
      timeout: timeout ?? readyTransport.timeout,
      maxRetries: maxRetries ?? readyTransport.maxRetries,
      // The caller's own signal too: it outlives the request where the body is a stream.
      signals: signal ? [signal, request.signal] : [request.signal],
    });
    return withBody(result);
  }

  const plainRequest = client.request as RawRequest;
  return async (method, path, options = {}) => {
    if (options.fetch) return plainRequest(method, path, options);
    const operation = findOperation(config.operations, method.toUpperCase(), path);
    const call = createCall(method.toUpperCase(), operation?.path ?? UNKNOWN_PATH);
    const signals = options.signal ? [options.signal] : [];
    return observeCall(config, call, signals, async () => {
      checkRawOptions(path, options);
      // A platform's Request leaves its listener on the signal that it is given.
      const controller = new AbortController();
      const removeListeners = onAbort(signals, (reason) => controller.abort(reason));
      const fetch = (sent: Request) =>
        pipelineFetch(sent, call, options).catch((error: unknown) => {
          // openapi-fetch would continue without a response after a falsy reason.
          throw error || new DOMException("The call was aborted without a reason.", "AbortError");
        });
      const headers = withContentType(options, operation?.contentType);
      try {
        return await plainRequest(method, path, { ...options, headers, fetch, signal: controller.signal });
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        // The response of a middleware. The parser's message quotes the body, which may hold personal data.
        throw new ConnectionError("invalid_json", "got a response that is not JSON", call);
      } finally {
        removeListeners();
      }
    });
  };
}

/** Checks what openapi-fetch and the platform would report in words that quote a header, or not at all. */
function checkRawOptions(path: string, { signal, timeout, maxRetries, headers, params }: RawOptions): void {
  checkCallOptions({
    ...(signal && { signal }),
    ...(timeout !== undefined && { timeout }),
    ...(maxRetries !== undefined && { maxRetries }),
  });
  for (const given of [headers, params?.header]) if (given) checkCustomHeaders(given);
  // A server may decode them to steps out of the base path.
  if (/%(2e|2f|5c)/i.test(path)) {
    throw new ConfigurationError(
      "invalid_argument",
      "The path must not contain encoded dots or slashes. Nothing was sent.",
    );
  }
  if (path.includes("{") && !params?.path) {
    throw new ConfigurationError("invalid_argument", "The path needs its path parameters. Nothing was sent.");
  }
}

/** The headers with the content type of the operation, if it is not JSON; one that the caller sets goes before it. */
function withContentType({ headers = {}, body }: RawOptions, contentType: string | undefined): HeadersLike {
  return contentType && body !== undefined
    ? mergeHeaders({ "content-type": contentType }, headers as HeadersOptions)
    : headers;
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

/** The response with the body that the pipeline has read, or still streams. */
function withBody({ response, data, text }: ReadResponse): Response {
  const body = text === undefined ? (data as ArrayBuffer | ReadableStream | null) : new TextEncoder().encode(text);
  const isEmpty = body === null || ("byteLength" in body && body.byteLength === 0);
  return createResponse(isEmpty ? null : body, toResponse(response));
}

/** openapi-fetch passes the headers, which its declaration leaves out. */
function serialize(body: unknown, headers?: HeadersInit): BodyInit {
  return serializeBody(body, new Headers(headers).get("content-type"));
}
