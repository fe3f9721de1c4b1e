import { STATUS_CODES } from "node:http";
import { pascalCase } from "../../pascal-case.js";
import { contradictsItself } from "../compare/compare-example.js";
import { isUndocumented } from "../compare/compare-fields.js";
import { pageEvidence } from "../compare/confirmations.js";
import { asObject, type JsonObject } from "../read/json.js";
import { keywordValues } from "../read/keywords.js";
import { type Body, type Example, type Parameter, readOperation } from "../read/operation.js";
import type { Page } from "../read/page.js";
import { type SchemaCopier, schemaFromSamples } from "./schema-copier.js";
import type { YamlEditor } from "./yaml-editor.js";

/** What the parts of an operation are built with. */
export interface BuildContext {
  /** Copies schemas of the page into the spec. */
  copier: SchemaCopier;
  /** Edits the spec. */
  editor: YamlEditor;
}

/** A path parameter, named as in the spec. */
export interface PathParameter {
  name: string;
  /** A `$ref` to the component that operations of the spec share. */
  reference: JsonObject | undefined;
}

/** Builds the YAML of a new operation from its page, as `openapi/README.md` describes it. */
export function buildOperation(
  page: Page,
  { operationId, tag, pathParameters }: { operationId: string; tag: string; pathParameters: PathParameter[] },
  context: BuildContext,
): JsonObject {
  const { operation, slug, id, modified = null } = page;
  const { deprecated, request, title } = operation;
  const ofPath = buildPathParameters(page, pathParameters, context);
  const others = [...operation.parameters.values()].filter((parameter) => parameter.in !== "path");
  const parameters = [...ofPath, ...others.map((parameter) => buildParameter(parameter, context))];
  const responses = Object.fromEntries(
    [...operation.responses].map(([status, body]) => [status, buildResponse(status, body, context)]),
  );
  const callbacks = buildCallbacks(page, context);
  return {
    operationId,
    tags: [tag],
    summary: title,
    "x-evidence": pageEvidence(page),
    "x-source": slug === undefined ? [] : [{ slug, id, modified }],
    ...(deprecated && { deprecated }),
    ...(parameters.length > 0 && { parameters }),
    ...(request && { requestBody: buildRequest(request, context) }),
    responses: { ...responses, ...undocumentedResponses(Object.keys(responses), context) },
    ...(Object.keys(callbacks).length > 0 && { callbacks }),
  };
}

/** The parameters that a path has. Pages omit some, and list others. */
export function buildPathParameters(
  { operation }: Page,
  parameters: PathParameter[],
  context: BuildContext,
): JsonObject[] {
  return parameters.map(({ name, reference }, index) => {
    const shown = operation.parameters.get(`path {${index + 1}}`);
    return reference ?? buildParameter({ ...(shown ?? UNSHOWN), name, required: true }, context);
  });
}

/** A parameter of the path that the page does not list. */
const UNSHOWN = { pointer: [], in: "path", keywords: new Map(), description: undefined, fields: undefined };

/** The requests that the server sends, as on the page. */
export function buildCallbacks({ document, operation }: Page, context: BuildContext): JsonObject {
  const callbacks: JsonObject = {};
  for (const [key, pointer] of operation.callbacks) {
    const name = key.slice(0, key.indexOf(" "));
    const [url, method] = pointer.slice(-2).map(String) as [string, string];
    const { request, responses } = readOperation(document, pointer);
    const item = {
      ...(request && { requestBody: buildRequest(request, context) }),
      responses: Object.fromEntries(
        [...responses].map(([status, body]) => [status, buildResponse(status, body, context)]),
      ),
    };
    const urls = asObject(callbacks[name]);
    callbacks[name] = { ...urls, [url]: { ...asObject(urls[url]), [method]: item } };
  }
  return callbacks;
}

export function buildParameter(
  { in: location, name, required, keywords, fields, pointer }: Parameter,
  { copier }: BuildContext,
): JsonObject {
  const head = { name, in: location, ...(required && { required }), ...keywordValues(keywords) };
  if (fields) return { ...head, schema: copier.copy([...pointer, "schema"]) };
  const inferred = location === "path" ? "Its type" : "Type and optionality";
  return { ...head, "x-inferred": `${inferred}; only the name was read.`, schema: { type: "string" } };
}

export function buildRequest(body: Body, context: BuildContext): JsonObject {
  return { ...(body.required && { required: true }), content: buildContent(body, context) };
}

/** An error without a documented body becomes the shared component of its status. */
export function buildResponse(status: string, body: Body, context: BuildContext): JsonObject {
  const description = `${STATUS_CODES[status] ?? status}.`;
  const isError = /^[45]/.test(status);
  const isEmptyError = isError && isUndocumented(body.fields) && body.examples.length === 0;
  const headers = buildHeaders(body, context);
  const head = { description, ...(Object.keys(headers).length > 0 && { headers }) };
  if (body.mediaType !== undefined && (body.fields || body.examples.length > 0) && !isEmptyError)
    return { ...head, content: buildContent(body, context) };
  if (isError)
    return "headers" in head ? { ...undocumentedError(description), headers } : errorComponent(status, context.editor);
  return body.mediaType === undefined
    ? head
    : { ...head, content: { [body.mediaType]: { schema: { type: "object", additionalProperties: true } } } };
}

/** The headers of a response, or some of them. */
export function buildHeaders({ headers }: Body, { copier }: BuildContext, isBuilt = (_: string) => true): JsonObject {
  const built = [...(headers ?? [])].filter(([key]) => isBuilt(key));
  return Object.fromEntries(
    built.map(([, { name, required, fields, pointer }]) => {
      const schema = fields ? copier.copy([...pointer, "schema"]) : { type: "string" };
      return [name, { ...(required && { required }), schema }];
    }),
  );
}

function buildContent(body: Body, { copier }: BuildContext): JsonObject {
  const samples = body.examples.map(({ value }) => value);
  // An empty object on the page beside an example is a schema that nobody filled in.
  const schemas =
    isUndocumented(body.fields) && samples.length > 0 ? [] : body.schemas.map((pointer) => copier.copy(pointer));
  const [schema = schemaFromSamples(samples), ...variants] = schemas;
  const media = { schema: variants.length > 0 ? { anyOf: schemas } : schema, ...buildExamples(body) };
  const type = body.mediaType ?? "application/json";
  return { [type]: media, ...copier.copyMedia(body.pointer, (other) => other !== type) };
}

/** Examples as printed, without those that contradict the schema of their own page. */
function buildExamples({ fields, examples }: Body): JsonObject {
  const valid = examples.filter(({ value }: Example) => !fields || !contradictsItself(fields, value));
  const [first] = valid;
  if (!first) return {};
  if (valid.length === 1) return { example: first.value };
  return { examples: Object.fromEntries(valid.map(({ value }, index) => [`example${index + 1}`, { value }])) };
}

/** Placeholders for a page that documents no success, or no error. */
function undocumentedResponses(statuses: string[], { editor }: BuildContext): JsonObject {
  const hasError = statuses.some((status) => /^[45]|default/.test(status));
  const anyError = editor.has(["components", "responses", "Error"])
    ? { $ref: "#/components/responses/Error" }
    : undocumentedError("Not documented.");
  return {
    ...(!statuses.some((status) => status.startsWith("2")) && { "2XX": { description: "Not documented." } }),
    ...(!hasError && { default: anyError }),
  };
}

/** Without a schema the generated type would say that there is no body; with an empty one it is `unknown`. */
const undocumentedError = (description: string): JsonObject => ({
  description,
  content: { "*/*": { schema: { description: "Not documented." } } },
});

function errorComponent(status: string, editor: YamlEditor): JsonObject {
  const text = STATUS_CODES[status] ?? `Status ${status}`;
  const name = pascalCase(text.replaceAll("'", ""));
  const pointer = ["components", "responses", name];
  if (!editor.has(pointer)) editor.set(pointer, undocumentedError(text));
  return { $ref: `#/components/responses/${name}` };
}
