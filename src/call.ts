/** Options of every call, always its last argument. */
export interface CallOptions {
  /** Aborts the call; it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Time limit of one attempt in ms, including reading the body. */
  timeout?: number;
  /** Maximum number of retries. 0 means none. */
  maxRetries?: number;
  /** Additional headers, such as `Accept-Language`. */
  headers?: Record<string, string>;
}

/** Identifies the call that an error is about. */
export interface CallInfo {
  /** HTTP method. */
  method: string;
  /** The path template of the documentation, without the values of its parameters. */
  path: string;
  /** How many times the request was sent. */
  attempts: number;
}

/** The data of a response together with its status and headers. */
export interface WithResponse<Data> {
  data: Data;
  /** Status and headers. The body has been read. */
  response: Response;
  /** The id that the server gave the request, if any. Quote it to Amili's support. */
  requestId: string | undefined;
}

/** A call in flight: awaiting it gives the response body, `withResponse()` gives the status and headers as well. */
export class Call<Data> extends Promise<Data> {
  readonly #result: Promise<{ data: Data }>;
  readonly #withResponse: () => Promise<WithResponse<Data>>;

  /** @internal */
  constructor(result: Promise<{ data: Data }>, withResponse: () => Promise<WithResponse<Data>>) {
    // The promise of this object is never used: `then` (which `catch` calls) and `finally` read the result, so that a
    // rejection has one place where it is handled.
    super(() => {});
    this.#result = result;
    this.#withResponse = withResponse;
  }

  /** The response body together with the status, headers and request id. */
  withResponse(): Promise<WithResponse<Data>> {
    return this.#withResponse();
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise.
  override then<Fulfilled = Data, Rejected = never>(
    onFulfilled?: ((data: Data) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    // Without a function the data is passed on, and `Fulfilled` is `Data`.
    const fulfil = typeof onFulfilled === "function" ? onFulfilled : (data: Data) => data as unknown as Fulfilled;
    return this.#result.then(({ data }) => fulfil(data), onRejected);
  }

  override finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.#result.then(({ data }) => data).finally(onFinally);
  }
}
