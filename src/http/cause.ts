import { AmiliError } from "../errors.js";

/** What tells why a request failed. All else that hangs on an error may be the request, token and secrets in it. */
const TELLING = "name message stack code errno syscall address port hostname".split(" ");

/** The platform's own errors. Others may show, by code of their own, what can be seen on them nowhere. */
const PLATFORM = new Set<unknown>(
  [Error, TypeError, RangeError, SyntaxError, AggregateError, DOMException].map(({ prototype }) => prototype),
);

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => Object(value) === value;

/**
 * The error of a function that the user gave, as a cause that a log may print: the very error where nothing hangs on it
 * but what tells why it failed, as with the platform's own, else a copy without the rest. What lies deeper than `depth`
 * is left out, so that an error that leads back to itself has an end.
 */
export function causeOf(error: unknown, depth = 8): unknown {
  // An error of this library holds nothing secret by itself, and has more to tell.
  if (!isObject(error) || error instanceof AmiliError) return error;
  if (depth === 0) return undefined;
  const values = TELLING.map((name) => [name, read(error, name)]);
  const told = Object.fromEntries(values.filter(([, value]) => value !== undefined && !isObject(value)));
  const cause = causeOf(read(error, "cause"), depth - 1);
  if (cause !== undefined) told.cause = cause;
  const list: unknown = read(error, "errors");
  if (Array.isArray(list)) {
    // The places of what is left out stay: `every` would pass over them as if they told the same as the rest.
    const errors = list.map((one) => causeOf(one, depth - 1));
    told.errors = errors.every((one, index) => one === list[index]) ? list : errors;
  }

  const isWhole = Reflect.ownKeys(error).every((name) => told[name] === read(error, name));
  if (isWhole && PLATFORM.has(Object.getPrototypeOf(error))) return error;
  return Object.assign(told.errors ? new AggregateError([]) : new Error(), told);
}

/** A property; `undefined` where reading it fails. */
function read(error: Record<PropertyKey, unknown>, name: PropertyKey): unknown {
  try {
    return error[name];
  } catch {
    return undefined;
  }
}
