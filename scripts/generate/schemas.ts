import type { ApiSchemas, Contents, OperationBodies, Schema } from "../../src/contract/schemas.js";
import {
  apiName,
  type NamedSpec,
  operationsOf,
  type Reference,
  type RequestBody,
  type Response,
  resolve,
  type Spec,
  type SpecOperation,
} from "../specs.js";

/** Keywords that say nothing about which values are valid, or about what the documentation says. */
const ANNOTATIONS =
  /^(title|description|example|examples|default|deprecated|readOnly|writeOnly|externalDocs|xml|x-(?!open-enum$).*)$/;

/** Keywords whose value is a map of schemas by name, and those whose value is data. */
const MAPS = new Set(["properties", "patternProperties", "$defs"]);
const DATA = new Set(["enum", "const", "required", "x-open-enum"]);

/** The bodies of all operations and webhooks as JSON Schemas, one line for each. */
export function generateSchemas(specs: NamedSpec[]): string {
  const apis = specs.map(({ name, spec }) => [apiName(name), schemasOf(spec)] as const);
  const names = apis.flatMap(([api, { operations }]) => Object.keys(operations).map((id) => `${api}.${id}`));
  return [
    'import type { ApiSchemas } from "../src/contract/schemas.js";',
    "",
    "/** An operation or a webhook: its API, as in `baseUrls`, and its operationId. */",
    "export type OperationName =",
    ...names.map((name) => `  | ${JSON.stringify(name)}`),
    "  ;",
    "",
    "export const schemas: Record<string, ApiSchemas> = {",
    ...apis.flatMap(([api, { operations, $defs }]) => [
      `  ${api}: {`,
      ...linesOf("operations", operations),
      ...linesOf("$defs", $defs),
      "  },",
    ]),
    "};",
    "",
  ].join("\n");
}

const linesOf = (key: string, parts: object): string[] => [
  `    ${key}: {`,
  ...Object.entries(parts).map(([name, part]) => `      ${JSON.stringify(name)}: ${JSON.stringify(part)},`),
  "    },",
];

function schemasOf(spec: Spec): ApiSchemas {
  const webhooks = Object.values(spec.webhooks ?? {}).map(({ post }) => ({ ...post, responses: {} }));
  const operations = [...operationsOf(spec).map(({ operation }) => operation), ...webhooks];
  return {
    operations: Object.fromEntries(operations.map((operation) => [operation.operationId, bodiesOf(spec, operation)])),
    $defs: mapSchemas(spec.components?.schemas ?? {}),
  };
}

function bodiesOf(spec: Spec, { requestBody, responses }: SpecOperation): OperationBodies {
  return {
    ...(requestBody && { request: contentsOf(resolve<RequestBody>(spec, requestBody)) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, contentsOf(resolve<Response>(spec, response))]),
    ),
  };
}

const contentsOf = ({ content = {} }: Pick<Response, "content">): Contents =>
  Object.fromEntries(Object.entries(content).map(([type, { schema = {} }]) => [type, plainSchema(schema)]));

const mapSchemas = (schemas: object): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plainSchema(schema)]));

/** A schema without annotations. */
function plainSchema(schema: unknown): Schema {
  if (typeof schema !== "object" || schema === null) return schema as boolean;
  const entries = Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.test(keyword));
  return Object.fromEntries(entries.map(([keyword, value]) => [keyword, plainValue(keyword, value)]));
}

function plainValue(keyword: string, value: unknown): unknown {
  if (keyword === "$ref") return (value as Reference["$ref"]).replace("#/components/schemas/", "#/$defs/");
  if (MAPS.has(keyword)) return mapSchemas(value as object);
  if (DATA.has(keyword) || typeof value !== "object") return value;
  return Array.isArray(value)
    ? value.map((part) => (typeof part === "object" ? plainSchema(part) : part))
    : plainSchema(value);
}
