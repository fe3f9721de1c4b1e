import { reasonOf, UnreadableError } from "../unreadable-error.js";
import { readMarkdownPage } from "./markdown-page.js";
import type { Operation } from "./operation.js";
import { type Page, parsePageName } from "./page.js";
import { MAX_BYTES } from "./source.js";
import { readTextPage } from "./text-page.js";

/** Reads a page in Markdown or plain text. @throws {UnreadableError} for every failure */
export function readPage(name: string, bytes: Uint8Array): Page {
  try {
    if (bytes.byteLength > MAX_BYTES) throw new UnreadableError(`larger than ${MAX_BYTES} bytes`);
    const text = decode(bytes);
    const page = readMarkdownPage(text) ?? readTextPage(text);
    const { slug, id } = parsePageName(name);
    validate(page.operation);
    return { ...page, name, slug, id: id ?? page.id };
  } catch (error) {
    throw error instanceof UnreadableError ? error : new UnreadableError(reasonOf(error), { cause: error });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw new UnreadableError("not UTF-8");
  }
}

/** The path ends up in specs and in generated code. */
function validate({ path, title }: Operation): void {
  if (!/^\/(?:[\w.~:@$%!*+,;=()-]|\{[\w.-]+\}|\/)*$/.test(path))
    throw new UnreadableError(`not a path: ${path.slice(0, 80)}`);
  if (title.trim() === "") throw new UnreadableError("no title");
}
