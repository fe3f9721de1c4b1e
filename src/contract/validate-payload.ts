import type { OperationName } from "../../generated/schemas.js";
import { ConfigurationError } from "../errors.js";
import { checkNames } from "../http/checks.js";
import { bodiesOf, matchingType, statusKey } from "./operation-bodies.js";
import { type SchemaPath, validateBody } from "./validate-body.js";
import type { Violation } from "./violation.js";

/** Which body of an operation a payload is. Default: a response of any success status; of a webhook, its request. */
export interface PayloadOptions {
  /** The body of a request. */
  request?: boolean;
  /** The body of a response with this status. */
  status?: number;
  /** Whether fields and values that the spec does not name are violations. Default false, since the specs are incomplete. */
  strict?: boolean;
}

const OPTIONS = { request: true, status: true, strict: true } satisfies Record<keyof PayloadOptions, true>;

/**
 * Validates a payload, such as a stored response or the body of a webhook, against the spec of an operation. Returns what is
 * wrong with it.
 *
 * @throws {ConfigurationError} when the specs have no such operation, or no schema for this body of it
 */
export function validatePayload(operation: OperationName, payload: unknown, options: PayloadOptions = {}): Violation[] {
  checkNames("The options", options, OPTIONS);
  const results = schemasOf(operation, options).map((path) => validateBody(path, payload, options.strict ?? false));
  return results.find((violations) => violations.length === 0) ?? results[0] ?? [];
}

/** More than one for an operation with several successes. */
function schemasOf(operation: OperationName, { request, status }: PayloadOptions): SchemaPath[] {
  const bodies = bodiesOf(operation);
  if (!bodies)
    throw unknownPayload(`There is no operation ${JSON.stringify(operation)}, such as "debtCollection.getBatch"`);
  const statuses = Object.keys(bodies.responses);
  const isRequest = request ?? (status === undefined && statuses.length === 0);
  const keys = status === undefined ? statuses.filter((key) => key.startsWith("2")) : [statusKey(bodies, status) ?? ""];
  const places = isRequest
    ? [{ contents: bodies.request, keys: ["request"] }]
    : keys.map((key) => ({ contents: bodies.responses[key], keys: ["responses", key] }));
  const schemas = places.flatMap(({ contents = {}, keys }): SchemaPath[] => {
    const type = matchingType(contents, "application/json") ?? Object.keys(contents)[0];
    return type === undefined ? [] : [[operation, ...keys, type]];
  });
  if (schemas.length > 0) return schemas;
  const response = status === undefined ? "successful response" : `response with status ${status}`;
  throw unknownPayload(`The spec of ${operation} has no body of a ${isRequest ? "request" : response}`);
}

const unknownPayload = (problem: string) =>
  new ConfigurationError("invalid_argument", `${problem}. docs/coverage.md lists the operations.`);
