import { ConfigurationError } from "../errors.js";
import { typeName } from "../http/checks.js";
import { type PostgresClient, query } from "./database.js";
import { type OutboxItems, readItems } from "./items.js";
import { listIds, OutboxError } from "./outbox-error.js";
import type { Store } from "./store.js";

/** What `enqueue` did. */
export interface Enqueued {
  /** Items that are new. */
  added: number;
  /** Items that the outbox has with the same content. */
  known: number;
}

export async function enqueue(
  { schema, channel }: Store,
  client: PostgresClient,
  items: OutboxItems,
): Promise<Enqueued> {
  if (typeof client?.query !== "function") {
    throw new ConfigurationError("invalid_argument", `enqueue() needs a client of pg; ${typeName(client)} was given.`);
  }
  const { organizationId, kind, ids, hashes, payloads } = await readItems(items);
  if (ids.length === 0) return { added: 0, known: 0 };
  const [row] = await query<{ added: string; conflicts: string | null }>(
    client,
    `SELECT added, array_to_json(conflicts)::text AS conflicts
    FROM ${schema}.enqueue($1, $2, $3::text[], $4::text[], $5::text[], $6)`,
    [organizationId, kind, ids, hashes, payloads, channel],
  );
  const conflicts: string[] = JSON.parse(row?.conflicts ?? "[]");
  if (conflicts.length > 0) {
    throw new OutboxError(
      "content_conflict",
      `The outbox has a ${kind} with another content as ${listIds(conflicts)}. Nothing of this call was stored. ` +
        "Pass a corrected one to retry(), or use another id.",
      conflicts,
    );
  }
  const added = Number(row?.added);
  return { added, known: ids.length - added };
}
