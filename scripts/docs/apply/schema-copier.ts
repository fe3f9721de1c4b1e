import { pascalCase } from "../../pascal-case.js";
import { compareFields } from "../compare/compare-fields.js";
import { flattenSchema, jsonType } from "../read/fields.js";
import type { Pointer } from "../read/json.js";
import { asList, asObject, type JsonObject, resolveReference, valueAt } from "../read/json.js";
import type { Page } from "../read/page.js";
import { componentName } from "./names.js";
import type { SpecDraft } from "./spec-draft.js";

/** Copied unchanged. Descriptions are not: the specs have their own. */
const COPIED_KEYWORDS = [
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

const COMPOSITIONS = ["allOf", "anyOf", "oneOf"];

/** Copies schemas of a page into a spec, and the schemas they refer to into its components. */
export class SchemaCopier {
  readonly #page: Page;
  readonly #draft: SpecDraft;
  /** Names of components by the pointers that they were copied from. */
  readonly #copied = new Map<string, string>();

  constructor(page: Page, draft: SpecDraft) {
    this.#page = page;
    this.#draft = draft;
  }

  /** A schema of the page in OpenAPI 3.1. */
  copy(pointer: Pointer): JsonObject {
    const { document } = this.#page;
    const node = asObject(valueAt(document, pointer));
    const schema =
      node.$ref === undefined ? this.#own(node, pointer) : this.#component(resolveReference(document, pointer));
    return node.nullable === true ? nullable(schema) : schema;
  }

  /** The schemas of the other media types of a body. */
  copyOtherMedia(body: Pointer, mediaType: string): JsonObject {
    const pointer = [...resolveReference(this.#page.document, body), "content"];
    const types = Object.keys(asObject(valueAt(this.#page.document, pointer))).filter((type) => type !== mediaType);
    return Object.fromEntries(types.map((type) => [type, { schema: this.copy([...pointer, type, "schema"]) }]));
  }

  #own(node: JsonObject, pointer: Pointer): JsonObject {
    const inside = (...steps: Pointer) => this.copy([...pointer, ...steps]);
    const schema: JsonObject = {};
    for (const key of COPIED_KEYWORDS) if (node[key] !== undefined) schema[key] = node[key];
    for (const kind of COMPOSITIONS) {
      const parts = asList(node[kind]).map((_, index) => inside(kind, index));
      if (parts.length > 0) schema[kind] = parts;
    }
    const names = Object.keys(asObject(node.properties));
    const required = asList(node.required).filter((name) => names.includes(String(name)));
    if (required.length > 0) schema.required = required;
    if (names.length > 0)
      schema.properties = Object.fromEntries(names.map((name) => [name, inside("properties", name)]));
    if (node.items !== undefined) schema.items = inside("items");
    if (Object.keys(asObject(node.additionalProperties)).length > 0)
      schema.additionalProperties = inside("additionalProperties");
    // Otherwise an undocumented object would be one without fields.
    else if (node.additionalProperties === true || isBlank(schema)) schema.additionalProperties = true;
    return schema;
  }

  /** A reference to a component with the same fields as the page's: an existing one, or a new one. */
  #component(pointer: Pointer): JsonObject {
    const key = pointer.join("/");
    const name = this.#copied.get(key) ?? this.#copyComponent(pointer);
    this.#copied.set(key, name);
    return { $ref: `#/components/schemas/${name}` };
  }

  #copyComponent(pointer: Pointer): string {
    const { schemas, editor } = this.#draft;
    const own = String(pointer.at(-1));
    const existing = pascalCase(own);
    if (this.#isSame(existing, pointer)) return existing;
    const name = componentName(own, schemas);
    // Registered before it is copied, because it may contain itself.
    schemas.set(name, { root: this.#page.document, pointer });
    this.#copied.set(pointer.join("/"), name);
    editor.set(["components", "schemas", name], this.copy(pointer));
    return name;
  }

  #isSame(name: string, pointer: Pointer): boolean {
    const known = this.#draft.schemas.get(name);
    if (!known) return false;
    const [our, their] = [flattenSchema(known.root, known.pointer), flattenSchema(this.#page.document, pointer)];
    return our.size === their.size && compareFields(our, their, { body: name }).length === 0;
  }
}

const isBlank = (schema: JsonObject) =>
  schema.type === "object" && ["properties", ...COMPOSITIONS].every((key) => schema[key] === undefined);

/** OpenAPI 3.0 has `nullable`; in 3.1 `null` is a type. */
function nullable(schema: JsonObject): JsonObject {
  if (schema.type !== undefined && schema.const === undefined) {
    const values = Array.isArray(schema.enum) ? { enum: [...new Set([...schema.enum, null])] } : {};
    return { ...schema, type: [...new Set([schema.type, "null"].flat())], ...values };
  }
  const isAny = Object.keys(schema).length === 0;
  return isAny ? schema : { anyOf: [...(isOnlyAnyOf(schema) ? asList(schema.anyOf) : [schema]), { type: "null" }] };
}

const isOnlyAnyOf = (schema: JsonObject) => Object.keys(schema).join() === "anyOf";

/** The schema of samples: their names and types, open for other fields. */
export function schemaFromSamples(samples: unknown[]): JsonObject {
  const types = [...new Set(samples.map(jsonType))].filter(
    (type, _, all) => type !== "integer" || !all.includes("number"),
  );
  const objects = samples.filter((sample) => jsonType(sample) === "object").map(asObject);
  const lists = samples.filter((sample) => Array.isArray(sample)).map(asList);
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(objects.length > 0 && { additionalProperties: true }),
    ...(names.length > 0 && {
      properties: Object.fromEntries(
        names.map((name) => [
          name,
          schemaFromSamples(objects.flatMap((object) => (name in object ? [object[name]] : []))),
        ]),
      ),
    }),
    ...(lists.length > 0 && { items: schemaFromSamples(lists.flat()) }),
  };
}
