import { notify } from "../http/hooks.js";
import { readBody, type WebhookRequest } from "./body.js";
import { CLAIM_TTL, Deliveries, type DeliveryStore, type Outcome } from "./deliveries.js";
import { REFUSALS, WebhookError } from "./error.js";
import type { WebhookEvent } from "./event.js";
import { parseWebhook } from "./parse.js";
import { verifierOf, type WebhookVerifier } from "./verify.js";

/** Options of `createWebhookHandler`. */
export interface WebhookHandlerOptions {
  /** How a delivery shows that it comes from Amili. `"unverified"` takes it from anybody. */
  verify: WebhookVerifier | "unverified";
  /**
   * Does what the event asks for. The delivery is answered when it has ended: 200, or 500 when it threw, so that Amili can
   * send the event again. It may get an event twice, and must bear that.
   */
  onEvent: (event: WebhookEvent, headers: Headers) => unknown;
  /**
   * Where deliveries are remembered, for a week, to drop those that come again: by the header `IdempotencyKey`. One without
   * the header is always handled. Without a store all are.
   */
  deduplicate?: DeliveryStore;
  /**
   * Is told what went wrong: what `onEvent`, `verify` or the store threw, and as a `WebhookError` each delivery that was
   * refused. Default: `console.error`, and not for what was refused, or strangers could fill the log.
   */
  onError?: (error: unknown) => void;
}

/** Answers a delivery; a `Request` of any platform fits. It never rejects. */
export type WebhookHandler = (request: WebhookRequest) => Promise<Response>;

/**
 * Makes the function that answers Amili's webhooks. A delivery is a POST of at most 1 MiB; its raw bytes are verified before
 * anything of them is read.
 *
 * Answers: 200 when the event was handled, now or before. 401, 413 or 400 when the delivery was refused, with the code of
 * the `WebhookError` as text. 405 to other methods. 500 when `onEvent`, `verify` or the store failed, and 503 while another
 * process handles the same delivery. Which answer Amili expects, how long it waits for one and whether it sends an event
 * again is not documented.
 *
 * @throws {ConfigurationError} when `verify` is none of what it can be
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const { onEvent, deduplicate, onError } = options;
  const verify = verifierOf(options.verify);
  const report = (error: unknown) => {
    if (onError) notify(onError, error);
    else console.error("amili-client: a webhook failed:", error);
  };
  const deliveries = new Deliveries(deduplicate, report);

  async function read(request: WebhookRequest): Promise<WebhookEvent> {
    const body = await readBody(request);
    if ((await verify({ headers: request.headers, body })) !== true) {
      throw new WebhookError("invalid_signature", "The signature is missing, or is not that of the body");
    }
    return parseWebhook(body);
  }

  return async (request) => {
    const { method, headers } = request;
    if (method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    let event: WebhookEvent;
    try {
      event = await read(request);
    } catch (error) {
      if (error instanceof WebhookError) {
        notify(onError, error);
        return new Response(error.code, { status: REFUSALS[error.code] });
      }
      report(error);
      return answerOf("failed");
    }
    return answerOf(await deliveries.handle(headers.get("idempotencykey"), () => onEvent(event, headers)));
  };
}

function answerOf(outcome: Outcome): Response {
  if (outcome === "busy") {
    return new Response(null, { status: 503, headers: { "retry-after": String(CLAIM_TTL / 1000) } });
  }
  // Not 204: a sender that looks for 200 alone is content with this too.
  return new Response(null, { status: outcome === "handled" ? 200 : 500 });
}
