import type { ObservedBody, ObservedField, ObservedOperation } from "amili-client/observe";
import { valueLists } from "../../generated/names.js";
import { UNNAMED } from "../observe/observations.js";
import type { ReadOperation } from "./read-operation.js";

/** What was observed and is not in the spec. Names and counts, no values but those of value lists. */
export interface Findings {
  /** Statuses that the spec does not list. */
  newStatuses: string[];
  newFields: { status: string; path: string; types: string[]; present: number; parents: number }[];
  /** Objects with fields whose names are not written. */
  unnamedFields: { status: string; path: string; present: number }[];
  types: { status: string; path: string; documented: string; observed: string[]; present: number }[];
  newValues: { status: string; path: string; values: Record<string, number> }[];
  /** The shapes of error bodies, by status. The documentation shows none, so they are no difference. */
  errors: Record<string, Record<string, string[]>>;
  /** Names of response headers. */
  headers: string[];
}

/** Compares what was observed of an operation with its spec. */
export function findingsOf(key: string, { responses }: ObservedOperation, read: ReadOperation): Findings {
  const found: Findings = {
    newStatuses: [],
    newFields: [],
    unnamedFields: [],
    types: [],
    newValues: [],
    errors: {},
    headers: [...new Set(Object.values(responses).flatMap(({ headers }) => Object.keys(headers)))].sort(),
  };
  for (const [status, response] of Object.entries(responses)) {
    const documented = read.responses[status] ?? read.responses[`${status[0]}XX`] ?? read.responses.default;
    if (!documented) found.newStatuses.push(status);
    if (!response.body) continue;
    if (isError(status)) found.errors[status] = shapeOf(response.body);
    else compareBody(found, key, status, response.body, documented ?? {});
  }
  return found;
}

/** Whether the spec would have to change. */
export const isDifferent = ({ newStatuses, newFields, unnamedFields, types, newValues }: Findings): boolean =>
  [newStatuses, newFields, unnamedFields, types, newValues].some(({ length }) => length > 0);

const isError = (status: string) => status >= "400";

function compareBody(
  found: Findings,
  key: string,
  status: string,
  { fields }: ObservedBody,
  documented: Record<string, string>,
): void {
  for (const [path, field] of Object.entries(fields)) {
    // What is below a field without a name says no more than that field.
    if (path.slice(0, -UNNAMED.length).includes(UNNAMED)) continue;
    const observed = Object.keys(field.types);
    const { present, parents } = field;
    const expected = documented[path];
    if (path.endsWith(UNNAMED) && expected === undefined) found.unnamedFields.push({ status, path, present });
    else if (expected === undefined) {
      if (path !== "") found.newFields.push({ status, path, types: observed, present, parents });
    } else if (observed.some((type) => !accepts(expected, type))) {
      found.types.push({ status, path, documented: expected, observed, present });
    }
    const values = newValues(field, valueLists[key]?.[`response ${path}`]);
    if (values) found.newValues.push({ status, path, values });
  }
}

/** An empty list of types accepts any. */
function accepts(expected: string, type: string): boolean {
  const types = expected.split("|");
  return expected === "" || types.includes(type) || (type === "integer" && types.includes("number"));
}

function newValues({ values = {} }: ObservedField, listed: readonly string[] = []): Record<string, number> | undefined {
  const found = Object.entries(values).filter(([value]) => !listed.includes(value));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

const shapeOf = ({ fields }: ObservedBody): Record<string, string[]> =>
  Object.fromEntries(Object.entries(fields).map(([path, { types }]) => [path, Object.keys(types)]));
