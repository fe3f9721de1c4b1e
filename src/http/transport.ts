import { ConfigurationError, InferredOperationError } from "../errors.js";
import type { Operation } from "../operation.js";
import type { Authorization } from "./auth.js";
import type { Fetch } from "./exchange.js";
import type { Hooks } from "./hooks.js";
import type { ApiLimiter } from "./limiter.js";
import type { RetryBudget } from "./retry-budget.js";
import type { ThrottleGate } from "./throttle-gate.js";

/** What all requests to one API share. */
export interface TransportConfig {
  /** The API's name, as in `baseUrls`. */
  api: string;
  baseUrl: string;
  origin: string;
  /** The user's fetch, or else the platform's. */
  fetch: Fetch;
  /** Whether the platform's fetch may repeat a non-idempotent request by itself. */
  allowPlatformResend: boolean;
  /** ms per attempt. */
  timeout: number;
  maxRetries: number;
  /** ms. */
  maxRetryAfter: number;
  /** Bytes. */
  maxResponseSize: number;
  parseJson: (text: string) => unknown;
  retryBudget: RetryBudget;
  throttleGate: ThrottleGate;
  limiter: ApiLimiter | undefined;
  hooks: Hooks;
  errorDetail: "redacted" | "none";
  /** `undefined` for the identity service itself. */
  authorization: Authorization | undefined;
}

/** Amili's production systems, with real cases and money, or its test systems. */
export type Environment = "production" | "staging";

/** An API before it is known whether it can be called. */
export interface ApiConfig {
  /** The API's name, as in `baseUrls`. */
  api: string;
  hooks: Hooks;
  /** The transport, or what is missing: it matters only to those that call the API. */
  transport: TransportConfig | ConfigurationError;
  environment: Environment;
  operations: readonly Operation[];
  /** Headers of every request. */
  headers: Record<string, string>;
  /** Whether an operation whose method or path is inferred may be called. */
  allowsInferred(operation: Operation): boolean;
}

/** The transport of an operation. Throws what keeps the operation from being called. */
export function requireCallable(operation: Operation, { transport, allowsInferred }: ApiConfig): TransportConfig {
  const { method, path, inferred } = operation;
  if (inferred !== undefined && !allowsInferred(operation)) throw new InferredOperationError(method, path, inferred);
  if (transport instanceof ConfigurationError) throw transport;
  return transport;
}
