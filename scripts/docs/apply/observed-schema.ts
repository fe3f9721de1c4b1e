import type { ObservedField } from "../../../src/observe/observations.js";
import { observedTypes } from "../compare/compare-observed-fields.js";
import { fieldName, isUnnamed, mapPath, parentPath } from "../read/fields.js";
import type { JsonObject } from "../read/json.js";

/** The schema of a field and of all within it. Nothing is required: how many samples would suffice is unknown. */
export function observedSchema(fields: Map<string, ObservedField>, path: string): JsonObject {
  const field = fields.get(path);
  if (!field) return {};
  const types = observedTypes(field);
  const format = formatOf(field);
  const names = [...fields.keys()].filter((key) => key !== "" && !isUnnamed(key) && parentPath(key) === path);
  const [items, values] = [`${path}[]`, mapPath(path)].map((key) => fields.has(key) && observedSchema(fields, key));
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(format && { format }),
    ...(types.includes("object") && { additionalProperties: (names.length === 0 && values) || true }),
    ...(names.length > 0 && {
      properties: Object.fromEntries(names.map((name) => [fieldName(name), observedSchema(fields, name)])),
    }),
    ...(types.includes("array") && { items: items || {} }),
  };
}

/** The format of all strings, if there are two or more. */
function formatOf({ types: { string = 0 }, formats = {} }: ObservedField): string | undefined {
  return string > 1 ? Object.entries(formats).find(([, count]) => count === string)?.[0] : undefined;
}
