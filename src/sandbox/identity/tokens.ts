import { opaque } from "../data/random.js";

/** The tokens that the sandbox issued. */
export class Tokens {
  /** In seconds. */
  readonly lifetime: number;
  readonly #seed: number;
  readonly #now: () => number;
  readonly #expiry = new Map<string, number>();
  #issued = 0;

  constructor(seed: number, lifetime: number, now: () => number) {
    this.#seed = seed;
    this.lifetime = lifetime;
    this.#now = now;
  }

  issue(): string {
    for (const [token, expiry] of this.#expiry) if (expiry <= this.#now()) this.#expiry.delete(token);
    const token = opaque(24, this.#seed, "token", this.#issued++);
    this.#expiry.set(token, this.#now() + this.lifetime * 1000);
    return token;
  }

  isValid(token: string): boolean {
    return this.#now() < (this.#expiry.get(token) ?? 0);
  }

  revoke(token: string): void {
    this.#expiry.delete(token);
  }

  revokeAll(): void {
    this.#expiry.clear();
  }
}
