import { relative } from "node:path";
import type { Answer } from "../compare/answers.js";
import type { SectionChange } from "../compare/compare-guide.js";
import type { PageComparison } from "../compare/compare-page.js";
import type { Difference } from "../compare/difference.js";
import { operationPages } from "../compare/match.js";
import type { Pointer } from "../read/json.js";
import type { KnownOperation, SpecFolder } from "../read/spec-folder.js";

export const STATUSES = ["same", "changed", "new", "gone", "unreadable", "other"] as const;
export type Status = (typeof STATUSES)[number];

/** The result of one page. */
export interface ReportEntry {
  status: Status;
  page: string;
  title: string;
  /** The operation of the page: its spec and id, or its product and title in title-only.yaml. */
  operation?: string;
  /** The file and line of the operation. */
  at?: string;
  method?: string;
  path?: string;
  differences: LocatedDifference[];
  /** Explained differences. They do not count. */
  known: (LocatedDifference & { why: string })[];
  /** What the spec has as inferred or partial, and the page shows. */
  confirms: string[];
  /** What the page says at places that the spec left open. */
  answers: LocatedAnswer[];
  /** Why a page is unreadable, or why a page that is gone does not count. */
  reason?: string;
}

interface Places {
  /** `openapi/debt-collection.yaml:52`. */
  specAt: string;
  pageAt: string;
}

/** A difference with the file and line of both sides. */
export interface LocatedDifference extends Pick<Difference, "what" | "spec" | "page">, Places {
  kind: Difference["kind"] | SectionChange["kind"];
  /** The changed lines of a guide. */
  text?: string[];
}

export interface LocatedAnswer extends Pick<Answer, "what" | "page" | "why">, Places {
  /** Whether it is part of the contract, which `docs:apply` adds to the spec or leaves to you. */
  counts: boolean;
}

export const NOT_COMPARED = { differences: [], known: [], confirms: [], answers: [] };

export const unreadableEntry = (page: string, reason: string): ReportEntry => ({
  status: "unreadable",
  page,
  title: "",
  ...NOT_COMPARED,
  reason,
});

/** A page that the tools need not read. */
export const otherEntry = (page: string, kind: string): ReportEntry => ({
  status: "other",
  page,
  title: "",
  ...NOT_COMPARED,
  reason: `a ${kind} page`,
});

export function comparisonEntry(comparison: PageComparison, specs: SpecFolder): ReportEntry {
  const { page, match, differences, known, confirmations, answers } = comparison;
  const { operation, titleOnly } = match;
  const places = ({ specPointer, pagePointer }: Pick<Difference, "specPointer" | "pagePointer">): Places => ({
    specAt: operation ? location(operation, specPointer) : "",
    pageAt: `${page.name}:${page.lineOf(pagePointer)}`,
  });
  const locate = (difference: Difference): LocatedDifference => {
    const { kind, what, spec, page: shown } = difference;
    return { kind, what, spec, page: shown, ...places(difference) };
  };
  const answer = (difference: Difference): LocatedAnswer => {
    const { kind, what, spec, page: shown = "", answers: why = "" } = difference;
    const text = spec === undefined ? shown : `${shown} (the spec has: ${spec})`;
    return { what: kind === what ? what : `${kind} ${what}`, page: text, why, counts: true, ...places(difference) };
  };
  const entry: ReportEntry = {
    status: operation ? (differences.length > 0 ? "changed" : "same") : "new",
    page: page.name,
    title: page.operation.title,
    method: page.operation.method,
    path: page.operation.path,
    differences: differences.filter(({ answers: why }) => why === undefined).map(locate),
    known: known.map(({ difference, why }) => ({ ...locate(difference), why })),
    confirms: confirmations.map(({ what }) => what),
    answers: [
      ...differences.filter(({ answers: why }) => why !== undefined).map(answer),
      ...answers.map((found) => {
        const { what, page: shown, why } = found;
        return { what, page: shown, why, counts: false, ...places(found) };
      }),
    ],
  };
  if (operation) return { ...entry, operation: operationName(operation), at: location(operation, operation.pointer) };
  if (!titleOnly) return entry;
  const line = specs.titleOnly.lineOf(["operations", titleOnly.index]);
  return {
    ...entry,
    operation: `${titleOnly.product} ${titleOnly.title}`,
    at: `${displayPath(specs.titleOnly.path)}:${line}`,
  };
}

export const displayPath = (path: string) => relative(process.cwd(), path);
export const location = ({ file }: KnownOperation, pointer: Pointer) =>
  `${displayPath(file.path)}:${file.lineOf(pointer)}`;
export const operationName = ({ file, node }: KnownOperation) => `${file.name} ${node.operationId}`;

/** Operations whose pages a whole site no longer has. It does not count when they are deprecated. */
export function goneEntries(specs: SpecFolder, ids: Set<number>, comparisons: PageComparison[]): ReportEntry[] {
  const compared = new Set(comparisons.map(({ match }) => match.operation));
  return specs.operations
    .filter((operation) => {
      const pages = operationPages(operation.node);
      return pages.length > 0 && !compared.has(operation) && !pages.some(({ id }) => ids.has(id));
    })
    .map((operation) => ({
      status: "gone",
      page: operationPages(operation.node)[0]?.slug ?? "",
      title: operation.title,
      method: operation.method,
      path: operation.path,
      operation: operationName(operation),
      at: location(operation, operation.pointer),
      ...NOT_COMPARED,
      ...(operation.deprecated && { reason: "deprecated in the spec" }),
    }));
}

/** Whether an entry is a difference that counts. */
export const isDifferent = ({ status, reason }: ReportEntry): boolean =>
  status === "changed" || status === "new" || (status === "gone" && reason === undefined);

/** 0: no difference, 1: differences, 2: something is unreadable. */
export function exitCode(entries: ReportEntry[]): 0 | 1 | 2 {
  if (entries.some(({ status }) => status === "unreadable")) return 2;
  return entries.some(isDifferent) ? 1 : 0;
}
