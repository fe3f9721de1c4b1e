import { Claim, type DeliveryStore, isActiveClaim } from "./claim.js";

/** `inProgress`: another process is handling the delivery. */
export type DeliveryOutcome = "handled" | "inProgress" | "failed";

/** The stored value of a delivery that was handled. */
const HANDLED = "handled";
/** A week, in ms. Amili's retry policy is undocumented; few senders retry for longer. */
const HANDLED_TTL = 7 * 24 * 60 * 60_000;

/** Runs the handler of a delivery once, and again if it failed. */
export class Deduplicator {
  readonly #store: DeliveryStore | undefined;
  readonly #report: (error: unknown) => void;
  readonly #inProgress = new Map<string, Promise<DeliveryOutcome>>();

  constructor(store: DeliveryStore | undefined, report: (error: unknown) => void) {
    this.#store = store;
    this.#report = report;
  }

  /** Never rejects: errors are reported. Concurrent deliveries with the same id share one run and its outcome. */
  handle(id: string | null, run: () => unknown): Promise<DeliveryOutcome> {
    const store = this.#store;
    if (!store || !id) return this.#attempt(run);

    // The store may hold other things too.
    const key = `amili-webhook:${id}`;
    let outcome = this.#inProgress.get(key);
    if (!outcome) {
      outcome = this.#handleOnce(store, key, run).finally(() => this.#inProgress.delete(key));
      this.#inProgress.set(key, outcome);
    }
    return outcome;
  }

  async #handleOnce(store: DeliveryStore, key: string, run: () => unknown): Promise<DeliveryOutcome> {
    const claim = new Claim(store, key);
    try {
      const stored = await store.get(key);
      if (stored === HANDLED) return "handled";
      if (isActiveClaim(stored)) return "inProgress";
      await claim.write();
    } catch (error) {
      this.#report(error);
      return "failed";
    }

    // After the limit a repeat is handled in this process too, once the claim has expired.
    claim.keepRenewing(this.#report, () => this.#inProgress.delete(key));
    const outcome = await this.#attempt(run);
    // A store that fails now does not change the outcome: a claim that remains expires.
    await this.#attempt(async () => {
      await claim.stop();
      if (outcome === "handled") await store.set(key, HANDLED, HANDLED_TTL);
      else await claim.release();
    });
    return outcome;
  }

  async #attempt(run: () => unknown): Promise<"handled" | "failed"> {
    try {
      await run();
      return "handled";
    } catch (error) {
      this.#report(error);
      return "failed";
    }
  }
}
