import type { Pointer } from "../read/json.js";
import { asObject, valueAt } from "../read/json.js";
import { type Body, bodyNames, findBody, pathShape, REQUEST } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { compareExample, contradictsItself, missingFields, validationErrors } from "./compare-example.js";
import { compareFields, isUndocumented } from "./compare-fields.js";
import type { Difference, DifferenceKind } from "./difference.js";
import { isSameText, operationPages } from "./match.js";

type Comparer = (spec: KnownOperation, page: Page) => Difference[];

/** The differences between an operation of a spec and its page. */
export function compareOperation(spec: KnownOperation, page: Page): Difference[] {
  return [compareHead, compareModified, compareParameters, compareStatuses, compareBodies].flatMap((part) =>
    part(spec, page),
  );
}

const difference = (
  kind: DifferenceKind,
  what: string,
  spec: string | undefined,
  page: string | undefined,
  specPointer: Pointer,
  pagePointer: Pointer,
  more: Partial<Difference> = {},
): Difference => ({ kind, what, spec, page, specPointer, pagePointer, ...more });

const compareHead: Comparer = (spec, { operation: page }) => {
  const found: Difference[] = [];
  const pathPointer = (pointer: Pointer) => pointer.slice(0, 2);
  if (spec.method !== page.method)
    found.push(difference("method", "method", spec.method, page.method, spec.pointer, page.pointer));
  if (pathShape(spec.path) !== pathShape(page.path))
    found.push(difference("path", "path", spec.path, page.path, pathPointer(spec.pointer), pathPointer(page.pointer)));
  if (normalizeSpaces(spec.title) !== normalizeSpaces(page.title))
    found.push(difference("title", "title", spec.title, page.title, [...spec.pointer, "summary"], page.pointer));
  // The spec may have a deprecation from the navigation, which pages do not show.
  if (page.deprecated && !spec.deprecated)
    found.push(difference("deprecated", "deprecated", "no", "yes", [...spec.pointer, "deprecated"], page.pointer));
  return found;
};

const normalizeSpaces = (text: string) => text.replace(/\s+/g, " ").trim();

const compareModified: Comparer = (spec, page) => {
  const source = findSource(spec, page);
  if (page.modified === undefined || !source || source.modified === page.modified) return [];
  const pointer = [...spec.pointer, "x-source", spec.node["x-source"].indexOf(source), "modified"];
  return [
    difference("modified", "Modified at", source.modified ?? "unknown", page.modified, pointer, page.operation.pointer),
  ];
};

/** Finds a page among the sources of an operation, by id, else by title or date. */
export function findSource({ node }: KnownOperation, page: Page) {
  const pages = operationPages(node);
  if (page.id !== undefined) return pages.find(({ id }) => id === page.id);
  const byTitle = pages.filter(({ slug }) => isSameText(slug.replace(/\d+e0$/, ""), page.operation.title));
  const candidates = byTitle.length > 0 ? byTitle : pages;
  return candidates.find(({ modified }) => modified === page.modified) ?? candidates[0];
}

const compareParameters: Comparer = (spec, { operation: page, isComplete }) => {
  const found: Difference[] = [];
  for (const [key, their] of page.parameters) {
    const our = spec.parameters.get(key);
    const more = { parameter: key };
    if (!our) {
      if (their.in === "path") continue;
      const list = [...spec.pointer, "parameters"];
      found.push(
        difference(
          "parameter added",
          label(key, their.name),
          undefined,
          requiredText(their),
          list,
          their.pointer,
          more,
        ),
      );
      continue;
    }
    const where = label(key, our.name);
    if (isComplete && their.required !== our.required && their.in !== "path")
      found.push(
        difference(
          "parameter required",
          where,
          requiredText(our),
          requiredText(their),
          our.pointer,
          their.pointer,
          more,
        ),
      );
    if (our.fields && their.fields) {
      const inside = compareFields(our.fields, their.fields, { parameter: key });
      found.push(...inside.map((difference) => ({ ...difference, what: difference.what.replace(key, where) })));
    }
  }
  for (const [key, our] of spec.parameters) {
    // The parameters of a path follow from the path.
    if (page.parameters.has(key) || our.in === "path") continue;
    found.push(
      difference("parameter removed", label(key, our.name), requiredText(our), undefined, our.pointer, page.pointer, {
        parameter: key,
      }),
    );
  }
  return found;
};

const label = (key: string, name: string) => (key.startsWith("path ") ? `path ${name}` : key);
const requiredText = ({ required }: { required: boolean }) => (required ? "required" : "optional");

const compareStatuses: Comparer = (spec, { operation: page }) => {
  const list = [...spec.pointer, "responses"];
  const added = [...page.responses].filter(([status]) => !spec.responses.has(status) && status !== "default");
  const ours = [...spec.responses].filter(([status]) => /^\d+$/.test(status));
  // A page without any status does not document statuses.
  const removed = page.responses.size > 0 ? ours.filter(([status]) => !page.responses.has(status)) : [];
  return [
    ...added.map(([status, { pointer }]) =>
      difference("status added", status, undefined, undefined, list, pointer, { body: status }),
    ),
    ...removed.map(([status, { pointer }]) =>
      difference("status removed", status, undefined, undefined, pointer, page.pointer, { body: status }),
    ),
  ];
};

const compareBodies: Comparer = (spec, page) =>
  bodyNames(page.operation).flatMap((body) => {
    const [ours, theirs] = [findBody(spec, body), findBody(page.operation, body)];
    if (ours && theirs) return compareBody(spec, page, body, ours, theirs);
    if (body !== REQUEST) return [];
    if (theirs)
      return [difference("body added", body, undefined, theirs.mediaType, spec.pointer, theirs.pointer, { body })];
    const isDropped = ours && page.isComplete;
    return isDropped
      ? [difference("body removed", body, ours.mediaType, undefined, ours.pointer, page.operation.pointer, { body })]
      : [];
  });

function compareBody(spec: KnownOperation, page: Page, body: string, ours: Body, theirs: Body): Difference[] {
  const { file } = spec;
  const found: Difference[] = [];
  const isShown = theirs.fields ? !isUndocumented(theirs.fields) : theirs.examples.length > 0;
  if (isUndocumented(ours.fields) && isShown && !isOpenObject(theirs))
    return [difference("body added", body, "undocumented", theirs.mediaType, ours.pointer, theirs.pointer, { body })];

  if (body === REQUEST && theirs.mediaType && ours.mediaType && theirs.mediaType !== ours.mediaType)
    found.push(
      difference("media type", body, ours.mediaType, theirs.mediaType, ours.pointer, theirs.pointer, { body }),
    );
  if (ours.fields && theirs.fields) {
    const isInferred = (place: Pointer) => "x-inferred" in asObject(valueAt(file.value, place));
    found.push(...compareFields(ours.fields, theirs.fields, { body }, { isSent: body === REQUEST, isInferred }));
  }
  const [schema] = ours.schemas;
  for (const example of theirs.examples) {
    const shown = page.isComplete || !ours.fields ? [] : compareExample(ours, example, body);
    found.push(...shown);
    if (!schema || shown.length > 0 || (theirs.fields && contradictsItself(theirs.fields, example.value))) continue;
    const [first, ...others] = validationErrors(file, schema, example.value);
    const text = others.length > 0 ? `${first} (and ${others.length} more)` : first;
    if (first !== undefined)
      found.push(difference("example", body, undefined, text, schema, example.pointer, { body }));
  }
  return found;
}

const isOpenObject = ({ fields, examples }: Body) =>
  !fields && examples.every(({ value }) => Object.keys(asObject(value)).length === 0);

/** Fields of newer pages that an older page lacks. They are reported and do not count. */
export function missingFromOlderPage(spec: KnownOperation, page: Page): Difference[] {
  return [...page.operation.responses].flatMap(([body, theirs]) => {
    const ours = spec.responses.get(body);
    const names = ours ? theirs.examples.flatMap(({ value }) => missingFields(ours, value)) : [];
    return [...new Set(names)].map((field) => {
      const place = ours?.fields?.get(field)?.pointer ?? ours?.pointer ?? spec.pointer;
      return difference("field removed", `${body} ${field}`, "shown", undefined, place, theirs.pointer, {
        body,
        field,
      });
    });
  });
}
