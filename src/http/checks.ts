import { ConfigurationError } from "../errors.js";

// Longer, and a timer would go off at once.
export const MAX_TIMER = 2 ** 31 - 1;

function check(name: string, value: number, expected: string, ok: boolean): number {
  if (ok) return value;
  throw new ConfigurationError("invalid_option", `${name} must be ${expected}; ${String(value)} was given.`);
}

/** A length of time in ms that a timer can keep. */
export function checkTimeout(name: string, value: number): number {
  return check(name, value, `a number of ms above 0 and at most ${MAX_TIMER}`, value > 0 && value <= MAX_TIMER);
}

/** A whole number of at least `minimum`. */
export function checkCount(name: string, value: number, minimum: number, maximum = Number.MAX_SAFE_INTEGER): number {
  const expected = `a whole number of at least ${minimum}${maximum < Number.MAX_SAFE_INTEGER ? ` and at most ${maximum}` : ""}`;
  return check(name, value, expected, Number.isSafeInteger(value) && value >= minimum && value <= maximum);
}

/** Headers as openapi-fetch takes them. */
export type HeadersLike = Headers | Record<string, unknown>;

const entriesOf = (headers: HeadersLike) => (headers instanceof Headers ? [...headers] : Object.entries(headers));

/** Headers that can be sent. The platform's own error would quote the value, which may be a secret. */
export function checkHeaders(option: string, headers: HeadersLike): void {
  for (const [name, value] of entriesOf(headers)) {
    try {
      new Headers([[name, String(value)]]);
    } catch {
      throw new ConfigurationError(
        "invalid_option",
        `${option}: ${JSON.stringify(name)} has a name or value that no HTTP header can have.`,
      );
    }
  }
}

/** Headers for all requests or one, among which the token has no place. */
export function checkCustomHeaders(headers: HeadersLike): void {
  checkHeaders("headers", headers);
  if (entriesOf(headers).some(([name]) => name.toLowerCase() === "authorization")) {
    throw new ConfigurationError("invalid_option", "headers must not hold Authorization; give a token as accessToken.");
  }
}

/** What would lead a call of the raw client past tokens, retries and time limits. */
const NOT_OF_A_CALL = ["fetch", "Request"] as const;

interface CallInit extends Partial<Record<(typeof NOT_OF_A_CALL)[number], unknown>> {
  timeout?: number;
  maxRetries?: number;
  headers?: HeadersLike;
  params?: { header?: HeadersLike };
}

/** The options that every call may be given. */
export function checkCallOptions({ timeout, maxRetries, headers, params, ...others }: CallInit): void {
  if (timeout !== undefined) checkTimeout("timeout", timeout);
  if (maxRetries !== undefined) checkCount("maxRetries", maxRetries, 0);
  if (headers) checkCustomHeaders(headers);
  if (params?.header) checkCustomHeaders(params.header);
  const given = NOT_OF_A_CALL.find((name) => others[name] !== undefined);
  if (given) throw new ConfigurationError("invalid_option", `${given} is no option of a call; set it on new Amili().`);
}
