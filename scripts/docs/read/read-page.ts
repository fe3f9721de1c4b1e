import { UnreadableError } from "../unreadable-error.js";
import { asUnreadable, decodePage } from "./decode.js";
import { readMarkdownPage } from "./markdown-page.js";
import type { Operation } from "./operation.js";
import { type Page, parsePageName } from "./page.js";
import { readTextPage } from "./text-page.js";

/** Reads a page in Markdown or plain text. @throws {UnreadableError} for every failure */
export function readPage(name: string, bytes: Uint8Array): Page {
  return asUnreadable(() => {
    const text = decodePage(bytes);
    const page = readMarkdownPage(text) ?? readTextPage(text);
    const { slug, id } = parsePageName(name);
    validate(page.operation);
    return { ...page, name, slug, id: id ?? page.id };
  });
}

/** The path ends up in specs and in generated code. */
function validate({ path, title }: Operation): void {
  if (!/^\/(?:[\w.~:@$%!*+,;=()-]|\{[\w.-]+\}|\/)*$/.test(path))
    throw new UnreadableError(`not a path: ${path.slice(0, 80)}`);
  if (title.trim() === "") throw new UnreadableError("no title");
}
