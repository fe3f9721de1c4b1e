import type { webhooks } from "../../generated/debt-collection.js";
import { WebhookError } from "./webhook-error.js";

/** The documented event types. */
export type WebhookEventType = keyof webhooks;

/** The body of a delivery as Amili sends it: one of two envelopes, with `type` or with `eventType`. */
export type WebhookPayload<Type extends WebhookEventType = WebhookEventType> =
  webhooks[Type]["post"]["requestBody"]["content"]["application/json"];

/** An event of one documented type. */
export interface WebhookEventOf<Type extends WebhookEventType> {
  known: true;
  /** `type` or `eventType` of the body. */
  type: Type;
  /** Amili's id of the event. Undocumented: whether the header `IdempotencyKey` repeats it. */
  id: WebhookPayload<Type>["id"];
  /** The Amili system that sent the event. */
  source: WebhookPayload<Type>["source"];
  /** An ISO 8601 date and time, unchanged. */
  timeStamp: WebhookPayload<Type>["timeStamp"];
  /** `organizationId` or `orgId` of the data. */
  organizationId: string | undefined;
  /** The event's data, unchanged. Its fields are not checked. */
  data: WebhookPayload<Type>["data"];
  /** The body, unchanged. */
  raw: WebhookPayload<Type>;
}

/** An event of a documented type, or of the given one: `KnownWebhookEvent<"BATCH_COMPLETED">`. */
export type KnownWebhookEvent<Type extends WebhookEventType = WebhookEventType> = {
  [T in Type]: WebhookEventOf<T>;
}[Type];

/** An event of a type that this version does not know. */
export interface UnknownWebhookEvent {
  known: false;
  /** `type` or `eventType` of the body. */
  type: string;
  id: string | undefined;
  source: string | undefined;
  timeStamp: string | undefined;
  /** `organizationId` or `orgId` of the data. */
  organizationId: string | undefined;
  /** Empty if the body has no object `data`. */
  data: Record<string, unknown>;
  /** The body, unchanged. */
  raw: Record<string, unknown>;
}

/**
 * An event from Amili. Check `known` first, then `type` narrows `data`. (A union of literals and `string` would not narrow.)
 *
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export type WebhookEvent = KnownWebhookEvent | UnknownWebhookEvent;

const KNOWN_TYPES: Record<WebhookEventType, true> = {
  BATCH_COMPLETED: true,
  SETTLEMENT_CREATED: true,
  CASE: true,
  CASE_UPDATED: true,
};

/**
 * Parses the body of a delivery: text, bytes, or an object parsed from JSON. Both documented envelopes give one shape. An
 * event of an unknown type passes with `known: false`. An event of a documented type must have the strings `id`, `source` and
 * `timeStamp` and an object `data`, whose fields are not checked. The signature is not verified: that needs the raw bytes, see
 * `createWebhookHandler`.
 *
 * @throws {WebhookError} with code `invalid_json` or `invalid_event`, and nothing else
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function parseWebhook(body: string | Uint8Array | ArrayBuffer | object): WebhookEvent {
  const raw = parseJson(body);
  if (!isObject(raw)) throw new WebhookError("invalid_event", "The body is not a JSON object");
  const type = asString(raw.type) || asString(raw.eventType);
  if (!type) throw new WebhookError("invalid_event", "The body has no event type, neither as type nor as eventType");
  const envelope = {
    id: asString(raw.id),
    source: asString(raw.source),
    timeStamp: asString(raw.timeStamp),
    data: isObject(raw.data) ? raw.data : undefined,
  };
  const { data = {} } = envelope;
  const organizationId = asString(data.organizationId) ?? asString(data.orgId);
  if (!Object.hasOwn(KNOWN_TYPES, type)) return { known: false, type, ...envelope, organizationId, data, raw };

  const missing = Object.entries(envelope).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length > 0) {
    throw new WebhookError("invalid_event", `A ${type} event has no valid ${missing.join(", ")}`);
  }
  // Beyond the envelope the spec's types are trusted, as in every response of the API.
  return { known: true, type, ...envelope, organizationId, raw } as WebhookEvent;
}

function parseJson(body: string | object): unknown {
  if (typeof body !== "string" && !isBuffer(body)) return body;
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // The platform's error quotes the text.
    throw new WebhookError("invalid_json", "The body is not JSON in UTF-8");
  }
}

/** By tag, not by class: the buffer of another realm is not an instance of this realm's `ArrayBuffer`. */
function isBuffer(body: object): body is ArrayBuffer | ArrayBufferView<ArrayBuffer> {
  return ArrayBuffer.isView(body) || Object.prototype.toString.call(body) === "[object ArrayBuffer]";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
