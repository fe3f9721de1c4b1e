import { AmiliError } from "../errors.js";

/** The properties that say why a request failed. Any other may hold the request with its token and secrets. */
const SAFE_FIELDS = "name message stack code errno syscall address port hostname".split(" ");

/** The platform's own errors. Other classes may show, by code of their own, what is visible nowhere on them. */
const PLATFORM_ERRORS = new Set<unknown>(
  [Error, TypeError, RangeError, SyntaxError, AggregateError, DOMException].map(({ prototype }) => prototype),
);

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => Object(value) === value;

/**
 * The error of a function that the user gave, as a cause that a log may print: the very error if it has nothing but
 * safe fields, as the platform's own have, otherwise a copy of those. Anything deeper than `depth` is left out, so that
 * a cyclic cause ends.
 *
 * @param redact removes what a text must not contain
 */
export function sanitizeCause(error: unknown, redact: (text: string) => string = (text) => text, depth = 8): unknown {
  // The library's own errors hold nothing secret and say more.
  if (!isObject(error) || error instanceof AmiliError) return error;
  if (depth === 0) return undefined;
  const entries = SAFE_FIELDS.map((name) => {
    const value = readProperty(error, name);
    return [name, typeof value === "string" ? redact(value) : value];
  });
  const safe = Object.fromEntries(entries.filter(([, value]) => value !== undefined && !isObject(value)));
  const cause = sanitizeCause(readProperty(error, "cause"), redact, depth - 1);
  if (cause !== undefined) safe.cause = cause;
  const list: unknown = readProperty(error, "errors");
  if (Array.isArray(list)) {
    // What is left out stays as `undefined`, so that `every` does not skip its place.
    const errors = list.map((one) => sanitizeCause(one, redact, depth - 1));
    safe.errors = errors.every((one, index) => one === list[index]) ? list : errors;
  }

  const isSafe = Reflect.ownKeys(error).every((name) => safe[name] === readProperty(error, name));
  if (isSafe && PLATFORM_ERRORS.has(Object.getPrototypeOf(error))) return error;
  return Object.assign(safe.errors ? new AggregateError([]) : new Error(), safe);
}

/** A property; `undefined` if reading it throws. */
function readProperty(error: Record<PropertyKey, unknown>, name: PropertyKey): unknown {
  try {
    return error[name];
  } catch {
    return undefined;
  }
}
