import { opaque } from "../data/random.js";

/** The tokens that the sandbox gave, and when they end. */
export class Tokens {
  readonly #now: () => number;
  readonly #seed: number;
  /** In seconds. */
  readonly lifetime: number;
  readonly #ends = new Map<string, number>();
  #given = 0;

  constructor(seed: number, lifetime: number, now: () => number) {
    this.#seed = seed;
    this.lifetime = lifetime;
    this.#now = now;
  }

  give(): string {
    for (const [token, end] of this.#ends) if (end <= this.#now()) this.#ends.delete(token);
    const token = opaque(24, this.#seed, "token", this.#given++);
    this.#ends.set(token, this.#now() + this.lifetime * 1000);
    return token;
  }

  isValid(token: string): boolean {
    return this.#now() < (this.#ends.get(token) ?? 0);
  }

  /** Ends one token. */
  end(token: string): void {
    this.#ends.delete(token);
  }

  /** Ends all tokens at once. */
  revoke(): void {
    this.#ends.clear();
  }
}
