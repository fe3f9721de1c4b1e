import { accountsReceivable, debtCollection } from "../../generated/operations.js";
import { reads } from "../../generated/reads.js";
import type { ListOperation, Operation } from "../operation.js";
import type { ReadOperation } from "./read-operation.js";

/** The APIs that can be probed: those whose base URL and authentication are documented. */
const APIS = { debtCollection, accountsReceivable };

export type ProbedApi = keyof typeof APIS;

/** What a request is sent for. All but `read` can only fail. */
export type Purpose = "read" | "unknown id" | "malformed date";

export interface Step {
  /** `debtCollection.listInvoices`. */
  key: string;
  api: ProbedApi;
  operation: Operation | ListOperation;
  read: ReadOperation;
  purpose: Purpose;
  query: Record<string, string>;
  /** Query parameters whose values are found in lists. */
  needed: readonly string[];
  /** Path parameters whose values are fixed. The others are found in lists. */
  path: Record<string, string>;
}

/** Query parameters that an operation needs although the documentation does not say so. Found in lists as ids are. */
const NEEDED: Record<string, readonly string[]> = { "accountsReceivable.listGlMovements": ["glyear", "glperiod"] };

/** The items of a page: enough to see which fields are optional. */
const PAGE_SIZE = "10";

/** An id that nothing has. */
const UNKNOWN_ID = "00000000-0000-0000-0000-000000000000";

/** The read operations, lists before the items whose ids they have, and what is inferred after what is documented. */
export function planProbe({ inferred = false, errors = false }: { inferred?: boolean; errors?: boolean }): Step[] {
  const steps = (Object.keys(APIS) as ProbedApi[])
    .flatMap(operationsOf)
    .filter(({ operation }) => inferred || !operation.inferred)
    .map((step): Step => {
      const size = step.read.query.find((name) => /^pagesize$/i.test(name));
      return {
        ...step,
        purpose: "read",
        query: size ? { [size]: PAGE_SIZE } : {},
        needed: NEEDED[step.key] ?? [],
        path: {},
      };
    });
  const rank = ({ operation }: Step) => parametersOf(operation).length + (operation.inferred ? 100 : 0);
  steps.sort((a, b) => rank(a) - rank(b));
  return errors ? [...steps, ...steps.flatMap(failingSteps)] : steps;
}

const operationsOf = (api: ProbedApi) =>
  Object.entries<Operation | ListOperation>(APIS[api].operations).flatMap(([id, operation]) => {
    const key = `${api}.${id}`;
    const read = reads[key];
    return read ? [{ key, api, operation, read }] : [];
  });

/** The parameter that identifies an item of a list: `invoiceId` of `…/invoices`. */
export function itemParameterOf({ api, operation: { path } }: Step): string | undefined {
  const item = operationsOf(api).find(({ operation }) => operation.path.startsWith(`${path}/{`));
  return item && parametersOf(item.operation).find((name) => item.operation.path.startsWith(`${path}/{${name}}`));
}

/** Reads that show what error bodies look like. An operation whose path is inferred would only show that of its path. */
function failingSteps(step: Step): Step[] {
  const { operation, read } = step;
  if (operation.inferred) return [];
  const [, id] = /\/\{(\w+)\}$/.exec(operation.path) ?? [];
  const date = read.query.find((name) => /^from(date|createdat)?$/i.test(name));
  return [
    ...(id ? [{ ...step, purpose: "unknown id" as const, path: { [id]: UNKNOWN_ID } }] : []),
    ...(date ? [{ ...step, purpose: "malformed date" as const, query: { ...step.query, [date]: "not-a-date" } }] : []),
  ];
}

export const parametersOf = ({ path }: Operation): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** The plan as text: paths are templates, since ids are personal data. */
export function printPlan(steps: readonly Step[]): string {
  const lines = steps.map(({ key, operation: { method, path }, query, needed, purpose, read }) => {
    const search = [
      ...Object.entries(query).map(([name, value]) => `${name}=${value}`),
      ...needed.map((name) => `${name}={${name}}`),
    ].join("&");
    const about = [key, read.evidence, ...(purpose === "read" ? [] : [purpose])];
    return `${method} ${path}${search && `?${search}`}  (${about.join(", ")})`;
  });
  return lines.join("\n");
}
