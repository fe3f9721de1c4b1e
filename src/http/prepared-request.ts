import type { Signals } from "./abort.js";
import type { ObservedCall } from "./observe-call.js";
import type { ParseAs } from "./read-response.js";

/** A request that is ready to be sent. */
export interface PreparedRequest {
  call: ObservedCall;
  idempotent: boolean;
  /** Sent once, whatever happens. */
  once: boolean;
  url: string;
  /** By lower-case name; without `authorization`, which each attempt sets. */
  headers: Record<string, string>;
  body: BodyInit | undefined;
  parseAs: ParseAs;
  timeout: number;
  maxRetries: number;
  signals: Signals;
}
