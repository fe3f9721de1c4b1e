import { Progress } from "./progress.js";
import { readPage } from "./read/page.js";
import { gather } from "./read/source.js";
import { readSpecFolder, type SpecFolder } from "./read/spec-folder.js";
import { type Entry, entryOf, examine, type Finding, goneFrom, NOT_COMPARED } from "./report/entry.js";
import { printable } from "./report/printable.js";
import { reasonOf } from "./unreadable-error.js";

/** Where specs and cache are; tests have their own. */
export interface Folders {
  specs: string;
  cache: string;
}

export const FOLDERS: Folders = { specs: "openapi", cache: ".cache/docs" };

export interface Checked {
  specs: SpecFolder;
  findings: Finding[];
  entries: Entry[];
}

/** Reads every page of the sources and holds it against the specs. One that cannot be read does not stop the rest. */
export async function check(sources: string[], folders = FOLDERS, progress = new Progress()): Promise<Checked> {
  const specs = readSpecFolder(folders.specs);
  const findings: Finding[] = [];
  const entries: Entry[] = [];
  const ids = new Set<number>();
  let isWhole = false;
  for (const source of sources) {
    const gathered = await gather(source, folders.cache, progress);
    for (const fetched of gathered.pages) {
      try {
        if ("reason" in fetched) throw new Error(fetched.reason);
        const finding = examine(readPage(fetched.name, fetched.bytes), specs);
        entries.push(entryOf(finding, specs));
        findings.push(finding);
      } catch (error) {
        const reason = reasonOf(error);
        entries.push({ status: "unreadable", page: fetched.name, title: "", ...NOT_COMPARED, reason });
      }
    }
    for (const id of gathered.ids ?? []) ids.add(id);
    isWhole ||= gathered.ids !== undefined;
  }
  if (isWhole) entries.push(...goneFrom(specs, ids, findings));
  return { specs, findings, entries: entries.map(printable) };
}
