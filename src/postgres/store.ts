import { ConfigurationError } from "../errors.js";
import { checkNames, typeName } from "../http/checks.js";
import type { PostgresPool } from "./database.js";

/** The tables of an outbox. */
export interface Store {
  pool: PostgresPool;
  name: string;
  /** The channel of notifications. */
  channel: string | null;
  /** The schema's name, quoted. */
  schema: string;
}

/** Options of `createOutbox`. */
export interface OutboxOptions {
  /** The schema of the tables: letters, digits and underscores. Default `"amili_outbox"`. */
  schema?: string;
  /**
   * Whether `enqueue` wakes the workers. Default true. PostgreSQL commits transactions that notify one after another, in all
   * databases of the server: with thousands of them in a second, let the workers poll instead.
   */
  notify?: boolean;
}

/** What needs no escaping, and is not cut off by PostgreSQL. */
const SCHEMA = /^[A-Za-z_]\w{0,62}$/;

export function createStore(pool: PostgresPool, options: OutboxOptions = {}): Store {
  if (typeof pool?.query !== "function" || typeof pool.connect !== "function") {
    throw new ConfigurationError("invalid_argument", `createOutbox() needs a Pool of pg; ${typeName(pool)} was given.`);
  }
  checkNames("The options of createOutbox", options, { schema: true, notify: true });
  const { schema: name = "amili_outbox", notify = true } = options;
  if (typeof name !== "string" || !SCHEMA.test(name) || /^pg_/i.test(name)) {
    throw new ConfigurationError(
      "invalid_option",
      "schema must be at most 63 letters, digits and underscores, without a digit or pg_ at its beginning.",
    );
  }
  return { pool, name, schema: `"${name}"`, channel: notify ? name : null };
}
