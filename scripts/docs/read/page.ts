import type { Pointer } from "./json.js";
import type { Operation } from "./operation.js";

/** The content of a documentation page of one operation. */
export interface PageContent {
  /** Digits that stay the same when the title changes. */
  id: number | undefined;
  /** The day of "Modified at". */
  modified: string | undefined;
  operation: Operation;
  /** Whether the page shows the whole operation. Plain text leaves out the tables of fields. */
  isComplete: boolean;
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

/** Guides end in `m0`. They describe no operation. */
export const isGuide = (name: string): boolean => /\dm0(\.\w+)?$/.test(name.split(/[?#]/)[0] ?? "");

/** The day on which a page was last changed. */
export const MODIFIED = /^Modified at\s+(\d{4}-\d\d-\d\d)/m;
