import { sleep, withTimeout } from "./abort.js";

/** Shares a token between processes: any object with the first three methods (a Keyv fits). The values are secrets. */
export interface TokenStore {
  get(key: string): Promise<unknown>;
  /** @param ttl lifetime in ms */
  set(key: string, value: string, ttl: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  /**
   * Takes a lock without waiting: the function that releases it, or `undefined` while another process holds it. With this
   * method one process requests a new token, and the others wait for it.
   *
   * @param ttl after how many ms the lock ends if its holder does not release it
   */
  lock?(key: string, ttl: number): Promise<(() => Promise<unknown>) | undefined>;
}

export interface StoredToken {
  token: string;
  /** Local clock, ms. */
  expiresAt: number;
}

/** A token request takes less, even with a retry. After a longer one another process may make its own. */
const LOCK_TTL = 10_000;

/** How often a waiting process looks for the token of another, in ms on average. */
const POLL_INTERVAL = 100;

/** Looks for a token in a store, and takes its lock for a request. A store that fails or hangs does not fail a call. */
export class TokenRefresh {
  /** What failed in the store: the name only, since some stores quote a command together with its value. */
  error: string | undefined;
  readonly #store: TokenStore;
  readonly #key: string;
  readonly #refused: string | undefined;
  readonly #timeout: number;
  #release: (() => Promise<unknown>) | undefined;
  #lockedUntil = Number.POSITIVE_INFINITY;

  /**
   * @param refused a token that the API refused
   * @param timeout how long an access to the store, or the wait for the lock, may take, in ms
   */
  constructor(store: TokenStore, key: string, refused: string | undefined, timeout: number) {
    this.#store = store;
    this.#key = key;
    this.#refused = refused;
    this.#timeout = timeout;
  }

  /** The token in the store, if it can be used. */
  async read(): Promise<StoredToken | undefined> {
    const found = parseStoredToken(await this.#attempt("get", () => this.#store.get(this.#key)));
    return found && found.token !== this.#refused && Date.now() < found.expiresAt ? found : undefined;
  }

  /** Takes the lock, or returns the token that another process has stored meanwhile. */
  async lock(): Promise<StoredToken | undefined> {
    const deadline = performance.now() + this.#timeout;
    while (this.#store.lock && this.error === undefined && performance.now() < deadline) {
      await this.#tryLock(deadline - performance.now());
      // Also under the lock: its last holder may have stored one since.
      const found = await this.read();
      if (found) return found;
      if (this.#release) {
        // Processes that start now wait for the new one.
        if (this.#refused !== undefined) await this.#attempt("delete", () => this.#store.delete(this.#key));
        break;
      }
      await sleep(POLL_INTERVAL * (0.5 + Math.random()), []);
    }
    return undefined;
  }

  async write(token: StoredToken, ttl: number): Promise<void> {
    // The lock of a process that was suspended has ended: a token that another has stored since is newer.
    if (performance.now() >= this.#lockedUntil && (await this.read())) return;
    await this.#attempt("set", () => this.#store.set(this.#key, JSON.stringify(token), Math.floor(ttl)));
  }

  /** Releases the lock, for which no call waits. */
  release(): void {
    if (this.#release) void this.#attempt("release", this.#release);
  }

  async #tryLock(timeout: number): Promise<void> {
    const lockedUntil = performance.now() + LOCK_TTL;
    const lock = async () => this.#store.lock?.(this.#key, LOCK_TTL);
    const locking = lock();
    this.#release = await this.#attempt("lock", () => locking, timeout);
    if (this.#release) this.#lockedUntil = lockedUntil;
    // One that comes too late must not keep other processes waiting.
    if (this.error !== undefined) locking.then((release) => release?.()).catch(() => {});
  }

  async #attempt<T>(action: string, run: () => Promise<T>, timeout = this.#timeout): Promise<T | undefined> {
    try {
      return await withTimeout(run(), timeout);
    } catch (error) {
      this.error = `${action} failed: ${error instanceof Error ? error.name : typeof error}`;
      return undefined;
    }
  }
}

/** Whether a value can stand in a header. The platform's own error about one that cannot would quote it. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

export function parseStoredToken(value: unknown): StoredToken | undefined {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : undefined;
    if (typeof parsed !== "object" || parsed === null) return undefined;
    const { token, expiresAt } = parsed as Partial<Record<keyof StoredToken, unknown>>;
    return isToken(token) && typeof expiresAt === "number" ? { token, expiresAt } : undefined;
  } catch {
    return undefined;
  }
}
