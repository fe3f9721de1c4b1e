import type { CallOptions } from "../call.js";
import { ConfigurationError } from "../errors.js";

/** The longest delay in ms that a timer can keep; a longer one would fire at once. */
export const MAX_TIMER = 2 ** 31 - 1;

/** Returns the value if it is what is expected. */
export function check<Value>(name: string, value: Value, expected: string, ok: boolean): Value {
  if (ok) return value;
  // A string is shown with its quotes, or "2218" would look right.
  const given = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new ConfigurationError("invalid_option", `${name} must be ${expected}; ${given} was given.`);
}

/** What was given instead of something else, without its value, which may be a secret. */
export const typeName = (value: unknown) => (value === null ? "null" : typeof value);

/** Names the type in an error, not the value, which may hold a secret. */
export function checkFunction<Value>(name: string, value: Value): Value {
  check(name, typeName(value), "a function", typeof value === "function");
  return value;
}

export const checkChoice = <Choice extends string>(name: string, value: Choice, choices: readonly Choice[]): Choice =>
  check(name, value, choices.map((choice) => `"${choice}"`).join(" or "), choices.includes(value));

/** Refuses unknown names: behind a misspelt option its default applies, such as production. */
export function checkNames(what: string, value: object, known: Record<string, true>): void {
  const type = typeName(value);
  const given = type === "object" ? Object.keys(value).find((name) => !Object.hasOwn(known, name)) : type;
  if (given === undefined) return;
  throw new ConfigurationError(
    "invalid_option",
    `${what} must be an object of ${Object.keys(known).join(", ")}; ${given} was given.`,
  );
}

/** A duration in ms that a timer can keep. */
export function checkTimeout(name: string, value: number): number {
  const ok = typeof value === "number" && value > 0 && value <= MAX_TIMER;
  return check(name, value, `a number of ms above 0 and at most ${MAX_TIMER}`, ok);
}

/** An integer of at least `minimum`. */
export function checkCount(name: string, value: number, minimum: number, maximum = Number.MAX_SAFE_INTEGER): number {
  const limit = maximum < Number.MAX_SAFE_INTEGER ? ` and at most ${maximum}` : "";
  const ok = Number.isSafeInteger(value) && value >= minimum && value <= maximum;
  return check(name, value, `an integer of at least ${minimum}${limit}`, ok);
}

/** Headers as `fetch` takes them, but for a list of pairs. */
export type HeadersLike = Headers | Record<string, unknown>;

/** Headers that can be sent. The platform's own error would quote the value, which may be a secret. */
export function checkHeaders(option: string, headers: HeadersLike): Headers {
  // Not `instanceof Headers`: they may belong to another realm, such as a test's.
  const isHeaders = typeof headers.forEach === "function" && typeof headers.append === "function";
  if (!isHeaders && Symbol.iterator in headers) {
    throw new ConfigurationError("invalid_option", `${option} must be an object of names and values, or Headers.`);
  }
  const checked = new Headers();
  for (const [name, value] of isHeaders ? [...(headers as Headers)] : Object.entries(headers)) {
    if (TRANSPORT_HEADERS.has(name.toLowerCase())) {
      throw new ConfigurationError("invalid_option", `${option} must not contain ${name}, which the platform sets.`);
    }
    try {
      checked.set(name, String(value));
    } catch {
      throw new ConfigurationError(
        "invalid_option",
        `${option}: ${JSON.stringify(name)} has a name or value that an HTTP header cannot have.`,
      );
    }
  }
  return checked;
}

/** Headers that belong to the connection or to the body that is sent. Some platforms throw, others send them. */
const TRANSPORT_HEADERS = new Set(
  (
    "connection content-length expect host http2-settings keep-alive proxy-authenticate proxy-authorization " +
    "proxy-connection te trailer transfer-encoding upgrade"
  ).split(" "),
);

/** Headers for all requests or one. The token has its own place. */
export function checkCustomHeaders(headers: HeadersLike): Headers {
  const checked = checkHeaders("headers", headers);
  if (checked.has("authorization")) {
    throw new ConfigurationError(
      "invalid_option",
      "headers must not contain Authorization; pass a token as accessToken.",
    );
  }
  return checked;
}

export const CALL_OPTIONS = {
  signal: true,
  timeout: true,
  maxRetries: true,
  headers: true,
} satisfies Record<keyof CallOptions, true>;

/** Checks the options of a call, and that there are no others than `known`. */
export function checkCallOptions(options: CallOptions, known: Record<string, true> = CALL_OPTIONS): void {
  checkNames("The options of a call", options, known);
  const { signal, timeout, maxRetries, headers } = options;
  if (signal) checkSignal(signal);
  if (timeout !== undefined) checkTimeout("timeout", timeout);
  if (maxRetries !== undefined) checkCount("maxRetries", maxRetries, 0);
  if (headers) checkCustomHeaders(headers);
}

/** Not `instanceof AbortSignal`: it may belong to another realm, such as a test's. */
export function checkSignal(signal: AbortSignal): void {
  check("signal", signal, "an AbortSignal", typeof signal.throwIfAborted === "function");
}
