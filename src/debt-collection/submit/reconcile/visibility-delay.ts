/** The delay is at least this many times the longest one that was seen. */
const FACTOR = 3;

/** How long something that the API has may not show in its lists: as long as the user says, or more if more was seen. */
export class VisibilityDelay {
  readonly #minimum: number;
  #longest = 0;

  /** @param minimum ms */
  constructor(minimum: number) {
    this.#minimum = minimum;
  }

  /** ms. */
  get value(): number {
    return Math.max(this.#minimum, FACTOR * this.#longest);
  }

  /** Something showed after so many ms. */
  saw(delay: number): void {
    this.#longest = Math.max(this.#longest, delay);
  }
}
