import { Unreadable } from "../unreadable-error.js";
import { at, type Json, listOf, objectOf, resolve, textOf } from "./json.js";
import type { Pointer } from "./parse-yaml.js";

/** One row of the table of fields that a schema amounts to, however it is composed. */
export interface Field {
  /** The place of its schema, references and parts followed. */
  at: Pointer;
  /** The place before references and parts (`allOf`, `anyOf`, `oneOf`) were followed; the same where there are none. */
  from: Pointer;
  /** JSON types; empty where any is allowed. */
  types: Set<string>;
  format: string | undefined;
  /** The value list, if there is one. */
  values: Set<string> | undefined;
  /** Whether the value list is whole; one known from samples is open. */
  closed: boolean;
  required: boolean;
}

/** Fields by their path: `""` is the whole, `data[].id` a field in a list. */
export type Fields = Map<string, Field>;

const MAX_STEPS = 20_000;
/** They narrow a JSON number, not its type. */
const NUMBER_FORMATS = new Set(["int32", "int64", "float", "double"]);

/** The table of fields of a schema. Variants (`anyOf`, `oneOf`) and parts (`allOf`) are laid over each other. */
export function fieldsOf(root: unknown, schema: Pointer): Fields {
  const fields: Fields = new Map();
  let steps = 0;

  const walk = (from: Pointer, path: string, required: boolean, isVariant: boolean, above: readonly string[]): void => {
    steps += 1;
    if (steps > MAX_STEPS) throw new Unreadable("schemas that expand without end");
    const place = resolve(root, from);
    const key = place.join("/");
    if (above.includes(key)) return;
    const stack = [...above, key];
    const node = objectOf(at(root, place));
    lay(fields, path, node, { at: place, from }, required);

    const requires = new Set(listOf(node.required));
    for (const name of Object.keys(objectOf(node.properties)))
      walk([...place, "properties", name], inside(path, name), requires.has(name) && !isVariant, false, stack);
    if (node.items !== undefined) walk([...place, "items"], `${path}[]`, false, false, stack);
    for (const index of listOf(node.allOf).keys()) walk([...place, "allOf", index], path, required, isVariant, stack);
    for (const kind of ["anyOf", "oneOf"]) {
      const variants = listOf(node[kind]);
      const others = variants.filter((variant) => objectOf(variant).type !== "null").length > 1;
      for (const index of variants.keys()) walk([...place, kind, index], path, required, others || isVariant, stack);
    }
  };
  walk(schema, "", false, false, []);
  return fields;
}

function lay(fields: Fields, path: string, node: Json, place: Pick<Field, "at" | "from">, required: boolean): void {
  const values = valuesOf(node);
  const found = fields.get(path);
  const types = typesOf(node);
  const format = textOf(node.format);
  const field: Field = {
    // Of several parts, the place of the one that has fields.
    at: found && Object.keys(objectOf(node.properties)).length === 0 ? found.at : place.at,
    from: found?.from ?? place.from,
    types: new Set([...(found?.types ?? []), ...types]),
    format: format !== undefined && !NUMBER_FORMATS.has(format) ? format : found?.format,
    values: values || found?.values ? new Set([...(found?.values ?? []), ...(values ?? [])]) : undefined,
    closed: (found?.closed ?? true) && !("x-open-enum" in node),
    required: required || (found?.required ?? false),
  };
  fields.set(path, field);
}

function valuesOf(node: Json): string[] | undefined {
  const list = node.enum ?? node["x-open-enum"] ?? (node.const === undefined ? undefined : [node.const]);
  return Array.isArray(list) ? list.filter((value) => value !== null).map(String) : undefined;
}

function typesOf(node: Json): string[] {
  const named = [node.type].flat().filter((type) => typeof type === "string");
  const implied = node.properties ? ["object"] : node.items ? ["array"] : listOf(node.enum).map(jsonType);
  const nullable = node.nullable === true || listOf(node.enum).includes(null);
  return [...(named.length > 0 ? named : implied), ...(nullable ? ["null"] : [])];
}

/** The JSON type of a value. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}

/** What a name may hold that has a meaning in a path, and what stands for it there. */
const STAND_INS = [
  [".", "․"],
  ["[]", "［］"],
] as const;

/** The path of a field of an object. */
export function inside(path: string, name: string): string {
  const step = STAND_INS.reduce((text, [meant, shown]) => text.replaceAll(meant, shown), name);
  return path === "" ? step : `${path}.${step}`;
}

/** The path of the object or list that a field stands in. */
export function parentOf(path: string): string {
  if (path.endsWith("[]")) return path.slice(0, -2);
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** The name of a step of a path. */
const named = (step: string): string => STAND_INS.reduce((text, [meant, shown]) => text.replaceAll(shown, meant), step);

/** The name of a field. */
export const nameOf = (path: string): string => named(path.slice(path.lastIndexOf(".") + 1));

/** A path as its steps: names, and `[]` for any item of a list. */
export const stepsOf = (path: string): string[] => (path.match(/\[\]|(?:(?!\[\])[^.])+/g) ?? []).map(named);
