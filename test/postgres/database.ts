import { createOutbox, type Outbox } from "amili-client/postgres";
import type pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { type PostgresServer, startPostgres } from "../../scripts/postgres-server.js";

/** A server for the tests of a file, with an outbox of its own for each. */
export function useDatabase() {
  let server: PostgresServer | undefined;
  let pool: pg.Pool | undefined;
  let outboxes = 0;
  beforeAll(async () => {
    server = await startPostgres();
    pool = server.connect(20);
  });
  afterAll(() => server?.stop());

  const database = {
    get pool(): pg.Pool {
      if (!pool) throw new Error("The server is not started.");
      return pool;
    },
    get host(): string {
      return server?.host ?? "";
    },
    async newOutbox(): Promise<{ outbox: Outbox; schema: string }> {
      const schema = `outbox_${++outboxes}`;
      const outbox = createOutbox(database.pool, { schema });
      await outbox.migrate();
      return { outbox, schema };
    },
    /** Calls a function with a client in a transaction, which ends with the given command. */
    async transaction<Result>(end: "COMMIT" | "ROLLBACK", work: (client: pg.PoolClient) => Promise<Result>) {
      const client = await database.pool.connect();
      try {
        await client.query("BEGIN");
        const result = await work(client);
        await client.query(end);
        return result;
      } finally {
        client.release();
      }
    },
  };
  return database;
}

export async function toArray<Element>(source: AsyncIterable<Element>): Promise<Element[]> {
  const elements: Element[] = [];
  for await (const element of source) elements.push(element);
  return elements;
}
