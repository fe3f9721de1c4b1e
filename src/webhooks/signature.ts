import { checkNames } from "../http/checks.js";
import type { WebhookPayload } from "./event.js";
import { Hmac, type HmacOptions } from "./hmac.js";

/** A delivery whose signature is not verified yet. */
export interface UnverifiedDelivery {
  headers: Headers;
  /** The raw bytes. */
  body: Uint8Array;
}

/** Whether a delivery comes from Amili: only `true` accepts it. If it throws, the response is 500. */
export type WebhookVerifier = (delivery: UnverifiedDelivery) => boolean | Promise<boolean>;

/** Options of `signWebhook`. */
export interface SignOptions extends HmacOptions {
  /** The header that identifies the delivery. Default: a new UUID each time. */
  idempotencyKey?: string;
}

/** A delivery ready to send: `fetch(url, delivery)`, `new Request(url, delivery)`. */
export interface SignedWebhook {
  method: "POST";
  headers: Record<string, string>;
  body: string;
}

const HMAC_OPTIONS: Record<keyof HmacOptions, true> = {
  secret: true,
  algorithm: true,
  encoding: true,
  prefix: true,
  header: true,
};
const SIGN_OPTIONS: Record<keyof SignOptions, true> = { ...HMAC_OPTIONS, idempotencyKey: true };

/**
 * Verifies that a header holds an HMAC of the raw body and of nothing else. If Amili's scheme covers more, such as a
 * timestamp, pass `createWebhookHandler` a function of your own.
 *
 * @throws {ConfigurationError} when an option is unknown or invalid
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function hmacSignature(options: HmacOptions): WebhookVerifier {
  checkNames("The options of hmacSignature", options, HMAC_OPTIONS);
  const hmac = new Hmac(options);
  return ({ headers, body }) => {
    const value = headers.get(hmac.header);
    return value !== null && hmac.verify(value, body);
  };
}

/**
 * Signs a delivery, for tests of a receiver. The body is an event as Amili sends it, any other object, or text that is sent
 * unchanged. The first of several secrets signs. Undocumented headers are not added.
 *
 * @throws {ConfigurationError} when an option is unknown or invalid
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export async function signWebhook(
  body: WebhookPayload | Record<string, unknown> | string,
  options: SignOptions,
): Promise<SignedWebhook> {
  checkNames("The options of signWebhook", options, SIGN_OPTIONS);
  const { idempotencyKey = crypto.randomUUID() } = options;
  const hmac = new Hmac(options);
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
