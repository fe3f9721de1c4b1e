import type { CallInfo } from "./call.js";

/** The `code` of every error. Each class narrows it to its own. */
export type ErrorCode =
  | ApiError["code"]
  | AuthenticationError["code"]
  | ConnectionError["code"]
  | TimeoutError["code"]
  | ConfigurationError["code"]
  | BatchError["code"]
  | PaginationError["code"]
  | InferredOperationError["code"]
  | WebhookErrorCode
  | OutboxErrorCode;

/** The codes of `WebhookError`, which `amili-client/webhooks` throws. */
export type WebhookErrorCode =
  | "invalid_signature"
  | "too_large"
  | "incomplete_body"
  | "invalid_json"
  | "invalid_event"
  | "too_old"
  | "timeout";

/** The codes of `OutboxError`, which `amili-client/postgres` throws. */
export type OutboxErrorCode = "content_conflict" | "wrong_state" | "lease_lost" | "other_owner" | "newer_schema";

/**
 * Base class of the library's errors. Every call can throw a {@link ConfigurationError} before anything is sent, an
 * {@link AuthenticationError}, a {@link ConnectionError}, a {@link TimeoutError} or an {@link ApiError}. An aborted call
 * rejects with the signal's reason instead.
 */
export abstract class AmiliError extends Error {
  /** A stable identifier for programs. Messages may change. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** For logs: without the cause, and without what is not enumerable. */
  toJSON(): object {
    const { name, message } = this;
    return Object.assign({ name, message }, this);
  }
}

/** Status 0 is what browsers make of a redirect that is not followed. */
const REDIRECT_STATUSES = new Set([0, 301, 302, 303, 307, 308]);

/** The API responded with an error status, or with a redirect, which is never followed. */
export class ApiError extends AmiliError implements CallInfo {
  declare readonly code: `http_${number}`;
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly attempts: number;
  /** The id that the server gave the request, if any. Quote it to Amili's support. */
  readonly requestId: string | undefined;
  /** How long the server asked to wait, in ms. */
  readonly retryAfter: number | undefined;
  /**
   * Why the server refused, from the body: at most 300 characters, without the values that were sent, e-mail addresses and
   * runs of five digits or more. Also in the message. The option `errorDetail: "none"` leaves it out.
   */
  readonly detail: string | undefined;
  /**
   * The response body: parsed if it is JSON, otherwise text; at most its first 64 KB, without the token. Not enumerable,
   * since it may hold personal data. `undefined` for the token service, whose responses may hold secrets.
   */
  declare readonly body: unknown;
  /** The response headers. Not enumerable. */
  declare readonly headers: Headers;

  constructor(
    call: CallInfo,
    response: Response,
    { body, retryAfter, detail }: { body?: unknown; retryAfter?: number | undefined; detail?: string | undefined } = {},
  ) {
    // Without the status text, which may be anything.
    const { status, headers } = response;
    const requestId = requestIdOf(headers);
    const redirect = REDIRECT_STATUSES.has(status)
      ? ": redirects are not followed, so that the token goes to no other server"
      : "";
    const details = [requestId && `request id ${requestId}`, formatAttempts(call.attempts)].filter(Boolean).join(", ");
    super(
      `http_${status}`,
      `${call.method} ${call.path} failed with ${status}${redirect}${quote(detail)} (${details})`,
    );
    this.status = status;
    this.method = call.method;
    this.path = call.path;
    this.attempts = call.attempts;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.detail = detail;
    defineHidden(this, { body, headers });
  }
}

/** No token could be obtained, or the API refused a fresh one. */
export class AuthenticationError extends AmiliError {
  declare readonly code: "credentials_refused" | "no_token" | "token_refused" | "access_token_failed";
  /** The status of the response that refused, if there was one. */
  readonly status: number | undefined;

  constructor(code: AuthenticationError["code"], message: string, options?: { cause: unknown }) {
    super(code, message, options);
    this.status = options?.cause instanceof ApiError ? options.cause.status : undefined;
  }
}

/**
 * There was no usable response: the connection failed or broke, or a successful response was not valid JSON, not in its
 * encoding, or longer than `maxResponseSize`.
 */
export class ConnectionError extends AmiliError implements CallInfo {
  declare readonly code: "connection_failed" | "invalid_json" | "invalid_encoding" | "response_too_large";
  readonly method: string;
  readonly path: string;
  readonly attempts: number;
  /** The status, if the response headers were received. */
  readonly status: number | undefined;
  /** The first 64 KB of a body that is not valid JSON. Not enumerable, since it may hold personal data. */
  declare readonly body: string | undefined;

  constructor(
    code: ConnectionError["code"],
    message: string,
    call: CallInfo,
    details: { cause?: unknown; status?: number | undefined; body?: string } = {},
  ) {
    super(
      code,
      `${call.method} ${call.path} ${message} (${formatAttempts(call.attempts)})`,
      "cause" in details ? { cause: details.cause } : undefined,
    );
    this.method = call.method;
    this.path = call.path;
    this.attempts = call.attempts;
    this.status = details.status;
    defineHidden(this, { body: details.body });
  }
}

/** An attempt took longer than `timeout`, and no further retry was left or allowed; or there was no token in time. */
export class TimeoutError extends AmiliError implements CallInfo {
  declare readonly code: "timeout";
  readonly method: string;
  readonly path: string;
  readonly attempts: number;
  /** The time limit that was reached, in ms: of one attempt, or of the wait for a token. */
  readonly timeout: number;

  /** @param activity what took too long, if it was not an attempt */
  constructor(call: CallInfo, timeout: number, activity = "") {
    const problem = `timed out after ${timeout} ms${activity && ` ${activity}`}`;
    super("timeout", `${call.method} ${call.path} ${problem} (${formatAttempts(call.attempts)})`);
    this.method = call.method;
    this.path = call.path;
    this.attempts = call.attempts;
    this.timeout = timeout;
  }
}

/** An option or argument is missing or invalid. Nothing was sent. */
export class ConfigurationError extends AmiliError {
  declare readonly code: "missing_credentials" | "invalid_option" | "invalid_argument" | "platform_resend";

  constructor(code: ConfigurationError["code"], message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** `waitFor` or `submit` reached `maxWait` before the batches finished. The batches continue on the server. */
export class BatchError extends AmiliError {
  declare readonly code: "batch_timeout" | "submit_timeout";
  /** The batch that was waited for, if it was one. */
  readonly batchId: string | undefined;
  /** The last status seen. */
  readonly status: string | undefined;

  constructor(
    code: BatchError["code"],
    message: string,
    batch: { batchId?: string; status?: string | undefined } = {},
  ) {
    super(code, message);
    this.batchId = batch.batchId;
    this.status = batch.status;
  }
}

/** A list cannot be read to its end, or the server returns only a part of it. Items before the error are valid. */
export class PaginationError extends AmiliError {
  declare readonly code:
    | "repeated_page"
    | "empty_pages"
    | "invalid_cursor"
    | "invalid_page_link"
    | "missing_list"
    | "truncated";
  /** With the code `truncated`: how many items were read, including those before the option `cursor`, if known. */
  readonly read: number | undefined;
  /** With the code `truncated`: how many items the whole list has, if the server states it. */
  readonly total: number | undefined;

  constructor(
    code: PaginationError["code"],
    message: string,
    counts: { read?: number | undefined; total?: number | undefined } = {},
  ) {
    super(code, message);
    this.read = counts.read;
    this.total = counts.total;
  }
}

/** The operation's method or path is inferred rather than documented, and `allowInferred` does not allow it. */
export class InferredOperationError extends AmiliError {
  declare readonly code: "inferred_operation";
  readonly method: string;
  readonly path: string;

  constructor(method: string, path: string, inferred: string) {
    super(
      "inferred_operation",
      `The ${inferred} of ${method} ${path} is inferred from other operations, not documented; x-inferred in the ` +
        "package's openapi/ folder gives the reason. Confirm it with Amili, at docs.amili.dev or with a probe, then set " +
        "allowInferred.",
    );
    this.method = method;
    this.path = path;
  }
}

// On the prototype, so that a minifier that renames classes does not change what logs show.
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

/** The server's reason, to end a sentence with. */
export const quote = (detail: string | undefined) => (detail === undefined ? "" : `: "${detail}"`);

const formatAttempts = (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`);

function defineHidden(error: Error, properties: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(error, name, { value });
}

const MAX_REQUEST_ID = 200;

/** The documentation names no such response header; these are the usual ones. */
export function requestIdOf(headers: Pick<Headers, "get">): string | undefined {
  const id = headers.get("x-amili-request-id") ?? headers.get("x-request-id") ?? headers.get("x-correlation-id");
  return id?.slice(0, MAX_REQUEST_ID);
}
