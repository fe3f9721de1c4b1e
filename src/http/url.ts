import { createQuerySerializer } from "openapi-fetch";
import { ConfigurationError } from "../errors.js";

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
  if (!url) throw refuse(`"${value}" is not a URL`);
  // Said without the value: it may hold a password.
  if (url.username || url.password) throw refuse("the one given has a user name or password in it");
  if (url.search || url.hash) throw refuse(`"${value}" has a query or a fragment`);
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
  if (typeof value !== "string") throw refuse(`${value === null ? "null" : typeof value} was given`);
  if (value.trim() === "") throw refuse(value === "" ? "an empty string was given" : "only white space was given");
  // URL parsers take "." and "..", encoded or not, as steps in the folder tree.
  if (value === "." || value === "..") throw refuse(`"${value}" was given, which a URL reads as another path`);
  try {
    return encodeURIComponent(value);
  } catch {
    throw refuse("a string with half a character (a lone surrogate) was given");
  }
}

/** Fills the `{name}` places of a path. The form that openapi-fetch asks for. */
export function serializePath(template: string, values: Record<string, unknown>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeSegment(name, values[name]));
}

const serialize = createQuerySerializer();

/** Writes the query. An object (a `Date`, say) is refused, since it would silently vanish and a lost filter finds too much. */
export function serializeQuery(query: Record<string, unknown>): string {
  for (const name in query) {
    const value = query[name];
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      throw new ConfigurationError(
        "invalid_argument",
        `The query parameter ${name} must be a string, number or boolean; an object was given. ` +
          'Dates are strings such as "2026-01-31". Nothing was sent.',
      );
    }
  }
  return serialize(query);
}
