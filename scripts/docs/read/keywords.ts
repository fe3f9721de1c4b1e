import { asObject, type JsonObject } from "./json.js";

/** What a keyword of a schema says about a value; the kind of a difference in it. */
export type KeywordKind = "default" | "limit" | "pattern" | "access" | "deprecated field" | "style";

/** The keywords that are compared one by one, besides type, format and enum. */
const KEYWORDS: Record<string, KeywordKind> = {
  default: "default",
  minimum: "limit",
  maximum: "limit",
  exclusiveMinimum: "limit",
  exclusiveMaximum: "limit",
  multipleOf: "limit",
  minLength: "limit",
  maxLength: "limit",
  minItems: "limit",
  maxItems: "limit",
  uniqueItems: "limit",
  minProperties: "limit",
  maxProperties: "limit",
  pattern: "pattern",
  readOnly: "access",
  writeOnly: "access",
  deprecated: "deprecated field",
};

/** The keywords of a schema in the form of OpenAPI 3.1. One that is `false` says nothing, except as a default. */
export function schemaKeywords(schema: JsonObject): JsonObject {
  const found: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema))
    if (Object.hasOwn(KEYWORDS, keyword) && (value !== false || keyword === "default")) found[keyword] = value;
  // In 3.0 these are booleans beside the limit.
  for (const [limit, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (found[exclusive] !== true) continue;
    delete found[exclusive];
    if (found[limit] === undefined) continue;
    found[exclusive] = found[limit];
    delete found[limit];
  }
  return found;
}

/** How a parameter is written into a request, where it is not the default of its place. */
export function parameterKeywords(parameter: JsonObject): JsonObject {
  const style = parameter.style ?? DEFAULT_STYLES[String(parameter.in)];
  const isForm = style === "form";
  return {
    ...(style !== DEFAULT_STYLES[String(parameter.in)] && { style }),
    ...(parameter.explode !== undefined && parameter.explode !== isForm && { explode: parameter.explode }),
    ...Object.fromEntries(FLAGS.flatMap((flag) => (parameter[flag] === true ? [[flag, true]] : []))),
  };
}

const FLAGS = ["deprecated", "allowEmptyValue", "allowReserved"];

const DEFAULT_STYLES: Record<string, string> = { query: "form", cookie: "form", path: "simple", header: "simple" };

/** Keywords with their values as JSON, which can be compared and shown. */
export const keywordTexts = (keywords: JsonObject): Map<string, string> =>
  new Map(Object.entries(keywords).map(([keyword, value]) => [keyword, JSON.stringify(sorted(value))]));

/** The values of keywords. */
export const keywordValues = (keywords: Map<string, string>): JsonObject =>
  Object.fromEntries([...keywords].map(([keyword, text]) => [keyword, JSON.parse(text) as unknown]));

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(asObject(value))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

export const keywordKind = (keyword: string): KeywordKind => KEYWORDS[keyword] ?? "style";
