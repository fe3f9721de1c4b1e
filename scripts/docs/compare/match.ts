import { pathShape } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFolder, TitleOnlyOperation } from "../read/spec-folder.js";

/** The operation of a page: one of a spec, one known by title only, or neither. */
export interface PageMatch {
  operation?: KnownOperation;
  titleOnly?: TitleOnlyOperation;
}

/** Finds the operation of a page by id, which outlives the title, else by method and path, else by title. */
export function matchPage({ operation: page, id }: Page, { operations, titleOnly }: SpecFolder): PageMatch {
  const nearest = (candidates: KnownOperation[]) =>
    candidates.find(({ method, path }) => method === page.method && pathShape(path) === pathShape(page.path)) ??
    candidates.find(({ tag }) => isSameText(tag, page.tag)) ??
    candidates[0];
  const byId = nearest(operations.filter(({ node }) => operationPages(node).some((source) => source.id === id)));
  if (byId) return { operation: byId };

  const shape = pathShape(page.path);
  const byPath = nearest(operations.filter(({ method, path }) => method === page.method && pathShape(path) === shape));
  const entry =
    titleOnly.entries.find((candidate) => candidate.page !== null && candidate.page.id === id) ??
    selectByTag(
      titleOnly.entries.filter((candidate) => isSameText(candidate.title, page.title)),
      page.tag,
    );
  // Another API may have the same path; the entry of this page then wins.
  if (byPath && !(entry && !isSameText(byPath.tag, page.tag))) return { operation: byPath };
  const byTitle = operations.filter(
    (known) => mayHaveMoved(known) && titlesOf(known).some((title) => isSameText(title, page.title)),
  );
  const titled = byTitle.find(({ tag }) => isSameText(tag, page.tag));
  if (titled) return { operation: titled };
  return entry ? { titleOnly: entry } : {};
}

/** Whether an operation may be on a page that has neither its path nor a known id. */
const mayHaveMoved = (known: KnownOperation) =>
  hasInferredAddress(known) || operationPages(known.node).every(({ id }) => id === undefined || id === null);

/** Whether method or path of an operation is inferred, so that its page may show another one. */
export const hasInferredAddress = ({ node }: KnownOperation): boolean => node["x-evidence"] === "inferred";

const titlesOf = ({ title, node }: KnownOperation) => [title, ...(node["x-older-titles"] ?? [])];

/** The pages of the operation itself, without guides (`m0`). */
export const operationPages = (node: KnownOperation["node"]) =>
  (node["x-source"] ?? []).filter(({ slug }) => !/\dm0$/.test(slug));

function selectByTag(entries: TitleOnlyOperation[], tag: string | undefined): TitleOnlyOperation | undefined {
  return entries.length > 1 ? entries.find((entry) => isSameText(entry.tag, tag)) : entries[0];
}

/** Compares titles and tags without case, punctuation and spaces, which vary between navigations. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && normalizeText(one) === normalizeText(other);
}

const normalizeText = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
