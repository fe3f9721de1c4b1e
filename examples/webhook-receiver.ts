/**
 * Receives Amili's webhooks, verifies each delivery and prints one line for each event.
 *
 * How Amili signs webhooks is undocumented; ask Amili for the values of these environment variables:
 *
 * - AMILI_WEBHOOK_SECRET, AMILI_WEBHOOK_ALGORITHM (such as "SHA-256"), AMILI_WEBHOOK_ENCODING ("hex", "base64" or
 *   "base64url"): required.
 * - AMILI_WEBHOOK_PREFIX (such as "sha256="), AMILI_WEBHOOK_HEADER (default "X-Webhook-Signature"): optional.
 *
 * PORT is the port to listen on, 8080 by default.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createWebhookHandler,
  type HmacOptions,
  hmacSignature,
  toNodeHandler,
  type WebhookEvent,
} from "amili-client/webhooks";

const { env } = process;

function requireVariable(name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`${name} is not set. Ask Amili for its value.`);
}

function describe(event: WebhookEvent): string {
  if (!event.known) return `Unknown event type ${event.type}`;
  switch (event.type) {
    case "BATCH_COMPLETED":
      return `Batch ${event.data.batchId} completed: ${event.data.status}`;
    case "SETTLEMENT_CREATED":
      return `Settlement ${event.data.settlementId} of invoice ${event.data.invoiceNumber} created`;
    case "CASE":
      return `Case ${event.data.caseNumber} is ${event.data.status}`;
    case "CASE_UPDATED":
      return `Case ${event.data.caseNumber} is ${event.data.status}; changed: ${event.data.fields?.join(", ")}`;
  }
}

const handle = createWebhookHandler({
  verify: hmacSignature({
    secret: requireVariable("AMILI_WEBHOOK_SECRET"),
    // hmacSignature checks both values.
    algorithm: requireVariable("AMILI_WEBHOOK_ALGORITHM") as HmacOptions["algorithm"],
    encoding: requireVariable("AMILI_WEBHOOK_ENCODING") as HmacOptions["encoding"],
    prefix: env.AMILI_WEBHOOK_PREFIX ?? "",
    header: env.AMILI_WEBHOOK_HEADER ?? "X-Webhook-Signature",
  }),
  onEvent: (event) => console.log(describe(event)),
  onError: (error) => console.error(String(error)),
  // In production, use a store with expiry that all processes share.
  deduplicate: new Map<string, string>(),
});

const server = createServer(toNodeHandler(handle));
server.listen(Number(env.PORT ?? 8080), () => {
  console.log(`Listening on port ${(server.address() as AddressInfo).port}`);
});

// Deliveries in flight are completed first.
process.once("SIGTERM", () => server.close(() => console.log("Stopped")));
