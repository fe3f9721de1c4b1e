/** A worker of an outbox, until SIGTERM. Its argument is JSON: PostgreSQL's host, the options of `Amili` and of `work`. */
import { Amili, type AmiliOptions } from "amili-client";
import { createOutbox, type WorkOptions } from "amili-client/postgres";
import pg from "pg";

/** What the program is started with. */
export interface FleetWorker {
  host: string;
  schema: string;
  client: AmiliOptions;
  work: Omit<WorkOptions, "amili">;
}

const { host, schema, client, work }: FleetWorker = JSON.parse(process.argv[2] ?? "");
const pool = new pg.Pool({ host, user: "postgres", database: "postgres" });
const interrupt = new AbortController();
process.once("SIGTERM", () => interrupt.abort());
await createOutbox(pool, { schema }).work({ amili: new Amili(client), signal: interrupt.signal, ...work });
await pool.end();
