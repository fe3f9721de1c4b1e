import type { Agenda } from "./agenda.js";
import type { Examples } from "./examples.js";
import type { SandboxEvent } from "./webhooks.js";

/** What all state of a sandbox has in common. */
export interface World {
  /** The same seed gives the same data and ids. */
  seed: number;
  /** How many customers a client has at the start, and how many invoices an organisation. */
  size: number;
  /** How long a batch is queued, in ms. */
  batchTime: number;
  /** Whether an invoice fails whose `uniqueSourceInvoiceId` is in collection already. */
  uniqueInvoices: boolean;
  /** The clock, in ms. */
  now(): number;
  /** What is to be done later. */
  agenda: Agenda;
  /** What the pages of the documentation print. */
  examples: Examples;
  emit(event: SandboxEvent): void;
}
