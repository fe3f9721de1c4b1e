/** Properties that tell which call failed; shared by the errors that come from a request. */
export interface CallFacts {
  /** HTTP method. */
  method: string;
  /** The path as the documentation writes it, without the values of its parameters. */
  path: string;
  /** How many times the request was sent. */
  attempts: number;
}

/** What every error of this library is. */
export abstract class AmiliError extends Error {
  /** A stable word for programs; messages may change. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The statuses that lead elsewhere; 0 is what a browser makes of one that is not followed. */
const REDIRECT = /^(0|30[12378])$/;

/** The API answered with an error status (or a redirect, which is never followed). */
export class ApiError extends AmiliError implements CallFacts {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly attempts: number;
  /** The id that the server gave the request, if it gave one. Tell it to Amili's support. */
  readonly requestId: string | undefined;
  /** How long the server asked to wait, in ms. */
  readonly retryAfter: number | undefined;
  /** The answer's body: parsed if it is JSON, else text; at most its first 64 KB. May hold personal data: not enumerable. */
  declare readonly body: unknown;
  /** The answer's headers. Not enumerable. */
  declare readonly headers: Headers;

  constructor(call: CallFacts, response: Response, body: unknown, retryAfter: number | undefined) {
    const { status, headers } = response;
    const requestId = requestIdOf(headers);
    super(
      `http_${status}`,
      `${call.method} ${call.path} answered ${status}${response.statusText && ` ${response.statusText}`}` +
        (REDIRECT.test(`${status}`)
          ? ", a redirect; redirects are not followed, so that no token goes elsewhere"
          : "") +
        ` (${attempts(call.attempts)}${requestId ? `, request id ${requestId}` : ""})`,
    );
    this.status = status;
    this.method = call.method;
    this.path = call.path;
    this.attempts = call.attempts;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    hide(this, { body, headers });
  }
}

/** No token was to be had, or the API refused a fresh one. */
export class AuthenticationError extends AmiliError {
  /** The status that said so, if an answer did. */
  readonly status: number | undefined;

  constructor(
    code: "credentials_refused" | "no_token" | "token_refused" | "access_token_failed",
    message: string,
    options?: { cause: unknown },
  ) {
    super(code, message, options);
    this.status = options?.cause instanceof ApiError ? options.cause.status : undefined;
  }
}

/** No usable answer came: the connection failed or broke, or a success was not JSON. */
export class ConnectionError extends AmiliError implements CallFacts {
  readonly method: string;
  readonly path: string;
  readonly attempts: number;
  /** The status, if the answer got that far. */
  readonly status: number | undefined;
  /** What there was of the body where it could not be read as JSON. Not enumerable. */
  declare readonly body: string | undefined;

  constructor(
    code: "connection_failed" | "invalid_json",
    message: string,
    call: CallFacts,
    details: { cause?: unknown; status?: number | undefined; body?: string } = {},
  ) {
    super(
      code,
      `${call.method} ${call.path} ${message} (${attempts(call.attempts)})`,
      "cause" in details ? { cause: details.cause } : undefined,
    );
    this.method = call.method;
    this.path = call.path;
    this.attempts = call.attempts;
    this.status = details.status;
    hide(this, { body: details.body });
  }
}

/** An attempt took longer than `timeout`, and no retry was left or allowed. */
export class TimeoutError extends AmiliError implements CallFacts {
  readonly method: string;
  readonly path: string;
  readonly attempts: number;
  /** The limit of one attempt, in ms. */
  readonly timeout: number;

  constructor(call: CallFacts, timeout: number) {
    super("timeout", `${call.method} ${call.path} took longer than ${timeout} ms (${attempts(call.attempts)})`);
    this.method = call.method;
    this.path = call.path;
    this.attempts = call.attempts;
    this.timeout = timeout;
  }
}

/** An option or argument cannot be right. Nothing was sent. */
export class ConfigurationError extends AmiliError {
  constructor(
    code: "missing_credentials" | "invalid_option" | "invalid_argument",
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}

/** A wait for a batch, or for what was submitted, ended before they did. Batches go on. */
export class BatchError extends AmiliError {
  /** The batch that was waited for, if it was one. */
  readonly batchId: string | undefined;
  /** The last status seen. */
  readonly status: string | undefined;

  constructor(
    code: "batch_timeout" | "submit_timeout",
    message: string,
    batch: { batchId?: string; status?: string | undefined } = {},
  ) {
    super(code, message);
    this.batchId = batch.batchId;
    this.status = batch.status;
  }
}

/** A list cannot be read on: a page token came twice, or a cursor is not one of this list. */
export class PaginationError extends AmiliError {
  constructor(code: "repeated_page" | "invalid_cursor" | "invalid_page_link" | "missing_list", message: string) {
    super(code, message);
  }
}

/** The operation's method or path was concluded, not read in the documentation, and `allowInferred` is not set. */
export class InferredOperationError extends AmiliError {
  readonly method: string;
  readonly path: string;

  constructor(method: string, path: string, inferred: string) {
    super(
      "inferred_operation",
      `The ${inferred} of ${method} ${path} was concluded from other operations, not read in the documentation; x-inferred ` +
        "in the package's openapi/ says how. Confirm it with Amili or at docs.amili.dev, then set allowInferred: true.",
    );
    this.method = method;
    this.path = path;
  }
}

// On the prototype, so that a minifier that renames the classes cannot change what logs say.
for (const [name, type] of Object.entries({
  ApiError,
  AuthenticationError,
  ConnectionError,
  TimeoutError,
  ConfigurationError,
  BatchError,
  PaginationError,
  InferredOperationError,
})) {
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true, writable: true });
}

const attempts = (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`);

function hide(error: Error, properties: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(error, name, { value });
}

/** The documentation names no such header for answers; these are the usual ones. */
export function requestIdOf(headers: Headers): string | undefined {
  return (
    headers.get("x-amili-request-id") ?? headers.get("x-request-id") ?? headers.get("x-correlation-id") ?? undefined
  );
}
