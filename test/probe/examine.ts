import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "amili-client/sandbox";
import { vi } from "vitest";
import { applySources } from "../../scripts/docs/apply-sources.js";
import { checkSources } from "../../scripts/docs/check-sources.js";
import type { ObservedComparison } from "../../scripts/docs/compare/compare-observed.js";
import type { ReportEntry } from "../../scripts/docs/report/entry.js";
import { apiName } from "../../scripts/specs.js";
import { planProbe } from "../../src/probe/plan.js";
import { type OperationReport, type ProbeReport, reportOf } from "../../src/probe/report.js";
import { runProbe } from "../../src/probe/run-probe.js";
import { workspace } from "../unit/scripts/docs/support/temp.js";

/** Probes a server with all reads, and compares what was observed with a copy of the specs. */
export async function examine({ baseUrls, credentials }: { baseUrls: object; credentials: Sandbox["credentials"] }) {
  vi.stubEnv("AMILI_BASE_URLS", JSON.stringify(baseUrls));
  vi.stubEnv("AMILI_CLIENT_ID", credentials.clientId);
  vi.stubEnv("AMILI_CLIENT_SECRET", credentials.clientSecret);
  const plan = planProbe({ inferred: true, errors: true });
  const result = await runProbe(plan, {
    production: false,
    rate: 1_000_000,
    organization: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    client: "2218",
    onStep: () => {},
  });
  const operations = (api: string) =>
    plan.flatMap(({ key }) => (key.startsWith(`${api}.`) ? key.slice(api.length + 1) : []));
  const { root, options: folders } = workspace(
    ["debt-collection", ...operations("debtCollection")],
    ["accounts-receivable", ...operations("accountsReceivable")],
  );
  const file = join(root, "observations.json");
  writeFileSync(file, JSON.stringify(result.observations));
  const options = { ...folders, observations: [file], environments: ["other" as const] };
  const check = () => checkSources([], options);
  const apply = () => applySources([], options);
  return { root, file, folders, report: reportOf(result), check, apply };
}

/** What docs:check found: `operation: kind what`, with further values. */
export const checked = (observed: readonly ObservedComparison[]): string[] =>
  observed.flatMap(({ operation: { file, node }, differences }) =>
    differences.map(({ kind, what, values = [] }) =>
      [`${apiName(file.name)}.${node.operationId}: ${kind} ${what}`, ...values].join(" "),
    ),
  );

/** How lists end by docs:check, as `operation: absent`. */
export const listEnds = (entries: readonly ReportEntry[]): string[] =>
  entries.flatMap(({ operation = "", answers }) => {
    const [spec = "", id] = operation.split(" ");
    return answers.map(({ page }) => `${apiName(spec)}.${id}: ${/(?<= is )\w+/.exec(page)}`);
  });

/** What the probe found, in the same words. It lists what is in a new field, too. */
export const probed = ({ operations }: ProbeReport): string[] =>
  operations.flatMap((entry) => findings(entry).map((finding) => `${entry.operation}: ${finding}`));

function findings(entry: OperationReport): string[] {
  const { newFields, unnamedFields, types, newValues, newStatuses, evidence, outcome } = entry;
  /** Whether it is in another new field. */
  const isWithin = ({ status, path }: { status: string; path: string }) => {
    const parent = path.replace(/(\[\]|\{\}|\.?[^.[\]{}]+)$/, "");
    return newFields.some((field) => field.status === status && field.path === parent);
  };
  const kindOf = (documented: string, observed: string[]) =>
    observed.every((type) => type === "null" || documented.split("|").includes(type)) ? "nullable" : "field type";
  return [
    ...(evidence === "inferred" && outcome !== "not sent" ? [outcome] : []),
    ...[...newFields, ...unnamedFields].flatMap((field) =>
      isWithin(field) ? [] : `field added ${field.status} ${field.path.replace(/\{\}$/, ".{*}")}`,
    ),
    ...types.map(({ status, path, documented, observed }) =>
      `${kindOf(documented, observed)} ${status} ${path}`.trimEnd(),
    ),
    ...newValues.map(({ status, path, values }) => `enum added ${status} ${path} ${Object.keys(values).join(" ")}`),
    ...newStatuses.map((status) => `status added ${status}`),
  ];
}
