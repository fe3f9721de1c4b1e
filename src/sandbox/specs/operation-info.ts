import type { ApiName } from "./apis.js";

/** An operation of a spec. */
export interface OperationInfo {
  api: ApiName;
  operationId: string;
  method: string;
  /** The path template, below the root of the API. */
  path: string;
  /** The names of the query parameters. */
  query: string[];
}
