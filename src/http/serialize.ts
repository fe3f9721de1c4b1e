import { createQuerySerializer } from "openapi-fetch";
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
  if (!isWellFormed(value)) throw refuse("a string with a lone surrogate was given");
  return encodeURIComponent(value);
}

/** Fills in the `{name}` parameters of a path template. */
export function serializePath(template: string, values: Record<string, unknown> = {}): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => encodePathParameter(name, values[name]));
}

const serializeParameters = createQuerySerializer();

/** The query string. An object (a `Date`, say) is refused: it would be left out, and a list without its filter finds too much. */
export function serializeQuery(query: object): string {
  const refuse = (name: string, given: string) =>
    invalidArgument(
      `The query parameter ${name} must be a string, number or boolean, or a list of them; ${given} was given. ` +
        'Dates are strings such as "2026-01-31".',
    );
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) {
      if (typeof value === "object" && value !== null) throw refuse(name, "an object");
      if (typeof value === "string" && !isWellFormed(value)) throw refuse(name, "a string with a lone surrogate");
    }
  }
  return serializeParameters(query);
}

/** JSON. A number that is not finite is refused: JSON would turn an amount into `null`. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (name, part: unknown) => {
    if (typeof part !== "number" || Number.isFinite(part)) return part;
    throw new TypeError(`${name} is ${part}, which JSON cannot represent.`);
  });
}

const FORM = "application/x-www-form-urlencoded";

/**
 * The body in the form that the content type asks for. Not openapi-fetch's serializer: its form check uses `instanceof`,
 * which fails in another realm (jest, vitest's vm pools, Next's edge runtime) and sends the form as JSON.
 */
export function serializeBody(body: unknown, contentType: string | null | undefined): BodyInit {
  // The platform writes a form with files, and its content type.
  if (Object.prototype.toString.call(body) === "[object FormData]") return body as FormData;
  try {
    if (!contentType?.startsWith(FORM)) return toJson(body);
    const fields = Object.entries(body as object).filter(([, value]) => value !== undefined && value !== null);
    return new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString();
  } catch (cause) {
    throw invalidArgument("The body must be serializable as JSON.", { cause });
  }
}

/** Whether a string has no lone surrogate, which cannot be encoded. */
function isWellFormed(value: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
}
