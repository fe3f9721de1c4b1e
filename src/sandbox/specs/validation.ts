import type { Operation } from "openapi-backend";

/** An error of the validator. */
export interface SpecError {
  instancePath: string;
  keyword: string;
  message?: string;
  parentSchema?: { properties?: object; [keyword: string]: unknown };
}

const MESSAGES: Record<string, (error: SpecError) => string> = {
  // The parser's own message quotes the body.
  parse: () => "is not JSON",
  // Without the name that was sent: a value may have been put in its place.
  additionalProperties: ({ parentSchema }) =>
    `has an unknown name; known are ${Object.keys(parentSchema?.properties ?? {}).join(", ") || "none"}`,
};

/** Errors as lines that name the place and the rule, never the value, which may be secret or personal. */
export function describeErrors(errors: SpecError[]): string[] {
  // The other errors of a body that is not JSON only say that it is missing.
  const isUnparsed = errors.some(({ keyword }) => keyword === "parse");
  const lines = errors
    .filter(({ keyword, instancePath }) => !isUnparsed || keyword === "parse" || !/^\/requestBody/.test(instancePath))
    .map((error) => {
      const { instancePath, keyword, message = "is invalid" } = error;
      const place = instancePath || (keyword === "parse" ? "/requestBody" : "request");
      return `${place} ${MESSAGES[keyword]?.(error) ?? message}`;
    });
  return [...new Set(lines)];
}

/** Deeper JSON can be parsed, but not serialized again. */
const MAX_DEPTH = 100;

const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isWithin(levels - 1, part)));

/**
 * Checks what `openapi-backend` does not: the media type, a body where the spec has none, and the depth of a body. It
 * validates bodies of `application/json` only, so JSON of another media type is renamed in the spec.
 */
export function createBodyCheck(
  requestBody: { content: Record<string, object> } | undefined,
): (type: string, body: unknown) => string[] {
  if (!requestBody)
    return (_, body) => (body === undefined ? [] : ["/requestBody is not in the spec of this operation"]);
  const types = Object.keys(requestBody.content);
  requestBody.content = Object.fromEntries(
    Object.entries(requestBody.content).map(([type, media]) => [isJson(type) ? "application/json" : type, media]),
  );
  return (type, body) => {
    if (body === undefined) return [];
    if (!types.includes(type)) return [`/header/content-type must be ${types.join(" or ")}`];
    return isWithin(MAX_DEPTH, body) ? [] : [`/requestBody must not be nested deeper than ${MAX_DEPTH} levels`];
  };
}

export const mediaType = (contentType: string): string => (contentType.split(";")[0] ?? "").trim().toLowerCase();

export const isJson = (type: string): boolean => /^application\/([\w.-]+\+)?json/.test(type);

const toNumber = (text: string) =>
  /^-?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? Number(text) : text;

/** How strings are converted. The validator's own conversion would accept an empty string, 0x10 and 1e20 as numbers. */
const CONVERSIONS: Record<string, (text: string) => unknown> = {
  integer: toNumber,
  number: toNumber,
  boolean: (text) => ({ true: true, false: false })[text] ?? text,
};

type Values = Record<string, unknown>;

/**
 * The values of a path or query in the types of the operation's parameters. Undocumented parameters of an open query are
 * left out: they have no effect.
 */
export function convertTypes(values: Values, place: "path" | "query", operation: Operation): Values {
  const { parameters = [] } = operation;
  const converted = parameters.flatMap((parameter) => {
    if ("$ref" in parameter || parameter.in !== place) return [];
    const { type } = (parameter.schema ?? {}) as { type?: string | string[] };
    const convert = CONVERSIONS[[type].flat()[0] ?? ""];
    const value = values[parameter.name];
    if (value === undefined) return [];
    return [[parameter.name, convert && typeof value === "string" ? convert(value) : value]];
  });
  const others = place === "query" && "x-open-query" in operation ? {} : values;
  return { ...others, ...Object.fromEntries(converted) };
}
