import { timeOf } from "../data/dates.js";
import type { Client } from "./client.js";

/** A write, as the log keeps it. */
export interface LogItem {
  at: number;
  userId: string | undefined;
  text: string;
}

interface WithMetadata {
  metadata?: { userId?: string };
}

/** Notes what was done and by whom. */
export function note({ log, world }: Client, body: unknown, text: string): void {
  log.add({ at: world.now(), userId: (body as WithMetadata | undefined)?.metadata?.userId, text });
}

export const logItemWire = (clientNo: number, index: number, { at, userId, text }: LogItem) => ({
  clientNo,
  logItemId: String(index + 1),
  createdTime: timeOf(at),
  ...(userId !== undefined && { userId }),
  text,
});
