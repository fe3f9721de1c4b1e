import { Ajv2020 } from "ajv/dist/2020.js";
import {
  childPath,
  type Fields,
  fieldName,
  isUnnamed,
  jsonType,
  mapPath,
  parentPath,
  pathSteps,
} from "../read/fields.js";
import type { Pointer } from "../read/json.js";
import { asObject } from "../read/json.js";
import type { Body, Example } from "../read/operation.js";
import type { SpecFile } from "../read/spec-folder.js";
import { canContain, isRemoved, nearestField, typeText } from "./compare-fields.js";
import type { Difference, DifferenceKind } from "./difference.js";

/** The value that the documentation tool fills in by default. */
const PLACEHOLDER = "string";

/** The differences between the fields of a spec and those that an example shows. */
export function compareExample(ours: Body, { pointer, value }: Example, body: string): Difference[] {
  const fields: Fields = ours.fields ?? new Map();
  const differences = new Map<string, Difference>();
  const add = (
    kind: DifferenceKind,
    field: string,
    spec: string | undefined,
    page: string | undefined,
    values?: string[],
  ) => {
    const what = field === "" ? body : `${body} ${field}`;
    const specPointer = nearestField(fields, field)?.pointer ?? ours.pointer;
    const pagePointer = [...pointer, ...pathSteps(field).filter((step) => !isUnnamed(step))];
    const difference = { kind, what, spec, page, specPointer, pagePointer, body, field, ...(values && { values }) };
    differences.set(`${kind} ${field} ${values ?? ""}`, difference);
  };

  for (const { path, value: shown } of flattenExample(value, fields)) {
    const field = fields.get(path);
    const type = jsonType(shown);
    if (!field) {
      if (canContain(fields.get(parentPath(path)), path)) add("field added", path, undefined, type);
    } else if (!allowsType(field.types, type)) add("field type", path, typeText(field), type);
    else if (field.values && typeof shown === "string" && shown !== PLACEHOLDER && !field.values.has(shown))
      add("enum added", path, [...field.values].join(", "), shown, [shown]);
  }
  const shown = examplePaths(value, fields);
  for (const path of removedPaths(shown, nearestExample(ours, shown))) {
    const field = fields.get(path);
    add("field removed", path, field && typeText(field), undefined);
  }
  return [...differences.values()];
}

/** Whether an example contradicts the schema of its own page, as happens in the documentation. */
export function contradictsItself(fields: Fields, value: unknown): boolean {
  const required = [...fields].filter(([path, field]) => field.required && path !== "" && !isUnnamed(path));
  return flattenExample(value, fields).some(({ path, value: part }) => {
    const field = fields.get(path);
    if (!field) return false;
    if (!allowsType(field.types, jsonType(part))) return true;
    if (field.values && typeof part === "string" && !field.values.has(part)) return true;
    const lacks = (child: string) => parentPath(child) === path && !Object.hasOwn(asObject(part), fieldName(child));
    return jsonType(part) === "object" && required.some(([child]) => lacks(child));
  });
}

export const allowsType = (types: Set<string>, type: string) =>
  types.size === 0 || types.has(type) || (type === "integer" && types.has("number"));

/** Every value of an example with its path in a table of fields. */
function flattenExample(value: unknown, fields: Fields, path = ""): { path: string; value: unknown }[] {
  const here = { path, value };
  if (Array.isArray(value)) return [here, ...value.flatMap((item) => flattenExample(item, fields, `${path}[]`))];
  const isMap = fields.has(mapPath(path));
  const parts = Object.entries(asObject(value)).flatMap(([name, part]) => {
    const child = childPath(path, name);
    return flattenExample(part, fields, isMap && !fields.has(child) ? mapPath(path) : child);
  });
  return [here, ...parts];
}

/** The paths that an example shows. */
export const examplePaths = (value: unknown, fields: Fields | undefined): Set<string> =>
  new Set(flattenExample(value, fields ?? new Map()).map(({ path }) => path));

/** Known paths that are missing where their siblings are shown. */
const removedPaths = (shown: Set<string>, known: Set<string>) => [...known].filter((path) => isRemoved(path, shown));

/** The paths of the spec's example that has most in common with the page's. */
function nearestExample(ours: Body, shown: Set<string>): Set<string> {
  const overlap = (names: Set<string>) => [...names].filter((name) => shown.has(name)).length;
  const [nearest] = ours.examples
    .map(({ value }) => examplePaths(value, ours.fields))
    .sort((one, other) => overlap(other) - overlap(one));
  return nearest ?? new Set();
}

/** Fields that another example of the spec shows and this one lacks. */
export function missingFields(ours: Body, value: unknown): string[] {
  const shown = examplePaths(value, ours.fields);
  return [
    ...new Set(ours.examples.flatMap((example) => removedPaths(shown, examplePaths(example.value, ours.fields)))),
  ];
}

/** Created on first use. */
const validators = new WeakMap<SpecFile, Ajv2020>();

/** Validates an example against a schema of a spec, without formats: documentation tools fill in any text. */
export function validationErrors(file: SpecFile, schema: Pointer, value: unknown): string[] {
  const ajv = validators.get(file) ?? new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  if (!validators.has(file)) {
    ajv.addSchema(file.value as object, file.name);
    validators.set(file, ajv);
  }
  const fragment = schema.map((key) => encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1")));
  const validate = ajv.compile({ $ref: `${file.name}#/${fragment.join("/")}` });
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`.trim());
}
