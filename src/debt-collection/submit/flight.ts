import { ApiError } from "../../errors.js";
import type { JournalEntry } from "./journal.js";
import type { Kind } from "./kind.js";
import type { Outcome } from "./outcome.js";
import type { Keyed } from "./source.js";

/** An item under way. */
export interface Flight<Item> extends Keyed<Item> {
  /** When it was sent and may have arrived. */
  sent: Date | undefined;
  /** Whether one that was sent before may yet arrive: a refusal of the second one can mean the first. */
  resent: boolean;
  batchId: string | undefined;
  outcome: Outcome<Item> | undefined;
}

/** What a journal keeps of an item that is settled. */
export type Settled = Extract<JournalEntry, { state: "accepted" | "rejected" }>;

/** What of a reason can be written: an error's own properties lack its message. */
export function plain(reason: unknown): unknown {
  if (!(reason instanceof Error)) return reason;
  const body = reason instanceof ApiError ? reason.body : undefined;
  return { ...reason, name: reason.name, message: reason.message, ...(body !== undefined && { body }) };
}

export function outcomeOf<Item>({ item, key }: Flight<Item>, entry: Settled): Outcome<Item> {
  const { batchId } = entry;
  return entry.state === "accepted"
    ? { status: "accepted", item, key, batchId, invoiceId: entry.invoiceId }
    : { status: "rejected", item, key, batchId, reason: entry.reason };
}

export function unknown<Item>(
  { item, key, sent, batchId }: Flight<Item>,
  kind: Kind<Item>,
  reason: unknown,
): Outcome<Item> {
  const batch = batchId ? `batches.get("${batchId}")` : `batches.list() for batches since ${sent?.toISOString()}`;
  const lookUp = sent ? `${batch}, then ${kind.lookUp}.` : "Nothing: it was never sent.";
  return { status: "unknown", item, key, batchId, sent: sent !== undefined, reason, lookUp };
}

export const itemsOf = <Item>(flights: Flight<Item>[]) => flights.map(({ item }) => item);
