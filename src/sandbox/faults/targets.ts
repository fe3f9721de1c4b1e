import { distance } from "fastest-levenshtein";
import { ConfigurationError } from "../../errors.js";
import type { OperationInfo } from "../specs/operation-info.js";
import { FAULT_KINDS } from "./kinds.js";
import type { FaultRule } from "./rule.js";
import { formatRule } from "./text.js";

const nameOf = ({ api, operationId }: OperationInfo) => `${api}.${operationId}`;

/**
 * The operations that a rule matches.
 *
 * @throws {ConfigurationError} when there is none: the rule would have no effect, and a test that uses it no meaning
 */
export function targetsOf(rule: FaultRule, operations: readonly OperationInfo[]): ReadonlySet<OperationInfo> {
  const { operation = "*", method, fault } = rule;
  const noMatch = (why: string) =>
    new ConfigurationError("invalid_option", `fault ${JSON.stringify(formatRule(rule))} matches no operation: ${why}.`);

  const pattern = new RegExp(`^${operation.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  const named = operations.filter((known) => pattern.test(known.operationId) || pattern.test(nameOf(known)));
  if (named.length === 0) {
    const similar = similarTo(operation, operations).map(nameOf);
    const hint = similar.length > 0 ? `similar names are ${similar.join(", ")}` : "see amili-client/openapi for names";
    throw noMatch(`there is no ${operation}; ${hint}`);
  }

  const sent = named.filter((known) => method === undefined || known.method === method);
  if (sent.length === 0) {
    const methods = new Set(named.map((known) => known.method));
    throw noMatch(`the method of ${operation} is ${[...methods].join(", ")}, not ${method}`);
  }

  const { supports } = FAULT_KINDS[fault.kind];
  const targets = sent.filter((known) => supports?.(known) ?? true);
  if (targets.length === 0) {
    throw noMatch(
      `${fault.kind} is for ${operations
        .filter((known) => supports?.(known))
        .map(nameOf)
        .join(", ")}`,
    );
  }
  return new Set(targets);
}

/** The operations with the names closest to a misspelt one, if at most every fourth letter differs. */
function similarTo(name: string, operations: readonly OperationInfo[]): OperationInfo[] {
  const id = (name.split(".")[1] ?? name).toLowerCase();
  const distances = operations.map(({ operationId }) => distance(id, operationId.toLowerCase()));
  const least = Math.min(...distances);
  return operations.filter(({ operationId }, at) => distances[at] === least && least <= operationId.length / 4);
}
