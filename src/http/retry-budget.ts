const CAPACITY = 500;
const RETRY_COST = 5;
const SUCCESS_REFILL = 1;

/**
 * The retries that one API may make, so that they do not multiply an outage: each costs, successes refill. The figures are
 * those of the AWS SDK's standard retry mode.
 */
export class RetryBudget {
  #left = CAPACITY;

  get isUsedUp(): boolean {
    return this.#left < RETRY_COST;
  }

  /** Pays for a retry, when it is sent. False if nothing is left. */
  take(): boolean {
    if (this.isUsedUp) return false;
    this.#left -= RETRY_COST;
    return true;
  }

  /** @param retries how many retries the call that succeeded made: the last one is paid back */
  refill(retries: number): void {
    this.#left = Math.min(CAPACITY, this.#left + (retries > 0 ? RETRY_COST : SUCCESS_REFILL));
  }
}
