import type { Observations, ObservedOperation } from "amili-client/observe";
import { UNNAMED } from "../observe/observations.js";
import { type Findings, findingsOf, isDifferent } from "./findings.js";
import { parametersOf } from "./plan.js";
import type { ProbeResult, StepResult } from "./run-probe.js";

/** What the probe says of an operation. For one whose path is inferred: whether it is there. */
export type Outcome = "responded" | "confirmed" | "not there" | "undecided" | "failed" | "not sent";

export interface OperationReport extends Findings {
  operation: string;
  method: string;
  path: string;
  evidence: string;
  outcome: Outcome;
  /** Why nothing was sent, or what failed. */
  reason?: string;
  /** How many responses had each status. */
  statuses: Record<string, number>;
}

export interface ProbeReport {
  /** 0: nothing new; 1: the specs would have to change; 2: a request failed, or none could be sent. */
  exit: 0 | 1 | 2;
  operations: OperationReport[];
}

export function reportOf({ steps, observations }: ProbeResult): ProbeReport {
  const operations = steps
    .filter(({ step }) => step.purpose === "read")
    .map((result) => entryOf(result, steps, observations));
  const isNew = (entry: OperationReport) =>
    isDifferent(entry) || entry.outcome === "confirmed" || entry.outcome === "not there";
  const isIncomplete = steps.some(isFailed) || steps.every(({ skipped }) => skipped !== undefined);
  return { exit: isIncomplete ? 2 : operations.some(isNew) ? 1 : 0, operations };
}

function entryOf(result: StepResult, all: readonly StepResult[], { environments }: Observations): OperationReport {
  const { key, operation, read } = result.step;
  const [observed = NOTHING] = Object.values(environments).flatMap(({ operations }) => operations[key] ?? []);
  const reason = result.failed ?? result.skipped;
  const statuses = Object.entries(observed.responses).map(([status, { count }]) => [status, count]);
  return {
    operation: key,
    method: operation.method,
    path: operation.path,
    evidence: read.evidence,
    outcome: outcomeOf(result, all),
    ...(reason !== undefined && { reason }),
    statuses: Object.fromEntries(statuses),
    ...findingsOf(key, observed, read),
  };
}

const NOTHING: ObservedOperation = { requests: { count: 0, query: {} }, responses: {} };

function outcomeOf(result: StepResult, all: readonly StepResult[]): Outcome {
  const { step, status, failed, skipped } = result;
  if (isFailed(result)) return "failed";
  if (failed !== undefined) return "undecided";
  if (skipped !== undefined || status === undefined) return "not sent";
  if (step.operation.inferred === undefined) return "responded";
  if (isSuccess(status)) return "confirmed";
  if (status === 405) return "not there";
  // Otherwise the organization or the client may be what is not found.
  const [scope = ""] = parametersOf(step.operation);
  const isScopeThere = all.some(
    ({ step: other, status: found = 0 }) =>
      other.api === step.api && isSuccess(found) && (scope === "" || parametersOf(other.operation).includes(scope)),
  );
  return status === 404 && isScopeThere ? "not there" : "undecided";
}

/** A path that is only inferred may well respond with something else than JSON. */
const isFailed = ({ step, status, failed }: StepResult) =>
  failed !== undefined && (step.operation.inferred === undefined || status === undefined);

const isSuccess = (status: number) => status >= 200 && status < 300;

const COLUMNS: [string, (entry: OperationReport) => string][] = [
  ["operation", ({ operation }) => operation],
  ["evidence", ({ evidence }) => evidence],
  ["outcome", ({ outcome, reason }) => [outcome, reason].filter(Boolean).join(": ")],
  ["statuses", ({ statuses }) => Object.keys(statuses).join(" ") || "-"],
  ["new fields", ({ newFields, unnamedFields }) => String(newFields.length + unnamedFields.length)],
  ["types", ({ types }) => String(types.length)],
  ["new values", ({ newValues }) => String(newValues.length)],
  ["error bodies", ({ errors }) => Object.keys(errors).join(" ") || "-"],
];

/** The report as a table, and below it what is new. */
export function textReport({ operations }: ProbeReport): string {
  const rows = [COLUMNS.map(([title]) => title), ...operations.map((entry) => COLUMNS.map(([, cell]) => cell(entry)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const details = operations.flatMap((entry) => {
    const lines = detailsOf(entry);
    return lines.length > 0 ? ["", entry.operation, ...lines.map((line) => `  ${line}`)] : [];
  });
  return [...table, ...details].join("\n");
}

function detailsOf({ newStatuses, newFields, unnamedFields, types, newValues, errors }: OperationReport): string[] {
  const seen = ({ present }: { present: number }) => `seen ${present} ${present === 1 ? "time" : "times"}`;
  return [
    ...newStatuses.map((status) => `status ${status} is undocumented`),
    ...newFields.map(
      (field) =>
        `${field.status} ${field.path}: new field, ${field.types.join(" or ")}, in ${field.present} of ${field.parents}`,
    ),
    ...unnamedFields.map(
      (field) => `${field.status} ${field.path}: new fields whose names are not recorded, ${seen(field)}`,
    ),
    ...types.map(
      (field) =>
        `${field.status} ${field.path}: ${field.observed.join(" or ")}, documented ${field.documented.replaceAll("|", " or ")}, ${seen(field)}`,
    ),
    ...newValues.map(({ status, path, values }) => {
      const shown = Object.keys(values).map((value) => (value === UNNAMED ? "others, not recorded" : value));
      return `${status} ${path}: new values ${shown.join(", ")}`;
    }),
    ...Object.entries(errors).map(([status, shape]) => {
      const fields = Object.entries(shape).map(([path, of]) => `${path || "body"} ${of.join("|")}`);
      return `${status} body: ${fields.join(", ")}`;
    }),
  ];
}
