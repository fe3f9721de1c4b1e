import type { Examples } from "../specs/examples.js";
import type { Scheduler } from "./scheduler.js";
import type { SandboxEvent } from "./webhooks.js";

/** What all APIs of a sandbox share. */
export interface SandboxContext {
  /** The same seed gives the same data and ids. */
  seed: number;
  /** How many customers a client has at the start, and how many invoices an organization. */
  size: number;
  /** How long a batch is queued, in ms. */
  batchTime: number;
  /** Whether an invoice fails whose `uniqueSourceInvoiceId` is already in collection. */
  uniqueInvoices: boolean;
  /** The clock, in ms since 1970. */
  now(): number;
  scheduler: Scheduler;
  examples: Examples;
  /** Sends an event to the webhook, if there is one. */
  emit(event: SandboxEvent): void;
}
