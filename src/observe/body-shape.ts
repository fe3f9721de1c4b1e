import type { ApiNames } from "./api-names.js";
import {
  type JsonType,
  LIMITS,
  type ObservedBody,
  type ObservedField,
  type StringFormat,
  UNNAMED,
} from "./observations.js";

/** How many items of a list, and how many levels of a body, are looked at. */
const MAX_ITEMS = 100;
const MAX_DEPTH = 12;

const FORMATS: [StringFormat, RegExp][] = [
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/],
  ["uuid", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i],
];
const LONGEST_FORMAT = 40;

/** What all bodies of an observer share. */
export interface ShapeContext {
  names: ApiNames;
  /** How many further fields fit into memory. */
  fieldsLeft: number;
}

/**
 * The shape of the bodies of one operation, direction and status. Own code, since what infers schemas from
 * samples (genson-js) has no counts, no formats and no rule for names.
 */
export class BodyShape {
  readonly #context: ShapeContext;
  readonly #listedValues: (path: string) => readonly string[] | undefined;
  readonly #root: Field;
  #count = 0;
  #fieldsLeft: number = LIMITS.fields;

  /** @param listedValues the values that the spec lists for a field */
  constructor(context: ShapeContext, listedValues: (path: string) => readonly string[] | undefined) {
    this.#context = context;
    this.#listedValues = listedValues;
    this.#root = this.#createField("");
  }

  add(body: unknown): void {
    this.#count++;
    this.#visit(this.#root, body, 0);
  }

  toJSON(): ObservedBody {
    const fields: [string, ObservedField][] = [];
    const write = (field: Field, parents: number) => {
      fields.push([field.path, { parents, ...fieldOf(field) }]);
      for (const child of field.properties.values()) write(child, field.types.object ?? 0);
      if (field.items) write(field.items, field.types.array ?? 0);
    };
    write(this.#root, this.#count);
    return { count: this.#count, fields: Object.fromEntries(fields) };
  }

  #visit(field: Field | undefined, value: unknown, depth: number): void {
    if (!field) return;
    const type = typeOf(value);
    field.present++;
    field.types[type] = (field.types[type] ?? 0) + 1;
    if (typeof value === "string") addString(field, value, this.#context.names);
    if (typeof value !== "object" || value === null || depth >= MAX_DEPTH) return;
    if (Array.isArray(value)) {
      const { length } = value;
      field.length = [Math.min(field.length?.[0] ?? length, length), Math.max(field.length?.[1] ?? length, length)];
      if (length === 0) return;
      field.items ??= this.#addField(`${field.path}[]`);
      for (const item of value.slice(0, MAX_ITEMS)) this.#visit(field.items, item, depth + 1);
    } else {
      for (const [name, item] of Object.entries(value)) this.#visit(this.#property(field, name), item, depth + 1);
    }
  }

  /** Where a property is counted: under its name, or with all others whose names are not written. */
  #property(field: Field, name: string): Field | undefined {
    const { properties, path } = field;
    const known = properties.get(name);
    if (known) return known;
    const written = this.#fieldsLeft > 1 && this.#context.names.has(name) ? name : UNNAMED;
    const found = properties.get(written);
    if (found) return found;
    const added = this.#addField(`${written === UNNAMED || path === "" ? path : `${path}.`}${written}`);
    if (added) properties.set(written, added);
    return added;
  }

  /** A further field, if there is room for it. */
  #addField(path: string): Field | undefined {
    const isFull = this.#fieldsLeft <= 0 || this.#context.fieldsLeft <= 0 || path.length > LIMITS.path;
    return isFull ? undefined : this.#createField(path);
  }

  #createField(path: string): Field {
    this.#fieldsLeft--;
    this.#context.fieldsLeft--;
    const listed = this.#listedValues(path);
    const values = listed && { listed: new Set(listed), counts: new Map<string, number>() };
    return {
      path,
      present: 0,
      types: {},
      formats: {},
      length: undefined,
      values,
      properties: new Map(),
      items: undefined,
    };
  }
}

interface Field {
  path: string;
  present: number;
  types: ObservedField["types"];
  formats: NonNullable<ObservedField["formats"]>;
  length: [number, number] | undefined;
  values: { listed: ReadonlySet<string>; counts: Map<string, number> } | undefined;
  properties: Map<string, Field>;
  items: Field | undefined;
}

function addString({ formats, values }: Field, value: string, names: ApiNames): void {
  if (value.length <= LONGEST_FORMAT) {
    const format = FORMATS.find(([, pattern]) => pattern.test(value))?.[0];
    if (format) formats[format] = (formats[format] ?? 0) + 1;
  }
  if (values) increment(values.counts, isConstant(value, values.listed, names) ? value : UNNAMED, LIMITS.values);
}

/**
 * Whether a value can be written: one that the spec lists, one of two capitals or digits, or one in the form of those, whose
 * words are words of APIs. A name in a field of constants does not pass.
 */
function isConstant(value: string, listed: ReadonlySet<string>, names: ApiNames): boolean {
  if (listed.has(value)) return true;
  if (value.length > 64 || ![...listed].some((other) => formOf(other) === formOf(value))) return false;
  return /^[A-Z\d]{1,2}$/.test(value) || names.hasWords(value);
}

const FORMS = [/^[A-Z\d_]+$/, /^[A-Z]\w*$/, /^[a-z]\w*$/];

/** Constants are written `LIKE_THIS`, `LikeThis` or `likeThis`. */
const formOf = (value: string) => FORMS.findIndex((form) => form.test(value));

/** Counts a name, as long as there are fewer than `limit`. */
export function increment<Name extends string>(counts: Map<Name, number>, name: Name, limit: number): void {
  const count = counts.get(name);
  if (count !== undefined || counts.size < limit) counts.set(name, (count ?? 0) + 1);
}

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value as "string" | "boolean" | "object";
}

function fieldOf({ present, types, formats, length, values }: Field): Omit<ObservedField, "parents"> {
  return {
    present,
    types: { ...types },
    ...(Object.keys(formats).length > 0 && { formats: { ...formats } }),
    ...(length && { length: [...length] as [number, number] }),
    ...(values && values.counts.size > 0 && { values: Object.fromEntries(values.counts) }),
  };
}
