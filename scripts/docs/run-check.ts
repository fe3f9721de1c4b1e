import { readPage } from "./page.js";
import { Progress } from "./progress.js";
import { type Entry, entryOf, examine, type Finding, goneFrom } from "./report.js";
import { gather } from "./source.js";
import { readSpecFolder, type SpecFolder } from "./spec-folder.js";
import { reasonOf } from "./unreadable.js";

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
        entries.push(unreadable(fetched.name, reasonOf(error)));
      }
    }
    for (const id of gathered.ids ?? []) ids.add(id);
    isWhole ||= gathered.ids !== undefined;
  }
  if (isWhole) entries.push(...goneFrom(specs, ids, findings));
  return { specs, findings, entries: entries.map(printable) };
}

/** Text of pages reaches a terminal: nothing in it may steer one. */
function printable<T>(value: T): T {
  if (typeof value === "string") return value.replace(/\p{Cc}+/gu, " ") as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, printable(part)])) as T;
}

const unreadable = (page: string, reason: string): Entry => ({
  status: "unreadable",
  page,
  title: "",
  differences: [],
  known: [],
  confirms: [],
  reason,
});
