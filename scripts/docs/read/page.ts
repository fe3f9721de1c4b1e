import type { Pointer } from "./json.js";
import type { Operation } from "./operation.js";

/** The content of a documentation page of one operation. */
export interface PageContent {
  /** Digits that stay the same when the title changes. */
  id: number | undefined;
  /** The folders of the navigation that it is in, outermost first. */
  folders: string[];
  /** The day of "Modified at". */
  modified: string | undefined;
  operation: Operation;
  /** Whether the page shows the whole operation. Plain text leaves out the tables of fields. */
  isComplete: boolean;
  /** Whether the title may be a part of the real one. */
  isTitleCut: boolean;
  /** The document that the pointers of `operation` refer to; plain text has none. */
  document: unknown;
  lineOf(pointer: Pointer): number;
}

export interface Page extends PageContent {
  /** The URL or file that it was read from. */
  name: string;
  slug: string | undefined;
}

const NAME = /^(.*?(\d+)[em]0)(?:\.\w+)?$/;

/** Slug and id, as far as the name of a file or the end of a URL has them. */
export function parsePageName(name: string): { slug: string | undefined; id: number | undefined } {
  const [, slug = "", digits] = NAME.exec(name.split(/[?#]/)[0]?.split(/[\\/]/).at(-1) ?? "") ?? [];
  // A saved file may have been renamed.
  const isSlug = /^[\p{L}\p{N}\p{M}_.~%-]+$/u.test(slug);
  return { slug: isSlug ? slug : undefined, id: digits === undefined ? undefined : Number(digits) };
}

/** What a page is, by the letter after its id. A page whose name has no id is taken for an operation. */
export type PageKind = "operation" | "guide" | "schema" | "folder";

const KINDS: Record<string, PageKind> = { m: "guide", d: "schema", f: "folder" };

export function pageKind(name: string): PageKind {
  const [, letter = ""] = /\d([a-z])0(?:\.\w+)?$/.exec(name.split(/[?#]/)[0] ?? "") ?? [];
  return KINDS[letter] ?? "operation";
}

/** The day on which a page was last changed. */
export const MODIFIED = /^Modified at\s+(\d{4}-\d\d-\d\d)/m;
