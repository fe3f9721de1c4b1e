import { ConfigurationError } from "../errors.js";
import { typeName } from "./checks.js";

const invalidArgument = (message: string, options?: ErrorOptions) =>
  new ConfigurationError("invalid_argument", `${message} Nothing was sent.`, options);

/**
 * Percent-encodes one path parameter, so that no value can change the route. A value that cannot stand in one path
 * segment is refused.
 */
export function encodePathParameter(name: string, value: unknown): string {
  const refuse = (given: string) => invalidArgument(`${name} must be a non-empty string or a number; ${given}.`);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return String(value);
    throw refuse(`${value} was given`);
  }
  if (typeof value !== "string") throw refuse(`${typeName(value)} was given`);
  if (value.trim() === "") throw refuse(value === "" ? "an empty string was given" : "only white space was given");
  // URL parsers treat "." and "..", encoded or not, as steps in the folder tree.
  if (value === "." || value === "..") throw refuse(`"${value}" was given, which a URL reads as another path`);
  const encoded = encode(value);
  if (encoded === undefined) throw refuse("a string with a lone surrogate was given");
  return encoded;
}

/** The value as a part of a URL; `undefined` if it has a lone surrogate. */
function encode(value: string): string | undefined {
  try {
    return encodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Fills in the `{name}` parameters of a path template. */
export function serializePath(template: string, values: Record<string, unknown> = {}): string {
  // Without a regular expression, which takes longer than the rest of the preparation.
  const [start = "", ...parts] = template.split("{");
  return parts.reduce((path, part) => {
    const end = part.indexOf("}");
    const name = part.slice(0, end);
    return `${path}${encodePathParameter(name, values[name])}${part.slice(end + 1)}`;
  }, start);
}

/**
 * The query string; names and values are encoded. An object (a `Date`, say) is refused: it would be left out, and a list
 * without its filter finds too much.
 */
export function serializeQuery(query: object): string {
  const encode = (name: string, value: unknown) => {
    const type = typeName(value);
    const isScalar = type === "string" || type === "number" || type === "boolean" || type === "bigint";
    if (isScalar && isWellFormed(String(value)) && isWellFormed(name)) {
      return `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`;
    }
    throw invalidArgument(
      `The query parameter ${JSON.stringify(name)} must be a string, number or boolean, or a list of them; ` +
        `${isScalar ? "a string with a lone surrogate" : type} was given. Dates are strings such as "2026-01-31".`,
    );
  };
  return Object.entries(query)
    .flatMap(([name, values]) =>
      [values]
        .flat()
        .filter((value) => value !== undefined && value !== null)
        .map((value) => encode(name, value)),
    )
    .join("&");
}

/**
 * JSON of plain data. What JSON would change is refused: it turns an amount that is not finite into `null`, a `Map` into
 * `{}`, and leaves out functions.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, part: unknown) {
    // Before its toJSON, which a Date has.
    const problem = problemOf(this[name]);
    if (problem === undefined) return part;
    throw new UnrepresentableError(`${name === "" ? "It" : JSON.stringify(name)} is ${problem}.`);
  });
}

/** Has a message of our own. That of a platform or of a user's toJSON may quote the data. */
class UnrepresentableError extends TypeError {}

function problemOf(value: unknown): string | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  // Not `=== Object.prototype`: the object may belong to another realm, such as a test's.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  return `an instance of ${value.constructor.name || "a class"}; dates are strings such as "2026-01-31"`;
}

export const isForm = (contentType: string) => contentType.startsWith("application/x-www-form-urlencoded");

/** Not `instanceof FormData`: it may belong to another realm, such as a test's. */
export const isFormData = (body: unknown): body is FormData =>
  Object.prototype.toString.call(body) === "[object FormData]";

/**
 * The body in the form that the content type asks for. Not openapi-fetch's serializer: its form check uses `instanceof`,
 * which fails in another realm (jest, vitest's vm pools, Next's edge runtime) and sends the form as JSON.
 */
export function serializeBody(body: unknown, contentType: string | null | undefined): BodyInit {
  // The platform writes a form with files, and its content type.
  if (isFormData(body)) return body;
  try {
    if (!isForm(contentType ?? "")) return toJson(body);
    const fields = Object.entries(body as object).filter(([, value]) => value !== undefined && value !== null);
    return new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString();
  } catch (cause) {
    const problem = cause instanceof UnrepresentableError ? ` ${cause.message}` : "";
    throw invalidArgument(`The body must be serializable as JSON.${problem}`, { cause });
  }
}

/** Whether a string has no lone surrogate, which cannot be encoded. */
export const isWellFormed = (value: string) => encode(value) !== undefined;
