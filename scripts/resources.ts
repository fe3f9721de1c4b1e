import { pascalCase } from "./pascal-case.js";
import {
  apiName,
  FROM_RESPONSES,
  type LocatedOperation,
  type NamedSpec,
  operationsOf,
  type Parameter,
  type Reference,
  type Response,
  resolve,
  type Schema,
  type Scope,
  type Spec,
  type SpecOperation,
} from "./specs.js";

/** An API as the client offers it: resources with a method for each operation. */
export interface ApiModel extends NamedSpec {
  /** As in `baseUrls`. */
  api: string;
  class: string;
  scope: Scope | undefined;
  /** Methods of the API itself. */
  methods: MethodModel[];
  /** Resources of the API itself. */
  resources: ResourceModel[];
  /** Resources of the scope, such as an organization. */
  scoped: ResourceModel[];
}

export interface ResourceModel {
  property: string;
  class: string;
  description: string;
  methods: MethodModel[];
}

export interface MethodModel extends LocatedOperation {
  name: string;
  operationId: string;
  /** As a user writes it: `debtCollection.organization(…).batches.get`. */
  callName: string;
  /** Path parameters other than the scope's. */
  pathParameters: Parameter[];
  /** Query parameters other than those of the pagination. */
  queryParameters: Parameter[];
  /** Whether a query is taken: it has parameters, or takes undocumented ones. */
  hasQuery: boolean;
  body: BodyModel | undefined;
  list: ListModel | undefined;
}

export interface BodyModel {
  contentType: string;
  schema: Schema | Reference;
  /** The only property of a body that is nothing but one list. */
  list: string | undefined;
}

export interface ListModel {
  /** The query parameters that the pager sets. */
  parameters: string[];
  /** As an expression of the generated code. */
  pagination: string;
  /** The property of the body with the items. */
  items: string;
  itemSchema: Schema | Reference;
}

/** The client's resources and methods, as the specs describe them. */
export function modelOf(named: NamedSpec): ApiModel {
  const { spec, name } = named;
  const api = apiName(name);
  const scope = spec["x-scope"];
  const model: ApiModel = { ...named, api, class: pascalCase(api), scope, methods: [], resources: [], scoped: [] };
  const apiCall = api.replace(/^distribution(.)/, (_, letter: string) => `distribution.${letter.toLowerCase()}`);
  for (const located of operationsOf(spec)) {
    const isScoped = scope !== undefined && located.path.startsWith(`${scope.path}/`);
    const prefix = isScoped ? `${apiCall}.${scope.method}(…)` : apiCall;
    const { resource, methods } = placeOf(located, model, isScoped);
    const method = methodOf(spec, located, isScoped, resource);
    const callName = [prefix, resource, method.name].filter(Boolean).join(".");
    const clash = methods.find((other) => other.name === method.name);
    if (clash) {
      throw new Error(
        `${name}: ${clash.operationId} and ${method.operationId} are both ${callName}; give one an x-method of its own.`,
      );
    }
    methods.push({ ...method, callName });
  }
  return model;
}

/** The methods that an operation belongs to, and the property of the resource that has them. */
function placeOf({ operation }: LocatedOperation, model: ApiModel, isScoped: boolean) {
  const [tagName = ""] = operation.tags;
  const tag = model.spec.tags?.find(({ name }) => name === tagName);
  const own = operation["x-resource"];
  const property = own?.property ?? tag?.["x-resource"] ?? camelCase(tagName);
  if (property === false) return { resource: "", methods: model.methods };
  const resources = isScoped ? model.scoped : model.resources;
  let found = resources.find((resource) => resource.property === property);
  if (!found) {
    const description = tag?.description ?? `${tagName}.`;
    found = { property, class: own?.class ?? pascalCase(property), description, methods: [] };
    resources.push(found);
  }
  return { resource: property, methods: found.methods };
}

function methodOf(
  spec: Spec,
  located: LocatedOperation,
  isScoped: boolean,
  resource: string,
): Omit<MethodModel, "callName"> {
  const { operation } = located;
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(spec, parameter));
  const query = parameters.filter((parameter) => parameter.in === "query");
  const list = listOf(spec, located, query);
  const queryParameters = query.filter(({ name }) => !list?.parameters.includes(name));
  return {
    ...located,
    name: operation["x-method"] ?? methodName(operation.operationId, resource),
    operationId: operation.operationId,
    pathParameters: parameters.filter((parameter) => parameter.in === "path").slice(isScoped ? 1 : 0),
    queryParameters,
    hasQuery: queryParameters.length > 0 || operation["x-open-query"] === true,
    body: bodyOf(spec, located),
    list,
  };
}

/** The operation id without the resource's name: `listArItems` of `arItems` → `list`, `createCustomersBatch` → `createBatch`. */
function methodName(operationId: string, resource: string): string {
  const plural = pascalCase(resource);
  const forms = [plural, plural.replace(/ies$/, "y"), plural.replace(/s$/, ""), plural.replace(/es$/, "")];
  const form = forms.find((candidate) => candidate && operationId.includes(candidate));
  const name = form ? operationId.replace(form, "") : operationId;
  return name || operationId;
}

function bodyOf(spec: Spec, { operation }: LocatedOperation): BodyModel | undefined {
  if (!operation.requestBody) return undefined;
  const { content } = resolve(spec, operation.requestBody);
  const [[contentType, { schema = {} }] = ["application/json", {}]] = Object.entries(content);
  const { properties = {}, required: requiredProperties = [] } = resolve<Schema>(spec, schema);
  const [only, ...others] = Object.entries(properties);
  const isList =
    only && others.length === 0 && requiredProperties.includes(only[0]) && resolve(spec, only[1]).type === "array";
  return { contentType, schema, list: isList ? only[0] : undefined };
}

/** The pagination of a list, recognized by its query parameters and the one list of its body. */
function listOf(spec: Spec, { operation }: LocatedOperation, query: Parameter[]): ListModel | undefined {
  const names = query.map(({ name }) => name);
  const token = names.find((name) => /^page_?token$/i.test(name));
  const isNumbered = names.includes("query") && names.includes("pageno");
  const body = successBodies(spec, operation)[0]?.schema;
  if (!body || !(token || isNumbered)) return undefined;
  const lists = Object.entries(resolve(spec, body).properties ?? {}).filter(([, schema]) =>
    [resolve(spec, schema).type].flat().includes("array"),
  );
  // A further list that only responses show leaves the documented one what it is.
  const documented = lists.filter(([, schema]) => resolve(spec, schema)["x-inferred"] !== FROM_RESPONSES);
  const [first, ...others] = documented.length > 0 ? documented : lists;
  if (!first || others.length > 0) return undefined;
  return {
    parameters: token ? [token] : ["query", "pageno"],
    pagination: token ? `{ style: "cursor", token: ${JSON.stringify(token)} }` : '{ style: "numbered" }',
    items: first[0],
    itemSchema: resolve(spec, first[1]).items ?? {},
  };
}

/** The bodies of the successful responses. A response without a body has a status only. */
export function successBodies(spec: Spec, { responses }: SpecOperation): SuccessBody[] {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([status, response]) => {
      const resolved = resolve(spec, response);
      const [media] = Object.entries(resolved.content ?? {});
      return { status, response: resolved, ...(media && { contentType: media[0], schema: media[1].schema ?? {} }) };
    });
}

interface SuccessBody {
  status: string;
  response: Response;
  contentType?: string;
  schema?: Schema | Reference;
}

/** A tag as a property: `GlItems` → `glItems`. */
const camelCase = (name: string) => pascalCase(name).replace(/^./, (first) => first.toLowerCase());
