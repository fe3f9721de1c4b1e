import type { FaultInForce } from "../faults/faults.js";
import type { RequestRecord } from "../server/request-log.js";
import type { Delivery } from "../server/webhooks.js";

/** The state of a sandbox, as at `/_sandbox/state.json`. */
export interface SandboxState {
  /** By the sandbox's clock. */
  now: string;
  seed: number;
  size: number;
  /** How many requests there were; `requests` has the last of them. */
  requestCount: number;
  requests: readonly RequestRecord[];
  /** The rules in force. */
  faults: FaultInForce[];
  deliveries: readonly Delivery[];
  /** How many records of each kind were added or changed, and how many tasks are queued. */
  counts: Record<string, number>;
}
