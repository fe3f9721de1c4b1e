import type { SandboxAnswer } from "./answer.js";

/** A request that fits its spec. */
export interface SandboxRequest {
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  /** The base URL of the API, as the caller sees it. */
  baseUrl: string;
  /** The success that the operation's page prints. */
  example: unknown;
}

/** Operations of one API by `operationId`. */
export type SandboxOperations = Record<string, (request: SandboxRequest) => SandboxAnswer>;
