import type { Client } from "openapi-fetch";
import { Call, type CallOptions, type WithResponse } from "../call.js";
import { ConfigurationError, requestIdOf } from "../errors.js";
import type { ListOperation, Operation } from "../operation.js";
import { type ListOptions, Pager } from "../pagination.js";
import type { Signals } from "./abort.js";
import { createApiError } from "./api-error.js";
import { checkCallOptions, checkCustomHeaders } from "./checks.js";
import { type ReceivedResponse, toResponse } from "./exchange.js";
import { createHttpClient } from "./http-client.js";
import { createCall, observeCall } from "./observe-call.js";
import type { PreparedRequest } from "./prepared-request.js";
import { isIdempotent } from "./retry.js";
import { send } from "./send.js";
import { serializeBody, serializePath, serializeQuery } from "./serialize.js";
import { type ApiConfig, type Environment, requireCallable, type TransportConfig } from "./transport.js";

/** The arguments of an operation, as the generated methods pass them. */
export interface OperationArguments {
  path?: Record<string, unknown>;
  query?: object | undefined;
  body?: unknown;
}

/** An API as the generated resources use it. */
export interface Api<Paths extends object = object> {
  /** The same API as a plain openapi-fetch client. */
  http: Client<Paths>;
  /** The base URL; `undefined` if it is not known. */
  address: string | undefined;
  environment: Environment;
  /** Calls an operation. Every error status is thrown as an `ApiError`. */
  call<Data>(operation: Operation, args: OperationArguments, options?: CallOptions): Call<Data>;
  /** Lists the items of an operation that returns pages. */
  list<Item, Body>(operation: ListOperation, args: OperationArguments, options?: ListOptions): Pager<Item, Body>;
}

/** The data of a successful response. */
interface Received<Data> {
  data: Data;
  response: ReceivedResponse;
}

const describe = <Data>({ data, response }: Received<Data>): WithResponse<Data> => ({
  data,
  response: toResponse(response),
  requestId: requestIdOf(response.headers),
});

export function createApi<Paths extends object>(config: ApiConfig): Api<Paths> {
  function execute<Data>(
    operation: Operation,
    args: OperationArguments,
    options: CallOptions,
    pagerSignals: Signals,
  ): Promise<Received<Data>> {
    const call = createCall(operation.method, operation.path);
    // JavaScript may pass null, which is refused in its turn.
    const signal = options?.signal;
    const signals = signal ? [signal, ...pagerSignals] : pagerSignals;
    return observeCall(config, call, signals, async () => {
      const transport = requireCallable(operation, config);
      checkCallOptions(options);
      const request = prepare(transport, operation, args, { ...options, call, signals });
      const result = await send(transport, request);
      const { response, data } = result;
      if (!response.ok) throw createApiError(transport, request, result);
      return { data: data as Data, response };
    });
  }

  function prepare(
    transport: TransportConfig,
    operation: Operation,
    { path, query, body }: OperationArguments,
    options: Omit<CallOptions, "signal"> & Pick<PreparedRequest, "call" | "signals">,
  ): PreparedRequest {
    const { contentType = "application/json" } = operation;
    const { call, signals, timeout = transport.timeout, maxRetries = transport.maxRetries } = options;
    const search = query ? serializeQuery(query) : "";
    const headers = {
      ...config.headers,
      ...(body !== undefined && { "content-type": contentType }),
      ...(options.headers && Object.fromEntries(checkCustomHeaders(options.headers))),
    };
    return {
      call,
      idempotent: isIdempotent(operation),
      once: operation.once ?? false,
      url: `${transport.baseUrl}${serializePath(operation.path, path)}${search && `?${search}`}`,
      headers,
      body: body === undefined ? undefined : serializeBody(body, headers["content-type"]),
      parseAs: "json",
      timeout,
      maxRetries,
      signals,
    };
  }

  const { transport } = config;
  return {
    address: transport instanceof ConfigurationError ? undefined : transport.baseUrl,
    environment: config.environment,
    http: createHttpClient<Paths>(config),
    call<Data>(operation: Operation, args: OperationArguments, options: CallOptions = {}) {
      const received = execute<Data>(operation, args, options, []);
      return new Call<Data>(received, () => received.then(describe));
    },
    list<Item, Body>(operation: ListOperation, args: OperationArguments, options?: ListOptions) {
      return new Pager<Item, Body>(
        operation,
        async (query, callOptions, signal) =>
          (await execute<Body>(operation, { ...args, query }, callOptions, [signal])).data,
        args.query,
        options,
      );
    },
  };
}
