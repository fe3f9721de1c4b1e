import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Progress } from "../progress.js";
import { reasonOf, Unreadable } from "../unreadable-error.js";
import { isGuide, MAX_BYTES } from "./page.js";
import { readSite } from "./site.js";

/** A page as it came from a source: its bytes, or the reason why there are none. */
export type Fetched = { name: string } & ({ bytes: Uint8Array } | { reason: string });

/** What a source holds. `ids` stands for a whole site: only that can tell which pages are gone. */
export interface Gathered {
  pages: Fetched[];
  ids?: Set<number>;
}

/** Reads a source: the address of a site, a folder of saved pages, or one file. */
export async function gather(source: string, cache: string, progress: Progress): Promise<Gathered> {
  try {
    if (/^https?:/i.test(source)) {
      if (!URL.canParse(source)) throw new Unreadable("not an address");
      return await readSite(new URL(source), cache, progress);
    }
    if (!existsSync(source)) throw new Unreadable("no such file or folder; the address of a site begins with https://");
    const names = statSync(source).isDirectory() ? pagesIn(source) : [source];
    return { pages: names.map(readSaved) };
  } catch (error) {
    return { pages: [{ name: source, reason: reasonOf(error) }] };
  }
}

const PAGE = /\.(md|txt)$/i;
/** Of a saved site: no page. */
const INDEX = "llms.txt";

function pagesIn(folder: string): string[] {
  const pages = filesIn(folder).filter((name) => PAGE.test(name) && basename(name) !== INDEX && !isGuide(name));
  if (pages.length === 0) throw new Unreadable("no .md or .txt page in this folder");
  return pages.sort();
}

/** `readdir` with `recursive` would follow links to folders out of this one. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function readSaved(path: string): Fetched {
  const name = relative(process.cwd(), path) || path;
  try {
    const stat = lstatSync(path);
    // A link may lead anywhere, and its target would be taken for a page.
    if (stat.isSymbolicLink()) return { name, reason: "a symbolic link; give the file that it leads to" };
    if (!stat.isFile()) return { name, reason: "not a file" };
    if (stat.size > MAX_BYTES) return { name, reason: `larger than ${MAX_BYTES} bytes` };
    return { name, bytes: readFileSync(path) };
  } catch (error) {
    return { name, reason: reasonOf(error) };
  }
}
