import { compareFields } from "../compare-fields.js";
import { fieldsOf, jsonType } from "../fields.js";
import { at, type Json, listOf, objectOf, pointerOf, resolve } from "../json.js";
import type { Page } from "../page.js";
import type { SpecFile } from "../spec-folder.js";
import type { Pointer } from "../yaml-text.js";
import type { Editor } from "./editor.js";
import { componentName, pascalCase } from "./names.js";

/** Taken over as they are. Texts are not: a spec is in our own words, and a tool's own keys mean nothing here. */
const KEPT = [
  "type",
  "format",
  "const",
  "enum",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
];

/** Copies schemas of a page into a spec, and what they refer to into its components. */
export class SchemaCopier {
  readonly #page: Page;
  readonly #file: SpecFile;
  readonly #editor: Editor;
  readonly #taken: Set<string>;
  readonly #copied = new Map<string, string>();

  constructor(page: Page, file: SpecFile, editor: Editor, taken: Set<string>) {
    this.#page = page;
    this.#file = file;
    this.#editor = editor;
    this.#taken = taken;
  }

  /** A schema of the page, as OpenAPI 3.1 has it. */
  copy(place: Pointer): Json {
    const node = objectOf(at(this.#page.document, place));
    const { $ref } = node;
    if (typeof $ref === "string") {
      const target = resolve(this.#page.document, pointerOf($ref));
      const reference = target[1] === "schemas" ? this.#component(target) : this.copy(target);
      return node.nullable === true ? { anyOf: [reference, { type: "null" }] } : reference;
    }
    const schema: Json = {};
    for (const key of KEPT) if (node[key] !== undefined) schema[key] = node[key];
    for (const kind of ["allOf", "anyOf", "oneOf"]) {
      const parts = listOf(node[kind]).map((_, index) => this.copy([...place, kind, index]));
      if (parts.length > 0) schema[kind] = parts;
    }
    if (node.nullable === true) Object.assign(schema, nullable(schema));
    const names = Object.keys(objectOf(node.properties));
    const required = listOf(node.required).filter((name) => names.includes(String(name)));
    if (required.length > 0) schema.required = required;
    if (names.length > 0)
      schema.properties = Object.fromEntries(names.map((name) => [name, this.copy([...place, "properties", name])]));
    if (node.items !== undefined) schema.items = this.copy([...place, "items"]);
    if (node.additionalProperties === true) schema.additionalProperties = true;
    return schema;
  }

  /** A reference to a component like the page's: one that the spec has with the same fields, or a new one. */
  #component(place: Pointer): Json {
    const key = place.join("/");
    const known = this.#copied.get(key);
    const own = String(place.at(-1));
    if (known === undefined) {
      const existing = pascalCase(own);
      const name = this.#isSame(existing, place) ? existing : componentName(own, this.#taken);
      this.#copied.set(key, name);
      if (name !== existing || !this.#editor.has(["components", "schemas", name]))
        this.#editor.set(["components", "schemas", name], this.copy(place));
    }
    return { $ref: `#/components/schemas/${this.#copied.get(key)}` };
  }

  #isSame(name: string, place: Pointer): boolean {
    const ours: Pointer = ["components", "schemas", name];
    if (at(this.#file.value, ours) === undefined) return false;
    const [our, their] = [fieldsOf(this.#file.value, ours), fieldsOf(this.#page.document, place)];
    const rules = { isSent: true, isInferred: () => false };
    const differences = compareFields(our, their, { body: name }, rules);
    return differences.length === 0 && our.size === their.size;
  }
}

function nullable(schema: Json): Json {
  if (schema.anyOf !== undefined) return { anyOf: [...listOf(schema.anyOf), { type: "null" }] };
  const values = Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {};
  return schema.type === undefined ? values : { type: [...[schema.type].flat(), "null"], ...values };
}

/** A schema that a sample shows: its names and types, open for what it does not show. */
export function schemaOfSamples(samples: unknown[]): Json {
  const types = [...new Set(samples.map(jsonType))].filter(
    (type, _, all) => type !== "integer" || !all.includes("number"),
  );
  const objects = samples.filter((sample) => jsonType(sample) === "object").map(objectOf);
  const lists = samples.filter((sample) => Array.isArray(sample)).map(listOf);
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(objects.length > 0 && { additionalProperties: true }),
    ...(names.length > 0 && {
      properties: Object.fromEntries(
        names.map((name) => [
          name,
          schemaOfSamples(objects.flatMap((object) => (name in object ? [object[name]] : []))),
        ]),
      ),
    }),
    ...(lists.length > 0 && { items: schemaOfSamples(lists.flat()) }),
  };
}
