import { sha256, toHex } from "../bytes.js";
import { Claim, type DeliveryStore, isActiveClaim } from "./claim.js";
import { WebhookError } from "./webhook-error.js";

/** `inProgress`: another process is handling the delivery. */
export type DeliveryOutcome = "handled" | "inProgress" | "failed" | "timedOut";

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

  /** Never rejects: errors are reported. Concurrent deliveries of the same body share one run and its outcome. */
  async handle(body: Uint8Array, run: () => unknown): Promise<DeliveryOutcome> {
    const store = this.#store;
    if (!store) return this.#attempt(run);

    const key = await keyOf(body);
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
      if (!(await claim.add())) {
        const stored = await store.get(key);
        if (stored === HANDLED) return "handled";
        // With `add`, an entry that is gone now was another process's a moment ago.
        const wasReleased = store.add !== undefined && (stored === undefined || stored === null);
        if (wasReleased || isActiveClaim(stored)) return "inProgress";
        await claim.write();
      }
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

  async #attempt(run: () => unknown): Promise<Exclude<DeliveryOutcome, "inProgress">> {
    try {
      await run();
      return "handled";
    } catch (error) {
      this.#report(error);
      return error instanceof WebhookError && error.code === "timeout" ? "timedOut" : "failed";
    }
  }
}

/**
 * Of the body alone, which the signature covers. With the header `IdempotencyKey`, which it does not, a captured delivery
 * could be repeated under any number of keys, or suppress another event by using its key.
 */
async function keyOf(body: Uint8Array): Promise<string> {
  // The store may hold other things too.
  return `amili-webhook:${toHex(await sha256(body))}`;
}
