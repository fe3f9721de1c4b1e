import { ConfigurationError } from "../../errors.js";
import { FAULT_KINDS, type Fault } from "./kinds.js";
import { chance, type Parameter } from "./parameters.js";

/** Which requests a fault befalls. With neither `probability` nor `nth` all that it is meant for. */
export interface FaultRule {
  /** `operationId`, or API and `operationId` as in `debtCollection.getBatch`; `*` stands for any letters. Default `*`. */
  operation?: string;
  /** Only requests of this method. */
  method?: string;
  /** How likely it is, above 0 and at most 1. */
  probability?: number;
  /** The n-th of these requests, counted from 1; several of them; or each n-th. */
  nth?: number | number[] | { every: number };
  fault: Fault;
}

const invalid = (place: string, expected: string) =>
  new ConfigurationError("invalid_option", `${place} must be ${expected}.`);

const KEYS = ["operation", "method", "probability", "nth", "fault"];

/** A rule as it was given by a program or a file, checked. */
export function checkRule(given: unknown, place: string): FaultRule {
  const { operation = "*", method, probability, nth, fault, ...rest } = objectOf(given, place, "a rule");
  for (const key of Object.keys(rest)) throw invalid(`${place}.${key}`, `left out: a rule has ${KEYS.join(", ")}`);
  if (typeof operation !== "string" || !/^[\w.*]+$/.test(operation)) {
    throw invalid(`${place}.operation`, "an operationId, or letters and * such as list*");
  }
  if (method !== undefined && !(typeof method === "string" && /^[A-Za-z]+$/.test(method))) {
    throw invalid(`${place}.method`, "an HTTP method");
  }
  if (probability !== undefined && nth !== undefined) throw invalid(place, "a rule with probability or nth, not both");
  return {
    operation,
    ...(method !== undefined && { method: method.toUpperCase() }),
    ...(probability !== undefined && { probability: read(chance, probability, `${place}.probability`) as number }),
    ...(nth !== undefined && { nth: checkNth(nth, `${place}.nth`) }),
    fault: checkFault(fault, `${place}.fault`),
  };
}

function checkNth(nth: unknown, place: string): NonNullable<FaultRule["nth"]> {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
  const [first, ...others]: unknown[] = [nth].flat();
  if (isCount(first) && others.every(isCount)) return others.length === 0 ? first : [first, ...others];
  const { every, ...rest } = objectOf(nth, place, "a count from 1, a list of them, or { every }");
  if (isCount(every) && Object.keys(rest).length === 0) return { every };
  throw invalid(`${place}.every`, "a count from 1");
}

/** A fault, its parameters read. */
export function checkFault(given: unknown, place: string): Fault {
  const { kind, ...rest } = objectOf(given, place, "a fault");
  const known = Object.hasOwn(FAULT_KINDS, String(kind)) && FAULT_KINDS[kind as Fault["kind"]];
  if (!known) throw invalid(`${place}.kind`, `one of ${Object.keys(FAULT_KINDS).join(", ")}`);
  const parameters: Record<string, { read: Parameter; required?: true }> = known.parameters;
  for (const name of Object.keys(rest)) {
    if (!Object.hasOwn(parameters, name)) {
      const names = Object.keys(parameters);
      throw invalid(`${place}.${name}`, `left out: ${kind} takes ${names.length > 0 ? names.join(", ") : "nothing"}`);
    }
  }
  const values = Object.entries(parameters).flatMap(([name, { read: reader, required }]) => {
    if (rest[name] === undefined && !required) return [];
    return [[name, read(reader, rest[name], `${place}.${name}`)]];
  });
  return { kind, ...Object.fromEntries(values) } as Fault;
}

function read(parameter: Parameter, value: unknown, place: string): unknown {
  try {
    return parameter(value);
  } catch (error) {
    throw invalid(place, (error as Error).message);
  }
}

function objectOf(value: unknown, place: string, expected: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(place, expected);
}
