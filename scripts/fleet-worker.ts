/**
 * A worker of an outbox, which can be killed and paused. Arguments: PostgreSQL's socket directory, the outbox's schema, the
 * API's URL, options of `work` as JSON.
 */
import { Amili } from "amili-client";
import { createOutbox } from "amili-client/postgres";
import pg from "pg";

const [host, schema, url, options] = process.argv.slice(2) as [string, string, string, string];
const pool = new pg.Pool({ host, user: "postgres", database: "postgres", max: 10 });
const amili = new Amili({
  clientId: "fleet",
  clientSecret: "secret",
  baseUrls: { identity: url, debtCollection: url },
});
const interrupt = new AbortController();
process.once("SIGTERM", () => interrupt.abort());
await createOutbox(pool, { schema }).work({ amili, signal: interrupt.signal, ...JSON.parse(options) });
await pool.end();
