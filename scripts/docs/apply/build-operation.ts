import { STATUS_CODES } from "node:http";
import { contradictsItself } from "../compare/compare-example.js";
import { isUnseen } from "../compare/compare-fields.js";
import type { Json } from "../read/json.js";
import type { Body, Example, Parameter } from "../read/operation.js";
import { pascalCase } from "./names.js";
import { type SchemaCopier, schemaOfSamples } from "./schema-copier.js";
import type { Editor } from "./yaml-editor.js";

/** Makes the parts of an operation from those of a page, in the way that `openapi/README.md` sets out. */
export interface Maker {
  copier: SchemaCopier;
  editor: Editor;
}

/** A parameter, named as the spec names it. */
export function makeParameter({ in: where, name, required, fields, at }: Parameter, { copier }: Maker): Json {
  const schema = fields ? copier.copy([...at, "schema"]) : { type: "string" };
  const head = { name, in: where, ...(required && { required }) };
  if (fields) return { ...head, schema };
  const unseen =
    where === "path" ? "Its type; only the name was read." : "Type and optionality; only the name was read.";
  return { ...head, "x-inferred": unseen, schema };
}

export function makeRequest(body: Body, maker: Maker): Json {
  return { ...(body.required && { required: true }), content: makeContent(body, maker) };
}

/** A response; an error of which the page shows no body is the component of its status. */
export function makeResponse(status: string, body: Body, maker: Maker): Json {
  const description = `${STATUS_CODES[status] ?? status}.`;
  if (body.mediaType !== undefined && (body.fields || body.examples.length > 0) && !isEmptyError(status, body))
    return { description, content: makeContent(body, maker) };
  if (/^[45]/.test(status)) return errorComponent(status, maker.editor);
  return body.mediaType === undefined
    ? { description }
    : { description, content: { [body.mediaType]: { schema: { type: "object", additionalProperties: true } } } };
}

const isEmptyError = (status: string, body: Body) =>
  /^[45]/.test(status) && isUnseen(body.fields) && body.examples.length === 0;

function makeContent(body: Body, { copier }: Maker): Json {
  const samples = body.examples.map(({ value }) => value);
  const schemas = body.schemas.map((place) => copier.copy(place));
  const [schema = schemaOfSamples(samples), ...more] = schemas;
  const media = { schema: more.length > 0 ? { anyOf: schemas } : schema, ...makeExamples(body) };
  const type = body.mediaType ?? "application/json";
  return { [type]: media, ...copier.copyMedia(body.at, type) };
}

/** Examples as printed, but for those that contradict the page's own schema. */
function makeExamples({ fields, examples }: Body): Json {
  const sound = examples.filter(({ value }: Example) => !fields || !contradictsItself(fields, value));
  const [first] = sound;
  if (!first) return {};
  if (sound.length === 1) return { example: first.value };
  return { examples: Object.fromEntries(sound.map(({ value }, index) => [`example${index + 1}`, { value }])) };
}

/** An error of which no body was seen: types then say `unknown` rather than that there is none. */
export const unseenError = (description: string): Json => ({
  description,
  content: { "*/*": { schema: { description: "Not documented." } } },
});

function errorComponent(status: string, editor: Editor): Json {
  const text = STATUS_CODES[status] ?? `Status ${status}`;
  const name = pascalCase(text.replaceAll("'", ""));
  const place = ["components", "responses", name];
  if (!editor.has(place)) editor.set(place, unseenError(text));
  return { $ref: `#/components/responses/${name}` };
}
