import { asList, asObject, asString, type JsonObject, resolveReference, valueAt } from "./json.js";

/**
 * What a request is authorized with, an entry for each alternative. An empty list on a page states nothing: pages have it
 * on operations that need a token all the same.
 */
export function readSecurity(root: unknown, operation: JsonObject): string[] | undefined {
  const own = asList(operation.security);
  const required = own.length > 0 ? own : asList(asObject(root).security);
  const alternatives = required.map((requirement) =>
    Object.entries(asObject(requirement))
      .filter(([name]) => !name.startsWith("x-"))
      .map(([name, scopes]) => [schemeText(root, name), ...asList(scopes).map(String).sort()].join(" "))
      .sort()
      .join(" and "),
  );
  const stated = alternatives.filter((text) => text !== "");
  return stated.length > 0 ? [...new Set(stated)].sort() : undefined;
}

/** A scheme by what is sent, because its name is not. Apidog writes `type: bearer` and `type: apikey` too. */
function schemeText(root: unknown, name: string): string {
  const pointer = ["components", "securitySchemes", name];
  if (valueAt(root, pointer) === undefined) return name;
  const scheme = asObject(valueAt(root, resolveReference(root, pointer)));
  const type = asString(scheme.type)?.toLowerCase() ?? "";
  if (type === "http" || type === "bearer" || type === "basic")
    return `http ${(asString(scheme.scheme) ?? type).toLowerCase()}`;
  if (type === "apikey") return `API key in ${scheme.in} ${scheme.name}`;
  return type || name;
}

/** What the text form of a page calls a scheme. */
const NAMES: [RegExp, string][] = [
  [/\bbearer\b/i, "http bearer"],
  [/\bbasic\b/i, "http basic"],
];

/** The scheme that a page in plain text names. */
export const namedScheme = (text: string): string => NAMES.find(([pattern]) => pattern.test(text))?.[1] ?? text.trim();
