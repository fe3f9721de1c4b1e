import { pascalCase } from "../pascal-case.js";
import { type ApiModel, type ListModel, type MethodModel, type ResourceModel, successBodies } from "../resources.js";
import { type Parameter, type Reference, resolve, type Schema, type Spec } from "../specs.js";
import { docComment, methodDocs } from "./docs.js";
import { methodsOf } from "./operations.js";

/** The resource classes of an API: a class for each tag, with a method for each operation. */
export function generateResources(model: ApiModel): string {
  const { name, api, spec, scope } = model;
  const schemas = Object.keys(spec.components?.schemas ?? {}).filter(
    (schema) => spec.components?.schemas?.[schema]?.type === "object",
  );
  const callNames = new Map(methodsOf(model).map(({ operationId, callName }) => [operationId, callName]));
  const parameter = scopeParameter(model);
  const classes = [
    ...queriesOf(model),
    ...model.resources.map((resource) => resourceClass(resource, undefined, callNames, model)),
    ...model.scoped.map((resource) => resourceClass(resource, parameter, callNames, model)),
    scopeClass(model, parameter),
    apiClass(model, parameter, callNames),
  ].join("\n\n");
  const used = (identifier: string) => new RegExp(`\\b${identifier}\\b`).test(classes);
  const imports = (names: string[]) => names.filter(used).join(", ");
  const importLine = (names: string[], file: string, type = "type ") =>
    imports(names) ? `import ${type}{ ${imports(names)} } from ${JSON.stringify(file)};` : "";
  return [
    'import type { Client } from "openapi-fetch";',
    importLine(["Call", "CallOptions"], "../src/call.js"),
    'import type { Api } from "../src/http/api.js";',
    importLine(["checkCount"], "../src/http/checks.js", ""),
    importLine(["encodePathParameter"], "../src/http/serialize.js", ""),
    importLine(["ListOptions", "Pager"], "../src/pagination.js"),
    // A schema may have the name of a class: `Organization`.
    importLine(
      ["components", "operations", "paths", ...schemas.filter((schema) => schema !== scope?.class)],
      `./${name}.js`,
    ),
    classes.includes(`${api}.operations`) ? `import { ${api} } from "./operations.js";` : "",
    "",
    classes,
    "",
  ]
    .filter((line, index) => line !== "" || index > 7)
    .join("\n");
}

interface ScopeParameter {
  name: string;
  type: string;
}

function scopeParameter({ scope, spec, scoped }: ApiModel): ScopeParameter | undefined {
  const name = scope?.path.match(/\{(\w+)\}/)?.[1];
  const [parameter] = scoped[0]?.methods[0]?.operation.parameters ?? [];
  if (!name || !parameter) return undefined;
  return {
    name,
    type: pathType({ operationId: scoped[0]?.methods[0]?.operationId ?? "" }, resolve(spec, parameter), spec),
  };
}

/** The query of an operation by a name of its own, for hovers and compiler errors. */
function queriesOf(model: ApiModel): string[] {
  const methods = methodsOf(model).filter(({ hasQuery }) => hasQuery);
  if (methods.length === 0) return [];
  const query = 'type Query<Id extends keyof operations> = NonNullable<operations[Id]["parameters"]["query"]>;';
  return [
    query,
    ...methods.map((method) => {
      const { operationId, operation, callName, queryParameters, list } = method;
      const all = `Query<${JSON.stringify(operationId)}>`;
      const names = queryParameters.map(({ name }) => JSON.stringify(name)).join(" | ");
      const isOpenList = list && operation["x-open-query"];
      return `/** Query parameters of \`${callName}\`.${operation["x-open-query"] ? " Not all were observed: others are sent as given." : ""} */
export interface ${queryName(operationId)} extends ${list ? `Pick<${all}, ${names}>` : all} {${isOpenList ? openListQuery(list) : ""}}`;
    }),
  ];
}

/** The members of an open query. The parameters that the pager sets stay refused. */
const openListQuery = ({ parameters }: ListModel) => `
${parameters.map((name) => `  /** Set by the pager. */\n  ${name}?: never;`).join("\n")}
  [name: string]: string | number | boolean | undefined;
`;

const queryName = (operationId: string) => `${pascalCase(operationId)}Query`;

function resourceClass(
  resource: ResourceModel,
  scope: ScopeParameter | undefined,
  callNames: Map<string, string>,
  model: ApiModel,
): string {
  return `${docComment([resource.description])}
export class ${resource.class} {
  readonly #api: Api;${scope ? `\n  readonly #${scope.name}: ${scope.type};` : ""}

  /** @internal */
  constructor(api: Api${scope ? `, ${scope.name}: ${scope.type}` : ""}) {
    this.#api = api;${scope ? `\n    this.#${scope.name} = ${scope.name};` : ""}
  }

${resource.methods.map((method) => methodCode(method, scope, callNames, model)).join("\n\n")}
}`;
}

function methodCode(
  method: MethodModel,
  scope: ScopeParameter | undefined,
  callNames: Map<string, string>,
  { api, spec }: ApiModel,
): string {
  const { pathParameters, queryParameters, hasQuery, body, list } = method;
  const parameters: string[] = pathParameters.map(
    (parameter) => `${parameter.name}: ${pathType(method, parameter, spec)}`,
  );
  if (body) parameters.push(`${body.list ?? "body"}: ${bodyType(method, spec)}`);
  if (hasQuery) {
    const optional = queryParameters.some(({ required }) => required) ? "" : "?";
    parameters.push(`query${optional}: ${queryName(method.operationId)}`);
  }
  parameters.push(`options?: ${list ? "ListOptions" : "CallOptions"}`);

  const path = [scope && `${scope.name}: this.#${scope.name}`, ...pathParameters.map(({ name }) => name)].filter(
    Boolean,
  );
  const args = [
    path.length > 0 && `path: { ${path.join(", ")} }`,
    body && (body.list ? `body: { ${body.list} }` : "body"),
    hasQuery && "query",
  ].filter(Boolean);
  const success = resultType(method, spec);
  const result = list
    ? `Pager<${typeOf(list.itemSchema, spec, `NonNullable<(${success})[${JSON.stringify(list.items)}]>[number]`)}, ${success}>`
    : `Call<${success}>`;
  return `${docComment(methodDocs(method, callNames, spec), "  ")}
  ${method.name}(${parameters.join(", ")}): ${result} {
    return this.#api.${list ? "list" : "call"}(${api}.operations.${method.operationId}, {${args.length > 0 ? ` ${args.join(", ")} ` : ""}}, options);
  }`;
}

/**
 * A schema as a type of the generated code. Object schemas are interfaces of the same name; what has no short form is
 * `place`, the type that openapi-typescript wrote.
 */
function typeOf(schema: Schema | Reference | undefined, spec: Spec, place: string): string {
  if (!schema) return "undefined";
  const resolved = resolve<Schema>(spec, schema);
  const { type, properties, items, "x-open-enum": values } = resolved;
  if ("$ref" in schema) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return type === "object" ? name : `components["schemas"][${JSON.stringify(name)}]`;
  }
  if (values) return `${values.map((value) => JSON.stringify(value)).join(" | ")} | (string & {})`;
  if (type === "array" && items) return `${typeOf(items, spec, `NonNullable<${place}>[number]`)}[]`;
  if (type === "object" && !properties) return "Record<string, unknown>";
  const isPlain = type !== undefined && type !== "object" && !("enum" in resolved);
  if (isPlain)
    return [type]
      .flat()
      .map((one) => (one === "integer" ? "number" : one))
      .join(" | ");
  return Object.keys(resolved).every((key) => key === "description") ? "unknown" : place;
}

/** The type of an operation's part as openapi-typescript wrote it. */
const placeIn = (operationId: string, ...keys: string[]) =>
  [`operations[${JSON.stringify(operationId)}]`, ...keys.map((key) => `[${JSON.stringify(key)}]`)].join("");

function pathType({ operationId }: { operationId: string }, { name, schema }: Parameter, spec: Spec): string {
  return typeOf(schema, spec, placeIn(operationId, "parameters", "path", name));
}

function bodyType({ operationId, body }: MethodModel, spec: Spec): string {
  if (!body) return "undefined";
  const { schema, list, contentType } = body;
  const place = `NonNullable<${placeIn(operationId, "requestBody")}>["content"][${JSON.stringify(contentType)}]`;
  const property = list && resolve<Schema>(spec, schema).properties?.[list];
  return property ? typeOf(property, spec, `${place}[${JSON.stringify(list)}]`) : typeOf(schema, spec, place);
}

/** The union of the bodies of all successful responses. */
function resultType({ operationId, operation }: MethodModel, spec: Spec): string {
  const types = successBodies(spec, operation).map(({ status, contentType, schema }) => {
    const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
    const place = `${placeIn(operationId, "responses")}[${key}]["content"][${JSON.stringify(contentType)}]`;
    return typeOf(schema, spec, place);
  });
  return [...new Set(types)].join(" | ");
}

/** The object that the scope's method returns. */
function scopeClass(model: ApiModel, parameter: ScopeParameter | undefined): string {
  const { scope } = model;
  if (!scope || !parameter) return "";
  const { name, type } = parameter;
  const check = type === "number" ? `checkCount("${name}", ${name}, 1);` : `encodePathParameter("${name}", ${name});`;
  return `${docComment([scope.description])}
export class ${scope.class} {
${model.scoped.map((resource) => `  readonly ${resource.property}: ${resource.class};`).join("\n")}

  /** @internal */
  constructor(api: Api, ${name}: ${type}) {
    ${check}
${model.scoped.map((resource) => `    this.${resource.property} = new ${resource.class}(api, ${name});`).join("\n")}
  }
}`;
}

function apiClass(model: ApiModel, parameter: ScopeParameter | undefined, callNames: Map<string, string>): string {
  const { spec, scope } = model;
  const needsApi = model.methods.length > 0 || (scope && parameter);
  const scopeMethod =
    scope && parameter
      ? `

${docComment([scope.description, `@throws {ConfigurationError} when \`${parameter.name}\` is ${parameter.type === "number" ? "not a positive integer" : "empty"}`], "  ")}
  ${scope.method}(${parameter.name}: ${parameter.type}): ${scope.class} {
    return new ${scope.class}(this.#api, ${parameter.name});
  }`
      : "";
  const methods = model.methods.map((method) => `\n\n${methodCode(method, undefined, callNames, model)}`).join("");
  return `${docComment([spec.info.summary ?? spec.info.title])}
export class ${model.class} {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;
${model.resources.map((resource) => `  readonly ${resource.property}: ${resource.class};\n`).join("")}${needsApi ? "  readonly #api: Api;\n" : ""}
  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
${model.resources.map((resource) => `    this.${resource.property} = new ${resource.class}(api);\n`).join("")}${needsApi ? "    this.#api = api;\n" : ""}  }${scopeMethod}${methods}
}`;
}
