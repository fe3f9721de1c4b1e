import { ConfigurationError } from "../errors.js";
import { checkCount, MAX_TIMER } from "../http/checks.js";
import type { FaultRules } from "./faults/index.js";
import type { RequestRecord } from "./requests.js";
import { checkWebhook, type WebhookOptions } from "./webhooks.js";

/** Options of `startSandbox`. */
export interface SandboxOptions {
  /** Default: any free one. */
  port?: number;
  /** The same seed gives the same data, ids and faults. Default 1. */
  seed?: number;
  /**
   * How many customers each client has at the start, and how many invoices each organisation. Records are made when they
   * are looked at, so any number starts as fast. Default 28.
   */
  size?: number;
  /** How long every answer takes, in ms. Default 0. */
  latency?: number;
  /** Faults, as a list of rules or their text. Default: none. They can be changed later. */
  faults?: FaultRules;
  /** Lifetime of a token, in seconds. Default 3600. */
  tokenLifetime?: number;
  /** How long a batch is `QUEUED`, in ms. Default 250. With 0 it has ended before its first look. */
  batchTime?: number;
  /** Whether an invoice fails whose `uniqueSourceInvoiceId` is in collection already. Default true. */
  uniqueInvoices?: boolean;
  /** Where events are sent. Default: nowhere. */
  webhook?: string | WebhookOptions;
  /** How many of the last requests are kept. Default 200. */
  requestsKept?: number;
  /** Called with every request once it was answered. What it throws is printed and changes nothing. */
  onRequest?: (request: RequestRecord) => void;
  /** The clock, in ms since 1970. Default: the machine's. Delays of answers go by the machine's in any case. */
  now?: () => number;
}

/** The options with their defaults, checked. Throws a `ConfigurationError` that names the option. */
export function checkOptions(options: SandboxOptions) {
  const { port = 0, seed = 1, size = 28, latency = 0, tokenLifetime = 3600, batchTime = 250 } = options;
  const {
    faults = [],
    uniqueInvoices = true,
    webhook,
    requestsKept = 200,
    onRequest = () => {},
    now = Date.now,
  } = options;
  return {
    port: checkCount("port", port, 0),
    seed: checkCount("seed", seed, 0),
    size: checkCount("size", size, 0),
    latency: checkCount("latency", latency, 0, MAX_TIMER),
    tokenLifetime: checkCount("tokenLifetime", tokenLifetime, 0),
    batchTime: checkCount("batchTime", batchTime, 0),
    requestsKept: checkCount("requestsKept", requestsKept, 0),
    // Checked once the operations are known.
    faults,
    webhook: webhook === undefined ? undefined : checkWebhook(webhook),
    uniqueInvoices,
    onRequest,
    now: checkClock(now),
  };
}

/** The last moment, in ms, that a date can be written of. */
const LAST = Date.UTC(9999, 11, 31);

/** A clock that tells a time of which a date can be made. */
function checkClock(now: () => number): () => number {
  const time = now();
  if (Number.isFinite(time) && time >= 0 && time <= LAST) return now;
  throw new ConfigurationError(
    "invalid_option",
    `now must give the time in ms since 1970, up to the year 9999; it gave ${String(time)}.`,
  );
}
