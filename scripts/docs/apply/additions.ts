import { type Confirmed, evidenceIn, reachedBy } from "../compare/confirmations.js";
import type { Difference, Kind } from "../compare/difference.js";
import { nameOf, parentOf, stepsOf } from "../read/fields.js";
import { at, listOf, objectOf } from "../read/json.js";
import { type Body, bodyOf, REQUEST } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { Pointer } from "../read/parse-yaml.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { type Maker, makeParameter, makeRequest, makeResponse } from "./build-operation.js";
import { schemaOfSamples } from "./schema-copier.js";

/** What an addition is made from. */
export interface Context extends Maker {
  spec: KnownOperation;
  page: Page;
}

/** Puts what a page has more into the spec. Says whether it did. */
type Addition = (difference: Difference, context: Context) => boolean;

const addParameter: Addition = ({ parameter = "" }, context) => {
  const { spec, page, editor } = context;
  const their = page.operation.parameters.get(parameter);
  if (!their) return false;
  editor.add([...spec.at, "parameters"], makeParameter(their, context));
  return true;
};

const addField: Addition = (difference, context) => {
  const { body = "", field = "", parameter } = difference;
  const { spec, page, editor } = context;
  const ours = bodyOf(spec, body);
  const theirs = bodyOf(page.operation, body);
  const parent = ours?.fields?.get(parentOf(field));
  if (parameter !== undefined || !parent || !theirs) return false;
  const node = objectOf(at(spec.file.value, parent.at));
  const isShared = parent.at[0] === "components" && reachedBy(spec.file, parent.at) > 1;
  if (isShared && node.properties === undefined) {
    // An empty object that many refer to stands for "not seen": here it now was.
    editor.set(parent.from, schemaAt(theirs, parentOf(field), context));
    return true;
  }
  if (field.endsWith("[]")) {
    editor.set([...parent.at, "items"], schemaAt(theirs, field, context));
    return true;
  }
  const place = [...parent.at, "properties", nameOf(field)];
  if (!editor.has([...parent.at, "properties"])) editor.set([...parent.at, "properties"], {});
  if (!editor.has(place)) editor.set(place, schemaAt(theirs, field, context));
  // What other operations share is not required by one page.
  if (theirs.fields?.get(field)?.required && !isShared) editor.add([...parent.at, "required"], nameOf(field));
  return true;
};

/** The schema of a field, from the page's own or from its examples. */
function schemaAt(body: Body, field: string, { copier }: Context): object {
  const declared = body.fields?.get(field);
  return declared
    ? copier.copy(declared.from)
    : schemaOfSamples(body.examples.flatMap(({ value }) => valuesAt(value, field)));
}

function valuesAt(value: unknown, field: string): unknown[] {
  return stepsOf(field).reduce<unknown[]>(
    (found, step) =>
      found.flatMap((each) => {
        if (step === "[]") return listOf(each);
        const object = objectOf(each);
        return Object.hasOwn(object, step) ? [object[step]] : [];
      }),
    [value],
  );
}

const addStatus: Addition = ({ body = "" }, context) => {
  const { spec, page, editor } = context;
  const theirs = page.operation.responses.get(body);
  if (!theirs) return false;
  const place = [...spec.at, "responses"];
  const node = makeResponse(body, theirs, context);
  editor.insert(place, body, node, (key) => key > body || key === "default" || key === "2XX");
  // These stood for statuses that were not seen.
  for (const standIn of [/^2/.test(body) ? "2XX" : "", /^[45]/.test(body) ? "default" : ""])
    if (standIn && editor.has([...place, standIn])) editor.remove([...place, standIn]);
  return true;
};

const addBody: Addition = ({ body = "" }, context) => {
  const { spec, page, editor } = context;
  const theirs = bodyOf(page.operation, body);
  if (!theirs) return false;
  const place: Pointer = body === REQUEST ? [...spec.at, "requestBody"] : [...spec.at, "responses", body];
  const node = body === REQUEST ? makeRequest(theirs, context) : makeResponse(body, theirs, context);
  const kept = objectOf(at(spec.file.value, place));
  // Of what stands there only the body is new; a shared stand-in gives way as a whole.
  if ("$ref" in kept || !editor.has(place)) editor.set(place, node);
  else editor.set([...place, "content"], node.content);
  return true;
};

const addValues: Addition = ({ specAt, values = [] }, { spec, editor }) => {
  const node = objectOf(at(spec.file.value, specAt));
  const isOpen = node.enum === undefined;
  const key = isOpen && "x-open-enum" in node ? "x-open-enum" : "enum";
  const isNumber = [node.type].flat().some((type) => type === "integer" || type === "number");
  // A page that closes a list that had none changes what is accepted: for people to decide.
  if (node[key] === undefined) return false;
  editor.add([...specAt, key], ...values.map((value) => (isNumber ? Number(value) : value)));
  return true;
};

const setTitle: Addition = ({ page = "" }, { spec, editor }) => {
  editor.set([...spec.at, "summary"], page);
  const older = spec.node["x-older-titles"] ?? [];
  if (older.includes(spec.title)) return true;
  if (older.length > 0) editor.prepend([...spec.at, "x-older-titles"], spec.title);
  else editor.insert(spec.at, "x-older-titles", [spec.title], (key) => key === "description" || key === "x-evidence");
  return true;
};

const setDeprecated: Addition = (_, { spec, editor }) => {
  const isAfter = (key: string) =>
    ["x-replaced-by", "x-idempotent", "parameters", "requestBody", "responses"].includes(key);
  editor.insert(spec.at, "deprecated", true, isAfter);
  return true;
};

const setModified: Addition = ({ specAt, page }, { editor }) => {
  editor.set(specAt, page);
  return true;
};

/** By kind of difference. What is not here changes or drops something, and is left to people. */
export const ADDITIONS: Partial<Record<Kind, Addition>> = {
  title: setTitle,
  deprecated: setDeprecated,
  modified: setModified,
  "parameter added": addParameter,
  "field added": addField,
  "enum added": addValues,
  "status added": addStatus,
  "body added": addBody,
};

/** Raises evidence to what was read, and drops what is no longer a conclusion. */
export function confirm(confirmed: Confirmed[], { spec, page, editor }: Context): void {
  for (const { kind, at: place } of confirmed) {
    if (kind === "evidence") editor.set([...place, "x-evidence"], evidenceIn(page));
    if (kind !== "page" && editor.has([...place, "x-inferred"])) editor.remove([...place, "x-inferred"]);
  }
  const { slug, id, modified = null } = page;
  const isListed = spec.node["x-source"].some((source) => source.slug === slug);
  if (slug !== undefined && !isListed) editor.prepend([...spec.at, "x-source"], { slug, id, modified });
}
