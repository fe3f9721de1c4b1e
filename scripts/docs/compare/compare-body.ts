import { FROM_RESPONSES } from "../../specs.js";
import { isUnnamed } from "../read/fields.js";
import { asObject } from "../read/json.js";
import { type Body, bodyNames, findBody, type Parameter, REQUEST } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { compareExample, contradictsItself, examplePaths, missingFields, validationErrors } from "./compare-example.js";
import { compareFields, isUndocumented, typeText } from "./compare-fields.js";
import { type Comparer, differ, nothing, type Side } from "./differ.js";
import type { Difference } from "./difference.js";
import { FROM_EXAMPLE, fieldMark, inferredMark, isFromResponses } from "./marks.js";

/** Compares the request body, and the responses that both sides have. */
export const compareBodies: Comparer = function* (spec, page) {
  for (const body of bodyNames(page.operation)) {
    const [ours, theirs] = [findBody(spec, body), findBody(page.operation, body)];
    if (ours && theirs) {
      yield* compareBody(spec, page, body, ours, theirs);
      yield* compareHeaders(spec, body, ours, theirs);
    } else if (body === REQUEST && theirs)
      yield differ("body added", body, [undefined, spec.pointer], [theirs.mediaType, theirs.pointer], { body });
    else if (body === REQUEST && ours && page.isComplete)
      yield differ("body removed", body, [ours.mediaType, ours.pointer], [undefined, page.operation.pointer], { body });
  }
};

function* compareBody(spec: KnownOperation, page: Page, body: string, ours: Body, theirs: Body): Iterable<Difference> {
  if (body === REQUEST) yield* compareRequired(spec, ours, theirs);
  const shown: Side = [theirs.mediaType, theirs.pointer];
  if (isUndocumented(ours.fields) && isShown(theirs)) {
    yield differ("body added", body, ["undocumented", ours.pointer], shown, { body });
    return;
  }
  const isInferred =
    inferredMark(spec.file, [ours.pointer]) !== undefined ||
    (ours.fields !== undefined && isFromResponses(spec.file, ours.fields, "", ours.pointer));
  if (page.isComplete && theirs.mediaTypes.length === 0 && !isUndocumented(ours.fields) && !isInferred)
    yield differ("body removed", body, [ours.mediaType, ours.pointer], shown, { body });
  yield* compareMediaTypes(page, body, ours, theirs);
  const { fields } = ours;
  if (fields && theirs.fields) {
    const markOf = (path: string) => fieldMark(spec.file, fields, path, ours.pointer);
    const owner = { name: body, subject: { body }, typeKind: "field type", markOf } as const;
    const inExamples = new Set(theirs.examples.flatMap(({ value }) => [...examplePaths(value, fields)]));
    // The spec has marked a field that it knows from an example only.
    const isFromExample = (path: string) =>
      inExamples.has(path) && inferredMark(spec.file, [fields.get(path)?.declaredAt]) === FROM_EXAMPLE;
    const isShownElsewhere = (path: string) =>
      isFromExample(path) || isFromResponses(spec.file, fields, path, ours.pointer);
    for (const difference of compareFields(fields, theirs.fields, owner))
      if (difference.kind !== "field removed" || !isShownElsewhere(difference.field ?? "")) yield difference;
  }
  yield* compareExamples(spec, page, body, ours, theirs);
}

/** Whether a page shows anything of a body. */
function isShown({ fields, examples }: Body): boolean {
  return (
    !isUndocumented(fields) ||
    examples.some(({ value }) => Array.isArray(value) || Object.keys(asObject(value)).length > 0)
  );
}

function* compareExamples(
  spec: KnownOperation,
  page: Page,
  body: string,
  ours: Body,
  theirs: Body,
): Iterable<Difference> {
  const [schema] = ours.schemas;
  // An example says nothing about fields that the page lists, but it may be all that the page has.
  const isListed = page.isComplete && !isUndocumented(theirs.fields);
  for (const example of theirs.examples) {
    const differences = ours.fields ? compareExample(ours, example, body) : [];
    const isUnlisted = ({ kind, field = "" }: Difference) =>
      !isListed || (kind === "field added" && !isUnnamed(field) && !theirs.fields?.has(field));
    const own = differences.filter(isUnlisted);
    yield* own;
    const isOwnFault = theirs.fields && contradictsItself(theirs.fields, example.value);
    if (!schema || own.length > 0 || isOwnFault) continue;
    const [first, ...others] = validationErrors(spec.file, schema, example.value);
    const text = others.length > 0 ? `${first} (and ${others.length} more)` : first;
    if (first !== undefined) yield differ("example", body, [undefined, schema], [text, example.pointer], { body });
  }
}

function* compareRequired(spec: KnownOperation, ours: Body, theirs: Body): Iterable<Difference> {
  if (theirs.required === undefined || theirs.required === ours.required) return;
  // What is inferred and left open by the page is listed with the answers.
  if (!theirs.required && inferredMark(spec.file, [ours.pointer]) !== undefined) return;
  const [known, shown] = [ours, theirs].map(
    ({ required, pointer }): Side => [required ? "required" : "optional", pointer],
  ) as [Side, Side];
  yield differ("body required", REQUEST, known, shown, { body: REQUEST });
}

const ANY_TYPE = "*/*";

function* compareMediaTypes(page: Page, body: string, ours: Body, theirs: Body): Iterable<Difference> {
  const [known, shown] = [ours.mediaTypes, theirs.mediaTypes];
  if (known.length === 0 || shown.length === 0 || known.includes(ANY_TYPE) || shown.includes(ANY_TYPE)) return;
  const [added, removed] = [
    shown.filter((type) => !known.includes(type)),
    known.filter((type) => !shown.includes(type)),
  ];
  const subject = { body };
  if (added.length > 0)
    yield differ(
      "media type added",
      body,
      [known.join(", "), ours.pointer],
      [added.join(", "), theirs.pointer],
      subject,
    );
  if (removed.length > 0 && page.isComplete)
    yield differ("media type removed", body, [removed.join(", "), ours.pointer], [undefined, theirs.pointer], subject);
}

function* compareHeaders(spec: KnownOperation, body: string, ours: Body, theirs: Body): Iterable<Difference> {
  if (!theirs.headers) return;
  const known = ours.headers ?? new Map<string, Parameter>();
  for (const [header, their] of theirs.headers) {
    const our = known.get(header);
    const [name, subject] = [`${body} ${header}`, { body, header }];
    if (!our) {
      const root = their.fields?.get("");
      const shown: Side = [root && typeText(root), their.pointer];
      yield differ("header added", name, [undefined, ours.pointer], shown, { ...subject, ...nothing });
    } else if (our.fields && their.fields) {
      const { fields, pointer } = our;
      const markOf = (path: string) => fieldMark(spec.file, fields, path, pointer);
      yield* compareFields(fields, their.fields, { name, subject, typeKind: "header type", markOf });
    }
  }
  for (const [header, { pointer }] of known)
    if (!theirs.headers.has(header) && inferredMark(spec.file, [pointer]) !== FROM_RESPONSES)
      yield differ("header removed", `${body} ${header}`, [undefined, pointer], [undefined, theirs.pointer], {
        body,
        header,
      });
}

/** Fields of newer pages that an older page lacks. They are reported and do not count. */
export function missingFromOlderPage(spec: KnownOperation, page: Page): Difference[] {
  return [...page.operation.responses].flatMap(([body, theirs]) => {
    const ours = spec.responses.get(body);
    const names = ours ? theirs.examples.flatMap(({ value }) => missingFields(ours, value)) : [];
    return [...new Set(names)].map((field) => {
      const pointer = ours?.fields?.get(field)?.pointer ?? ours?.pointer ?? spec.pointer;
      return differ("field removed", `${body} ${field}`, ["shown", pointer], [undefined, theirs.pointer], {
        body,
        field,
      });
    });
  });
}
