import createClient, { type Client, mergeHeaders } from "openapi-fetch";
import { ApiError, type CallFacts, ConfigurationError, InferredOperationError } from "../errors.js";
import { type Answer, type ParseAs, readSuccess } from "./attempt.js";
import { serializeBody } from "./body.js";
import { checkCallOptions } from "./checks.js";
import { retryAfter } from "./retry.js";
import { send, type Transport } from "./send.js";
import { serializePath, serializeQuery } from "./url.js";

/** What a call may be given beside its arguments. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Limit of one attempt, in ms, reading the body included. */
  timeout?: number;
  /** How often the request may be sent again. 0 means never. */
  maxRetries?: number;
  /** Further headers, such as `Accept-Language`. */
  headers?: Record<string, string>;
}

/** The addresses that the documentation gives an API; none where it names none. */
export interface Servers {
  production?: string;
  staging?: string;
}

/** An operation as the specs know it; see `generated/operations.ts`. */
export interface Operation {
  method: string;
  path: string;
  /** Of the body, where it is not JSON pure and simple. */
  contentType?: string;
  /** It may be sent twice without harm although it is a POST. */
  idempotent?: true;
  /** What of it was concluded and not read: `path`, `method` or both. */
  inferred?: string;
}

export type PathOf<Op> = Op extends { parameters: { path: infer Path } } ? Path : undefined;
export type QueryOf<Op> = Op extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;
type RequestBodyOf<Op> = Op extends { requestBody?: infer Body } ? NonNullable<Body> : never;
export type BodyOf<Op> = [RequestBodyOf<Op>] extends [never] ? undefined : ContentOf<RequestBodyOf<Op>>;
type Success = 200 | 201 | 202 | 204 | 206 | 207 | "2XX";
type ContentOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined;
/** What a call resolves to: the body of a success. */
export type DataOf<Op> = Op extends { responses: infer Responses }
  ? ContentOf<Responses[keyof Responses & Success]>
  : never;

type Argument<Name extends string, Value> = [Value] extends [undefined]
  ? { [N in Name]?: undefined }
  : { [N in Name]: Value };
export type ArgumentsOf<Op> = Argument<"path", PathOf<Op>> &
  Argument<"body", BodyOf<Op>> & { query?: QueryOf<Op> | undefined };

/** Calls an operation by its id and gives the body; an error status is thrown as an `ApiError`. */
export type Call<Operations> = <Id extends keyof Operations & string>(
  id: Id,
  args: ArgumentsOf<Operations[Id]>,
  options?: CallOptions & { cancel?: AbortSignal },
) => Promise<DataOf<Operations[Id]>>;

export interface Api<Paths extends object, Operations> {
  http: Client<Paths>;
  call: Call<Operations>;
}

type Init = CallOptions & { parseAs?: ParseAs; cancel?: AbortSignal };

/** What one call carries past openapi-fetch to `send`, and the answer on its way back. */
interface Exchange {
  call: CallFacts;
  idempotent: boolean;
  parseAs: ParseAs;
  cancel: AbortSignal | undefined;
  answer?: Answer;
}

/** Stands in for `Request` inside openapi-fetch: cheaper, and its body can be sent again byte for byte. */
class RequestRecord {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null | undefined;
  readonly signal: AbortSignal | null | undefined;
  readonly init: RequestInit & Init & { exchange: Exchange };

  constructor(url: string, init: RequestInit & { exchange: Exchange; headers: Headers; method: string }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
    this.signal = init.signal;
    this.init = init as RequestRecord["init"];
  }
}

const METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;
const SAFE_TWICE = new Set(["GET", "PUT", "DELETE", "HEAD", "OPTIONS"]);

/**
 * One API: an openapi-fetch client whose requests take the way of `send`, and the same by operation id, which is what
 * the facade is written on.
 */
export function createApi<Paths extends object, Operations>(
  operations: Record<keyof Operations & string, Operation>,
  transport: Transport | ConfigurationError,
  options: { headers: Record<string, string>; allowInferred: boolean },
): Api<Paths, Operations> {
  const baseUrl = transport instanceof ConfigurationError ? "" : transport.baseUrl;

  async function sendRecord({ url, headers, init }: RequestRecord): Promise<Response> {
    if (transport instanceof ConfigurationError) throw transport;
    const { exchange, timeout, maxRetries, signal, ...rest } = init;
    if (!url.startsWith(`${baseUrl}/`)) {
      throw new ConfigurationError(
        "invalid_option",
        `A request must stay under ${baseUrl}, the base URL of its API. Nothing was sent.`,
      );
    }
    if (url.includes("{")) {
      throw new ConfigurationError(
        "invalid_argument",
        `${exchange.call.path} needs all its path parameters. Nothing was sent.`,
      );
    }
    exchange.answer = await send(transport, {
      call: exchange.call,
      idempotent: exchange.idempotent,
      url,
      headers,
      init: rest,
      parseAs: exchange.parseAs,
      timeout: timeout ?? transport.timeout,
      maxRetries: maxRetries ?? transport.maxRetries,
      signals: [signal, exchange.cancel].filter((s) => !!s),
    });
    const { response, text } = exchange.answer;
    if (text === undefined) return response;
    // The body has been read; openapi-fetch asks for that of an error once more, and a middleware may.
    return Object.assign(response, {
      text: async () => text,
      json: async () => JSON.parse(text),
      clone: () => new Response(text || null, response),
    });
  }

  const client = createClient<Paths>({
    baseUrl,
    headers: options.headers,
    Request: RequestRecord as unknown as typeof Request,
    fetch: (record) => sendRecord(record as unknown as RequestRecord),
    pathSerializer: serializePath,
    querySerializer: serializeQuery,
    bodySerializer: serializeBody,
  });
  type Request_ = (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
  const request = client.request as unknown as Request_;

  async function run({ method, path, contentType, idempotent, inferred }: Operation, init: Init = {}) {
    if (inferred !== undefined && !options.allowInferred) throw new InferredOperationError(method, path, inferred);
    checkCallOptions(init);
    const { parseAs = "json", cancel, ...rest } = init;
    const headers = contentType ? mergeHeaders({ "content-type": contentType }, rest.headers) : rest.headers;
    const call: CallFacts = { method, path, attempts: 0 };
    const exchange: Exchange = { call, idempotent: idempotent ?? SAFE_TWICE.has(method), parseAs, cancel };
    let result: Awaited<ReturnType<Request_>>;
    try {
      // "stream" keeps openapi-fetch from reading what has been read.
      result = await request(method, path, { ...rest, headers, exchange, parseAs: "stream" });
    } catch (error) {
      // openapi-fetch does not pass on a reason such as null.
      if (rest.signal?.aborted) throw rest.signal.reason;
      throw error;
    }
    const { error, response } = result;
    if (response === exchange.answer?.response) return { call, response, data: exchange.answer.data };
    // A middleware put its own answer in place.
    return { call, response, data: response.ok ? (await readSuccess(response, parseAs, call)).data : error };
  }

  const known = Object.values<Operation>(operations);
  async function raw(method: string, path: string, init?: Init) {
    const operation = known.find((o) => o.path === path && o.method === method) ?? { method, path };
    const { response, data } = await run(operation, init);
    return response.ok ? { data, response } : { error: data, response };
  }

  const http = {
    ...client,
    request: (method: string, path: string, init?: Init) => raw(method.toUpperCase(), path, init),
    ...Object.fromEntries(METHODS.map((method) => [method, (path: string, init?: Init) => raw(method, path, init)])),
  } as unknown as Client<Paths>;

  const call: Call<Operations> = async (id, { path, body, query }, callOptions) => {
    const init = { ...callOptions, params: { path, query }, body };
    const { call, response, data } = await run(operations[id], init);
    if (!response.ok) throw new ApiError(call, response, data, retryAfter(response.headers));
    return data as DataOf<Operations[typeof id]>;
  };

  return { http, call };
}
