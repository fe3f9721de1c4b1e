import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { UnreadableError } from "../unreadable-error.js";
import { MAX_BYTES, type Source } from "./source.js";

const PAGE = /\.(md|txt)$/i;
/** The index of a saved site. */
const INDEX = "llms.txt";

/** Opens a folder of saved pages, or one file. */
export function openSavedPages(path: string): Source {
  if (!existsSync(path)) throw new UnreadableError("no such file or folder; the URL of a site begins with https://");
  const files = statSync(path).isDirectory() ? listPages(path) : [path];
  return {
    pages: files.map((file) => ({
      name: relative(process.cwd(), file) || file,
      load: async () => readSavedPage(file),
    })),
  };
}

function listPages(folder: string): string[] {
  const pages = listFiles(folder).filter((name) => PAGE.test(name) && basename(name) !== INDEX);
  if (pages.length === 0) throw new UnreadableError("no .md or .txt page in this folder");
  return pages.sort();
}

/** `readdir` with `recursive` follows links out of the folder. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function readSavedPage(path: string): Uint8Array {
  const stat = lstatSync(path);
  // A link may lead to any file, which would be taken for a page.
  if (stat.isSymbolicLink()) throw new UnreadableError("a symbolic link; pass its target instead");
  if (!stat.isFile()) throw new UnreadableError("not a file");
  if (stat.size > MAX_BYTES) throw new UnreadableError(`larger than ${MAX_BYTES} bytes`);
  return readFileSync(path);
}
