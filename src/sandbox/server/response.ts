/** What the sandbox responds with. */
export interface SandboxResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): SandboxResponse => ({ status: 200, body });

/** Ends the processing of a request with an error response. No error body is documented; this shape is the sandbox's own. */
export class HttpError extends Error {
  readonly response: SandboxResponse;

  /** @param validationErrors one line for each error: the place and the rule, never a value, which may be personal */
  constructor(status: number, message: string, validationErrors?: string[]) {
    super(message);
    this.response = { status, body: { sandbox: true, message, ...(validationErrors && { validationErrors }) } };
  }
}

export const invalidRequest = (...validationErrors: string[]): HttpError =>
  new HttpError(400, "The request is invalid.", validationErrors);

export const notFound = (what: string): HttpError => new HttpError(404, `No such ${what}.`);

/** The message and validation errors of an error response. */
export function errorsIn({ status, body }: SandboxResponse): string[] {
  if (status < 400) return [];
  const { message, validationErrors = [] } = (body ?? {}) as { message?: string; validationErrors?: string[] };
  return message === undefined ? validationErrors : [message, ...validationErrors];
}
