import { STATUS_CODES } from "node:http";
import type { ObservedResponses } from "../../../src/observe/observations.js";
import { inputSchemas } from "../../generate/close-inputs.js";
import { FROM_RESPONSES, type Spec } from "../../specs.js";
import { isUndocumented } from "../compare/compare-fields.js";
import { apiHeaders, type ObservedComparison, specStatus } from "../compare/compare-observed.js";
import { observedFields } from "../compare/compare-observed-fields.js";
import type { Difference, DifferenceKind } from "../compare/difference.js";
import { isUnnamed, MAP_VALUE, parentPath } from "../read/fields.js";
import { asObject, type JsonObject, resolveReference, valueAt } from "../read/json.js";
import type { ObservedSource } from "../read/observed.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { insertField } from "./additions.js";
import { observedSchema } from "./observed-schema.js";
import type { YamlEditor } from "./yaml-editor.js";

interface ObservedContext {
  spec: KnownOperation;
  source: ObservedSource;
  editor: YamlEditor;
}

/** Writes what responses show into the spec. What cannot be written stays a difference. */
type ObservedAddition = (difference: Difference, context: ObservedContext) => void;

/** Applies what only adds to the spec. What contradicts it needs a decision. */
export function applyObserved(
  { source, operation, differences, confirmations }: ObservedComparison,
  editor: YamlEditor,
): void {
  const context = { spec: operation, source, editor };
  // The placeholder of a status is renamed last, because the others point into it.
  for (const kind of Object.keys(ADDITIONS) as DifferenceKind[])
    for (const difference of differences) if (difference.kind === kind) ADDITIONS[kind]?.(difference, context);
  for (const { kind, pointer } of confirmations) {
    if (kind === "observed") {
      if (editor.has([...pointer, "x-observed"])) editor.remove([...pointer, "x-observed"]);
      editor.insert(pointer, "x-observed", source.observed, (key) => key === "x-inferred" || key === "x-source");
    }
    if (kind !== "evidence") continue;
    editor.set([...pointer, "x-evidence"], "observed");
    if (editor.has([...pointer, "x-inferred"])) editor.remove([...pointer, "x-inferred"]);
  }
}

const responsesOf = ({ source }: ObservedContext, status = "") => source.shapes.responses[status];
const keyOf = ({ spec, source }: ObservedContext, status = "") => specStatus(spec, source, status) ?? status;

const marked = (schema: JsonObject): JsonObject => ({ ...schema, "x-inferred": FROM_RESPONSES });

const addField: ObservedAddition = ({ body, field = "" }, context) => {
  const { spec, editor } = context;
  const ours = spec.responses.get(keyOf(context, body));
  const theirs = responsesOf(context, body);
  if (!ours || !theirs) return;
  const fields = observedFields(theirs);
  const hasNames = (all: Iterable<string>) =>
    [...all].some((path) => path !== "" && !isUnnamed(path) && parentPath(path) === parentPath(field));
  // Further names that were not recorded do not make a map of an object that has fields.
  if (field.endsWith(MAP_VALUE) && (hasNames(ours.fields?.keys() ?? []) || hasNames(fields.keys()))) return;
  insertField({ spec, editor, ours, field, schemaOf: (path) => marked(observedSchema(fields, path)) });
};

/** A value that may be null in responses may still be refused in requests, so that schemas of requests stay as they are. */
const addNull: ObservedAddition = ({ body, field = "" }, context) => {
  const { spec, editor } = context;
  // The generated types need a body.
  if (field === "") return;
  const declaredAt = spec.responses.get(keyOf(context, body))?.fields?.get(field)?.declaredAt;
  if (!declaredAt) return;
  const [, section, name] = declaredAt;
  const inputs = inputSchemas(spec.file.value as Spec);
  if (declaredAt[0] === "components" && section === "schemas" && inputs.has(String(name))) return;
  const node = asObject(valueAt(spec.file.value, declaredAt));
  if (node.anyOf !== undefined) editor.add([...declaredAt, "anyOf"], { type: "null" });
  else if (node.$ref !== undefined) {
    const { $ref, ...beside } = node;
    editor.set(declaredAt, { ...beside, anyOf: [{ $ref }, { type: "null" }] });
  } else if (node.type !== undefined && node.const === undefined) {
    editor.set([...declaredAt, "type"], [...new Set([node.type, "null"].flat())]);
    if (node.enum !== undefined) editor.add([...declaredAt, "enum"], null);
  }
};

/** What only responses show, further responses may change: operations that share a schema, or a later file. */
const addTypes: ObservedAddition = ({ body, field = "" }, context) => {
  const { spec, editor } = context;
  const declaredAt = spec.responses.get(keyOf(context, body))?.fields?.get(field)?.declaredAt;
  const theirs = responsesOf(context, body);
  const their = theirs && observedFields(theirs).get(field);
  if (!declaredAt || !their) return;
  const nodes = declaredAt.map((_, last) => asObject(valueAt(spec.file.value, declaredAt.slice(0, last + 1))));
  const { type, format } = nodes.at(-1) ?? {};
  if (type === undefined || !nodes.some((node) => node["x-inferred"] === FROM_RESPONSES)) return;
  const types = new Set([type, ...Object.keys(their.types)].flat());
  if (types.has("number")) types.delete("integer");
  editor.set([...declaredAt, "type"], types.size === 1 ? [...types][0] : [...types]);
  const { string: strings = 0 } = their.types;
  const formatted: Record<string, number> = their.formats ?? {};
  if (typeof format === "string" && (formatted[format] ?? 0) < strings) editor.remove([...declaredAt, "format"]);
};

/** Closed lists are documented: another value contradicts them. */
const addValues: ObservedAddition = ({ specPointer, values = [] }, { spec, editor }) => {
  if (asObject(valueAt(spec.file.value, specPointer))["x-open-enum"] !== undefined)
    editor.add([...specPointer, "x-open-enum"], ...values);
};

const addBody: ObservedAddition = ({ body = "" }, context) => {
  const { spec, editor } = context;
  const theirs = responsesOf(context, body);
  if (!theirs) return;
  const pointer = [...spec.pointer, "responses", body];
  const content = contentOf(theirs, marked);
  // Others share the response that it refers to.
  if (editor.has([...pointer, "$ref"])) editor.set(pointer, { description: descriptionOf(body), content });
  else editor.set([...pointer, "content"], content);
};

const addHeader: ObservedAddition = ({ body = "", header = "" }, context) => {
  const { spec, editor } = context;
  const pointer = [...spec.pointer, "responses", keyOf(context, body)];
  if (editor.has([...pointer, "$ref"])) editor.set(pointer, responseAt(spec, pointer));
  if (!editor.has([...pointer, "headers"])) editor.insert(pointer, "headers", {}, (key) => key === "content");
  editor.set([...pointer, "headers", header], HEADER);
};

/** Values of headers are not observed. */
const HEADER = marked({ schema: { type: "string" } });

const responseAt = ({ file }: KnownOperation, pointer: readonly (string | number)[]): JsonObject =>
  asObject(valueAt(file.value, resolveReference(file.value, pointer)));

const addStatus: ObservedAddition = ({ body = "" }, context) => {
  const { spec, editor } = context;
  const theirs = responsesOf(context, body);
  const pointer = [...spec.pointer, "responses"];
  if (!theirs) return;
  if (keyOf(context, body) === "2XX") {
    if (editor.has([...pointer, "2XX", "description"]))
      editor.set([...pointer, "2XX", "description"], descriptionOf(body));
    return editor.rename([...pointer, "2XX"], body);
  }
  editor.insert(pointer, body, buildResponse(body, theirs), (key) => key > body || key === "default");
  const success = spec.responses.get("2XX");
  // The placeholder of a success that was not observed. Further errors may come.
  if (body.startsWith("2") && success && isUndocumented(success.fields) && editor.has([...pointer, "2XX"]))
    editor.remove([...pointer, "2XX"]);
};

const buildResponse = (status: string, theirs: ObservedResponses): JsonObject => {
  const headers = Object.fromEntries(apiHeaders(theirs).map(([header]) => [header, HEADER]));
  const described = marked({
    description: descriptionOf(status),
    ...(Object.keys(headers).length > 0 && { headers }),
  });
  if (theirs.body) return { ...described, content: contentOf(theirs) };
  // Without a schema the generated type of an error would say that there is no body.
  return /^[45]/.test(status) ? { ...described, content: { "*/*": { schema: {} } } } : described;
};

const descriptionOf = (status: string) => `${STATUS_CODES[status] ?? status}.`;

/** The most frequent media type of JSON, with the schema of the bodies. */
function contentOf(theirs: ObservedResponses, finish = (schema: JsonObject) => schema): JsonObject {
  const [type = "application/json"] = Object.entries(theirs.contentTypes)
    .filter(([name]) => name.includes("json"))
    .sort(([, one], [, other]) => other - one)
    .map(([name]) => name);
  return { [type]: { schema: finish(observedSchema(observedFields(theirs), "")) } };
}

/** By kind of difference, in the order in which they are applied. */
const ADDITIONS: Partial<Record<DifferenceKind, ObservedAddition>> = {
  nullable: addNull,
  "field type": addTypes,
  "enum added": addValues,
  "field added": addField,
  "body added": addBody,
  "header added": addHeader,
  "status added": addStatus,
};
