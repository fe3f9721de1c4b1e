import { FROM_RESPONSES } from "../../specs.js";
import type { Pointer } from "../read/json.js";
import { asObject, valueAt } from "../read/json.js";
import { type Parameter, pathShape } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { compareBodies } from "./compare-body.js";
import { compareFields, compareKeywords } from "./compare-fields.js";
import { type Comparer, differ, nothing, type Side } from "./differ.js";
import type { Difference } from "./difference.js";
import { fieldMark, inferredMark } from "./marks.js";
import { hasInferredAddress, isSameText, operationPages } from "./match.js";

/** The differences between an operation of a spec and its page. */
export function compareOperation(spec: KnownOperation, page: Page): Difference[] {
  const comparers = [compareHead, compareModified, compareParameters, compareStatuses, compareBodies, compareCallbacks];
  return comparers.flatMap((comparer) => [...comparer(spec, page)]);
}

const compareHead: Comparer = function* (spec, { operation: page, isTitleCut, isComplete }) {
  const pathPointer = (pointer: Pointer) => pointer.slice(0, 2);
  const wrong = (part: string) => (hasInferredAddress(spec) ? `the inferred ${part} is wrong` : part);
  if (spec.method !== page.method)
    yield differ("method", wrong("method"), [spec.method, spec.pointer], [page.method, page.pointer]);
  if (pathShape(spec.path) !== pathShape(page.path))
    yield differ("path", wrong("path"), [spec.path, pathPointer(spec.pointer)], [page.path, pathPointer(page.pointer)]);
  if (!isTitleCut && normalizeSpaces(spec.title) !== normalizeSpaces(page.title))
    yield differ("title", "title", [spec.title, [...spec.pointer, "summary"]], [page.title, page.pointer]);
  if (page.tag !== undefined && !isSameText(spec.tag, page.tag))
    yield differ("tag", "tag", [spec.tag, [...spec.pointer, "tags"]], [page.tag, [...page.pointer, "tags"]]);
  if (page.deprecated !== undefined && page.deprecated !== (spec.deprecated ?? false)) {
    const [ours, theirs] = page.deprecated ? ["no", "yes"] : ["yes", "no"];
    yield differ("deprecated", "deprecated", [ours, [...spec.pointer, "deprecated"]], [theirs, page.pointer]);
  }
  yield* compareSecurity(spec, page);
  yield* compareServers(spec, page, isComplete);
};

const normalizeSpaces = (text: string) => text.replace(/\s+/g, " ").trim();

function* compareSecurity(spec: KnownOperation, page: Page["operation"]): Iterable<Difference> {
  if (page.security === undefined || page.security.join() === spec.security?.join()) return;
  const own: Pointer = [...spec.pointer, "security"];
  const pointer = valueAt(spec.file.value, own) === undefined ? ["security"] : own;
  const ours: Side = [spec.security?.join(" or "), pointer];
  const answers = spec.security ? {} : nothing;
  yield differ("security", "security", ours, [page.security.join(" or "), [...page.pointer, "security"]], answers);
}

function* compareServers(spec: KnownOperation, page: Page["operation"], isComplete: boolean): Iterable<Difference> {
  const answers = spec.servers.length === 0 ? nothing : {};
  for (const url of page.servers)
    if (!spec.servers.includes(url))
      yield differ("server added", url, [undefined, ["servers"]], [undefined, ["servers"]], answers);
  if (page.servers.length === 0 || !isComplete) return;
  for (const [index, url] of spec.servers.entries())
    if (!page.servers.includes(url) && inferredMark(spec.file, [["servers", index]]) === undefined)
      yield differ("server removed", url, [undefined, ["servers", index]], [undefined, ["servers"]]);
}

const compareModified: Comparer = function* (spec, page) {
  const source = findSource(spec, page);
  if (page.modified === undefined || !source || source.modified === page.modified) return;
  const pointer = [...spec.pointer, "x-source", spec.node["x-source"].indexOf(source), "modified"];
  const shown: Side = [page.modified, page.operation.pointer];
  yield differ("modified", "Modified at", [source.modified ?? "unknown", pointer], shown);
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
    if (ours) {
      if (isComplete) yield* compareParameter(spec, parameter, ours, theirs);
    } else if (theirs.in !== "path") {
      const list: Side = [undefined, [...spec.pointer, "parameters"]];
      const shown: Side = [requiredText(theirs), theirs.pointer];
      yield differ("parameter added", label(parameter, theirs), list, shown, { parameter });
    }
  }
  for (const [parameter, ours] of spec.parameters) {
    // The parameters of a path follow from the path.
    if (page.parameters.has(parameter) || ours.in === "path") continue;
    const known: Side = [requiredText(ours), ours.pointer];
    yield differ("parameter removed", label(parameter, ours), known, [undefined, page.pointer], { parameter });
  }
};

function* compareParameter(
  spec: KnownOperation,
  parameter: string,
  ours: Parameter,
  theirs: Parameter,
): Iterable<Difference> {
  const name = label(parameter, ours);
  const [known, shown] = [ours, theirs].map((one): Side => [requiredText(one), one.pointer]) as [Side, Side];
  if (theirs.required !== ours.required && theirs.in !== "path")
    yield differ("parameter required", name, known, shown, { parameter });
  const { fields } = ours;
  const markOf = (path: string) => fieldMark(spec.file, fields ?? new Map(), path, ours.pointer);
  for (const { kind, spec: our, page: their, ...subject } of compareKeywords(
    ours.keywords,
    theirs.keywords,
    markOf(""),
  ))
    yield differ(kind, name, [our, ours.pointer], [their, theirs.pointer], { parameter, ...subject });
  if (fields && theirs.fields)
    yield* compareFields(fields, theirs.fields, { name, subject: { parameter }, typeKind: "parameter type", markOf });
}

const label = (key: string, { name }: { name: string }) => (key.startsWith("path ") ? `path ${name}` : key);
const requiredText = ({ required }: { required: boolean }) => (required ? "required" : "optional");

const compareStatuses: Comparer = function* (spec, { operation: page }) {
  for (const [body, { pointer }] of page.responses)
    if (!spec.responses.has(body) && body !== "default")
      yield differ("status added", body, [undefined, [...spec.pointer, "responses"]], [undefined, pointer], { body });
  // A page without any status does not document statuses.
  if (page.responses.size === 0) return;
  for (const [body, { pointer }] of spec.responses)
    if (/^\d+$/.test(body) && !page.responses.has(body) && inferredMark(spec.file, [pointer]) !== FROM_RESPONSES)
      yield differ("status removed", body, [undefined, pointer], [undefined, page.pointer], { body });
};

const compareCallbacks: Comparer = function* (spec, { operation: page, isComplete }) {
  const list = [...spec.pointer, "callbacks"];
  for (const [name, pointer] of page.callbacks)
    if (!spec.callbacks.has(name)) yield differ("callback added", name, [undefined, list], [undefined, pointer]);
  if (!isComplete) return;
  for (const [name, pointer] of spec.callbacks)
    if (!page.callbacks.has(name))
      yield differ("callback removed", name, [undefined, pointer], [undefined, page.pointer]);
};

/** The `x-known-difference` of a spec: at the place of the difference, or by kind on its operation. */
export function statedReason({ kind, specPointer }: Difference, { file, pointer }: KnownOperation): string | undefined {
  const own = asObject(valueAt(file.value, specPointer))["x-known-difference"];
  const byKind = asObject(asObject(valueAt(file.value, pointer))["x-known-difference"])[kind];
  return [own, byKind].find((reason): reason is string => typeof reason === "string");
}
