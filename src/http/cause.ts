import { AmiliError } from "../errors.js";

/** What tells why a request failed. All else that hangs on an error may be the request, token and secrets in it. */
const TELLING = "name message stack code errno syscall address port hostname cause errors".split(" ");

/**
 * The error of a function that the user gave, as a cause that a log may print: the very error where nothing hangs on it
 * but what tells why it failed, as with the platform's own, else a copy without the rest. What lies deeper than `depth`
 * is left out, so that an error that leads back to itself has an end.
 */
export function causeOf(error: unknown, depth = 8): unknown {
  // An error of this library holds nothing secret by itself, and has more to tell.
  if (Object(error) !== error || error instanceof AmiliError) return error;
  if (depth === 0) return undefined;
  const given = error as Record<PropertyKey, unknown>;
  const own = Reflect.ownKeys(given);
  const list = Array.isArray(error);
  const told: typeof given = {};
  for (const name of list ? own : TELLING) {
    const value = causeOf(given[name], depth - 1);
    // A list keeps the places of what is left out: `every` would pass over them as if they told the same as the rest.
    if (list || value !== undefined) told[name] = value;
  }
  if (own.every((name) => told[name] === given[name])) return error;
  return Object.assign(list ? [] : error instanceof AggregateError ? new AggregateError([]) : new Error(), told);
}
