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
  return entry ? { titleOnly: entry } : {};
}

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
