export { type EncryptionKey, encryptedTokenStore } from "./encrypted-token-store.js";
export {
  type PostgresTokenStore,
  type PostgresTokenStoreOptions,
  postgresTokenStore,
  type TokenPool,
} from "./postgres-token-store.js";
export { type RedisClient, redisTokenStore } from "./redis-token-store.js";
export { type RateLimiter, sharedLimiter } from "./shared-limiter.js";
