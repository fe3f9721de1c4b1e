import { compareFields } from "../compare/compare-fields.js";
import { fieldsOf, jsonType } from "../read/fields.js";
import { at, type Json, listOf, objectOf, resolve } from "../read/json.js";
import type { Page } from "../read/page.js";
import type { Pointer } from "../read/parse-yaml.js";
import { componentName, pascalCase } from "./names.js";
import type { Draft } from "./spec-draft.js";

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

const COMPOSED = ["allOf", "anyOf", "oneOf"];

/** Copies schemas of a page into a spec, and what they refer to into its components. */
export class SchemaCopier {
  readonly #page: Page;
  readonly #draft: Draft;
  /** Names of components by the places of the page that they were copied from. */
  readonly #copied = new Map<string, string>();

  constructor(page: Page, draft: Draft) {
    this.#page = page;
    this.#draft = draft;
  }

  /** A schema of the page, as OpenAPI 3.1 has it. */
  copy(place: Pointer): Json {
    const { document } = this.#page;
    const node = objectOf(at(document, place));
    const schema = node.$ref === undefined ? this.#own(node, place) : this.#component(resolve(document, place));
    return node.nullable === true ? nullable(schema) : schema;
  }

  /** The schemas of a body's media types but one. */
  copyMedia(body: Pointer, but: string): Json {
    const place = [...resolve(this.#page.document, body), "content"];
    const types = Object.keys(objectOf(at(this.#page.document, place))).filter((type) => type !== but);
    return Object.fromEntries(types.map((type) => [type, { schema: this.copy([...place, type, "schema"]) }]));
  }

  #own(node: Json, place: Pointer): Json {
    const inside = (...steps: Pointer) => this.copy([...place, ...steps]);
    const schema: Json = {};
    for (const key of KEPT) if (node[key] !== undefined) schema[key] = node[key];
    for (const kind of COMPOSED) {
      const parts = listOf(node[kind]).map((_, index) => inside(kind, index));
      if (parts.length > 0) schema[kind] = parts;
    }
    const names = Object.keys(objectOf(node.properties));
    const required = listOf(node.required).filter((name) => names.includes(String(name)));
    if (required.length > 0) schema.required = required;
    if (names.length > 0)
      schema.properties = Object.fromEntries(names.map((name) => [name, inside("properties", name)]));
    if (node.items !== undefined) schema.items = inside("items");
    if (Object.keys(objectOf(node.additionalProperties)).length > 0)
      schema.additionalProperties = inside("additionalProperties");
    // An object of which nothing is shown would otherwise be taken for one that has no fields.
    else if (node.additionalProperties === true || isBlank(schema)) schema.additionalProperties = true;
    return schema;
  }

  /** A reference to a component like the page's: one that the spec has with the same fields, or a new one. */
  #component(place: Pointer): Json {
    const key = place.join("/");
    const name = this.#copied.get(key) ?? this.#copyComponent(place);
    this.#copied.set(key, name);
    return { $ref: `#/components/schemas/${name}` };
  }

  #copyComponent(place: Pointer): string {
    const { schemas, editor } = this.#draft;
    const own = String(place.at(-1));
    const existing = pascalCase(own);
    if (this.#isSame(existing, place)) return existing;
    const name = componentName(own, schemas);
    // Known before it is copied, as it may contain itself.
    schemas.set(name, { root: this.#page.document, place });
    this.#copied.set(place.join("/"), name);
    editor.set(["components", "schemas", name], this.copy(place));
    return name;
  }

  #isSame(name: string, place: Pointer): boolean {
    const known = this.#draft.schemas.get(name);
    if (!known) return false;
    const [our, their] = [fieldsOf(known.root, known.place), fieldsOf(this.#page.document, place)];
    return our.size === their.size && compareFields(our, their, { body: name }).length === 0;
  }
}

const isBlank = (schema: Json) =>
  schema.type === "object" && ["properties", ...COMPOSED].every((key) => schema[key] === undefined);

/** OpenAPI 3.0 says `nullable` beside any schema; 3.1 has `null` as a type. */
function nullable(schema: Json): Json {
  if (schema.type !== undefined && schema.const === undefined) {
    const values = Array.isArray(schema.enum) ? { enum: [...new Set([...schema.enum, null])] } : {};
    return { ...schema, type: [...new Set([schema.type, "null"].flat())], ...values };
  }
  const isAny = Object.keys(schema).length === 0;
  return isAny ? schema : { anyOf: [...(isOnlyAnyOf(schema) ? listOf(schema.anyOf) : [schema]), { type: "null" }] };
}

const isOnlyAnyOf = (schema: Json) => Object.keys(schema).join() === "anyOf";

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
