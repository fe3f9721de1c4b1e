/**
 * Remembers deliveries: any object with these methods, async or not, such as a Keyv. A `Map` works too, but it never removes
 * entries and covers one process only.
 */
export interface DeliveryStore {
  /** `undefined` or `null` for an unknown key. */
  get(key: string): unknown;
  /** @param ttl lifetime in ms */
  set(key: string, value: string, ttl: number): unknown;
  /**
   * Stores a value unless the key has one, in one step, and says whether it did: `SET key value NX PX ttl` in Redis. With it,
   * of several processes that get a delivery at the same moment only one handles it. It must remove entries after `ttl`.
   */
  add?(key: string, value: string, ttl: number): boolean | Promise<boolean>;
  /** Without it, a failed delivery is overwritten with a mark that says so. */
  delete?(key: string): unknown;
}

/** How long a claim holds without a renewal, in ms. A killed process blocks its delivery for this long. */
export const CLAIM_TTL = 60_000;

const RENEWAL_INTERVAL = CLAIM_TTL / 3;
/** 15 minutes: a handler that never settles must not hold its delivery forever. */
const MAX_RENEWALS = (15 * 60_000) / RENEWAL_INTERVAL;

/** Whether a stored value is a claim that still holds. The value has its own expiry, as a store may ignore `ttl`. */
export function isActiveClaim(value: unknown): boolean {
  const [, until] = /^handling until (\d+)$/.exec(String(value)) ?? [];
  return Date.now() < Number(until);
}

/** One process's claim on a delivery. The time in its value distinguishes it from a later claim of another process. */
export class Claim {
  readonly #store: DeliveryStore;
  readonly #key: string;
  #value = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewal: Promise<void> | undefined;
  #stopped = false;

  constructor(store: DeliveryStore, key: string) {
    this.#store = store;
    this.#key = key;
  }

  async write(): Promise<void> {
    await this.#store.set(this.#key, this.#newValue(), CLAIM_TTL);
  }

  /** Whether the claim was written in one step with the check that nothing is stored. False without `add`. */
  async add(): Promise<boolean> {
    return (await this.#store.add?.(this.#key, this.#newValue(), CLAIM_TTL)) === true;
  }

  /**
   * Renews the claim until `stop()`, until the store fails (`onError`), until another process has taken over, or until the
   * limit (`onLimit`).
   */
  keepRenewing(onError: (error: unknown) => void, onLimit: () => void, remaining = MAX_RENEWALS): void {
    if (remaining === 0) {
      onLimit();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#renewal = this.#renew().then((renewed) => {
        if (renewed && !this.#stopped) this.keepRenewing(onError, onLimit, remaining - 1);
      }, onError);
    }, RENEWAL_INTERVAL);
    // A renewal must not keep a Node process alive. On other platforms a timer is a number.
    this.#timer.unref?.();
  }

  /** Stops renewing. Waits for a renewal in flight, which could otherwise overwrite what is written next. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#renewal;
  }

  /** Removes the claim, unless another process has taken over. */
  async release(): Promise<void> {
    if (!this.#isOwn(await this.#store.get(this.#key))) return;
    if (this.#store.delete) await this.#store.delete(this.#key);
    else await this.#store.set(this.#key, "failed", CLAIM_TTL);
  }

  async #renew(): Promise<boolean> {
    const stored = await this.#store.get(this.#key);
    // A store may drop entries, so nothing stored does not mean that another process has taken over.
    if (stored !== undefined && stored !== null && !this.#isOwn(stored)) return false;
    await this.write();
    return true;
  }

  #newValue(): string {
    this.#value = `handling until ${Date.now() + CLAIM_TTL}`;
    return this.#value;
  }

  #isOwn(stored: unknown): boolean {
    return String(stored) === this.#value;
  }
}
