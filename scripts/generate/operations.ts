import type { ApiModel, MethodModel } from "../resources.js";

/** The servers and operations of all APIs, as the client needs them at run time. */
export const generateOperations = (models: ApiModel[]): string =>
  ['import type { ApiDefinition } from "../src/operation.js";', ...models.flatMap(apiOf), ""].join("\n");

/** The ids that the option `allowInferred` takes. */
export function generateInferredOperations(models: ApiModel[]): string {
  const ids = models
    .flatMap(methodsOf)
    .filter(({ operation }) => operation["x-evidence"] === "inferred")
    .map(({ operationId }) => JSON.stringify(operationId));
  const sorted = [...new Set(ids)].sort();
  return [
    "/** The operations whose method or path is inferred, which the option `allowInferred` allows. */",
    `export type InferredOperationId = ${sorted.join(" | ") || "never"};`,
    "",
    `export const INFERRED_OPERATIONS: readonly InferredOperationId[] = [${sorted.join(", ")}];`,
    "",
  ].join("\n");
}

export const methodsOf = ({ methods, resources, scoped }: ApiModel): MethodModel[] => [
  ...methods,
  ...resources.flatMap((resource) => resource.methods),
  ...scoped.flatMap((resource) => resource.methods),
];

function apiOf(model: ApiModel): string[] {
  const servers = (model.spec.servers ?? []).flatMap(({ url, "x-environment": environment }) =>
    environment ? `${environment}: ${JSON.stringify(url)}` : [],
  );
  const operations = methodsOf(model).map((method) => `    ${method.operationId}: { ${recordOf(method)} },`);
  return [
    "",
    `export const ${model.api} = {`,
    `  servers: { ${servers.join(", ")} },`,
    `  operations: {\n${operations.join("\n")}\n  },`,
    "} satisfies ApiDefinition;",
  ];
}

function recordOf({ method, path, operation, body, list }: MethodModel): string {
  return [
    `method: ${JSON.stringify(method)}`,
    `path: ${JSON.stringify(path)}`,
    body && body.contentType !== "application/json" && `contentType: ${JSON.stringify(body.contentType)}`,
    operation["x-idempotent"] && "idempotent: true",
    operation["x-evidence"] === "inferred" && `inferred: ${JSON.stringify(inferredPart(operation))}`,
    list && `pagination: ${list.pagination}, items: ${JSON.stringify(list.items)}`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** What of an operation is inferred. The reason stays in the spec, since it would weigh on every program. */
export function inferredPart({ operationId, "x-inferred": reason = "" }: MethodModel["operation"]): string {
  const [, part] = /^(?:the )?(path|method|method and path)\b/i.exec(reason) ?? [];
  if (!part) throw new Error(`x-inferred of ${operationId} must begin with what is inferred: the path or the method`);
  return part.toLowerCase();
}
