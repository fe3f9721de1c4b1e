import type { ApiSchemas, Schema } from "./schemas.js";

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** The names of the schemas that others extend with `allOf`. */
function extendedSchemas(node: unknown): string[] {
  if (!isNode(node)) return [];
  const own = Array.isArray(node.allOf)
    ? node.allOf.map((part: Node) => String(part.$ref).replace("#/$defs/", ""))
    : [];
  return [...own, ...Object.values(node).flatMap(extendedSchemas)];
}

/** The schemas with the values of open lists only, and without fields that no schema names. */
export function closeSchemas({ operations, $defs }: ApiSchemas): ApiSchemas {
  // What extends them closes them.
  const extended = new Set(extendedSchemas({ operations, $defs }));
  return {
    operations,
    $defs: Object.fromEntries(
      Object.entries($defs).map(([name, schema]) => [name, close(schema, extended.has(name)) as Schema]),
    ),
  };
}

function close(node: unknown, isExtended = false): unknown {
  if (Array.isArray(node)) return node.map((part) => close(part));
  if (!isNode(node)) return node;
  const { "x-open-enum": values, additionalProperties, ...rest } = node;
  const closed: Node = Object.fromEntries(
    Object.entries(rest).map(([keyword, part]) => [
      keyword,
      keyword === "properties"
        ? Object.fromEntries(Object.entries(part as Node).map(([name, schema]) => [name, close(schema)]))
        : keyword === "allOf"
          ? (part as Node[]).map((schema) => close(schema, true))
          : close(part),
    ]),
  );
  if (Array.isArray(values)) closed.enum = [node.type].flat().includes("null") ? [...values, null] : values;
  const hasNames = node.properties !== undefined || node.allOf !== undefined;
  if (isNode(additionalProperties)) closed.additionalProperties = close(additionalProperties);
  else if (hasNames && !isExtended) closed.unevaluatedProperties = false;
  return closed;
}
