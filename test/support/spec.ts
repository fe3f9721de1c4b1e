import type { ValidateFunction } from "ajv/dist/2020.js";
import { generateSync } from "json-schema-faker";
import { operationsOf, readSpecs, type SpecOperation } from "../../scripts/specs.js";
import { createAjv } from "../../src/contract/create-ajv.js";

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: { type?: string | string[] };
}

interface Media {
  schema: object;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

interface Operation extends SpecOperation {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> } | { $ref: string }>;
}

/** A request as it went out. */
export interface Sent {
  method: string;
  url: URL;
  headers: Headers;
  body: string;
}

const SPECS = readSpecs();
const ajv = createAjv();

const faultsOf = (validate: ValidateFunction, where: string, value: unknown) =>
  validate(value) ? [] : (validate.errors ?? []).map((e) => `${where}${e.instancePath} ${e.message}`);

/** One spec, against which requests and answers are held. */
export class ContractSpec {
  readonly name: string;
  readonly operations: { method: string; path: string; operation: Operation }[];
  readonly #document: object;

  constructor(name: string) {
    const found = SPECS.find((spec) => spec.name === name);
    if (!found) throw new Error(`No spec ${name}`);
    this.name = name;
    this.#document = found.spec;
    this.operations = operationsOf(found.spec) as typeof this.operations;
    if (!ajv.getSchema(name)) ajv.addSchema(found.spec as object, name);
  }

  /** The operation of an id. */
  get(operationId: string) {
    const found = this.operations.find(({ operation }) => operation.operationId === operationId);
    if (!found) throw new Error(`No operation ${operationId} in ${this.name}`);
    return found;
  }

  /** What is wrong with a request, held against the operation that it should be. Empty: nothing. */
  requestFaults(operationId: string, base: string, sent: Sent): string[] {
    const { method, path, operation } = this.get(operationId);
    const faults: string[] = [];
    if (sent.method !== method) faults.push(`method is ${sent.method}, not ${method}`);
    const values = matchPath(path, sent.url.href.slice(base.length).split("?")[0] ?? "");
    if (!values) return [...faults, `path ${sent.url.pathname} is not ${path}`];

    const parameters = this.#parameters(operationId);
    for (const parameter of parameters) {
      const raw =
        parameter.in === "path"
          ? values[parameter.name]
          : parameter.in === "query"
            ? (sent.url.searchParams.get(parameter.name) ?? undefined)
            : (sent.headers.get(parameter.name) ?? undefined);
      const where = `${parameter.in} ${parameter.name}`;
      if (raw !== undefined)
        faults.push(...faultsOf(this.#compile(parameter.schema), where, typed(raw, parameter.schema)));
      else if (parameter.required) faults.push(`${where} is missing`);
    }
    const known = new Set(parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name));
    for (const name of sent.url.searchParams.keys())
      if (!known.has(name) && !operation["x-open-query"]) faults.push(`query ${name} is not in the spec`);

    const type = sent.headers.get("content-type")?.split(";")[0] ?? "";
    const media = operation.requestBody?.content[type];
    if (operation.requestBody && sent.body !== "" && !media) faults.push(`content type ${type} is not in the spec`);
    else if (operation.requestBody?.required && sent.body === "") faults.push("body is missing");
    else if (!operation.requestBody && sent.body !== "") faults.push("body is not in the spec");
    else if (media && sent.body !== "") {
      const body = type.endsWith("json") ? JSON.parse(sent.body) : Object.fromEntries(new URLSearchParams(sent.body));
      faults.push(...faultsOf(this.#compile(media.schema), "body", body));
    }
    return faults;
  }

  /** What is wrong with an answer. */
  answerFaults(operationId: string, status: number, body: unknown): string[] {
    const { operation } = this.get(operationId);
    const response =
      operation.responses[status] ??
      operation.responses[`${Math.floor(status / 100)}XX`] ??
      operation.responses.default;
    if (!response) return [`status ${status} is not in the spec`];
    const { content } = this.#resolve<{ content?: Record<string, Media> }>(response);
    const media = content?.["application/json"] ?? content?.["*/*"];
    if (!media) return body === undefined ? [] : ["body is not in the spec"];
    return faultsOf(this.#compile(media.schema), "body", body);
  }

  /** The success that the operation's page prints, if it prints one. */
  success(operationId: string): { status: number; body: unknown } {
    const { status, media } = this.#success(operationId);
    return { status, body: media && (examplesOf(media)[0] ?? this.generateSuccess(operationId, 1).body) };
  }

  isForm(operationId: string): boolean {
    return !this.#bodyMedia(operationId)?.[0].endsWith("json");
  }

  /** Values for a request, made from the schemas. The same seed gives the same. */
  generateRequest(operationId: string, seed: number): { path: object; query: object; body: unknown } {
    const parameters = this.#parameters(operationId);
    const values = (place: string) =>
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === place && !PAGING.has(parameter.name))
          // Of the optional ones, others with each seed.
          .filter((parameter, index) => parameter.required || (seed >> index) % 2 === 0)
          .map((parameter, index) => [parameter.name, this.#generate(requestable(parameter), seed + index)]),
      );
    const media = this.#bodyMedia(operationId)?.[1];
    const body = media && this.#generate(media.schema, seed);
    return { path: values("path"), query: values("query"), body };
  }

  /** A success made from the schema. */
  generateSuccess(operationId: string, seed: number): { status: number; body: unknown } {
    const { status, media } = this.#success(operationId);
    return { status, body: media && this.#generate(media.schema, seed) };
  }

  #generate(schema: object, seed: number): unknown {
    const { components } = this.#document as { components?: object };
    return generateSync({ ...schema, components } as never, {
      seed,
      optionalsProbability: 0.6,
      maxItems: 3,
      maxDepth: 30,
    });
  }

  #bodyMedia(operationId: string): [string, Media] | undefined {
    return Object.entries(this.get(operationId).operation.requestBody?.content ?? {})[0];
  }

  #success(operationId: string): { status: number; media: Media | undefined } {
    const { responses } = this.get(operationId).operation;
    const [code, response] = Object.entries(responses).find(([status]) => /^2/.test(status)) ?? [];
    if (!code || !response) throw new Error(`${operationId} lists no success`);
    const { content } = this.#resolve<{ content?: Record<string, Media> }>(response);
    return { status: code === "2XX" ? 200 : Number(code), media: content?.["application/json"] };
  }

  /** What the page prints for a status. */
  examples(operationId: string, status: string): unknown[] {
    const response = this.get(operationId).operation.responses[status];
    return examplesOf(
      response && this.#resolve<{ content?: Record<string, Media> }>(response).content?.["application/json"],
    );
  }

  bodyExamples(operationId: string): unknown[] {
    return Object.values(this.get(operationId).operation.requestBody?.content ?? {}).flatMap(examplesOf);
  }

  bodyFaults(operationId: string, body: unknown): string[] {
    const media = this.#bodyMedia(operationId)?.[1];
    return media ? faultsOf(this.#compile(media.schema), "body", body) : ["body is not in the spec"];
  }

  queryNames(operationId: string): string[] {
    return this.#parameters(operationId).flatMap((parameter) => (parameter.in === "query" ? [parameter.name] : []));
  }

  #parameters(operationId: string): Parameter[] {
    return (this.get(operationId).operation.parameters ?? []).map((parameter) => this.#resolve<Parameter>(parameter));
  }

  #compile(schema: object): ValidateFunction {
    return ajv.compile(absolute(schema, this.name) as object);
  }

  #resolve<T extends object>(node: T | { $ref: string }): T {
    if (!("$ref" in node)) return node;
    const path = node.$ref.replace("#/", "").split("/");
    return path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], this.#document) as T;
  }
}

function examplesOf(media: Media | undefined): unknown[] {
  if (!media) return [];
  return media.example === undefined ? Object.values(media.examples ?? {}).map(({ value }) => value) : [media.example];
}

/** Parameters that the pager sets. */
const PAGING = new Set(["PageToken", "pageToken", "query", "pageno"]);

/** A parameter's schema, narrowed to what can be sent: no empty path segment, no client number 0. */
function requestable({ name, in: place, schema }: Parameter): object {
  if (name === "clientno") return { ...schema, minimum: 1, maximum: 999_999 };
  return place === "path" && !("format" in schema) ? { ...schema, minLength: 3 } : schema;
}

/** References of a part of a document, made to work outside it. */
function absolute(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return node.map((item) => absolute(item, name));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" && value.startsWith("#") ? name + value : absolute(value, name),
    ]),
  );
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const groups = new RegExp(`^${pattern}$`).exec(path);
  if (!groups) return undefined;
  return Object.fromEntries(
    Object.entries(groups.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
}

/** A value of a URL in the type that its schema names. */
function typed(raw: string, { type }: Parameter["schema"]): unknown {
  const types = [type].flat();
  if (types.some((t) => t === "integer" || t === "number") && raw.trim() !== "") return Number(raw);
  if (types.includes("boolean") && (raw === "true" || raw === "false")) return raw === "true";
  return raw;
}
