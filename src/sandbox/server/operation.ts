import type { SandboxResponse } from "./response.js";

/** A request that is valid by its spec. */
export interface SandboxRequest {
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string | undefined>;
  body: unknown;
  /** The base URL of the API, as the caller sees it. */
  baseUrl: string;
  /** The absolute URL without the query. */
  url: string;
  /** How long a batch of this request stays queued, in ms, if a fault changes it. */
  batchDelay: number | undefined;
}

/** What an operation does. It throws an `HttpError` for an error response. */
export type SandboxOperation = (request: SandboxRequest) => SandboxResponse;

/** The operations of one API by `operationId`. */
export type SandboxOperations = Record<string, SandboxOperation>;

/** An operation for each that the generated types have. */
export type OperationsOf<Types, Excluded extends keyof Types = never> = Record<
  Exclude<keyof Types & string, Excluded>,
  SandboxOperation
>;

/** One API of a sandbox: its operations, and how many records of each kind were added or changed. */
export interface SandboxApi {
  operations: SandboxOperations;
  counts(): Record<string, number>;
}
