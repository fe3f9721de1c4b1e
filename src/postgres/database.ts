import { sleep } from "../http/abort.js";
import { backoff } from "../http/retry.js";

/** A query of `pg`. */
export interface PostgresQuery {
  text: string;
  values?: unknown[];
  types?: { getTypeParser(): (value: string) => string };
}

/** A client of `pg`, or what has its method `query`. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<{ rows: unknown[] }>;
}

/** A client that is taken from a pool. */
export interface PostgresPoolClient extends PostgresClient {
  on(event: "notification" | "error" | "end", listener: () => void): unknown;
  removeAllListeners(event: "notification" | "error" | "end"): unknown;
  release(destroy?: boolean): void;
}

/** A `Pool` of `pg`. */
export interface PostgresPool extends PostgresClient {
  connect(callback: (error: Error | undefined, client: PostgresPoolClient | undefined) => void): void;
  on(event: "error", listener: () => void): unknown;
  removeListener(event: "error", listener: () => void): unknown;
  readonly options?: { max?: number };
}

/**
 * Takes a client from a pool. Its connection can break at any time: an error event without a listener ends the process.
 *
 * @param onBroken called when it breaks, possibly more than once
 */
// Not the promise of pool.connect(), which leaves the client without a listener until it resolves.
export function takeClient(
  pool: PostgresPool,
  onBroken: (client: PostgresPoolClient) => void = () => {},
): Promise<PostgresPoolClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (!client) return reject(error);
      client.on("error", () => onBroken(client));
      client.on("end", () => onBroken(client));
      resolve(client);
    });
  });
}

/** Whatever parsers an application has set for all queries, values are text here. */
const TEXT = { getTypeParser: () => (value: string) => value };

/** The rows of a query: each value is text, or `null`. */
export async function query<Row extends Record<keyof Row, string | null>>(
  client: PostgresClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query({ text, values: [...values], types: TEXT });
  return rows as Row[];
}

/**
 * Joins items with a materialized list by the whole primary key. Compared with constants, PostgreSQL may read all rows of an
 * organization for each element of the list while the table has no statistics.
 */
export const sameRow = (list: string): string =>
  ["organization_id", "kind", "source_id"].map((name) => `item.${name} = ${list}.${name}`).join(" AND ");

/**
 * Waits until no other transaction numbers outcomes. They are numbered in the order of their commits then: a reader that has
 * seen one number misses none below it.
 *
 * @param name the parameter with the schema's name
 * @param isNeeded otherwise the parameter is used only
 */
export const takeTurn = (name: string, isNeeded: boolean): string =>
  isNeeded ? `SELECT pg_advisory_xact_lock(hashtextextended(${name} || ' outcomes', 0))::text` : `SELECT ${name}::text`;

/** SQLSTATE classes and codes that pass: connections, too many of them, a shutdown or start, deadlocks. */
const PASSING = /^(08...|53300|57P0[123]|40001|40P01)$/;

/** Whether a query may succeed when it is repeated. Only an error of the database has a severity, not one of the connection. */
function isPassing(error: unknown): boolean {
  const { code, severity } = Object(error) as { code?: unknown; severity?: unknown };
  return severity === undefined || PASSING.test(String(code));
}

/** Repeats a query that fails because the database restarts or a connection breaks, until a signal aborts. */
export async function retryQuery<Result>(run: () => Promise<Result>, signals: readonly AbortSignal[]): Promise<Result> {
  for (let tries = 0; ; tries++) {
    for (const signal of signals) signal.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(backoff(Math.min(tries, MAX_BACKOFF)), signals);
    }
  }
}

/** Waits at most 500 ms · 2ⁿ. */
const MAX_BACKOFF = 2;
