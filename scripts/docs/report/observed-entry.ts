import type { ObservedComparison } from "../compare/compare-observed.js";
import type { Difference } from "../compare/difference.js";
import type { ObservedSource } from "../read/observed.js";
import type { KnownOperation } from "../read/spec-folder.js";
import {
  type LocatedAnswer,
  type LocatedDifference,
  location,
  NOT_COMPARED,
  operationName,
  type ReportEntry,
} from "./entry.js";

/** The result of one operation's observations. */
export function observedEntry({
  operation,
  source,
  differences,
  known,
  confirmations,
}: ObservedComparison): ReportEntry {
  const locate = ({ kind, what, spec, page, specPointer }: Difference): LocatedDifference => ({
    kind,
    what,
    spec,
    page,
    specAt: location(operation, specPointer),
    pageAt: source.name,
  });
  return {
    status: differences.length > 0 ? "changed" : "same",
    page: source.name,
    title: operation.title,
    method: operation.method,
    path: operation.path,
    operation: operationName(operation),
    at: location(operation, operation.pointer),
    differences: differences.map(locate),
    known: known.map(({ difference, why }) => ({ ...locate(difference), why })),
    confirms: confirmations.map(({ what }) => what),
    answers: listEnds(operation, source),
  };
}

/** How lists end, for a reader: the specs have no place for it. */
function listEnds(operation: KnownOperation, { name, shapes }: ObservedSource): LocatedAnswer[] {
  return Object.entries(shapes.responses).flatMap(([status, { lastPage = {} }]) => {
    const forms = Object.entries(lastPage).map(([form, count]) => `${form} in ${count}`);
    if (forms.length === 0) return [];
    return {
      what: `${status} the end of the list`,
      page: `the link to the next page is ${forms.join(", ")}`,
      why: "no page says how a list ends",
      specAt: location(operation, operation.pointer),
      pageAt: name,
      counts: false,
    };
  });
}

/** Observations that belong to no operation, or were not asked for. */
export const otherObservation = ({ name, reason }: { name: string; reason: string }): ReportEntry => ({
  status: "other",
  page: name,
  title: "",
  ...NOT_COMPARED,
  reason,
});
