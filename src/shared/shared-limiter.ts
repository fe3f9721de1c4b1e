import { sleep } from "../http/abort.js";
import type { Limiter } from "../http/limiter.js";

/** A limiter of `rate-limiter-flexible`, or what has its methods. */
export interface RateLimiter {
  /** Rejects with `{ msBeforeNext }` when the limit is reached. */
  consume(key: string): Promise<unknown>;
  block?(key: string, seconds: number): Promise<unknown>;
}

/**
 * A `limiter` over one of `rate-limiter-flexible`, which has a key for each API. Its `block` closes the gate for all
 * processes after a 429.
 */
export const sharedLimiter = (rateLimiter: RateLimiter): Limiter => ({
  async acquire(api, signal) {
    for (;;) {
      try {
        return await rateLimiter.consume(api);
      } catch (refused) {
        const delay: unknown = Object(refused).msBeforeNext;
        if (typeof delay !== "number") throw refused;
        await sleep(Math.max(delay, 1), [signal]);
      }
    }
  },
  throttled: async (api, delay) => rateLimiter.block?.(api, Math.ceil(delay / 1000)),
});
