import type { Fields } from "../docs/read/fields.js";
import { bodyNames, findBody, type Operation, REQUEST, readOperation } from "../docs/read/operation.js";
import type { ApiModel, MethodModel } from "../resources.js";
import { methodsOf } from "./operations.js";

/** What the observer knows of the specs: their names, and the fields that have a value list. */
export function generateNames(models: ApiModel[]): string {
  const names = new Set(models.flatMap(({ spec }) => namesIn(spec)).filter((name) => /^[\w$@-]+$/.test(name)));
  const lists = operationsOf(models).map(({ key, operation }) => [key, valueListsOf(operation)] as const);
  const known = lists.filter(([, fields]) => Object.keys(fields).length > 0);
  return [
    "/** The names in the specs: of properties, parameters and headers, and the fixed parts of paths. */",
    `export const names = ${JSON.stringify([...names].sort().join(" "))};`,
    "",
    "/** The values that the specs list, by operation and by the path of a field of its bodies. */",
    `export const valueLists: Record<string, Record<string, string[]>> = ${JSON.stringify(Object.fromEntries(known))};`,
    "",
  ].join("\n");
}

/** What `amili probe` compares responses with: how much of each read operation is documented, and which fields. */
export function generateReads(models: ApiModel[]): string {
  const reads = operationsOf(models).filter(({ operation }) => operation.method === "GET");
  const records = reads.map(({ key, operation, method }) => {
    const { "x-evidence": evidence } = method.operation;
    const statuses = [...operation.responses].map(([status, { fields }]) => [status, typesOf(fields)]);
    const query = [...operation.parameters.values()].flatMap((given) => (given.in === "query" ? [given.name] : []));
    return [key, { evidence, query, responses: Object.fromEntries(statuses) }];
  });
  return [
    'import type { ReadOperation } from "../src/probe/read-operation.js";',
    "",
    `export const reads: Record<string, ReadOperation> = ${JSON.stringify(Object.fromEntries(records))};`,
    "",
  ].join("\n");
}

function operationsOf(models: ApiModel[]): { key: string; operation: Operation; method: MethodModel }[] {
  return models.flatMap((model) =>
    methodsOf(model).map((method) => ({
      key: `${model.api}.${method.operationId}`,
      operation: readOperation(model.spec, ["paths", method.path, method.method.toLowerCase()]),
      method,
    })),
  );
}

function valueListsOf(operation: Operation): Record<string, string[]> {
  const lists = bodyNames(operation).flatMap((name) =>
    [...(findBody(operation, name)?.fields ?? [])].flatMap(([path, { values }]): [string, string[]][] =>
      values ? [[`${name === REQUEST ? "request" : "response"} ${observedPath(path)}`, [...values]]] : [],
    ),
  );
  return Object.fromEntries(lists);
}

const typesOf = (fields: Fields = new Map()): Record<string, string> =>
  Object.fromEntries([...fields].map(([path, { types }]) => [observedPath(path), [...types].join("|")]));

/** A path as observation files write it. */
const observedPath = (path: string) => path.replace(/\.?\{\*\}/g, "{}");

function namesIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { properties, name, in: place, paths, headers, url } = node as Record<string, unknown>;
  return [
    ...[properties, headers].flatMap((named) => Object.keys(named ?? {})),
    ...(typeof name === "string" && typeof place === "string" ? [name] : []),
    ...Object.keys(paths ?? {}).flatMap((path) => path.split("/")),
    ...(typeof url === "string" ? new URL(url, "https://base-url.invalid").pathname.split("/") : []),
    ...Object.values(node).flatMap(namesIn),
  ];
}
