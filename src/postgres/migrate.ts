import { type PostgresClient, query, takeClient } from "./database.js";
import { migrations } from "./migrations.js";
import { OutboxError } from "./outbox-error.js";
import type { Store } from "./store.js";

/** Creates what is missing, in one transaction. One process at a time; the others wait and find nothing to do. */
export async function migrate({ pool, name, schema }: Store): Promise<void> {
  const client = await takeClient(pool);
  let isBroken = true;
  try {
    await query(client, "BEGIN");
    try {
      await query(client, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`${name} migrations`]);
      await applyMissing(client, name, schema);
      await query(client, "COMMIT");
      isBroken = false;
    } catch (error) {
      await query(client, "ROLLBACK");
      isBroken = false;
      throw error;
    }
  } finally {
    client.release(isBroken);
  }
}

async function applyMissing(client: PostgresClient, name: string, schema: string): Promise<void> {
  const exists = await query(client, "SELECT 1 FROM pg_namespace WHERE nspname = $1", [name]);
  // IF NOT EXISTS needs the right to create schemas even if there is nothing to create.
  if (exists.length === 0) await query(client, `CREATE SCHEMA ${schema}`);
  await query(
    client,
    `CREATE TABLE IF NOT EXISTS ${schema}.migration (
      version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
    )`,
  );
  const [row] = await query<{ version: string }>(
    client,
    `SELECT coalesce(max(version), 0) AS version FROM ${schema}.migration`,
  );
  const applied = Number(row?.version);
  const steps = migrations(schema);
  if (applied > steps.length) {
    throw new OutboxError(
      "newer_schema",
      `The tables in ${name} have version ${applied}; this amili-client knows ${steps.length}. Update amili-client.`,
    );
  }
  for (const [at, step] of steps.entries()) {
    if (at < applied) continue;
    await query(client, step);
    await query(client, `INSERT INTO ${schema}.migration (version) VALUES ($1)`, [at + 1]);
  }
}
