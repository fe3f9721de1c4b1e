import { setTimeout } from "node:timers/promises";
import type { Observations, ObservedEnvironmentName } from "../../src/observe/observations.js";
import { compareGuide, type GuideComparison } from "./compare/compare-guide.js";
import { compareObserved, type ObservedComparison } from "./compare/compare-observed.js";
import { comparePage, type PageComparison } from "./compare/compare-page.js";
import type { Progress } from "./progress.js";
import type { Sleep } from "./read/fetch-document.js";
import { readGuide } from "./read/guide.js";
import { findObserved, readObservationFile } from "./read/observed.js";
import { type PageKind, pageKind } from "./read/page.js";
import { readPage } from "./read/read-page.js";
import { openSavedPages } from "./read/saved-pages.js";
import { openSite } from "./read/site.js";
import type { Source, SourcePage } from "./read/source.js";
import { readSpecFolder, type SpecFolder } from "./read/spec-folder.js";
import { comparisonEntry, goneEntries, otherEntry, type ReportEntry, unreadableEntry } from "./report/entry.js";
import { goneGuides, guideEntry } from "./report/guide-entry.js";
import { observedEntry, otherObservation } from "./report/observed-entry.js";
import { printable } from "./report/printable.js";
import { reasonOf, UnreadableError } from "./unreadable-error.js";

/** Pages that are read at the same time. */
const CONCURRENCY = 4;

export interface CheckOptions {
  /** The folder of the specs. */
  specs?: string;
  /** The folder of cached responses. */
  cache?: string;
  progress?: Progress;
  /** Waits before a retry. */
  sleep?: Sleep;
  /** Observation files. */
  observations?: string[];
  /** The environments whose observations count. Default: production and staging. */
  environments?: readonly ObservedEnvironmentName[];
}

export interface CheckResult {
  specs: SpecFolder;
  comparisons: PageComparison[];
  guides: GuideComparison[];
  observed: ObservedComparison[];
  entries: ReportEntry[];
}

interface PageResult {
  entry: ReportEntry;
  comparison?: PageComparison;
  guide?: GuideComparison;
}

/** Compares every page of the sources with the specs. */
export async function checkSources(sources: string[], options: CheckOptions = {}): Promise<CheckResult> {
  const specs = readSpecFolder(options.specs ?? "openapi");
  const results: PageResult[] = [];
  let ids: Set<number> | undefined;
  for (const name of sources) {
    const checked = await orUnreadable(name, async () => {
      const source = await openSource(name, options);
      if (source.ids) ids = new Set([...(ids ?? []), ...source.ids]);
      return checkPages(source, specs, options.progress);
    });
    results.push(...checked);
  }
  const comparisons = results.flatMap(({ comparison }) => comparison ?? []);
  const guides = results.flatMap(({ guide }) => guide ?? []);
  const gone = ids ? [...goneEntries(specs, ids, comparisons), ...goneGuides(specs, ids)] : [];
  const { observed, entries: ofObservations } = checkObservations(specs, options);
  const entries = [...results.map(({ entry }) => entry), ...gone, ...ofObservations].map(printable);
  return { specs, comparisons, guides, observed, entries };
}

/** Compares the observations of all files together, since they may be of the same operations. */
function checkObservations(
  specs: SpecFolder,
  { observations = [], environments = ["production", "staging"] }: CheckOptions,
): Pick<CheckResult, "observed" | "entries"> {
  const files = new Map<string, Observations>();
  const unreadable: ReportEntry[] = [];
  for (const path of observations) {
    try {
      files.set(path, readObservationFile(path));
    } catch (error) {
      unreadable.push(unreadableEntry(path, reasonOf(error)));
    }
  }
  const { operations, others } = findObserved(files, specs, environments);
  const observed = operations.map(({ operation, source }) => compareObserved(operation, source));
  return { observed, entries: [...unreadable, ...observed.map(observedEntry), ...others.map(otherObservation)] };
}

async function openSource(name: string, { cache = ".cache/docs", sleep = setTimeout }: CheckOptions): Promise<Source> {
  if (!/^https?:/i.test(name)) return openSavedPages(name);
  if (!URL.canParse(name)) throw new UnreadableError("not a valid URL");
  return openSite(new URL(name), cache, sleep);
}

async function checkPages({ pages }: Source, specs: SpecFolder, progress?: Progress): Promise<PageResult[]> {
  let done = 0;
  const results = await mapConcurrent(pages, async (page) => {
    const { name } = page;
    const checked = await orUnreadable(name, async () => [await CHECKS[pageKind(name)](page, specs)]);
    done += 1;
    progress?.(done, pages.length, name, checked[0]?.entry.reason);
    return checked;
  });
  return results.flat();
}

/** Schemas are on the pages of their operations too, and folders list other pages. */
const notRead = async ({ name }: SourcePage): Promise<PageResult> => ({ entry: otherEntry(name, pageKind(name)) });

const CHECKS: Record<PageKind, (page: SourcePage, specs: SpecFolder) => Promise<PageResult>> = {
  operation: async ({ name, load }, specs) => {
    const comparison = comparePage(readPage(name, await load()), specs);
    return { comparison, entry: comparisonEntry(comparison, specs) };
  },
  guide: async ({ name, load }, specs) => {
    const guide = compareGuide(readGuide(name, await load()), specs.guides.entries);
    return { guide, entry: guideEntry(guide, specs) };
  },
  schema: notRead,
  folder: notRead,
};

/** A page or source that fails becomes an entry, and the others are read all the same. */
async function orUnreadable(name: string, check: () => Promise<PageResult[]>): Promise<PageResult[]> {
  try {
    return await check();
  } catch (error) {
    return [{ entry: unreadableEntry(name, reasonOf(error)) }];
  }
}

async function mapConcurrent<T, R>(items: T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await map(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return results;
}
