import { WebhookError } from "./error.js";
import { isKnownType, type WebhookEvent } from "./event.js";

/**
 * Reads an event from the body of a delivery: text or bytes, or an object that was JSON. Both envelopes of the
 * documentation give one shape; an event of a newer type comes through with `known: false`. An event of a documented type
 * must have `id`, `source` and `timeStamp` as text and an object `data`, in which nothing is checked. The signature is not
 * looked at: that needs the bytes, and is done by `createWebhookHandler`.
 *
 * @throws {WebhookError} with code `invalid_json` or `invalid_event`, and nothing else
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export function parseWebhook(body: string | Uint8Array | ArrayBuffer | object): WebhookEvent {
  const raw = valueIn(body);
  if (!isObject(raw)) throw new WebhookError("invalid_event", "The body is not a JSON object");
  const type = textOf(raw.type) || textOf(raw.eventType);
  if (!type) {
    throw new WebhookError("invalid_event", "The body names no type of event, neither as type nor as eventType");
  }
  const envelope = {
    id: textOf(raw.id),
    source: textOf(raw.source),
    timeStamp: textOf(raw.timeStamp),
    data: isObject(raw.data) ? raw.data : undefined,
  };
  const { data = {} } = envelope;
  const organizationId = textOf(data.organizationId) ?? textOf(data.orgId);
  if (!isKnownType(type)) return { known: false, type, ...envelope, organizationId, data, raw };

  const missing = Object.entries(envelope).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length > 0) {
    throw new WebhookError("invalid_event", `A ${type} event lacks ${missing.join(", ")}, or has it in another form`);
  }
  // As far as the types of the spec go beyond the envelope, they are believed, as in every answer of the API.
  return { known: true, type, ...envelope, organizationId, raw } as WebhookEvent;
}

function valueIn(body: string | object): unknown {
  const bytes = body instanceof ArrayBuffer || ArrayBuffer.isView(body);
  if (!bytes && typeof body !== "string") return body;
  try {
    return JSON.parse(bytes ? new TextDecoder("utf-8", { fatal: true }).decode(body) : body);
  } catch {
    // The platform's own error quotes what it could not read.
    throw new WebhookError("invalid_json", "The body is not JSON in UTF-8");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
