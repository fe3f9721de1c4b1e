import { checkNames } from "../http/checks.js";
import { query } from "./database.js";
import { checkId, checkKind, type Stream } from "./items.js";
import type { OutboxOutcome } from "./outcomes.js";
import type { Store } from "./store.js";

/** How many items are in each state. */
export interface OutboxStats extends Record<OutboxOutcome["status"], number> {
  /** Items that nobody has sent. */
  queued: number;
  /** Items with a request whose outcome is open. */
  inFlight: number;
  /** When the oldest item without an outcome was enqueued. */
  oldest: Date | undefined;
}

const COUNTED: Record<string, keyof Omit<OutboxStats, "oldest">> = {
  queued: "queued",
  sending: "inFlight",
  sent: "inFlight",
  accepted: "accepted",
  exists: "exists",
  rejected: "rejected",
  unknown: "unknown",
};

export async function stats({ pool, schema }: Store, only: Partial<Stream> = {}): Promise<OutboxStats> {
  checkNames("The filter of stats", only, { organizationId: true, kind: true });
  const { organizationId, kind } = only;
  const rows = await query<{ state: string; count: string; oldest: string | null }>(
    pool,
    `SELECT state, count(*), extract(epoch FROM min(enqueued_at) FILTER (WHERE outcome_number IS NULL)) * 1000 AS oldest
    FROM ${schema}.item
    WHERE ($1::text IS NULL OR organization_id = $1) AND ($2::text IS NULL OR kind = $2)
    GROUP BY state`,
    [
      organizationId === undefined ? null : checkId("organizationId", organizationId),
      kind === undefined ? null : checkKind(kind),
    ],
  );
  const counts = { queued: 0, inFlight: 0, accepted: 0, exists: 0, rejected: 0, unknown: 0 };
  for (const { state, count } of rows) {
    const name = COUNTED[state];
    if (name) counts[name] += Number(count);
  }
  const times = rows.flatMap(({ oldest }) => (oldest === null ? [] : [Number(oldest)]));
  return { ...counts, oldest: times.length > 0 ? new Date(Math.min(...times)) : undefined };
}
