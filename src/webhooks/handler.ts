import { ConfigurationError } from "../errors.js";
import { check, checkNames, checkTimeout } from "../http/checks.js";
import { readBody, type WebhookRequest } from "./body.js";
import { CLAIM_TTL, type DeliveryStore } from "./claim.js";
import { Deduplicator, type DeliveryOutcome } from "./deduplicator.js";
import { parseWebhook, type WebhookEvent } from "./event.js";
import type { WebhookVerifier } from "./signature.js";
import { runWithin } from "./time-limit.js";
import { WebhookError } from "./webhook-error.js";

/** Options of `createWebhookHandler`. */
export interface WebhookHandlerOptions {
  /** Verifies that a delivery comes from Amili. `"unverified"` accepts deliveries from anyone. */
  verify: WebhookVerifier | "unverified";
  /**
   * Processes the event. The response waits for it: 200, or 500 if it throws, so that Amili can send the event again. It must
   * be idempotent: an event can arrive more than once. The signal aborts after `timeout`.
   */
  onEvent: (event: WebhookEvent, headers: Headers, signal: AbortSignal) => unknown;
  /**
   * Remembers deliveries for a week, by the SHA-256 of their bytes, so that repeats are not processed. While `onEvent` runs,
   * the store holds a claim of one minute that is renewed for up to 15 minutes. Default: no store, and every delivery is
   * processed.
   */
  deduplicate?: DeliveryStore;
  /**
   * Time limit of `onEvent` in ms. After it the response is 503, the claim is released, and the signal of `onEvent` aborts.
   * Default: none.
   */
  timeout?: number;
  /**
   * The greatest age of an event in ms, by its own `timeStamp`, which the signature must cover. Older events are refused with
   * 400, also those that Amili repeats late, so it is off by default: the signature scheme and the retry policy are undocumented.
   */
  maxAge?: number;
  /**
   * Receives every error: what `onEvent`, `verify` or the store threw, and a `WebhookError` for each refused delivery.
   * Default: `console.error`, but not for refused deliveries, with which anyone could fill the log.
   */
  onError?: (error: unknown) => void;
}

/** Responds to a delivery. Takes the `Request` of any platform and never rejects. It can be exported as a Next.js route. */
export interface WebhookHandler {
  // What `toNodeHandler` passes.
  (request: WebhookRequest): Promise<Response>;
  // Last, because type checks of a framework, such as those of Next.js, take the last signature.
  (request: Request): Promise<Response>;
}

const OPTIONS: Record<keyof WebhookHandlerOptions, true> = {
  verify: true,
  onEvent: true,
  deduplicate: true,
  timeout: true,
  maxAge: true,
  onError: true,
};

const REFUSED_STATUS: Record<WebhookError["code"], number> = {
  invalid_signature: 401,
  too_large: 413,
  incomplete_body: 400,
  invalid_json: 400,
  invalid_event: 400,
  too_old: 400,
  timeout: 503,
};

const RESPONSES: Record<DeliveryOutcome, ResponseInit> = {
  // Not 204: some senders accept only 200.
  handled: { status: 200 },
  failed: { status: 500 },
  timedOut: { status: 503 },
  inProgress: { status: 503, headers: { "retry-after": String(CLAIM_TTL / 1000) } },
};

/**
 * Creates a handler for Amili's webhooks. A delivery is a POST of at most 1 MiB. Its raw bytes are verified before they are
 * parsed.
 *
 * Responses: 200 when the event was processed, now or before. 401, 413 or 400 when the delivery was refused, with the code of
 * the `WebhookError` as text. 405 for other methods. 500 when `onEvent`, `verify` or the store failed. 503 after `timeout`, and
 * while another process handles the same delivery. Undocumented: the response that Amili expects, how long it waits, and whether it sends
 * an event again.
 *
 * @throws {ConfigurationError} when an option is missing, unknown or invalid
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  checkNames("The options of createWebhookHandler", options, OPTIONS);
  const { verify, onEvent, deduplicate, timeout, maxAge, onError } = options;
  checkVerify(verify);
  checkFunction("onEvent", onEvent);
  if (onError !== undefined) checkFunction("onError", onError);
  if (deduplicate !== undefined) checkStore(deduplicate);
  if (timeout !== undefined) checkTimeout("timeout", timeout);
  if (maxAge !== undefined) check("maxAge", maxAge, "a number of ms above 0", Number.isFinite(maxAge) && maxAge > 0);

  const report = (error: unknown): void => {
    if (onError) void callOnError(onError, error);
    else console.error("amili-client: a webhook failed:", error);
  };
  const deduplicator = new Deduplicator(deduplicate, report);

  async function receive(request: WebhookRequest): Promise<{ event: WebhookEvent; body: Uint8Array }> {
    const body = await readBody(request);
    if (verify !== "unverified" && (await verify({ headers: request.headers, body })) !== true) {
      throw new WebhookError("invalid_signature", "The signature is missing or does not match the body");
    }
    const event = parseWebhook(body);
    if (maxAge !== undefined) checkAge(event, maxAge);
    return { event, body };
  }

  return async (request) => {
    const { method, headers } = request;
    if (method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    let delivery: Awaited<ReturnType<typeof receive>>;
    try {
      delivery = await receive(request);
    } catch (error) {
      if (error instanceof WebhookError) {
        if (onError) report(error);
        return new Response(error.code, { status: REFUSED_STATUS[error.code] });
      }
      report(error);
      return new Response(null, RESPONSES.failed);
    }
    const { event, body } = delivery;
    const run = () => runWithin(timeout, (signal) => onEvent(event, headers, signal), report);
    const outcome = await deduplicator.handle(body, run);
    return new Response(null, RESPONSES[outcome]);
  };
}

function checkAge({ timeStamp = "" }: WebhookEvent, maxAge: number): void {
  const age = Date.now() - Date.parse(timeStamp);
  if (Number.isNaN(age)) throw new WebhookError("invalid_event", "The event has no valid timeStamp");
  if (age > maxAge) throw new WebhookError("too_old", `The event is older than ${maxAge} ms`);
}

/** A log that fails must not change the response. */
async function callOnError(onError: (error: unknown) => unknown, error: unknown): Promise<void> {
  try {
    await onError(error);
  } catch (failure) {
    console.error("amili-client: onError failed:", failure);
  }
}

// A missing verify must not mean that deliveries from anyone are accepted.
function checkVerify(verify: unknown): void {
  if (typeof verify === "function" || verify === "unverified") return;
  throw new ConfigurationError(
    "invalid_option",
    'verify must be hmacSignature({…}), a function, or "unverified" to accept deliveries from anyone.',
  );
}

function checkFunction(name: string, value: unknown): void {
  if (typeof value === "function") return;
  throw new ConfigurationError("invalid_option", `${name} must be a function; ${typeof value} was given.`);
}

// By its methods, not its names: a store may be any object, with members of its own.
function checkStore(store: DeliveryStore): void {
  checkFunction("deduplicate.get", store?.get);
  checkFunction("deduplicate.set", store?.set);
  if (store.add !== undefined) checkFunction("deduplicate.add", store.add);
  if (store.delete !== undefined) checkFunction("deduplicate.delete", store.delete);
}
