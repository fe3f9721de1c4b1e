import { STATUS_CODES } from "node:http";
import { pascalCase } from "../../pascal-case.js";
import { contradictsItself } from "../compare/compare-example.js";
import { isUndocumented } from "../compare/compare-fields.js";
import { pageEvidence } from "../compare/confirmations.js";
import type { JsonObject } from "../read/json.js";
import type { Body, Example, Parameter } from "../read/operation.js";
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
  // The path decides which parameters it has: pages omit some, and list others.
  const ofPath = pathParameters.map(({ name, reference }, index) => {
    const shown = operation.parameters.get(`path {${index + 1}}`) ?? { pointer: [], in: "path", fields: undefined };
    return reference ?? buildParameter({ ...shown, name, required: true }, context);
  });
  const others = [...operation.parameters.values()].filter((parameter) => parameter.in !== "path");
  const parameters = [...ofPath, ...others.map((parameter) => buildParameter(parameter, context))];
  const responses = Object.fromEntries(
    [...operation.responses].map(([status, body]) => [status, buildResponse(status, body, context)]),
  );
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
  };
}

export function buildParameter(
  { in: location, name, required, fields, pointer }: Parameter,
  { copier }: BuildContext,
): JsonObject {
  const head = { name, in: location, ...(required && { required }) };
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
  if (body.mediaType !== undefined && (body.fields || body.examples.length > 0) && !isEmptyError)
    return { description, content: buildContent(body, context) };
  if (isError) return errorComponent(status, context.editor);
  return body.mediaType === undefined
    ? { description }
    : { description, content: { [body.mediaType]: { schema: { type: "object", additionalProperties: true } } } };
}

function buildContent(body: Body, { copier }: BuildContext): JsonObject {
  const samples = body.examples.map(({ value }) => value);
  const schemas = body.schemas.map((pointer) => copier.copy(pointer));
  const [schema = schemaFromSamples(samples), ...variants] = schemas;
  const media = { schema: variants.length > 0 ? { anyOf: schemas } : schema, ...buildExamples(body) };
  const type = body.mediaType ?? "application/json";
  return { [type]: media, ...copier.copyOtherMedia(body.pointer, type) };
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
