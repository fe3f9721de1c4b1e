import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";

/** The parts of a spec that the scripts read; see `openapi/README.md`. */
export interface Spec {
  info: { title: string; summary?: string; description?: string };
  servers?: { url: string; "x-environment"?: "production" | "staging" }[];
  tags?: { name: string; description?: string; "x-resource"?: ResourceName }[];
  paths: Record<string, Record<string, SpecOperation>>;
  webhooks?: Record<string, { post: SpecOperation }>;
  components?: { schemas?: Record<string, Schema> };
  "x-scope"?: Scope;
}

/** The object that most operations of an API belong to, such as an organization. */
export interface Scope {
  /** The beginning of their paths, with one parameter. */
  path: string;
  /** The API's method that takes the parameter. */
  method: string;
  class: string;
  description: string;
}

/** A property and its class, `arItems` and `ArItems`; `false` for methods of the API itself. */
export type ResourceName = string | false;

/** How much of an operation is known, most first. */
export const EVIDENCE_LEVELS = ["documented", "partial", "observed", "inferred"] as const;
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

export interface SpecOperation extends Evidence {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  deprecated?: boolean;
  "x-deprecated"?: string;
  "x-replaced-by"?: string;
  "x-evidence": EvidenceLevel;
  /** The responses that were observed; see docs/regenerating.md. */
  "x-observed"?: { environment: string; date: string; responses: number };
  /** The pages it was read from, newest first. */
  "x-source": { slug: string; id: number; modified: string | null }[];
  "x-idempotent"?: boolean;
  /** Only some of the query parameters are known. */
  "x-open-query"?: boolean;
  "x-method"?: string;
  /** Where not that of the tag. */
  "x-resource"?: { property: string; class: string };
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses: Record<string, Response | Reference>;
}

export interface RequestBody extends Evidence {
  required?: boolean;
  content: Record<string, { schema?: Schema | Reference }>;
}

export interface Response extends Evidence {
  content?: Record<string, { schema?: Schema | Reference }>;
}

/** `x-inferred` of what only responses show. */
export const FROM_RESPONSES = "From responses; no page has it.";

/** What of a part is inferred, and what was not observed. */
export interface Evidence {
  "x-inferred"?: string;
  "x-unknown"?: string[];
  /** Where the page, and so its example, was cut. */
  "x-example-cut"?: string;
}

export interface Parameter extends Evidence {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema | Reference;
}

export interface Schema extends Evidence {
  type?: string | string[];
  properties?: Record<string, Schema | Reference>;
  required?: string[];
  items?: Schema | Reference;
  additionalProperties?: boolean | Schema | Reference;
  /** Stays open as an input, because none of its own fields is known. */
  "x-open-input"?: boolean;
  "x-open-enum"?: string[];
}

export interface Reference {
  $ref: string;
}

export interface NamedSpec {
  /** The file's name without its extension. */
  name: string;
  file: string;
  spec: Spec;
}

/** The name of an API in `baseUrls`: `debt-collection` → `debtCollection`. */
export function apiName(spec: string): string {
  return spec.replace("autocollect", "auto-collect").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const ROOT = new URL("../openapi/", import.meta.url);

/** Files that are lists, not specs. */
const LISTS = ["title-only.yaml", "guides.yaml"];

/** All specs, by name. */
export function readSpecs(root = ROOT): NamedSpec[] {
  return readdirSync(root)
    .filter((file) => file.endsWith(".yaml") && !LISTS.includes(file))
    .sort()
    .map((file) => ({
      name: basename(file, ".yaml"),
      file,
      spec: parse(readFileSync(new URL(file, root), "utf8")) as Spec,
    }));
}

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

export interface LocatedOperation {
  method: string;
  path: string;
  operation: SpecOperation;
}

/** The operations of a spec in its order. */
export function operationsOf({ paths }: Spec): LocatedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** What a reference of a spec points to, or the node itself. */
export function resolve<Node>(spec: Spec, node: Node | Reference): Node {
  let found = node as Node & Partial<Reference>;
  while (found.$ref !== undefined) {
    const keys = found.$ref.replace(/^#\//, "").split("/");
    found = keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], spec) as typeof found;
  }
  return found;
}
