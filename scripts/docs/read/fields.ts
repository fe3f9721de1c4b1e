import { UnreadableError } from "../unreadable-error.js";
import type { Pointer } from "./json.js";
import { asList, asObject, asString, type JsonObject, resolveReference, valueAt } from "./json.js";

/** A row of the table that a schema is flattened to, however the schema is composed. */
export interface Field {
  /** Its schema, with references and compositions followed. */
  pointer: Pointer;
  /** Where it is declared, before references and compositions (`allOf`, `anyOf`, `oneOf`) are followed. */
  declaredAt: Pointer;
  /** JSON types. Empty when any type is allowed. */
  types: Set<string>;
  format: string | undefined;
  /** The values of an enum. */
  values: Set<string> | undefined;
  /** Whether the enum is complete. One known from samples is open. */
  closed: boolean;
  required: boolean;
}

/** Fields by path: `""` is the root, `data[].id` a field of the items of a list. */
export type Fields = Map<string, Field>;

const MAX_STEPS = 20_000;
/** These narrow a number and do not change its JSON type. */
const NUMBER_FORMATS = new Set(["int32", "int64", "float", "double"]);

/** Flattens a schema to a table of fields. The parts of `allOf`, `anyOf` and `oneOf` are merged. */
export function flattenSchema(root: unknown, schema: Pointer): Fields {
  const fields: Fields = new Map();
  let steps = 0;

  const walk = (
    declaredAt: Pointer,
    path: string,
    required: boolean,
    isVariant: boolean,
    above: readonly string[],
  ): void => {
    steps += 1;
    if (steps > MAX_STEPS) throw new UnreadableError("schemas that expand without limit");
    const pointer = resolveReference(root, declaredAt);
    const key = pointer.join("/");
    if (above.includes(key)) return;
    const stack = [...above, key];
    const node = asObject(valueAt(root, pointer));
    mergeField(fields, path, node, { pointer, declaredAt }, required);

    const requires = new Set(asList(node.required));
    for (const name of Object.keys(asObject(node.properties)))
      walk([...pointer, "properties", name], childPath(path, name), requires.has(name) && !isVariant, false, stack);
    if (node.items !== undefined) walk([...pointer, "items"], `${path}[]`, false, false, stack);
    for (const index of asList(node.allOf).keys()) walk([...pointer, "allOf", index], path, required, isVariant, stack);
    for (const kind of ["anyOf", "oneOf"]) {
      const variants = asList(node[kind]);
      const others = variants.filter((variant) => asObject(variant).type !== "null").length > 1;
      for (const index of variants.keys()) walk([...pointer, kind, index], path, required, others || isVariant, stack);
    }
  };
  walk(schema, "", false, false, []);
  return fields;
}

function mergeField(
  fields: Fields,
  path: string,
  node: JsonObject,
  location: Pick<Field, "pointer" | "declaredAt">,
  required: boolean,
): void {
  const values = enumValues(node);
  const found = fields.get(path);
  const types = schemaTypes(node);
  const format = asString(node.format);
  const field: Field = {
    // Of several parts, the one that has properties.
    pointer: found && Object.keys(asObject(node.properties)).length === 0 ? found.pointer : location.pointer,
    declaredAt: found?.declaredAt ?? location.declaredAt,
    types: new Set([...(found?.types ?? []), ...types]),
    format: format !== undefined && !NUMBER_FORMATS.has(format) ? format : found?.format,
    values: values || found?.values ? new Set([...(found?.values ?? []), ...(values ?? [])]) : undefined,
    closed: (found?.closed ?? true) && !("x-open-enum" in node),
    required: required || (found?.required ?? false),
  };
  fields.set(path, field);
}

function enumValues(node: JsonObject): string[] | undefined {
  const list = node.enum ?? node["x-open-enum"] ?? (node.const === undefined ? undefined : [node.const]);
  return Array.isArray(list) ? list.filter((value) => value !== null).map(String) : undefined;
}

function schemaTypes(node: JsonObject): string[] {
  const named = [node.type].flat().filter((type) => typeof type === "string");
  const implied = node.properties ? ["object"] : node.items ? ["array"] : asList(node.enum).map(jsonType);
  const nullable = node.nullable === true || asList(node.enum).includes(null);
  return [...(named.length > 0 ? named : implied), ...(nullable ? ["null"] : [])];
}

/** The JSON type of a value. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}

/** Characters of names that have a meaning in paths, and their substitutes. */
const ESCAPES = [
  [".", "․"],
  ["[]", "［］"],
] as const;

/** The path of a field of an object. */
export function childPath(path: string, name: string): string {
  const step = ESCAPES.reduce((text, [raw, escaped]) => text.replaceAll(raw, escaped), name);
  return path === "" ? step : `${path}.${step}`;
}

/** The path of the object or list that contains a field. */
export function parentPath(path: string): string {
  if (path.endsWith("[]")) return path.slice(0, -2);
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

const unescapeName = (step: string): string =>
  ESCAPES.reduce((text, [raw, escaped]) => text.replaceAll(escaped, raw), step);

/** The name of a field. */
export const fieldName = (path: string): string => unescapeName(path.slice(path.lastIndexOf(".") + 1));

/** A path as its steps: names, and `[]` for any item of a list. */
export const pathSteps = (path: string): string[] => (path.match(/\[\]|(?:(?!\[\])[^.])+/g) ?? []).map(unescapeName);
