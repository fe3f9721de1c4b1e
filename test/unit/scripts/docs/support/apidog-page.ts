import { stringify } from "yaml";
import { at, type Json, listOf, objectOf, pointerOf } from "../../../../../scripts/docs/read/json.js";
import { operationPlaces } from "../../../../../scripts/docs/read/operation.js";
import { readSpecFolder, type SpecFile } from "../../../../../scripts/docs/read/spec-folder.js";

/** A page under construction: its document can be changed before it is printed. */
export interface PageDraft {
  slug: string;
  title: string;
  path: string;
  method: string;
  document: Json;
}

const specs = readSpecFolder("openapi");

/**
 * The page of an operation as an Apidog site publishes it, made from our own spec: OpenAPI 3.0.1 with the habits of such
 * pages (`x-apidog-*`, `type: 'null'`, names with spaces, examples keyed "1" and "2", an empty info.title, headers that
 * repeat `Accept`). It agrees with the spec, so every difference that a test then finds was made by the test.
 */
export function apidogPage(spec: string, operationId: string): PageDraft {
  const file = specs.files.find(({ name }) => name === spec) as SpecFile;
  const place = operationPlaces(file.value).find(
    (candidate) => objectOf(at(file.value, candidate)).operationId === operationId,
  );
  if (!place) throw new Error(`No operation ${operationId} in ${spec}`);
  const node = objectOf(at(file.value, place));
  const [, path, method] = place.map(String) as [string, string, string];
  const title = String(node.summary);
  const [source] = listOf(node["x-source"]) as { slug: string }[];
  const schemas: Json = {};
  const convert = new Converter(file, schemas);
  const operation: Json = {
    summary: title,
    deprecated: node.deprecated === true,
    description: "# A chapter\n\nText in any script: å, 文書.\n\n```json\n{}\n```\n",
    tags: node.tags,
    parameters: [
      ...listOf(node.parameters).map((parameter) => convert.parameter(parameter)),
      { name: "Authorization", in: "header", required: true, schema: { type: "string" } },
      { name: "Accept", in: "header", schema: { type: "string", default: "application/json" } },
    ],
    ...(node.requestBody !== undefined && { requestBody: convert.body(node.requestBody) }),
    responses: convert.responses(objectOf(node.responses)),
    security: [],
    "x-apidog-folder": listOf(node.tags)[0],
    "x-apidog-status": "released",
    "x-run-in-apidog": `https://app.apidog.com/web/project/1/apis/api-${/(\d+)e0$/.exec(source?.slug ?? "")?.[1] ?? 1}-run`,
  };
  const document = {
    openapi: "3.0.1",
    info: { title: "", description: "", version: "1.0.0" },
    tags: [{ name: listOf(node.tags)[0] }],
    paths: { [path]: { [method]: operation } },
    components: { schemas, securitySchemes: {} },
    servers: [],
    security: [],
  };
  return { slug: source?.slug ?? `${operationId.toLowerCase()}-1e0`, title, path, method, document };
}

/** The operation of a draft, to be changed. */
export const operationOf = ({ document, path, method }: PageDraft): Json =>
  objectOf(objectOf(objectOf(document.paths)[path])[method]);

export const schemaOf = ({ document }: PageDraft, name: string): Json =>
  objectOf(objectOf(objectOf(document.components).schemas)[`${name} Model`]);

export function printPage({ title, document }: PageDraft): string {
  const yaml = stringify(document, { aliasDuplicateObjects: false });
  return `# ${title}\n\n## OpenAPI Specification\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`;
}

/** From our 3.1 with its own keys to the 3.0.1 of a page. */
class Converter {
  readonly #file: SpecFile;
  readonly #schemas: Json;

  constructor(file: SpecFile, schemas: Json) {
    this.#file = file;
    this.#schemas = schemas;
  }

  parameter(node: unknown): Json {
    const { name, in: where, required, description, schema } = this.#resolved(node);
    return {
      name,
      in: where,
      required: required === true,
      description: description ?? "",
      schema: this.schema(schema),
    };
  }

  body(node: unknown): Json {
    const { description = "", required, content } = this.#resolved(node);
    const media = Object.entries(objectOf(content)).map(([type, value]) => [type, this.#media(objectOf(value))]);
    return {
      description,
      ...(required === true && { required }),
      ...(media.length > 0 && { content: Object.fromEntries(media) }),
    };
  }

  responses(node: Json): Json {
    const seen = Object.entries(node).filter(([status]) => /^\d+$/.test(status));
    return Object.fromEntries(
      seen.map(([status, response]) => [status, { ...this.body(response), headers: {}, "x-apidog-name": "OK" }]),
    );
  }

  #media({ schema, example, examples }: Json): Json {
    const all = example === undefined ? Object.values(objectOf(examples)).map((one) => objectOf(one).value) : [example];
    const keyed = all.map((value, index) => [String(index + 1), { summary: `Example ${index + 1}`, value }]);
    return { schema: this.schema(schema), ...(keyed.length > 0 && { examples: Object.fromEntries(keyed) }) };
  }

  schema(node: unknown): Json {
    const { $ref, ...rest } = objectOf(node);
    if (typeof $ref === "string") {
      const place = pointerOf($ref);
      const name = `${place.at(-1)} Model`;
      if (!(name in this.#schemas)) {
        this.#schemas[name] = {};
        this.#schemas[name] = this.schema(at(this.#file.value, place));
      }
      return { $ref: `#/components/schemas/${encodeURIComponent(name)}` };
    }
    const own = Object.entries(rest).filter(([key]) => !key.startsWith("x-"));
    const schema: Json = Object.fromEntries(own.map(([key, value]) => [key, this.#keyword(key, value)]));
    const types = [schema.type].flat();
    if (types.length < 2) return { ...schema, "x-apidog-orders": Object.keys(objectOf(schema.properties)) };
    const [type, ...more] = types.filter((one) => one !== "null");
    if (more.length === 0) return { ...schema, type, nullable: true };
    return { anyOf: types.map((one) => (one === "null" ? { type: "null" } : { ...schema, type: one })) };
  }

  #keyword(key: string, value: unknown): unknown {
    if (key === "properties")
      return Object.fromEntries(Object.entries(objectOf(value)).map(([name, part]) => [name, this.schema(part)]));
    if (["anyOf", "oneOf", "allOf"].includes(key)) return listOf(value).map((part) => this.schema(part));
    return typeof value === "object" && !Array.isArray(value) ? this.schema(value) : value;
  }

  #resolved(node: unknown): Json {
    const { $ref } = objectOf(node);
    return typeof $ref === "string" ? objectOf(at(this.#file.value, pointerOf($ref))) : objectOf(node);
  }
}
