import { reasonOf, Unreadable } from "../unreadable-error.js";
import { readMarkdownPage } from "./markdown-page.js";
import type { Operation } from "./operation.js";
import type { Pointer } from "./parse-yaml.js";
import { readTextPage } from "./text-page.js";

/** A documentation page of one operation. */
export interface Page {
  /** Where it was read: an address or a file. */
  name: string;
  slug: string | undefined;
  /** Digits that stay when the title changes. */
  id: number | undefined;
  /** The day of "Modified at". */
  modified: string | undefined;
  operation: Operation;
  /** Whether all of the operation is in view; in plain text the tables of fields are folded away. */
  whole: boolean;
  /** The document that the places of `operation` are in, where the page has one. */
  document: unknown;
  lineOf(at: Pointer): number;
}

/** Pages larger than this are not documentation. */
export const MAX_BYTES = 4 * 1024 * 1024;

const NAME = /^(.*?(\d+)[em]0)(?:\.\w+)?$/;

/** Slug and id, if the name of a file or the end of an address has them. */
export function identify(name: string): { slug: string | undefined; id: number | undefined } {
  const [, slug = "", digits] = NAME.exec(name.split(/[?#]/)[0]?.split(/[\\/]/).at(-1) ?? "") ?? [];
  // Somebody may have named a saved file anew.
  const isSlug = /^[\p{L}\p{N}\p{M}_.~%-]+$/u.test(slug);
  return { slug: isSlug ? slug : undefined, id: digits === undefined ? undefined : Number(digits) };
}

/** Guides end in `m0`; they describe no operation. */
export const isGuide = (name: string): boolean => /\dm0(\.\w+)?$/.test(name.split(/[?#]/)[0] ?? "");

/** Reads a page in either form. Throws `Unreadable` and nothing else. */
export function readPage(name: string, bytes: Uint8Array): Page {
  try {
    if (bytes.byteLength > MAX_BYTES) throw new Unreadable(`larger than ${MAX_BYTES} bytes`);
    const text = decode(bytes);
    const page = readMarkdownPage(text) ?? readTextPage(text);
    const { slug, id } = identify(name);
    check(page.operation);
    return { ...page, name, slug, id: id ?? page.id };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(reasonOf(error), { cause: error });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw new Unreadable("not UTF-8");
  }
}

/** A path goes into specs and generated code, so it has to be one. */
function check({ path, title }: Operation): void {
  if (!/^\/(?:[\w.~:@$%!*+,;=()-]|\{[\w.-]+\}|\/)*$/.test(path))
    throw new Unreadable(`not a path: ${path.slice(0, 80)}`);
  if (title.trim() === "") throw new Unreadable("no title");
}
