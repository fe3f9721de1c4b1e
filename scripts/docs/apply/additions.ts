import { isUndocumented } from "../compare/compare-fields.js";
import { type Confirmation, countUsers, pageEvidence } from "../compare/confirmations.js";
import type { Difference, DifferenceKind } from "../compare/difference.js";
import { FROM_EXAMPLE } from "../compare/marks.js";
import { type Field, fieldName, isUnnamed, MAP_VALUE, parentPath, pathSteps } from "../read/fields.js";
import { asList, asObject, type Pointer, valueAt } from "../read/json.js";
import { type Body, findBody, REQUEST } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import {
  type BuildContext,
  buildCallbacks,
  buildHeaders,
  buildParameter,
  buildRequest,
  buildResponse,
} from "./build-operation.js";
import { schemaFromSamples } from "./schema-copier.js";
import type { YamlEditor } from "./yaml-editor.js";

export interface AdditionContext extends BuildContext {
  spec: KnownOperation;
  page: Page;
}

/** Adds what a page has to the spec. Returns whether it did. */
type Addition = (difference: Difference, context: AdditionContext) => boolean;

const addParameter: Addition = ({ parameter = "" }, context) => {
  const { spec, page, editor } = context;
  const added = page.operation.parameters.get(parameter);
  if (!added) return false;
  editor.add([...spec.pointer, "parameters"], buildParameter(added, context));
  return true;
};

const addField: Addition = ({ body = "", field = "", parameter }, context) => {
  const { spec, page, editor } = context;
  const ours = findBody(spec, body);
  const theirs = findBody(page.operation, body);
  if (parameter !== undefined || !ours || !theirs) return false;
  const schemaOf = (path: string) => fieldSchema(theirs, path, context);
  return insertField({ spec, editor, ours, field, schemaOf, isRequired: theirs.fields?.get(field)?.required });
};

/** A field that a body lacks, and the schemas of what another source has. */
export interface NewField {
  spec: KnownOperation;
  editor: YamlEditor;
  ours: Body;
  field: string;
  schemaOf: (path: string) => object;
  isRequired?: boolean | undefined;
}

/** Returns whether the field could be added. */
export function insertField({ spec, editor, ours, field, schemaOf, isRequired }: NewField): boolean {
  const parent = ours.fields?.get(parentPath(field));
  if (!parent) return false;
  const { anyOf, oneOf } = asObject(valueAt(spec.file.value, parent.pointer));
  const variant = anyOf || oneOf ? variantWithFields(parentPath(field), ours) : undefined;
  const at = variant ?? parent.pointer;
  const node = asObject(valueAt(spec.file.value, at));
  const isShared = isSharedPlace(at, spec);
  if (isShared && node.properties === undefined) {
    // A shared empty object is the placeholder for an undocumented one. Anything else is not ours alone to change.
    if (!Object.keys(node).every((key) => PLACEHOLDER_KEYS.has(key))) return false;
    editor.set(parent.declaredAt, schemaOf(parentPath(field)));
    return true;
  }
  if (isUnnamed(field)) {
    const keyword = field.endsWith("[]") ? "items" : "additionalProperties";
    editor.set([...at, keyword], schemaOf(field));
    return true;
  }
  const pointer = [...at, "properties", fieldName(field)];
  if (!editor.has([...at, "properties"])) editor.set([...at, "properties"], {});
  if (!editor.has(pointer)) editor.set(pointer, schemaOf(field));
  // One page does not decide what other operations require.
  if (isRequired && !isShared) editor.add([...at, "required"], fieldName(field));
  return true;
}

/** The variant of an object that has its other fields. */
function variantWithFields(path: string, { fields }: Body): Pointer | undefined {
  const isSibling = (other: string, { declaredAt }: Field) =>
    other !== "" && parentPath(other) === path && declaredAt.at(-2) === "properties";
  const [, sibling] = [...(fields ?? [])].find(([other, field]) => isSibling(other, field)) ?? [];
  return sibling?.declaredAt.slice(0, -2);
}

const PLACEHOLDER_KEYS = new Set(["type", "description", "additionalProperties", "x-inferred"]);

export const isSharedPlace = (pointer: Pointer, { file }: KnownOperation) =>
  pointer[0] === "components" && countUsers(file, pointer) > 1;

/** The schema of a field, from the schema of the page or from its examples. */
function fieldSchema(body: Body, field: string, { copier }: AdditionContext): object {
  const declared = body.fields?.get(field);
  if (declared) return copier.copyDeclaration(declared.declaration);
  const schema = schemaFromSamples(body.examples.flatMap(({ value }) => sampleValues(value, field)));
  return isUndocumented(body.fields) ? schema : { ...schema, "x-inferred": FROM_EXAMPLE };
}

function sampleValues(value: unknown, field: string): unknown[] {
  return pathSteps(field).reduce<unknown[]>(
    (found, step) =>
      found.flatMap((each) => {
        if (step === "[]") return asList(each);
        const object = asObject(each);
        if (step === MAP_VALUE) return Object.values(object);
        return Object.hasOwn(object, step) ? [object[step]] : [];
      }),
    [value],
  );
}

const addStatus: Addition = ({ body = "" }, context) => {
  const { spec, page, editor } = context;
  const theirs = page.operation.responses.get(body);
  if (!theirs) return false;
  const pointer = [...spec.pointer, "responses"];
  const node = buildResponse(body, theirs, context);
  editor.insert(pointer, body, node, (key) => key > body || key === "default" || key === "2XX");
  // The placeholders of undocumented statuses.
  for (const placeholder of [/^2/.test(body) ? "2XX" : "", /^[45]/.test(body) ? "default" : ""])
    if (placeholder && editor.has([...pointer, placeholder])) editor.remove([...pointer, placeholder]);
  return true;
};

const addBody: Addition = ({ body = "" }, context) => {
  const { spec, page, editor } = context;
  const theirs = findBody(page.operation, body);
  if (!theirs) return false;
  const pointer: Pointer = body === REQUEST ? [...spec.pointer, "requestBody"] : [...spec.pointer, "responses", body];
  const node = body === REQUEST ? buildRequest(theirs, context) : buildResponse(body, theirs, context);
  const existing = asObject(valueAt(spec.file.value, pointer));
  // Only the body is new, unless a shared placeholder is replaced.
  if ("$ref" in existing || !editor.has(pointer)) editor.set(pointer, node);
  else editor.set([...pointer, "content"], node.content);
  return true;
};

const addValues: Addition = ({ specPointer, values = [] }, { spec, editor }) => {
  const node = asObject(valueAt(spec.file.value, specPointer));
  const isOpen = node.enum === undefined;
  const key = isOpen && "x-open-enum" in node ? "x-open-enum" : "enum";
  const isNumber = [node.type].flat().some((type) => type === "integer" || type === "number");
  // An enum where the spec has none narrows what is accepted, which needs a decision.
  if (node[key] === undefined) return false;
  editor.add([...specPointer, key], ...values.map((value) => (isNumber ? Number(value) : value)));
  return true;
};

/** A list of the page in the place of one that was inferred. */
const replaceValues: Addition = ({ specPointer, values = [] }, { spec, editor }) => {
  if (asObject(valueAt(spec.file.value, specPointer))["x-open-enum"] === undefined) return false;
  editor.rename([...specPointer, "x-open-enum"], "enum");
  editor.set([...specPointer, "enum"], values);
  return true;
};

/** A limit, a default or the like where the spec has none. A shared schema says it for other operations too. */
const addKeyword: Addition = ({ specPointer, spec: known, keyword, json }, { spec, editor }) => {
  if (known !== undefined || keyword === undefined || json === undefined || isSharedPlace(specPointer, spec))
    return false;
  editor.set([...specPointer, keyword], JSON.parse(json));
  return true;
};

const addHeader: Addition = ({ body = "", header }, context) => {
  const { spec, page, editor } = context;
  const theirs = page.operation.responses.get(body);
  const pointer = [...spec.pointer, "responses", body];
  if (!theirs || "$ref" in asObject(valueAt(spec.file.value, pointer))) return false;
  if (!editor.has([...pointer, "headers"])) editor.set([...pointer, "headers"], {});
  for (const [name, node] of Object.entries(buildHeaders(theirs, context, (key) => key === header)))
    editor.set([...pointer, "headers", name], node);
  return true;
};

const addMediaTypes: Addition = ({ body = "" }, context) => {
  const { spec, page, editor, copier } = context;
  const [ours, theirs] = [findBody(spec, body), findBody(page.operation, body)];
  const pointer = body === REQUEST ? [...spec.pointer, "requestBody"] : [...spec.pointer, "responses", body];
  if (!ours || !theirs || !page.isComplete || "$ref" in asObject(valueAt(spec.file.value, pointer))) return false;
  const added = copier.copyMedia(theirs.pointer, (type) => !ours.mediaTypes.includes(type));
  for (const [type, node] of Object.entries(added)) editor.set([...pointer, "content", type], node);
  return Object.keys(added).length > 0;
};

const addCallbacks: Addition = (_, context) => {
  const { spec, page, editor } = context;
  // Those that the spec has are not replaced.
  if (spec.callbacks.size > 0) return false;
  editor.set([...spec.pointer, "callbacks"], buildCallbacks(page, context));
  return true;
};

const setTitle: Addition = ({ page = "" }, { spec, editor }) => {
  editor.set([...spec.pointer, "summary"], page);
  const older = spec.node["x-older-titles"] ?? [];
  if (older.includes(spec.title)) return true;
  if (older.length > 0) editor.prepend([...spec.pointer, "x-older-titles"], spec.title);
  else
    editor.insert(spec.pointer, "x-older-titles", [spec.title], (key) => key === "description" || key === "x-evidence");
  return true;
};

const setDeprecated: Addition = ({ page }, { spec, editor }) => {
  if (page !== "yes") return false;
  const isAfter = (key: string) =>
    ["x-replaced-by", "x-idempotent", "parameters", "requestBody", "responses"].includes(key);
  editor.insert(spec.pointer, "deprecated", true, isAfter);
  return true;
};

const setModified: Addition = ({ specPointer, page }, { editor }) => {
  editor.set(specPointer, page);
  return true;
};

/** By kind of difference. Other kinds change or remove something, which needs a decision. */
export const ADDITIONS: Partial<Record<DifferenceKind, Addition>> = {
  title: setTitle,
  deprecated: setDeprecated,
  modified: setModified,
  "parameter added": addParameter,
  "field added": addField,
  "enum added": addValues,
  "enum replaced": replaceValues,
  default: addKeyword,
  limit: addKeyword,
  pattern: addKeyword,
  access: addKeyword,
  "deprecated field": addKeyword,
  style: addKeyword,
  "header added": addHeader,
  "media type added": addMediaTypes,
  "callback added": addCallbacks,
  "status added": addStatus,
  "body added": addBody,
};

/** Raises the evidence, removes what is no longer inferred, and adds the page to the sources. */
export function applyConfirmations(confirmations: Confirmation[], { spec, page, editor }: AdditionContext): void {
  for (const { kind, pointer } of confirmations) {
    if (kind === "evidence") editor.set([...pointer, "x-evidence"], pageEvidence(page));
    if (kind !== "page" && editor.has([...pointer, "x-inferred"])) editor.remove([...pointer, "x-inferred"]);
  }
  const { slug, id, modified = null } = page;
  const isListed = spec.node["x-source"].some((source) => source.slug === slug);
  if (slug !== undefined && !isListed) editor.prepend([...spec.pointer, "x-source"], { slug, id, modified });
}
