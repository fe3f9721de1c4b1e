import { ConfigurationError } from "../errors.js";

// Longer, and a timer would go off at once.
export const MAX_TIMER = 2 ** 31 - 1;

/** The value, if it is what is expected. */
export function check<Value>(name: string, value: Value, expected: string, ok: boolean): Value {
  if (ok) return value;
  // Of a string the quotes are shown, or "2218" would look as it should.
  const given = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new ConfigurationError("invalid_option", `${name} must be ${expected}; ${given} was given.`);
}

/** What was given in place of something else, without its value, which may be a secret. */
export const kindOf = (value: unknown) => (value === null ? "null" : typeof value);

/** An object without names that nothing reads: behind a misspelt one a default would stand, such as production. */
export function checkNames(what: string, value: object, known: Record<string, true>): void {
  const kind = kindOf(value);
  const given = kind === "object" ? Object.keys(value).find((name) => !known[name]) : kind;
  if (given === undefined) return;
  throw new ConfigurationError(
    "invalid_option",
    `${what} must be an object of ${Object.keys(known).join(", ")}; ${given} was given.`,
  );
}

/** A length of time in ms that a timer can keep. */
export function checkTimeout(name: string, value: number): number {
  const fits = typeof value === "number" && value > 0 && value <= MAX_TIMER;
  return check(name, value, `a number of ms above 0 and at most ${MAX_TIMER}`, fits);
}

/** A whole number of at least `minimum`. */
export function checkCount(name: string, value: number, minimum: number, maximum = Number.MAX_SAFE_INTEGER): number {
  const expected = `a whole number of at least ${minimum}${maximum < Number.MAX_SAFE_INTEGER ? ` and at most ${maximum}` : ""}`;
  return check(name, value, expected, Number.isSafeInteger(value) && value >= minimum && value <= maximum);
}

/** Headers as openapi-fetch takes them. */
export type HeadersLike = Headers | Record<string, unknown>;

/** Headers that can be sent. The platform's own error would quote the value, which may be a secret. */
export function checkHeaders(option: string, headers: HeadersLike): Headers {
  const checked = new Headers();
  if (Symbol.iterator in headers && !(headers instanceof Headers)) {
    throw new ConfigurationError("invalid_option", `${option} must be an object of names and values, or Headers.`);
  }
  for (const [name, value] of headers instanceof Headers ? [...headers] : Object.entries(headers)) {
    try {
      checked.set(name, String(value));
    } catch {
      throw new ConfigurationError(
        "invalid_option",
        `${option}: ${JSON.stringify(name)} has a name or value that no HTTP header can have.`,
      );
    }
  }
  return checked;
}

/** Headers for all requests or one, among which the token has no place. */
export function checkCustomHeaders(headers: HeadersLike): Headers {
  const checked = checkHeaders("headers", headers);
  if (checked.has("authorization")) {
    throw new ConfigurationError("invalid_option", "headers must not hold Authorization; give a token as accessToken.");
  }
  return checked;
}

/** What would lead a call of the raw client past tokens, retries and time limits. */
const NOT_OF_A_CALL = ["fetch", "Request"] as const;

interface CallInit extends Partial<Record<(typeof NOT_OF_A_CALL)[number], unknown>> {
  signal?: AbortSignal | null | undefined;
  timeout?: number;
  maxRetries?: number;
  headers?: HeadersLike;
  params?: { header?: HeadersLike };
}

/** The options that every call may be given. */
export function checkCallOptions({ signal, timeout, maxRetries, headers, params, ...others }: CallInit): void {
  // Not by its class: it may come from another realm, such as a test's.
  if (signal) check("signal", signal, "an AbortSignal", typeof signal.throwIfAborted === "function");
  if (timeout !== undefined) checkTimeout("timeout", timeout);
  if (maxRetries !== undefined) checkCount("maxRetries", maxRetries, 0);
  if (headers) checkCustomHeaders(headers);
  if (params?.header) checkCustomHeaders(params.header);
  const given = NOT_OF_A_CALL.find((name) => others[name] !== undefined);
  if (given) throw new ConfigurationError("invalid_option", `${given} is no option of a call; set it on new Amili().`);
}
