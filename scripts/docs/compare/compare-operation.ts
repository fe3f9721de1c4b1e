import { at, objectOf } from "../read/json.js";
import { type Body, bodiesOf, bodyOf, REQUEST, shapeOf } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { Pointer } from "../read/parse-yaml.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { compareShown, contradictsItself, faultsOf, lacks } from "./compare-example.js";
import { compareFields, isUnseen } from "./compare-fields.js";
import type { Difference, Kind } from "./difference.js";
import { operationPages, sameText } from "./match.js";

type Part = (spec: KnownOperation, page: Page) => Difference[];

/** All that a page and the spec of its operation say differently. */
export function compare(spec: KnownOperation, page: Page): Difference[] {
  return [heads, modified, parameters, statuses, bodies].flatMap((part) => part(spec, page));
}

const say = (
  kind: Kind,
  what: string,
  spec: string | undefined,
  page: string | undefined,
  specAt: Pointer,
  pageAt: Pointer,
  more: Partial<Difference> = {},
): Difference => ({ kind, what, spec, page, specAt, pageAt, ...more });

const heads: Part = (spec, { operation: page }) => {
  const found: Difference[] = [];
  const pathPlace = (place: Pointer) => place.slice(0, 2);
  if (spec.method !== page.method) found.push(say("method", "method", spec.method, page.method, spec.at, page.at));
  if (shapeOf(spec.path) !== shapeOf(page.path))
    found.push(say("path", "path", spec.path, page.path, pathPlace(spec.at), pathPlace(page.at)));
  if (spaces(spec.title) !== spaces(page.title))
    found.push(say("title", "title", spec.title, page.title, [...spec.at, "summary"], page.at));
  // Where a spec has a deprecation that no page shows, the whole navigation told it.
  if (page.deprecated && !spec.deprecated)
    found.push(say("deprecated", "deprecated", "no", "yes", [...spec.at, "deprecated"], page.at));
  return found;
};

const spaces = (text: string) => text.replace(/\s+/g, " ").trim();

const modified: Part = (spec, page) => {
  const source = sourceOf(spec, page);
  if (page.modified === undefined || !source || source.modified === page.modified) return [];
  const place = [...spec.at, "x-source", spec.node["x-source"].indexOf(source), "modified"];
  return [say("modified", "Modified at", source.modified ?? "not known", page.modified, place, page.operation.at)];
};

/** The page among those that a spec was read from: by id, else by its title or date, which plain text shows. */
export function sourceOf({ node }: KnownOperation, page: Page) {
  const pages = operationPages(node);
  if (page.id !== undefined) return pages.find(({ id }) => id === page.id);
  const byTitle = pages.filter(({ slug }) => sameText(slug.replace(/\d+e0$/, ""), page.operation.title));
  const candidates = byTitle.length > 0 ? byTitle : pages;
  return candidates.find(({ modified }) => modified === page.modified) ?? candidates[0];
}

const parameters: Part = (spec, { operation: page, whole }) => {
  const found: Difference[] = [];
  for (const [key, their] of page.parameters) {
    const our = spec.parameters.get(key);
    const more = { parameter: key };
    if (!our) {
      if (their.in === "path") continue;
      const list = [...spec.at, "parameters"];
      found.push(say("parameter added", label(key, their.name), undefined, requiredText(their), list, their.at, more));
      continue;
    }
    const where = label(key, our.name);
    if (whole && their.required !== our.required && their.in !== "path")
      found.push(say("parameter required", where, requiredText(our), requiredText(their), our.at, their.at, more));
    if (our.fields && their.fields) {
      const inside = compareFields(our.fields, their.fields, { parameter: key });
      found.push(...inside.map((difference) => ({ ...difference, what: difference.what.replace(key, where) })));
    }
  }
  for (const [key, our] of spec.parameters) {
    // Which parameters a path has is told with the path, whatever the page lists.
    if (page.parameters.has(key) || our.in === "path") continue;
    found.push(
      say("parameter removed", label(key, our.name), requiredText(our), undefined, our.at, page.at, { parameter: key }),
    );
  }
  return found;
};

const label = (key: string, name: string) => (key.startsWith("path ") ? `path ${name}` : key);
const requiredText = ({ required }: { required: boolean }) => (required ? "required" : "optional");

const statuses: Part = (spec, { operation: page }) => {
  const list = [...spec.at, "responses"];
  const added = [...page.responses].filter(([status]) => !spec.responses.has(status) && status !== "default");
  const ours = [...spec.responses].filter(([status]) => /^\d+$/.test(status));
  // A page that lists no status at all does not say that there is none.
  const removed = page.responses.size > 0 ? ours.filter(([status]) => !page.responses.has(status)) : [];
  return [
    ...added.map(([status, { at }]) => say("status added", status, undefined, undefined, list, at, { body: status })),
    ...removed.map(([status, { at }]) =>
      say("status removed", status, undefined, undefined, at, page.at, { body: status }),
    ),
  ];
};

const bodies: Part = (spec, page) =>
  bodiesOf(page.operation).flatMap((body) => {
    const [ours, theirs] = [bodyOf(spec, body), bodyOf(page.operation, body)];
    if (ours && theirs) return compareBody(spec, page, body, ours, theirs);
    if (body !== REQUEST) return [];
    if (theirs) return [say("body added", body, undefined, theirs.mediaType, spec.at, theirs.at, { body })];
    const isDropped = ours && page.whole;
    return isDropped
      ? [say("body removed", body, ours.mediaType, undefined, ours.at, page.operation.at, { body })]
      : [];
  });

function compareBody(spec: KnownOperation, page: Page, body: string, ours: Body, theirs: Body): Difference[] {
  const { file } = spec;
  const found: Difference[] = [];
  const isShown = theirs.fields ? !isUnseen(theirs.fields) : theirs.examples.length > 0;
  if (isUnseen(ours.fields) && isShown && !isOpenObject(theirs))
    return [say("body added", body, "not described", theirs.mediaType, ours.at, theirs.at, { body })];

  if (body === REQUEST && theirs.mediaType && ours.mediaType && theirs.mediaType !== ours.mediaType)
    found.push(say("media type", body, ours.mediaType, theirs.mediaType, ours.at, theirs.at, { body }));
  if (ours.fields && theirs.fields) {
    const isInferred = (place: Pointer) => "x-inferred" in objectOf(at(file.value, place));
    found.push(...compareFields(ours.fields, theirs.fields, { body }, { isSent: body === REQUEST, isInferred }));
  }
  const [schema] = ours.schemas;
  for (const example of theirs.examples) {
    const shown = page.whole || !ours.fields ? [] : compareShown(ours, example, body);
    found.push(...shown);
    if (!schema || shown.length > 0 || (theirs.fields && contradictsItself(theirs.fields, example.value))) continue;
    const [fault, ...more] = faultsOf(file, schema, example.value);
    const text = more.length > 0 ? `${fault} (and ${more.length} more)` : fault;
    if (fault !== undefined) found.push(say("example", body, undefined, text, schema, example.at, { body }));
  }
  return found;
}

const isOpenObject = ({ fields, examples }: Body) =>
  !fields && examples.every(({ value }) => Object.keys(objectOf(value)).length === 0);

/** What an older page does not have of all that newer ones added; only said, never counted. */
export function lackedByOlder(spec: KnownOperation, page: Page): Difference[] {
  return [...page.operation.responses].flatMap(([body, theirs]) => {
    const ours = spec.responses.get(body);
    const names = ours ? theirs.examples.flatMap(({ value }) => lacks(ours, value)) : [];
    return [...new Set(names)].map((field) => {
      const place = ours?.fields?.get(field)?.at ?? ours?.at ?? spec.at;
      return say("field removed", `${body} ${field}`, "shown", undefined, place, theirs.at, { body, field });
    });
  });
}
