import type { WebhookPayload } from "./event.js";
import { Hmac, type HmacOptions } from "./hmac.js";

/** Options of `signWebhook`. */
export interface SignOptions extends HmacOptions {
  /** The header that names the delivery. Default: a new one each time. */
  idempotencyKey?: string;
}

/** A delivery that can be sent: `fetch(url, delivery)`, `new Request(url, delivery)`. */
export interface SignedWebhook {
  method: "POST";
  headers: Record<string, string>;
  body: string;
}

/**
 * Signs a delivery, for tests of a receiver. The body is an event as Amili sends it or any other object, or text that goes
 * out as it is. Of several secrets the first signs. Headers that are not documented are not made up.
 *
 * @throws {ConfigurationError} when an option cannot be right
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export async function signWebhook(
  body: WebhookPayload | Record<string, unknown> | string,
  options: SignOptions,
): Promise<SignedWebhook> {
  const { idempotencyKey = crypto.randomUUID(), ...scheme } = options;
  const hmac = new Hmac(scheme);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    method: "POST",
    headers: {
      "content-type": "application/json",
      IdempotencyKey: idempotencyKey,
      [hmac.header]: await hmac.sign(new TextEncoder().encode(text)),
    },
    body: text,
  };
}
