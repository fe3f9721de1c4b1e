import type { webhooks } from "../../generated/debt-collection.js";

/** What is sent, by the type of the event, as the spec has it. */
type Payloads = {
  [Type in keyof webhooks]: webhooks[Type]["post"]["requestBody"]["content"]["application/json"];
};

/** The types of event that the documentation shows. */
export type WebhookEventType = keyof Payloads;

/** The body of a delivery as Amili sends it: one of two envelopes, with `type` or with `eventType`. */
export type WebhookPayload<Type extends WebhookEventType = WebhookEventType> = Payloads[Type];

interface Known<Type extends WebhookEventType> {
  known: true;
  /** The body's `type` or `eventType`. */
  type: Type;
  /** Amili's id of the event. Whether the header `IdempotencyKey` repeats it is not documented. */
  id: Payloads[Type]["id"];
  /** Which of Amili's systems speaks. */
  source: Payloads[Type]["source"];
  /** An ISO 8601 date and time, as it came. */
  timeStamp: Payloads[Type]["timeStamp"];
  /** Whose event it is: `organizationId` or `orgId` of the data. */
  organizationId: string | undefined;
  /** What happened, as it came: its fields are not checked. */
  data: Payloads[Type]["data"];
  /** The body as it came. */
  raw: Payloads[Type];
}

/** An event of a documented type, or of one of them: `KnownWebhookEvent<"BATCH_COMPLETED">`. */
export type KnownWebhookEvent<Type extends WebhookEventType = WebhookEventType> = { [T in Type]: Known<T> }[Type];

/** An event of a type that is newer than this library. */
export interface UnknownWebhookEvent {
  known: false;
  /** The body's `type` or `eventType`. */
  type: string;
  id: string | undefined;
  source: string | undefined;
  timeStamp: string | undefined;
  /** `organizationId` or `orgId` of the data. */
  organizationId: string | undefined;
  /** Empty where the body has no object `data`. */
  data: Record<string, unknown>;
  /** The body as it came. */
  raw: Record<string, unknown>;
}

/**
 * What happened at Amili. `known` tells documented types from newer ones; after it, `type` narrows `data`. (A literal
 * beside an open `string` would narrow nothing.)
 *
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export type WebhookEvent = KnownWebhookEvent | UnknownWebhookEvent;

const KNOWN: Record<WebhookEventType, true> = {
  BATCH_COMPLETED: true,
  SETTLEMENT_CREATED: true,
  CASE: true,
  CASE_UPDATED: true,
};

export function isKnownType(type: string): type is WebhookEventType {
  return Object.hasOwn(KNOWN, type);
}
