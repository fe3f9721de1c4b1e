import { relative } from "node:path";
import { compare, lackedByOlder, sourceOf } from "../compare/compare-operation.js";
import { type Confirmed, confirmedBy } from "../compare/confirmations.js";
import type { Difference } from "../compare/difference.js";
import { type Match, match, operationPages } from "../compare/match.js";
import { at, objectOf } from "../read/json.js";
import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFolder } from "../read/spec-folder.js";

export const STATUSES = ["same", "changed", "new", "gone", "unreadable"] as const;
export type Status = (typeof STATUSES)[number];

/** What came of one page. */
export interface Entry {
  status: Status;
  page: string;
  title: string;
  /** The operation of the page: where it stands in a spec, or its line in title-only.yaml. */
  operation?: string;
  /** Where it stands: file and line. */
  at?: string;
  method?: string;
  path?: string;
  differences: Located[];
  /** Differences that have their reason, and do not count. */
  known: (Located & { why: string })[];
  /** What the spec has as inferred or partly seen, and the page now shows. */
  confirms: string[];
  /** Why a page is unreadable, or why one that is gone does not count. */
  reason?: string;
}

/** An entry of a page that was compared with nothing. */
export const NOT_COMPARED = { differences: [], known: [], confirms: [] };

/** A difference with its places in words. */
export interface Located extends Pick<Difference, "kind" | "what" | "spec" | "page"> {
  /** `openapi/debt-collection.yaml:52`. */
  specAt: string;
  /** The page and its line. */
  pageAt: string;
}

/** A page, what it is about, and what differs: what the report tells and `docs:apply` works on. */
export interface Finding {
  page: Page;
  match: Match;
  differences: Difference[];
  known: { difference: Difference; why: string }[];
  confirms: Confirmed[];
}

export function examine(page: Page, specs: SpecFolder): Finding {
  const found = match(page, specs);
  const { operation } = found;
  if (!operation) return { page, match: found, differences: [], known: [], confirms: [] };
  const newer = newerPage(operation, page);
  const all = compare(operation, page).filter((difference) => !(newer && isOlderTitle(difference, operation)));
  const explained = [
    ...all.flatMap((difference) => {
      const why = newer ? explainAge(difference, newer) : statedReason(difference, operation);
      return why === undefined ? [] : [{ difference, why }];
    }),
    ...(newer ? lackedByOlder(operation, page).map((difference) => ({ difference, why: olderThan(newer) })) : []),
  ];
  const differences = all.filter((difference) => !explained.some((known) => known.difference === difference));
  return {
    page,
    match: found,
    differences,
    known: explained,
    confirms: newer ? [] : confirmedBy(operation, page, differences),
  };
}

/** The page that has taken the place of an older one, or the later state of the same page. */
function newerPage(spec: KnownOperation, page: Page): string | undefined {
  const [newest] = operationPages(spec.node);
  const source = sourceOf(spec, page);
  if (!newest || !source) return undefined;
  const isLater = page.modified !== undefined && page.modified > (newest.modified ?? source.modified ?? "");
  if (source.id !== newest.id) return isLater ? undefined : newest.slug;
  const isStale = page.modified !== undefined && source.modified !== null && page.modified < source.modified;
  return isStale ? `${source.slug} of ${source.modified}` : undefined;
}

const olderThan = (newer: string) => `this page is older than ${newer}`;

/** An older page may lack what newer ones added; what it has and the spec does not counts all the same. */
function explainAge({ kind }: Difference, newer: string): string | undefined {
  return kind.endsWith("removed") || kind === "modified" ? olderThan(newer) : undefined;
}

const isOlderTitle = ({ kind, page }: Difference, { node }: KnownOperation) =>
  kind === "title" && page !== undefined && node["x-older-titles"]?.includes(page) === true;

/** A spec may say itself why it differs: `x-known-difference` at the place. */
function statedReason({ specAt }: Difference, { file }: KnownOperation): string | undefined {
  const reason = objectOf(at(file.value, specAt))["x-known-difference"];
  return typeof reason === "string" ? reason : undefined;
}

/** A finding in words. */
export function entryOf(finding: Finding, specs: SpecFolder): Entry {
  const { page, match: found, differences, known, confirms } = finding;
  const { operation, titleOnly } = found;
  const locate = (difference: Difference): Located => ({
    kind: difference.kind,
    what: difference.what,
    spec: difference.spec,
    page: difference.page,
    specAt: operation ? lineOf(operation, difference.specAt) : "",
    pageAt: `${page.name}:${page.lineOf(difference.pageAt)}`,
  });
  const entry: Entry = {
    status: operation ? (differences.length > 0 ? "changed" : "same") : "new",
    page: page.name,
    title: page.operation.title,
    method: page.operation.method,
    path: page.operation.path,
    differences: differences.map(locate),
    known: known.map(({ difference, why }) => ({ ...locate(difference), why })),
    confirms: confirms.map(({ what }) => what),
  };
  if (operation) return { ...entry, operation: nameOf(operation), at: lineOf(operation, operation.at) };
  if (!titleOnly) return entry;
  const line = specs.titleOnly.lineOf(["operations", titleOnly.index]);
  return {
    ...entry,
    operation: `${titleOnly.product} ${titleOnly.title}`,
    at: `${shown(specs.titleOnly.path)}:${line}`,
  };
}

const shown = (path: string) => relative(process.cwd(), path);
const lineOf = ({ file }: KnownOperation, place: Difference["specAt"]) => `${shown(file.path)}:${file.lineOf(place)}`;
const nameOf = ({ file, node }: KnownOperation) => `${file.name} ${node.operationId}`;

/** Operations whose pages a whole site no longer has. One that is deprecated already is known to go. */
export function goneFrom(specs: SpecFolder, ids: Set<number>, findings: Finding[]): Entry[] {
  const seen = new Set(findings.map((finding) => finding.match.operation));
  return specs.operations
    .filter((operation) => {
      const pages = operationPages(operation.node);
      return pages.length > 0 && !seen.has(operation) && !pages.some(({ id }) => ids.has(id));
    })
    .map((operation) => ({
      status: "gone",
      page: operationPages(operation.node)[0]?.slug ?? "",
      title: operation.title,
      method: operation.method,
      path: operation.path,
      operation: nameOf(operation),
      at: lineOf(operation, operation.at),
      ...NOT_COMPARED,
      ...(operation.deprecated && { reason: "the spec has it as deprecated" }),
    }));
}

/** What makes someone look: everything but `same`, and what is known to go. */
export const counts = ({ status, reason }: Entry): boolean =>
  status === "changed" || status === "new" || (status === "gone" && reason === undefined);

/** 0 no difference, 1 differences, 2 something could not be read. */
export function exitCode(entries: Entry[]): 0 | 1 | 2 {
  if (entries.some(({ status }) => status === "unreadable")) return 2;
  return entries.some(counts) ? 1 : 0;
}
