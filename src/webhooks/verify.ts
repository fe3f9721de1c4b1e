import { ConfigurationError } from "../errors.js";
import { Hmac, type HmacOptions } from "./hmac.js";

/** A delivery before anything of it is believed. */
export interface UnverifiedDelivery {
  headers: Headers;
  /** The bytes as they came. */
  body: Uint8Array;
}

/** Tells whether a delivery comes from Amili. Only `true` says so. What it throws is answered 500. */
export type WebhookVerifier = (delivery: UnverifiedDelivery) => boolean | Promise<boolean>;

/**
 * Verifies that a header holds an HMAC of the raw body, and of nothing else. Where Amili's scheme covers more (a time, say),
 * give `createWebhookHandler` a function of your own.
 *
 * @throws {ConfigurationError} when an option cannot be right
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function hmacSignature(options: HmacOptions): WebhookVerifier {
  const hmac = new Hmac(options);
  return ({ headers, body }) => {
    const value = headers.get(hmac.header);
    return value !== null && hmac.verify(value, body);
  };
}

/** The option `verify` as a function. Leaving it out is no way to trust anybody. */
export function verifierOf(verify: WebhookVerifier | "unverified"): WebhookVerifier {
  if (typeof verify === "function") return verify;
  if (verify === "unverified") return () => true;
  throw new ConfigurationError(
    "invalid_option",
    'verify must be hmacSignature({…}), a function, or "unverified" to take deliveries from anybody.',
  );
}
