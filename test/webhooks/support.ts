import { readFileSync } from "node:fs";
import {
  createWebhookHandler,
  type HmacOptions,
  hmacSignature,
  type WebhookEventType,
  type WebhookHandlerOptions,
  type WebhookPayload,
} from "amili-client/webhooks";
import { vi } from "vitest";
import { parse } from "yaml";

/** A scheme for tests. Amili's own is undocumented. */
export const HMAC = { secret: "whs-3cret", algorithm: "SHA-256", encoding: "hex" } as const satisfies HmacOptions;

interface Spec {
  webhooks: Record<string, { post: { requestBody: { content: { "application/json": { example: unknown } } } } }>;
}

/** The examples in the spec, by event type. */
export const EXAMPLES = Object.fromEntries(
  Object.entries(
    (parse(readFileSync(new URL("../../openapi/debt-collection.yaml", import.meta.url), "utf8")) as Spec).webhooks,
  ).map(([type, { post }]) => [type, post.requestBody.content["application/json"].example]),
) as { [Type in WebhookEventType]: WebhookPayload<Type> };

export const BATCH = EXAMPLES.BATCH_COMPLETED;

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export const post = (init: RequestInit): Request =>
  new Request("https://receiver.test/amili", { method: "POST", ...init });

/** A delivery store whose content can be inspected. It ignores ttl. */
export function memory() {
  const held = new Map<string, string>();
  return {
    held,
    get: vi.fn(async (key: string) => held.get(key)),
    set: vi.fn(async (key: string, value: string, _ttl: number) => void held.set(key, value)),
    delete: vi.fn(async (key: string) => void held.delete(key)),
  };
}

/** A handler with the scheme above, a store and spies. */
export function receiver(options: Partial<WebhookHandlerOptions> = {}) {
  const onEvent = vi.fn<WebhookHandlerOptions["onEvent"]>();
  const onError = vi.fn<(error: unknown) => void>();
  const store = memory();
  const handle = createWebhookHandler({
    verify: hmacSignature(HMAC),
    onEvent,
    onError,
    deduplicate: store,
    ...options,
  });
  return { handle, onEvent, onError, store };
}
