/**
 * A receiver of Amili's webhooks: verifies each delivery and writes a line for each event.
 *
 * How Amili signs is not documented, so all of it comes from the environment: AMILI_WEBHOOK_SECRET, AMILI_WEBHOOK_ALGORITHM
 * ("SHA-256", say) and AMILI_WEBHOOK_ENCODING ("hex", "base64" or "base64url"); if need be AMILI_WEBHOOK_PREFIX (such as
 * "sha256=") and AMILI_WEBHOOK_HEADER. Ask Amili for them. PORT is where it listens, 8080 by default.
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

function variable(name: string): string {
  const value = env[name];
  if (value) return value;
  console.error(`${name} is not set; Amili can tell what it has to be.`);
  process.exit(1);
}

/** What happened, in a line. */
function lineOf(event: WebhookEvent): string {
  if (!event.known) return `${event.type}, a type that is new`;
  switch (event.type) {
    case "BATCH_COMPLETED":
      return `Batch ${event.data.batchId} ended: ${event.data.status}`;
    case "SETTLEMENT_CREATED":
      return `Settlement ${event.data.settlementId} of invoice ${event.data.invoiceNumber}`;
    case "CASE":
      return `Case ${event.data.caseNumber} is ${event.data.status}`;
    case "CASE_UPDATED":
      return `Case ${event.data.caseNumber} is ${event.data.status}; changed: ${event.data.fields?.join(", ")}`;
  }
}

const handle = createWebhookHandler({
  verify: hmacSignature({
    secret: variable("AMILI_WEBHOOK_SECRET"),
    // Checked when the handler is made.
    algorithm: variable("AMILI_WEBHOOK_ALGORITHM") as HmacOptions["algorithm"],
    encoding: variable("AMILI_WEBHOOK_ENCODING") as HmacOptions["encoding"],
    prefix: env.AMILI_WEBHOOK_PREFIX ?? "",
    header: env.AMILI_WEBHOOK_HEADER ?? "X-Webhook-Signature",
  }),
  onEvent: (event) => console.log(lineOf(event)),
  onError: (error) => console.error(String(error)),
  // A real receiver remembers in a store that forgets in time, and that all its processes share.
  deduplicate: new Map<string, string>(),
});

const server = createServer(toNodeHandler(handle));
server.listen(Number(env.PORT ?? 8080), () => {
  console.log(`Listening on port ${(server.address() as AddressInfo).port}`);
});

// Deliveries under way are answered first.
process.once("SIGTERM", () => server.close(() => console.log("Stopped")));
