import type { SandboxAnswer } from "./answer.js";
import type { ApiName } from "./apis.js";

/** What a spec says of an operation. */
export interface KnownOperation {
  api: ApiName;
  operationId: string;
  method: string;
  /** As in the spec, below the root of its API. */
  path: string;
  /** The names of the parameters in the query. */
  query: string[];
}

/** A request that fits its spec. */
export interface SandboxRequest {
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string | undefined>;
  body: unknown;
  /** The base URL of the API, as the caller sees it. */
  baseUrl: string;
  /** The absolute address, without the query. */
  address: string;
  /** How long a batch of this request stays queued, in ms; `undefined`: as long as any. Set by a fault. */
  queued: number | undefined;
}

export type SandboxOperation = (request: SandboxRequest) => SandboxAnswer;

/** Operations of one API by `operationId`. */
export type SandboxOperations = Record<string, SandboxOperation>;

/** An operation for each that the generated types have. The compiler misses none. */
export type OperationsOf<Types, Left extends keyof Types = never> = Record<
  Exclude<keyof Types & string, Left>,
  SandboxOperation
>;
