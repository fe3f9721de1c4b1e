export type { WebhookRequest } from "./body.js";
export type { DeliveryStore } from "./deliveries.js";
export { WebhookError } from "./error.js";
export type {
  KnownWebhookEvent,
  UnknownWebhookEvent,
  WebhookEvent,
  WebhookEventType,
  WebhookPayload,
} from "./event.js";
export { createWebhookHandler, type WebhookHandler, type WebhookHandlerOptions } from "./handler.js";
export type { HmacOptions, HmacSecret } from "./hmac.js";
export { type NodeRequest, type NodeResponse, toNodeHandler } from "./node.js";
export { parseWebhook } from "./parse.js";
export { type SignedWebhook, type SignOptions, signWebhook } from "./sign.js";
export { hmacSignature, type UnverifiedDelivery, type WebhookVerifier } from "./verify.js";
