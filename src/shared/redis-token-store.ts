import type { TokenStore } from "../http/token-store.js";

/** A client of `ioredis` (also of a cluster), or of `redis`. */
export type RedisClient =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(args: string[]): Promise<unknown> };

/** Deletes a lock only while its holder owns it: after the time limit it may be another's. */
const RELEASE = 'if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0';

/** A token store in Redis, with a lock. */
export function redisTokenStore(client: RedisClient): TokenStore {
  const run = (...args: [command: string, ...args: string[]]) =>
    "call" in client ? client.call(...args) : client.sendCommand(args);
  return {
    get: (key) => run("GET", key),
    set: (key, value, ttl) => run("SET", key, value, "PX", String(ttl)),
    delete: (key) => run("DEL", key),
    async lock(key, ttl) {
      const name = `${key}:lock`;
      const owner = crypto.randomUUID();
      const reply = await run("SET", name, owner, "PX", String(ttl), "NX");
      return reply === null ? undefined : () => run("EVAL", RELEASE, "1", name, owner);
    },
  };
}
