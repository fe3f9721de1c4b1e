import { createQuerySerializer } from "openapi-fetch";
import { ConfigurationError } from "../errors.js";
import { kindOf } from "./checks.js";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks a base URL and gives it without a trailing slash. It gets tokens, so it must be `https:`; `http:` is for
 * loopback alone.
 */
export function checkBaseUrl(option: string, value: string): string {
  const refuse = (why: string) =>
    new ConfigurationError(
      "invalid_option",
      `${option} must be an https address such as "https://api.amili.no/arm/v1"; ${why}.`,
    );
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // What may hold a password or key is said without the value.
  if (url?.username || url?.password || /[?#]/.test(value)) {
    throw refuse("the one given has a user name, password, query or fragment");
  }
  if (!url) throw refuse(/@/.test(value) ? "the one given is not a URL" : `"${value}" is not a URL`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(url.hostname))) {
    throw refuse(`"${value}" would send tokens over ${url.protocol} (allowed on loopback only, with http:)`);
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * Percent-encodes one path parameter, so that no value can change the route. What a URL cannot carry as a path segment
 * is refused.
 */
export function encodeSegment(name: string, value: unknown): string {
  const refuse = (given: string) =>
    new ConfigurationError(
      "invalid_argument",
      `${name} must be a non-empty string or a number; ${given}. Nothing was sent.`,
    );
  if (typeof value === "number") {
    if (Number.isFinite(value)) return String(value);
    throw refuse(`${value} was given`);
  }
  if (typeof value !== "string") throw refuse(`${kindOf(value)} was given`);
  if (value.trim() === "") throw refuse(value === "" ? "an empty string was given" : "only white space was given");
  // URL parsers take "." and "..", encoded or not, as steps in the folder tree.
  if (value === "." || value === "..") throw refuse(`"${value}" was given, which a URL reads as another path`);
  if (!isWellFormed(value)) throw refuse("a string with half a character (a lone surrogate) was given");
  return encodeURIComponent(value);
}

/** Fills the `{name}` places of a path. The form that openapi-fetch asks for. */
export function serializePath(template: string, values: Record<string, unknown>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeSegment(name, values[name]));
}

const serialize = createQuerySerializer();

/** Writes the query. An object (a `Date`, say) is refused, since it would silently vanish and a lost filter finds too much. */
export function serializeQuery(query: Record<string, unknown>): string {
  const refuse = (name: string, given: string) =>
    new ConfigurationError(
      "invalid_argument",
      `The query parameter ${name} must be a string, number or boolean, or a list of them; ${given} was given. ` +
        'Dates are strings such as "2026-01-31". Nothing was sent.',
    );
  for (const name in query) {
    for (const value of [query[name]].flat()) {
      if (typeof value === "object" && value !== null) throw refuse(name, "an object");
      if (typeof value === "string" && !isWellFormed(value)) throw refuse(name, "a string with half a character");
    }
  }
  return serialize(query);
}

/** Whether a string has no lone surrogate, which cannot be encoded. */
function isWellFormed(value: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
}
