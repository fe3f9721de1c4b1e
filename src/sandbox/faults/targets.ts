import { ConfigurationError } from "../../errors.js";
import { closest } from "../closest.js";
import type { KnownOperation } from "../operation.js";
import { FAULT_KINDS } from "./kinds.js";
import type { FaultRule } from "./rule.js";
import { formatRule } from "./text.js";

const nameOf = ({ api, operationId }: KnownOperation) => `${api}.${operationId}`;

/**
 * The operations that a rule is meant for.
 *
 * @throws {ConfigurationError} there is none: the rule would do nothing, and a test of it would show nothing
 */
export function targetsOf(rule: FaultRule, operations: readonly KnownOperation[]): ReadonlySet<KnownOperation> {
  const { operation = "*", method, fault } = rule;
  const none = (why: string) =>
    new ConfigurationError("invalid_option", `fault ${JSON.stringify(formatRule(rule))} can befall nothing: ${why}.`);

  const pattern = new RegExp(`^${operation.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  const named = operations.filter((known) => pattern.test(known.operationId) || pattern.test(nameOf(known)));
  if (named.length === 0) {
    const [, id = operation] = operation.split(".");
    const ids = closest(
      id,
      operations.map(({ operationId }) => operationId),
    );
    const near = operations.filter(({ operationId }) => ids.includes(operationId)).map(nameOf);
    const hint = near.length > 0 ? `close to it is ${near.join(", ")}` : "their names stand in amili-client/openapi";
    throw none(`no operation is called ${operation}; ${hint}`);
  }

  const sent = named.filter((known) => method === undefined || known.method === method);
  if (sent.length === 0) {
    const methods = new Set(named.map((known) => known.method));
    throw none(`${operation} is no ${method} but a ${[...methods].join(", ")}`);
  }

  const { fits } = FAULT_KINDS[fault.kind];
  const targets = sent.filter((known) => fits?.(known) ?? true);
  if (targets.length === 0) {
    const fitting = operations.filter((known) => fits?.(known)).map(nameOf);
    throw none(`${fault.kind} is for ${fitting.join(", ")}`);
  }
  return new Set(targets);
}
