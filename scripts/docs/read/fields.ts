import { UnreadableError } from "../unreadable-error.js";
import type { Pointer } from "./json.js";
import { asList, asObject, asString, type JsonObject, resolveReference, valueAt } from "./json.js";
import { keywordTexts, schemaKeywords } from "./keywords.js";

/** A row of the table that a schema is flattened to, however the schema is composed. */
export interface Field {
  /** Its schema, with references and compositions followed. */
  pointer: Pointer;
  /** Where it is declared first, before references and compositions (`allOf`, `anyOf`, `oneOf`) are followed. */
  declaredAt: Pointer;
  declaration: Declaration;
  /** JSON types. Empty when any type is allowed. */
  types: Set<string>;
  format: string | undefined;
  /** The values of an enum. */
  values: Set<string> | undefined;
  /** Whether the enum is complete. One known from samples is open. */
  closed: boolean;
  required: boolean;
  /** Default, limits, pattern and flags by keyword; see `keywords.ts`. */
  keywords: Map<string, string>;
  description: string | undefined;
}

/** Where a field is declared: at one place, or in several parts or variants of its object. */
export type Declaration = { at: Pointer } | { allOf: Declaration[] } | { anyOf: Declaration[] };

/** Fields by path: `""` is the root, `data[].id` a field of the items of a list, `data.{*}` a value of a map. */
export type Fields = Map<string, Field>;

const MAX_STEPS = 50_000;
/** These narrow a number and do not change its JSON type. */
const NUMBER_FORMATS = new Set(["int32", "int64", "float", "double"]);

/** Flattens a schema to a table of fields. The parts of `allOf` are merged, those of `anyOf` and `oneOf` are variants. */
export function flattenSchema(root: unknown, schema: Pointer): Fields {
  let steps = 0;

  /** `isPart` tells a part of a composition, whose declaration has it. */
  const walk = (
    fields: Fields,
    declaredAt: Pointer,
    path: string,
    required: boolean,
    above: readonly string[],
    isPart = false,
  ): void => {
    steps += 1;
    if (steps > MAX_STEPS) throw new UnreadableError("schemas that expand without limit");
    const pointer = resolveReference(root, declaredAt);
    const key = pointer.join("/");
    if (above.includes(key)) return;
    const stack = [...above, key];
    const node = asObject(valueAt(root, pointer));
    const beside = pointer === declaredAt ? {} : asObject(valueAt(root, declaredAt));
    mergeField(fields, path, readField(node, beside, { pointer, declaredAt, required }), hasProperties(node), isPart);

    const requires = new Set(asList(node.required));
    for (const name of Object.keys(asObject(node.properties)))
      walk(fields, [...pointer, "properties", name], childPath(path, name), requires.has(name), stack);
    if (node.items !== undefined) walk(fields, [...pointer, "items"], `${path}[]`, false, stack);
    if (Object.keys(asObject(node.additionalProperties)).length > 0)
      walk(fields, [...pointer, "additionalProperties"], mapPath(path), false, stack);
    for (const index of asList(node.allOf).keys())
      walk(fields, [...pointer, "allOf", index], path, required, stack, true);
    for (const kind of ["anyOf", "oneOf"]) {
      const variants = asList(node[kind]).map((variant, index): [boolean, Fields] => {
        const table: Fields = new Map();
        walk(table, [...pointer, kind, index], path, required, stack);
        return [isNull(asObject(variant)), table];
      });
      const tables = variants.flatMap(([isNull, table]) => (isNull ? [] : [table]));
      for (const [row, field] of mergeVariants(tables))
        mergeField(fields, row, field, hasProperties(asObject(valueAt(root, field.pointer))), row === path);
      if (tables.length < variants.length) fields.get(path)?.types.add("null");
    }
  };
  const fields: Fields = new Map();
  walk(fields, schema, "", false, []);
  return fields;
}

/** Whether a variant is null and nothing else. Beside further variants `type: 'null'` is one of them. */
const isNull = (node: JsonObject) => node.type === "null" && COMPOSITIONS.every((kind) => node[kind] === undefined);

export const COMPOSITIONS = ["allOf", "anyOf", "oneOf"];

const hasProperties = (node: JsonObject) => Object.keys(asObject(node.properties)).length > 0;

/** A row from a schema and from what stands beside the reference to it. */
function readField(
  node: JsonObject,
  beside: JsonObject,
  place: Pick<Field, "pointer" | "declaredAt" | "required">,
): Field {
  const values = enumValues(node);
  const format = asString(node.format);
  return {
    ...place,
    declaration: { at: place.declaredAt },
    types: new Set([...schemaTypes(node), ...(beside.nullable === true ? ["null"] : [])]),
    format: format !== undefined && !NUMBER_FORMATS.has(format) ? format : undefined,
    values: values && new Set(values),
    closed: !("x-open-enum" in node),
    keywords: keywordTexts({ ...schemaKeywords(node), ...schemaKeywords(beside) }),
    description: (asString(beside.description) ?? asString(node.description))?.trim() || undefined,
  };
}

/** Merges a row into a table: what both parts of `allOf` say holds. */
function mergeField(fields: Fields, path: string, field: Field, hasFields: boolean, isPart: boolean): void {
  const found = fields.get(path);
  if (!found) return void fields.set(path, field);
  fields.set(path, {
    // Of several parts, the one that has properties.
    pointer: hasFields ? field.pointer : found.pointer,
    declaredAt: found.declaredAt,
    declaration: isPart ? found.declaration : { allOf: [found.declaration, field.declaration] },
    types: new Set([...found.types, ...field.types]),
    format: field.format ?? found.format,
    values: found.values || field.values ? new Set([...(found.values ?? []), ...(field.values ?? [])]) : undefined,
    closed: found.closed && field.closed,
    required: found.required || field.required,
    keywords: new Map([...found.keywords, ...field.keywords]),
    description: found.description ?? field.description,
  });
}

/** Merges tables of variants. A field is required when each variant that has its object requires it. */
export function mergeVariants(tables: Fields[]): Fields {
  const merged: Fields = new Map();
  for (const path of new Set(tables.flatMap((table) => [...table.keys()]))) {
    const rows = tables.flatMap((table) => table.get(path) ?? []);
    const [first] = rows;
    if (!first) continue;
    const values = rows.flatMap((row) => [...(row.values ?? [])]);
    const holders = path === "" ? tables : tables.filter((table) => isObject(table.get(parentPath(path))));
    merged.set(path, {
      ...first,
      declaration: rows.length > 1 ? { anyOf: rows.map(({ declaration }) => declaration) } : first.declaration,
      types: new Set(rows.flatMap((row) => [...row.types])),
      values: values.length > 0 ? new Set(values) : undefined,
      closed: rows.every((row) => row.closed),
      required: rows.length >= holders.length && rows.every((row) => row.required),
      description: rows.find((row) => row.description)?.description,
    });
  }
  return merged;
}

const isObject = (field: Field | undefined) =>
  field !== undefined && (field.types.size === 0 || field.types.has("object"));

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
  ["{*}", "｛*｝"],
] as const;

/** The path of a field of an object. */
export function childPath(path: string, name: string): string {
  const step = ESCAPES.reduce((text, [raw, escaped]) => text.replaceAll(raw, escaped), name);
  return path === "" ? step : `${path}.${step}`;
}

/** The step to a value of a map, whatever its key. */
export const MAP_VALUE = "{*}";

/** The path of the values of a map. */
export const mapPath = (path: string): string => (path === "" ? MAP_VALUE : `${path}.${MAP_VALUE}`);

/** Whether a path leads to the items of a list or the values of a map, and so has no name of its own. */
export const isUnnamed = (path: string): boolean => path.endsWith("[]") || path.endsWith(MAP_VALUE);

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
