import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import {
  LIMITS,
  mergeObservations,
  type Observations,
  type ObservedEnvironmentName,
  type ObservedOperation,
  parseObservations,
} from "../../../src/observe/observations.js";
import { apiName, type SpecOperation } from "../../specs.js";
import { UnreadableError } from "../unreadable-error.js";
import { childPath, mapPath } from "./fields.js";
import type { KnownOperation, SpecFolder } from "./spec-folder.js";

/** What was observed of one operation. */
export interface ObservedSource {
  /** For display: the files and the environment. */
  name: string;
  /** For the spec; of the environment that says most. */
  observed: NonNullable<SpecOperation["x-observed"]>;
  /** Of all environments. */
  shapes: ObservedOperation;
}

/** Observations by operation, and what belongs to none. */
export interface ObservedSources {
  operations: { source: ObservedSource; operation: KnownOperation }[];
  /** Why some were not compared. */
  others: { name: string; reason: string }[];
}

/** Production says most. Servers that the documentation does not state are compared only if they are asked for. */
export const ENVIRONMENTS: readonly ObservedEnvironmentName[] = ["production", "staging", "other"];

/** Reads an observation file. */
export function readObservationFile(path: string): Observations {
  if (statSync(path).size > LIMITS.text) throw new UnreadableError(`more than ${LIMITS.text} bytes`);
  return parseObservations(readFileSync(path, "utf8"));
}

/** The observations of some files and environments, by operation. */
export function findObserved(
  files: Map<string, Observations>,
  specs: SpecFolder,
  included: readonly ObservedEnvironmentName[],
): ObservedSources {
  const [first, ...rest] = files.values();
  if (!first) return { operations: [], others: [] };
  const { environments } = rest.reduce(mergeObservations, first);
  const chosen = ENVIRONMENTS.flatMap((name) => {
    const environment = environments[name];
    return environment && included.includes(name) ? [{ name, environment }] : [];
  });
  const label = [...files.keys()].map((path) => basename(path)).join(" + ");
  const known = new Map(
    specs.operations.map((operation) => [`${apiName(operation.file.name)}.${operation.node.operationId}`, operation]),
  );
  const keys = [...new Set(chosen.flatMap(({ environment }) => Object.keys(environment.operations)))].sort();
  const left = ENVIRONMENTS.filter((name) => environments[name] && !included.includes(name));
  return {
    operations: keys.flatMap((key) => {
      const operation = known.get(key);
      const parts = chosen.flatMap(({ name, environment }) => {
        const shapes = environment.operations[key];
        return shapes ? [{ name, date: environment.to, shapes }] : [];
      });
      const [best] = parts;
      if (!operation || !best) return [];
      const source: ObservedSource = {
        name: `${label} (${parts.map(({ name }) => name).join(", ")})`,
        observed: { environment: best.name, date: best.date, responses: responseCount(best.shapes) },
        shapes: parts.map(({ shapes }) => shapes).reduce((one, other) => mergeOperations(key, one, other)),
      };
      return [{ source, operation }];
    }),
    others: [
      ...keys.filter((key) => !known.has(key)).map((key) => ({ name: key, reason: "not in the specs" })),
      ...chosen.flatMap(({ environment }) =>
        Object.entries(environment.unknownPaths).map(([name, statuses]) => ({
          name,
          reason: `in no spec; responses: ${Object.entries(statuses)
            .map(([status, count]) => `${count} × ${status}`)
            .join(", ")}`,
        })),
      ),
      ...left.map((name) => ({ name: `${label} (${name})`, reason: `not compared without --environments ${name}` })),
    ],
  };
}

const responseCount = ({ responses }: ObservedOperation): number =>
  Object.values(responses).reduce((sum, { count }) => sum + count, 0);

/** Two environments' observations of an operation, as those of one. */
function mergeOperations(key: string, one: ObservedOperation, other: ObservedOperation): ObservedOperation {
  const asFile = (shapes: ObservedOperation): Observations => ({
    format: "amili-observations",
    version: 1,
    environments: { other: { from: "2000-01-01", to: "2000-01-01", operations: { [key]: shapes }, unknownPaths: {} } },
  });
  return mergeObservations(asFile(one), asFile(other)).environments.other?.operations[key] ?? one;
}

/** The path of an observation in the form of a table of fields: `data.totals{}.amount` becomes `data.totals.{*}.amount`. */
export const fieldPath = (observed: string): string =>
  (observed.match(/\[\]|\{\}|(?:(?!\[\]|\{\})[^.])+/g) ?? []).reduce((path, step) => {
    if (step === "[]") return `${path}[]`;
    return step === "{}" ? mapPath(path) : childPath(path, step);
  }, "");
