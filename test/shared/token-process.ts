/** A process of a fleet: waits for a line, makes concurrent calls, and prints how many succeeded; then again. */
import { createInterface } from "node:readline";
import { Amili, type TokenStore } from "amili-client";
import { postgresTokenStore, redisTokenStore } from "amili-client/shared";

const [kind = "", address = "", url = ""] = process.argv.slice(2);

async function connectRedis(): Promise<TokenStore> {
  const { Redis } = await import("ioredis");
  return redisTokenStore(new Redis(Number(address), "127.0.0.1"));
}

async function connectPostgres(): Promise<TokenStore> {
  const { default: pg } = await import("pg");
  return postgresTokenStore(new pg.Pool({ host: address, user: "postgres", database: "postgres", max: 3 }));
}

const STORES: Record<string, () => Promise<TokenStore>> = {
  redis: connectRedis,
  postgres: connectPostgres,
};
const tokenStore = await STORES[kind]?.();

const amili = new Amili({
  clientId: "fleet",
  clientSecret: "s3cret-of-the-fleet",
  baseUrls: { identity: url, accountsReceivable: url },
  ...(tokenStore && { tokenStore }),
});

console.log("ready");
for await (const _ of createInterface(process.stdin)) {
  const calls = Array.from({ length: 10 }, (_, i) => amili.accountsReceivable.client(2218).arItems.get(String(i)));
  const results = await Promise.allSettled(calls);
  console.log(results.filter(({ status }) => status === "fulfilled").length);
}
process.exit();
