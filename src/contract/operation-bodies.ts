import { type OperationName, schemas } from "../../generated/schemas.js";
import type { Contents, OperationBodies } from "./schemas.js";

/** The bodies of an operation or of a webhook. */
export function bodiesOf(operation: OperationName): OperationBodies | undefined {
  const [api = "", operationId = ""] = operation.split(".");
  return schemas[api]?.operations[operationId];
}

/** The key of a status in a spec: itself, its class, or `default`. */
export const statusKey = ({ responses }: OperationBodies, status: number): string | undefined =>
  [String(status), `${Math.floor(status / 100)}XX`, "default"].find((key) => Object.hasOwn(responses, key));

/** Of any body. */
export const ANY_TYPE = "*/*";

/** The media type of a spec that fits a given one. */
export const matchingType = (contents: Contents, type: string): string | undefined =>
  [type, ANY_TYPE].find((key) => Object.hasOwn(contents, key));
