import { ConfigurationError } from "../../errors.js";
import { FAULT_KINDS, type Fault, isKind, parametersOf } from "./kinds.js";
import { type Parameter, probability as parseProbability } from "./parameters.js";

/** Which requests get a fault. Without `probability` and `nth`: all that the rule matches. */
export interface FaultRule {
  /** An `operationId`, or API and `operationId` as in `debtCollection.getBatch`; `*` is a wildcard. Default `*`. */
  operation?: string;
  /** Only requests with this method. */
  method?: string;
  /** The probability of the fault, above 0 and at most 1. */
  probability?: number;
  /** The n-th matching request, counted from 1; several of them; or every n-th. */
  nth?: number | number[] | { every: number };
  fault: Fault;
}

const invalid = (place: string, expected: string) =>
  new ConfigurationError("invalid_option", `${place} must be ${expected}.`);

const KEYS = ["operation", "method", "probability", "nth", "fault"];

/** Checks a rule of a program or a file. */
export function checkRule(given: unknown, place: string): FaultRule {
  const { operation = "*", method, probability, nth, fault, ...rest } = requireObject(given, place, "a rule");
  for (const key of Object.keys(rest)) throw invalid(`${place}.${key}`, `omitted: a rule has ${KEYS.join(", ")}`);
  if (typeof operation !== "string" || !/^[\w.*]+$/.test(operation)) {
    throw invalid(`${place}.operation`, "an operationId, or a pattern such as list*");
  }
  if (method !== undefined && !(typeof method === "string" && /^[A-Za-z]+$/.test(method))) {
    throw invalid(`${place}.method`, "an HTTP method");
  }
  if (probability !== undefined && nth !== undefined) throw invalid(place, "a rule with probability or nth, not both");
  return {
    operation,
    ...(method !== undefined && { method: method.toUpperCase() }),
    ...(probability !== undefined && {
      probability: parse(parseProbability, probability, `${place}.probability`) as number,
    }),
    ...(nth !== undefined && { nth: checkNth(nth, `${place}.nth`) }),
    fault: checkFault(fault, `${place}.fault`),
  };
}

function checkNth(nth: unknown, place: string): NonNullable<FaultRule["nth"]> {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
  const [first, ...others]: unknown[] = [nth].flat();
  if (isCount(first) && others.every(isCount)) return others.length === 0 ? first : [first, ...others];
  const { every, ...rest } = requireObject(nth, place, "a count from 1, a list of them, or { every }");
  if (isCount(every) && Object.keys(rest).length === 0) return { every };
  throw invalid(`${place}.every`, "a count from 1");
}

function checkFault(given: unknown, place: string): Fault {
  const { kind, ...rest } = requireObject(given, place, "a fault");
  if (!isKind(kind)) throw invalid(`${place}.kind`, `one of ${Object.keys(FAULT_KINDS).join(", ")}`);
  const parameters = parametersOf(kind);
  for (const name of Object.keys(rest).filter((name) => !Object.hasOwn(parameters, name))) {
    const names = Object.keys(parameters).join(", ") || "no parameters";
    throw invalid(`${place}.${name}`, `omitted: ${kind} takes ${names}`);
  }
  const values = Object.entries(parameters).flatMap(([name, parameter]) => {
    if (rest[name] === undefined && !parameter.required) return [];
    return [[name, parse(parameter.parse, rest[name], `${place}.${name}`)]];
  });
  return { kind, ...Object.fromEntries(values) } as Fault;
}

function parse(parameter: Parameter, value: unknown, place: string): unknown {
  try {
    return parameter(value);
  } catch (error) {
    throw invalid(place, (error as Error).message);
  }
}

function requireObject(value: unknown, place: string, expected: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(place, expected);
}
