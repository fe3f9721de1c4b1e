import { ConfigurationError } from "../errors.js";

// Longer, and a timer would go off at once.
const MAX_TIMER = 2 ** 31 - 1;

function check(name: string, value: number, expected: string, ok: boolean): number {
  if (ok) return value;
  throw new ConfigurationError("invalid_option", `${name} must be ${expected}; ${String(value)} was given.`);
}

/** A length of time in ms that a timer can keep. */
export function checkTimeout(name: string, value: number): number {
  return check(name, value, `a number of ms above 0 and at most ${MAX_TIMER}`, value > 0 && value <= MAX_TIMER);
}

/** A whole number of at least `minimum`. */
export function checkCount(name: string, value: number, minimum: number): number {
  return check(name, value, `a whole number of at least ${minimum}`, Number.isSafeInteger(value) && value >= minimum);
}

/** Headers that can be sent. The platform's own error would quote the value, which may be a secret. */
export function checkHeaders(option: string, headers: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(headers)) {
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
export function checkCustomHeaders(headers: Record<string, unknown>): void {
  checkHeaders("headers", headers);
  if (Object.keys(headers).some((name) => name.toLowerCase() === "authorization")) {
    throw new ConfigurationError("invalid_option", "headers must not hold Authorization; give a token as accessToken.");
  }
}

/** The options that every call may be given. */
export function checkCallOptions({
  timeout,
  maxRetries,
  headers,
}: {
  timeout?: number;
  maxRetries?: number;
  headers?: Record<string, unknown>;
}): void {
  if (timeout !== undefined) checkTimeout("timeout", timeout);
  if (maxRetries !== undefined) checkCount("maxRetries", maxRetries, 0);
  if (headers !== undefined) checkCustomHeaders(headers);
}
