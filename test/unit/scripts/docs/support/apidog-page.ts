import { readFileSync } from "node:fs";
import { vi } from "vitest";
import { parse, stringify } from "yaml";
import { asList, asObject, type JsonObject, parseReference, valueAt } from "../../../../../scripts/docs/read/json.js";
import { operationPointers } from "../../../../../scripts/docs/read/operation.js";

/** A page under construction: its document can be changed before it is printed. */
export interface PageDraft {
  spec: string;
  operationId: string;
  slug: string;
  title: string;
  path: string;
  method: string;
  document: JsonObject;
  /** What follows the document. */
  footer?: string;
}

// Reading specs takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const documents = new Map<string, unknown>();

function readDocument(spec: string): unknown {
  const document = documents.get(spec) ?? parse(readFileSync(`openapi/${spec}.yaml`, "utf8"));
  documents.set(spec, document);
  return document;
}

/**
 * The page of an operation as an Apidog site publishes it, made from our own spec: OpenAPI 3.0.1 with the habits of such
 * pages (`x-apidog-*`, `type: 'null'`, names with spaces, examples keyed "1" and "2", an empty info.title, headers that
 * repeat `Accept`). It agrees with the spec, so that every difference is one that the test made.
 */
export function apidogPage(spec: string, operationId: string): PageDraft {
  const root = readDocument(spec);
  const pointer = operationPointers(root).find(
    (pointer) => asObject(valueAt(root, pointer)).operationId === operationId,
  );
  if (!pointer) throw new Error(`No operation ${operationId} in ${spec}`);
  const node = asObject(valueAt(root, pointer));
  const [, path, method] = pointer.map(String) as [string, string, string];
  const title = String(node.summary);
  const [source] = asList(node["x-source"]) as { slug: string }[];
  const schemas: JsonObject = {};
  const convert = new Converter(root, schemas);
  const operation: JsonObject = {
    summary: title,
    deprecated: node.deprecated === true,
    description: "# A chapter\n\nText in any script: å, 文書.\n\n```json\n{}\n```\n",
    tags: node.tags,
    parameters: [
      ...asList(node.parameters).map((parameter) => convert.parameter(parameter)),
      { name: "Authorization", in: "header", required: true, schema: { type: "string" } },
      { name: "Accept", in: "header", schema: { type: "string", default: "application/json" } },
    ],
    ...(node.requestBody !== undefined && { requestBody: convert.body(node.requestBody) }),
    responses: convert.responses(asObject(node.responses)),
    security: [],
    "x-apidog-folder": asList(node.tags)[0],
    "x-apidog-status": "released",
    "x-run-in-apidog": `https://app.apidog.com/web/project/1/apis/api-${/(\d+)e0$/.exec(source?.slug ?? "")?.[1] ?? 1}-run`,
  };
  const document = {
    openapi: "3.0.1",
    info: { title: "", description: "", version: "1.0.0" },
    tags: [{ name: asList(node.tags)[0] }],
    paths: { [path]: { [method]: operation } },
    components: { schemas, securitySchemes: {} },
    servers: [],
    security: [],
  };
  return { spec, operationId, slug: source?.slug ?? `${operationId.toLowerCase()}-1e0`, title, path, method, document };
}

/** The operation of a draft, which a test may change. */
export const operationOf = ({ document, path, method }: PageDraft): JsonObject =>
  asObject(asObject(asObject(document.paths)[path])[method]);

export const schemaOf = ({ document }: PageDraft, name: string): JsonObject =>
  asObject(asObject(asObject(document.components).schemas)[`${name} Model`]);

export function printPage({ title, document, footer = "" }: PageDraft): string {
  const yaml = stringify(document, { aliasDuplicateObjects: false });
  return `# ${title}\n\n## OpenAPI Specification\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n${footer}`;
}

/** Converts OpenAPI 3.1 with keys of our own to the 3.0.1 of a page. */
class Converter {
  readonly #root: unknown;
  readonly #schemas: JsonObject;

  constructor(root: unknown, schemas: JsonObject) {
    this.#root = root;
    this.#schemas = schemas;
  }

  parameter(node: unknown): JsonObject {
    const { name, in: where, required, description, schema } = this.#resolved(node);
    return {
      name,
      in: where,
      required: required === true,
      description: description ?? "",
      schema: this.schema(schema),
    };
  }

  body(node: unknown): JsonObject {
    const { description = "", required, content } = this.#resolved(node);
    const media = Object.entries(asObject(content)).map(([type, value]) => [type, this.#media(asObject(value))]);
    return {
      description,
      ...(required === true && { required }),
      ...(media.length > 0 && { content: Object.fromEntries(media) }),
    };
  }

  responses(node: JsonObject): JsonObject {
    const shown = Object.entries(node).filter(([status]) => /^\d+$/.test(status));
    return Object.fromEntries(
      shown.map(([status, response]) => [status, { ...this.body(response), headers: {}, "x-apidog-name": "OK" }]),
    );
  }

  #media({ schema, example, examples }: JsonObject): JsonObject {
    const all = example === undefined ? Object.values(asObject(examples)).map((one) => asObject(one).value) : [example];
    const keyed = all.map((value, index) => [String(index + 1), { summary: `Example ${index + 1}`, value }]);
    return { schema: this.schema(schema), ...(keyed.length > 0 && { examples: Object.fromEntries(keyed) }) };
  }

  schema(node: unknown): JsonObject {
    const { $ref, ...rest } = asObject(node);
    if (typeof $ref === "string") {
      const pointer = parseReference($ref);
      const name = `${pointer.at(-1)} Model`;
      if (!(name in this.#schemas)) {
        this.#schemas[name] = {};
        this.#schemas[name] = this.schema(valueAt(this.#root, pointer));
      }
      return { $ref: `#/components/schemas/${encodeURIComponent(name)}` };
    }
    const own = Object.entries(rest).filter(([key]) => !key.startsWith("x-"));
    const schema: JsonObject = Object.fromEntries(own.map(([key, value]) => [key, this.#keyword(key, value)]));
    const types = [schema.type].flat();
    if (types.length < 2) return { ...schema, "x-apidog-orders": Object.keys(asObject(schema.properties)) };
    const [type, ...more] = types.filter((one) => one !== "null");
    if (more.length === 0) return { ...schema, type, nullable: true };
    return { anyOf: types.map((one) => (one === "null" ? { type: "null" } : { ...schema, type: one })) };
  }

  #keyword(key: string, value: unknown): unknown {
    if (key === "properties")
      return Object.fromEntries(Object.entries(asObject(value)).map(([name, part]) => [name, this.schema(part)]));
    if (["anyOf", "oneOf", "allOf"].includes(key)) return asList(value).map((part) => this.schema(part));
    return typeof value === "object" && !Array.isArray(value) ? this.schema(value) : value;
  }

  #resolved(node: unknown): JsonObject {
    const { $ref } = asObject(node);
    return typeof $ref === "string" ? asObject(valueAt(this.#root, parseReference($ref))) : asObject(node);
  }
}
