import { ConfigurationError } from "../errors.js";
import { checkNames } from "../http/checks.js";
import type { TokenStore } from "../http/token-store.js";

interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

interface PooledClient extends Queryable {
  on(event: "error", listener: () => void): unknown;
  removeListener(event: "error", listener: () => void): unknown;
  release(destroy?: boolean): void;
}

/** A `Pool` of `pg`, with two connections at least. */
export interface TokenPool extends Queryable {
  connect(): Promise<PooledClient>;
  readonly options?: { max?: number | undefined };
}

/** Options of `postgresTokenStore`. */
export interface PostgresTokenStoreOptions {
  /** The name of the table, which may follow that of a schema and a dot. Default `"amili_token"`. */
  table?: string;
}

/** A token store in PostgreSQL. */
export interface PostgresTokenStore extends TokenStore {
  /** Creates the table if it is missing. */
  migrate(): Promise<void>;
}

/** What needs no quotes. */
const TABLE = /^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?$/;

/**
 * A token store in PostgreSQL, with an advisory lock, which ends with the connection of its holder. The table is not logged:
 * tokens are in no archive and no replica, and are requested anew after a crash of the server.
 *
 * @throws {ConfigurationError} when an option is invalid
 */
export function postgresTokenStore(pool: TokenPool, options: PostgresTokenStoreOptions = {}): PostgresTokenStore {
  checkNames("The options of postgresTokenStore", options, { table: true });
  const { table = "amili_token" } = options;
  if (typeof table !== "string" || !TABLE.test(table)) {
    throw new ConfigurationError(
      "invalid_option",
      "table must be a name of lower-case letters, digits and underscores, or two of them with a dot between.",
    );
  }
  if ((pool.options?.max ?? 2) < 2) {
    throw new ConfigurationError(
      "invalid_option",
      "The pool must have two connections at least, since the lock keeps one.",
    );
  }
  return {
    async migrate() {
      // Statements of one message are one transaction. CREATE … IF NOT EXISTS alone can fail in two of them.
      await pool.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('${table} migration', 0));
        CREATE UNLOGGED TABLE IF NOT EXISTS ${table} (
          key text PRIMARY KEY, value text NOT NULL, expires_at timestamptz NOT NULL
        )`,
      );
    },
    async get(key) {
      const { rows } = await pool.query(`SELECT value FROM ${table} WHERE key = $1 AND expires_at > now()`, [key]);
      const [row] = rows as { value: string }[];
      return row?.value;
    },
    set: (key, value, ttl) =>
      pool.query(
        // Those of earlier credentials, too.
        `WITH expired AS (DELETE FROM ${table} WHERE expires_at < now() AND key <> $1)
        INSERT INTO ${table} (key, value, expires_at) VALUES ($1, $2, now() + $3 * interval '1 ms')
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at`,
        [key, value, ttl],
      ),
    delete: (key) => pool.query(`DELETE FROM ${table} WHERE key = $1`, [key]),
    async lock(key, ttl) {
      const client = await pool.connect();
      // Without a listener, the end of the connection would end the process.
      const ignore = () => {};
      client.on("error", ignore);
      const end = async () => {
        let isBroken = true;
        try {
          await client.query("ROLLBACK");
          isBroken = false;
        } finally {
          client.removeListener("error", ignore);
          client.release(isBroken);
        }
      };
      try {
        await client.query("BEGIN");
        // The server ends the transaction of a holder that is suspended.
        const { rows } = await client.query(
          `SELECT set_config('idle_in_transaction_session_timeout', $2, true)
          WHERE pg_try_advisory_xact_lock(hashtextextended($1, 0))`,
          [key, String(ttl)],
        );
        if (rows.length > 0) return end;
      } catch (error) {
        await end().catch(() => {});
        throw error;
      }
      await end();
      return undefined;
    },
  };
}
