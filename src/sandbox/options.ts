import { ConfigurationError } from "../errors.js";
import { check, checkCount, checkNames, MAX_TIMER } from "../http/checks.js";
import type { FaultRules } from "./faults/faults.js";
import { type CorsOption, checkCors } from "./server/cors.js";
import type { RequestRecord } from "./server/request-log.js";
import { checkWebhook, type WebhookOptions } from "./server/webhooks.js";

/** Options of `startSandbox`. */
export interface SandboxOptions {
  /** Default: a free one. */
  port?: number;
  /** The same seed gives the same data, ids and faults. Default 1. */
  seed?: number;
  /**
   * How many customers each client has at the start, and how many invoices each organization. Records are created when
   * they are read, so the size does not affect the start. Default 28.
   */
  size?: number;
  /** The delay of every response, in ms. Default 0. */
  latency?: number;
  /** Faults to inject, as a list of rules or their text. Default: none. They can be changed later. */
  faults?: FaultRules;
  /** The lifetime of a token, in seconds. Default 3600. */
  tokenLifetime?: number;
  /** How long a batch is `QUEUED`, in ms. Default 250. With 0 it is processed before the response. */
  batchTime?: number;
  /** Whether an invoice fails whose `uniqueSourceInvoiceId` is already in collection. Default true. */
  uniqueInvoices?: boolean;
  /**
   * Refuses requests whose body has fields that the spec does not name, with 400. Default false: they are accepted, since the
   * specs are incomplete, and reported as `unknownFields` of the request.
   */
  strict?: boolean;
  /**
   * The origins whose pages may call the sandbox from a browser, such as `http://localhost:5173`, or `true` for all. Default
   * false: only the sandbox's own pages.
   */
  cors?: CorsOption;
  /** Where events are sent. Default: nowhere. */
  webhook?: string | WebhookOptions;
  /** How many of the last requests are kept. Default 200. */
  requestsKept?: number;
  /** Called after the response to every request. Its errors are printed and change nothing. */
  onRequest?: (request: RequestRecord) => void;
  /** The clock, in ms since 1970. Default: the machine's, which delays of responses always use. */
  now?: () => number;
}

const OPTIONS: Record<keyof SandboxOptions, true> = {
  port: true,
  seed: true,
  size: true,
  latency: true,
  faults: true,
  tokenLifetime: true,
  batchTime: true,
  uniqueInvoices: true,
  strict: true,
  cors: true,
  webhook: true,
  requestsKept: true,
  onRequest: true,
  now: true,
};

/** Checks the options and adds the defaults. Throws a `ConfigurationError` that names the option. */
export function checkOptions(options: SandboxOptions) {
  checkNames("The options of startSandbox", options, OPTIONS);
  const {
    port = 0,
    seed = 1,
    size = 28,
    latency = 0,
    // Checked when the operations are known.
    faults = [],
    tokenLifetime = 3600,
    batchTime = 250,
    uniqueInvoices = true,
    strict = false,
    cors = false,
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
    uniqueInvoices: checkBoolean("uniqueInvoices", uniqueInvoices),
    strict: checkBoolean("strict", strict),
    cors: checkCors(cors),
    webhook: webhook === undefined ? undefined : checkWebhook(webhook),
    onRequest: check("onRequest", onRequest, "a function", typeof onRequest === "function"),
    now: checkClock(now),
    faults,
  };
}

const checkBoolean = (name: string, value: boolean): boolean =>
  check(name, value, "a boolean", typeof value === "boolean");

/** The last time that can be written as a date. */
const MAX_TIME = Date.UTC(9999, 11, 31);

function checkClock(now: () => number): () => number {
  check("now", now, "a function", typeof now === "function");
  const time = now();
  if (Number.isFinite(time) && time >= 0 && time <= MAX_TIME) return now;
  throw new ConfigurationError(
    "invalid_option",
    `now must return the time in ms since 1970, up to the year 9999; it returned ${String(time)}.`,
  );
}
