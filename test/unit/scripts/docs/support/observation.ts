import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
  JsonType,
  Observations,
  ObservedBody,
  ObservedField,
  ObservedOperation,
  ObservedResponses,
} from "../../../../../src/observe/observations.js";

const FORMATS = [
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["date-time", /^\d{4}-\d\d-\d\dT/],
  ["uuid", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/],
] as const;

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : (typeof value as JsonType);
}

/** The shape of some bodies, by the definition of the file and without the observer's own code. */
export function shapeOf(bodies: unknown[], valuesAt: (path: string) => boolean = () => false): ObservedBody {
  const fields = new Map<string, ObservedField>();
  const visit = (path: string, value: unknown) => {
    const field = fields.get(path) ?? { parents: 0, present: 0, types: {} };
    fields.set(path, field);
    const type = typeOf(value);
    field.present += 1;
    field.types[type] = (field.types[type] ?? 0) + 1;
    if (typeof value === "string") {
      const [format] = FORMATS.find(([, pattern]) => pattern.test(value)) ?? [];
      if (format) field.formats = { ...field.formats, [format]: (field.formats?.[format] ?? 0) + 1 };
      if (valuesAt(path)) field.values = { ...field.values, [value]: (field.values?.[value] ?? 0) + 1 };
    } else if (Array.isArray(value)) {
      for (const item of value) visit(`${path}[]`, item);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) visit(path === "" ? name : `${path}.${name}`, item);
    }
  };
  for (const body of bodies) visit("", body);
  for (const [path, field] of fields) {
    const parent = path.endsWith("[]") ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf(".")));
    const { types = {} } = fields.get(parent) ?? {};
    field.parents = path === "" ? bodies.length : (types[path.endsWith("[]") ? "array" : "object"] ?? 0);
  }
  return { count: bodies.length, fields: Object.fromEntries(fields) };
}

/** Responses of one status with these bodies. */
export function responsesWith(bodies: unknown[], more: Partial<ObservedResponses> = {}): ObservedResponses {
  const count = bodies.length;
  return {
    count,
    headers: { "content-type": count },
    contentTypes: { "application/json": count },
    bodies: { json: count },
    body: shapeOf(bodies),
    ...more,
  };
}

/** Responses of one status without a body. */
export const emptyResponses = (count: number): ObservedResponses => ({
  count,
  headers: {},
  contentTypes: {},
  bodies: { empty: count },
});

type Environments = Observations["environments"];

export const observedOperation = (responses: Record<string, ObservedResponses>): ObservedOperation => ({
  requests: { count: 1, query: {} },
  responses,
});

/** An observation file of one environment; operations are responses by status. */
export function observationsOf(
  operations: Record<string, Record<string, ObservedResponses>>,
  environment: keyof Environments = "staging",
  to = "2026-11-21",
): Observations {
  const entries = Object.entries(operations).map(([key, responses]) => [key, observedOperation(responses)]);
  return {
    format: "amili-observations",
    version: 1,
    environments: {
      [environment]: { from: "2026-11-01", to, operations: Object.fromEntries(entries), unknownPaths: {} },
    },
  };
}

/** Writes an observation file into a folder. Returns its path. */
export function writeObservations(folder: string, observations: Observations, name = "observations.json"): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(observations));
  return path;
}
