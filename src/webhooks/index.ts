export type { WebhookErrorCode } from "../errors.js";
export type { WebhookRequest } from "./body.js";
export type { DeliveryStore } from "./claim.js";
export {
  type KnownWebhookEvent,
  parseWebhook,
  type UnknownWebhookEvent,
  type WebhookEvent,
  type WebhookEventOf,
  type WebhookEventType,
  type WebhookPayload,
} from "./event.js";
export { createWebhookHandler, type WebhookHandler, type WebhookHandlerOptions } from "./handler.js";
export type { HmacOptions, HmacSecret } from "./hmac.js";
export { type NodeRequest, type NodeResponse, toNodeHandler } from "./node.js";
export {
  hmacSignature,
  type SignedWebhook,
  type SignOptions,
  signWebhook,
  type UnverifiedDelivery,
  type WebhookVerifier,
} from "./signature.js";
export { WebhookError } from "./webhook-error.js";
