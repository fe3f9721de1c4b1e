/**
 * Remembers deliveries: any object with these methods, async or not (a Keyv fits; so does a `Map`, which forgets nothing).
 * A delivery is looked up and claimed before `onEvent`; where that fails, it is answered 500, so that no event is lost.
 */
export interface DeliveryStore {
  /** `undefined` or `null` where there is nothing. */
  get(key: string): unknown;
  /** @param ttl lifetime in ms */
  set(key: string, value: string, ttl: number): unknown;
  /** Without it, a delivery that failed is overwritten as such. */
  delete?(key: string): unknown;
}

/** What became of a delivery. `busy`: another process has it in hand. */
export type Outcome = "handled" | "busy" | "failed";

/** How long a claim stands (ms) when the process that made it dies. */
export const CLAIM_TTL = 60_000;

/** A week, in ms. Amili's retry policy is not documented; few go on longer. */
const HANDLED_TTL = 7 * 24 * 60 * 60_000;

/** What the store says of a delivery. A claim says when it ends, for stores that let nothing expire. */
const HANDLED = "handled";
const FAILED = "failed";
const claim = () => `handling until ${Date.now() + CLAIM_TTL}`;

/** What a value of the store comes to; `undefined` where the delivery is still to be handled. */
function outcomeIn(value: unknown): Outcome | undefined {
  if (value === HANDLED) return "handled";
  const [, until] = /^handling until (\d+)$/.exec(String(value)) ?? [];
  return Date.now() < Number(until) ? "busy" : undefined;
}

/** Sees to it that a delivery is handled once, and again where that failed. */
export class Deliveries {
  readonly #store: DeliveryStore | undefined;
  readonly #report: (error: unknown) => void;
  readonly #underWay = new Map<string, Promise<Outcome>>();

  constructor(store: DeliveryStore | undefined, report: (error: unknown) => void) {
    this.#store = store;
    this.#report = report;
  }

  /** Never rejects: errors are reported. The same delivery coming again meanwhile shares the outcome of the first. */
  handle(id: string | null, run: () => unknown): Promise<Outcome> {
    const store = this.#store;
    if (!store || !id) return this.#settle(run);

    // Prefixed, as the store may hold other things.
    const key = `amili-webhook:${id}`;
    let outcome = this.#underWay.get(key);
    if (!outcome) {
      outcome = this.#claim(store, key, run).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, outcome);
    }
    return outcome;
  }

  async #claim(store: DeliveryStore, key: string, run: () => unknown): Promise<Outcome> {
    try {
      const known = outcomeIn(await store.get(key));
      if (known) return known;
      await store.set(key, claim(), CLAIM_TTL);
    } catch (error) {
      this.#report(error);
      return "failed";
    }

    const outcome = await this.#settle(run);
    // The outcome stands whatever the store does now: a claim that stays ends by itself.
    await this.#settle(() => {
      if (outcome === "handled") return store.set(key, HANDLED, HANDLED_TTL);
      return store.delete ? store.delete(key) : store.set(key, FAILED, CLAIM_TTL);
    });
    return outcome;
  }

  async #settle(run: () => unknown): Promise<"handled" | "failed"> {
    try {
      await run();
      return "handled";
    } catch (error) {
      this.#report(error);
      return "failed";
    }
  }
}
