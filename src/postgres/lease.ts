import { withTimeout } from "../http/abort.js";
import { query } from "./database.js";
import { OutboxError } from "./outbox-error.js";
import type { Store } from "./store.js";

/** How many times a lease is renewed in its duration. */
const RENEWALS = 3;

/** How long giving a lease back may take, in ms. */
const RELEASE_LIMIT = 5_000;

/** Both clocks: one stands still while a host sleeps, the other can be set. */
const readClocks = () => [performance.now(), Date.now()] as const;
type Clocks = ReturnType<typeof readClocks>;

/**
 * The right to work on rows, for some time from its last renewal. Rows belong to a lease by its number, which is never used
 * twice: a worker whose lease has expired can change no row that another one has claimed.
 */
export class Lease {
  readonly id: string;
  readonly #store: Store;
  readonly #duration: number;
  readonly #lost = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #renewedAt: Clocks;
  #isRenewing = false;

  private constructor(store: Store, id: string, duration: number, startedAt: Clocks) {
    this.#store = store;
    this.id = id;
    this.#duration = duration;
    this.#renewedAt = startedAt;
    this.#timer = setInterval(() => {
      if (!this.isLost) void this.#renew();
    }, duration / RENEWALS);
  }

  /** @param duration ms */
  static async acquire(store: Store, duration: number): Promise<Lease> {
    // Before the query, so that it expires here before it does in the database.
    const startedAt = readClocks();
    const [row] = await query<{ id: string }>(
      store.pool,
      `INSERT INTO ${store.schema}.lease (expires_at) VALUES (now() + $1::double precision * interval '1 ms') RETURNING id`,
      [duration],
    );
    return new Lease(store, row?.id ?? "", duration, startedAt);
  }

  /** Gives the rows of expired leases back. */
  static async expire({ pool, schema }: Store): Promise<void> {
    await query(pool, `DELETE FROM ${schema}.lease WHERE expires_at < now()`);
  }

  /** Aborts when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** By the clocks, since a process that was paused has noticed nothing yet. */
  get isLost(): boolean {
    const isExpired = readClocks().some((time, at) => time - (this.#renewedAt[at] ?? 0) >= this.#duration);
    if (isExpired) this.lose();
    return this.signal.aborted;
  }

  lose(): OutboxError {
    const message = "The lease on the rows was lost: another worker continues with them.";
    const error = new OutboxError("lease_lost", message);
    this.#lost.abort(error);
    return error;
  }

  /** Others can claim the rows that have no outcome. If this fails, the lease expires. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    const { pool, schema } = this.#store;
    const released = query(pool, `DELETE FROM ${schema}.lease WHERE id = $1`, [this.id]);
    await withTimeout(released, RELEASE_LIMIT).catch(() => {});
  }

  async #renew(): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    const startedAt = readClocks();
    const { pool, schema } = this.#store;
    try {
      const renewed = await query(
        pool,
        `UPDATE ${schema}.lease SET expires_at = now() + $2::double precision * interval '1 ms' WHERE id = $1 RETURNING id`,
        [this.id, this.#duration],
      );
      if (renewed.length === 0) this.lose();
      else this.#renewedAt = startedAt;
    } catch {
      // Tried again until the lease has expired.
    } finally {
      this.#isRenewing = false;
    }
  }
}
