import { shapeOf } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFolder, TitleOnly } from "../read/spec-folder.js";

/** What a page is about: an operation of a spec, one known by its title, or neither. */
export interface Match {
  operation?: KnownOperation;
  titleOnly?: TitleOnly;
}

/** A page is known by its id, which outlives its title; else by method and path; else by its title. */
export function match({ operation: page, id }: Page, { operations, titleOnly }: SpecFolder): Match {
  const nearest = (candidates: KnownOperation[]) =>
    candidates.find(({ method, path }) => method === page.method && shapeOf(path) === shapeOf(page.path)) ??
    candidates.find(({ tag }) => sameText(tag, page.tag)) ??
    candidates[0];
  const byId = nearest(operations.filter(({ node }) => operationPages(node).some((source) => source.id === id)));
  if (byId) return { operation: byId };

  const shape = shapeOf(page.path);
  const byPath = nearest(operations.filter(({ method, path }) => method === page.method && shapeOf(path) === shape));
  const entry =
    titleOnly.entries.find((candidate) => candidate.page !== null && candidate.page.id === id) ??
    only(
      titleOnly.entries.filter((candidate) => sameText(candidate.title, page.title)),
      page.tag,
    );
  // A path may be that of another API; an entry of the very page then speaks against it.
  if (byPath && !(entry && !sameText(byPath.tag, page.tag))) return { operation: byPath };
  return entry ? { titleOnly: entry } : {};
}

/** The pages of an operation itself; guides (`m0`) have many. */
export const operationPages = (node: KnownOperation["node"]) =>
  (node["x-source"] ?? []).filter(({ slug }) => !/\dm0$/.test(slug));

function only(entries: TitleOnly[], tag: string | undefined): TitleOnly | undefined {
  return entries.length > 1 ? entries.find((entry) => sameText(entry.tag, tag)) : entries[0];
}

/** Titles and tags are compared without case, punctuation and spaces, which the navigations vary. */
export function sameText(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && plain(one) === plain(other);
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
