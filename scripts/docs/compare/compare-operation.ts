import { asObject, type Pointer, valueAt } from "../read/json.js";
import { type Body, bodyNames, findBody, pathShape, REQUEST } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { compareExample, contradictsItself, missingFields, validationErrors } from "./compare-example.js";
import { compareFields, isUndocumented } from "./compare-fields.js";
import type { Difference, DifferenceKind } from "./difference.js";
import { isSameText, operationPages } from "./match.js";

/** The value and the pointer of one side of a difference. */
type Side = [value: string | undefined, pointer: Pointer];

type Comparer = (spec: KnownOperation, page: Page) => Iterable<Difference>;

/** The differences between an operation of a spec and its page. */
export function compareOperation(spec: KnownOperation, page: Page): Difference[] {
  const comparers = [compareHead, compareModified, compareParameters, compareStatuses, compareBodies];
  return comparers.flatMap((comparer) => [...comparer(spec, page)]);
}

const differ = (kind: DifferenceKind, what: string, ours: Side, theirs: Side, subject: Partial<Difference> = {}) => {
  const [[spec, specPointer], [page, pagePointer]] = [ours, theirs];
  return { kind, what, spec, page, specPointer, pagePointer, ...subject };
};

const compareHead: Comparer = function* (spec, { operation: page }) {
  const pathPointer = (pointer: Pointer) => pointer.slice(0, 2);
  if (spec.method !== page.method)
    yield differ("method", "method", [spec.method, spec.pointer], [page.method, page.pointer]);
  if (pathShape(spec.path) !== pathShape(page.path))
    yield differ("path", "path", [spec.path, pathPointer(spec.pointer)], [page.path, pathPointer(page.pointer)]);
  if (normalizeSpaces(spec.title) !== normalizeSpaces(page.title))
    yield differ("title", "title", [spec.title, [...spec.pointer, "summary"]], [page.title, page.pointer]);
  // The spec may have a deprecation from the navigation, which pages do not show.
  if (page.deprecated && !spec.deprecated)
    yield differ("deprecated", "deprecated", ["no", [...spec.pointer, "deprecated"]], ["yes", page.pointer]);
};

const normalizeSpaces = (text: string) => text.replace(/\s+/g, " ").trim();

const compareModified: Comparer = function* (spec, page) {
  const source = findSource(spec, page);
  if (page.modified === undefined || !source || source.modified === page.modified) return;
  const pointer = [...spec.pointer, "x-source", spec.node["x-source"].indexOf(source), "modified"];
  yield differ(
    "modified",
    "Modified at",
    [source.modified ?? "unknown", pointer],
    [page.modified, page.operation.pointer],
  );
};

/** Finds a page among the sources of an operation, by id, else by title or date. */
export function findSource({ node }: KnownOperation, page: Page) {
  const pages = operationPages(node);
  if (page.id !== undefined) return pages.find(({ id }) => id === page.id);
  const byTitle = pages.filter(({ slug }) => isSameText(slug.replace(/\d+e0$/, ""), page.operation.title));
  const candidates = byTitle.length > 0 ? byTitle : pages;
  return candidates.find(({ modified }) => modified === page.modified) ?? candidates[0];
}

const compareParameters: Comparer = function* (spec, { operation: page, isComplete }) {
  for (const [parameter, theirs] of page.parameters) {
    const ours = spec.parameters.get(parameter);
    const what = label(parameter, ours ?? theirs);
    const shown: Side = [requiredText(theirs), theirs.pointer];
    if (!ours) {
      const list = [...spec.pointer, "parameters"];
      if (theirs.in !== "path") yield differ("parameter added", what, [undefined, list], shown, { parameter });
      continue;
    }
    if (isComplete && theirs.required !== ours.required && theirs.in !== "path")
      yield differ("parameter required", what, [requiredText(ours), ours.pointer], shown, { parameter });
    if (ours.fields && theirs.fields)
      for (const difference of compareFields(ours.fields, theirs.fields, { parameter }))
        yield { ...difference, what: difference.what.replace(parameter, what) };
  }
  for (const [parameter, ours] of spec.parameters) {
    // The parameters of a path follow from the path.
    if (page.parameters.has(parameter) || ours.in === "path") continue;
    const sides: [Side, Side] = [
      [requiredText(ours), ours.pointer],
      [undefined, page.pointer],
    ];
    yield differ("parameter removed", label(parameter, ours), ...sides, { parameter });
  }
};

const label = (key: string, { name }: { name: string }) => (key.startsWith("path ") ? `path ${name}` : key);
const requiredText = ({ required }: { required: boolean }) => (required ? "required" : "optional");

const compareStatuses: Comparer = function* (spec, { operation: page }) {
  for (const [body, { pointer }] of page.responses)
    if (!spec.responses.has(body) && body !== "default")
      yield differ("status added", body, [undefined, [...spec.pointer, "responses"]], [undefined, pointer], { body });
  // A page without any status does not document statuses.
  if (page.responses.size === 0) return;
  for (const [body, { pointer }] of spec.responses)
    if (/^\d+$/.test(body) && !page.responses.has(body))
      yield differ("status removed", body, [undefined, pointer], [undefined, page.pointer], { body });
};

const compareBodies: Comparer = function* (spec, page) {
  for (const body of bodyNames(page.operation)) {
    const [ours, theirs] = [findBody(spec, body), findBody(page.operation, body)];
    if (ours && theirs) yield* compareBody(spec, page, body, ours, theirs);
    else if (body === REQUEST && theirs)
      yield differ("body added", body, [undefined, spec.pointer], [theirs.mediaType, theirs.pointer], { body });
    else if (body === REQUEST && ours && page.isComplete)
      yield differ("body removed", body, [ours.mediaType, ours.pointer], [undefined, page.operation.pointer], { body });
  }
};

function* compareBody(spec: KnownOperation, page: Page, body: string, ours: Body, theirs: Body): Iterable<Difference> {
  const { file } = spec;
  const shown: Side = [theirs.mediaType, theirs.pointer];
  const isShown = theirs.fields ? !isUndocumented(theirs.fields) : theirs.examples.length > 0;
  if (isUndocumented(ours.fields) && isShown && !isOpenObject(theirs)) {
    yield differ("body added", body, ["undocumented", ours.pointer], shown, { body });
    return;
  }
  if (body === REQUEST && theirs.mediaType && ours.mediaType && theirs.mediaType !== ours.mediaType)
    yield differ("media type", body, [ours.mediaType, ours.pointer], shown, { body });
  if (ours.fields && theirs.fields) {
    const isInferred = (pointer: Pointer) => "x-inferred" in asObject(valueAt(file.value, pointer));
    yield* compareFields(ours.fields, theirs.fields, { body }, { isSent: body === REQUEST, isInferred });
  }
  const [schema] = ours.schemas;
  for (const example of theirs.examples) {
    const differences = page.isComplete || !ours.fields ? [] : compareExample(ours, example, body);
    yield* differences;
    const isOwnFault = theirs.fields && contradictsItself(theirs.fields, example.value);
    if (!schema || differences.length > 0 || isOwnFault) continue;
    const [first, ...others] = validationErrors(file, schema, example.value);
    const text = others.length > 0 ? `${first} (and ${others.length} more)` : first;
    if (first !== undefined) yield differ("example", body, [undefined, schema], [text, example.pointer], { body });
  }
}

const isOpenObject = ({ fields, examples }: Body) =>
  !fields && examples.every(({ value }) => Object.keys(asObject(value)).length === 0);

/** Fields of newer pages that an older page lacks. They are reported and do not count. */
export function missingFromOlderPage(spec: KnownOperation, page: Page): Difference[] {
  return [...page.operation.responses].flatMap(([body, theirs]) => {
    const ours = spec.responses.get(body);
    const names = ours ? theirs.examples.flatMap(({ value }) => missingFields(ours, value)) : [];
    return [...new Set(names)].map((field) => {
      const pointer = ours?.fields?.get(field)?.pointer ?? ours?.pointer ?? spec.pointer;
      const sides: [Side, Side] = [
        ["shown", pointer],
        [undefined, theirs.pointer],
      ];
      return differ("field removed", `${body} ${field}`, ...sides, { body, field });
    });
  });
}
