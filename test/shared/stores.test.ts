import { randomBytes } from "node:crypto";
import type { TokenStore } from "amili-client";
import { ConfigurationError } from "amili-client";
import { encryptedTokenStore, postgresTokenStore, redisTokenStore } from "amili-client/shared";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findPostgres, type PostgresServer, startPostgres } from "../../scripts/postgres-server.js";
import { thrown } from "../support/stub.js";
import { hasRedis, type RedisServer, startRedis } from "./redis-server.js";

/** Whether a lock is free. A lock that was taken is released. */
async function isFree(store: TokenStore, key: string): Promise<boolean> {
  const release = await store.lock?.(key, 60_000);
  await release?.();
  return release !== undefined;
}

/** For busy machines. */
const PATIENT = { timeout: 20_000, interval: 20 };

/** What every store with a lock must do. */
function testStore(create: () => Promise<{ store: TokenStore; other: TokenStore }>): void {
  it("returns what was set, to other processes too, until it is deleted", async () => {
    const { store, other } = await create();
    expect((await store.get("a")) ?? undefined).toBeUndefined();
    await store.set("a", "1", 60_000);
    await store.set("a", "2", 60_000);
    expect(await other.get("a")).toBe("2");
    await store.delete("a");
    expect((await other.get("a")) ?? undefined).toBeUndefined();
  });

  it("forgets a value after its lifetime", async () => {
    const { store } = await create();
    await store.set("a", "1", 1);
    await vi.waitFor(async () => expect((await store.get("a")) ?? undefined).toBeUndefined(), PATIENT);
  });

  it("gives a lock to one, and to the next after its release", async () => {
    const { store, other } = await create();
    const release = await store.lock?.("a", 60_000);
    expect(await isFree(other, "a")).toBe(false);
    expect(await isFree(other, "b")).toBe(true);
    await release?.();
    expect(await isFree(other, "a")).toBe(true);
  });

  it("ends a lock after its time limit; a late release does not end that of the next holder", async () => {
    const { store, other } = await create();
    const late = await store.lock?.("a", 1);
    const next = await vi.waitUntil(() => other.lock?.("a", 60_000), PATIENT);
    await late?.().catch(() => {});
    expect(await isFree(store, "a")).toBe(false);
    await next();
  });
}

describe.skipIf(!hasRedis)("redisTokenStore", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  describe("with ioredis", () =>
    testStore(async () => {
      const client = redis.connect();
      await client.flushall();
      return { store: redisTokenStore(client), other: redisTokenStore(redis.connect()) };
    }));

  describe("with redis", () => {
    const connect = async () => {
      const client = createClient({ url: `redis://127.0.0.1:${redis.port}` });
      clients.push(client);
      await client.connect();
      return client;
    };
    const clients: { destroy(): void }[] = [];
    afterAll(() => clients.forEach((client) => void client.destroy()));
    testStore(async () => {
      const client = await connect();
      await client.flushAll();
      return { store: redisTokenStore(client), other: redisTokenStore(await connect()) };
    });
  });
});

describe.skipIf(!findPostgres())("postgresTokenStore", () => {
  let server: PostgresServer;
  let tables = 0;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const create = async () => {
    const table = `token_${++tables}`;
    const store = postgresTokenStore(server.connect(), { table });
    const other = postgresTokenStore(server.connect(), { table });
    await store.migrate();
    return { store, other };
  };
  testStore(create);

  it("creates its table once, whatever number of processes do", async () => {
    const pool = server.connect();
    const stores = Array.from({ length: 8 }, () => postgresTokenStore(pool, { table: "public.migrated_token" }));
    await Promise.all(stores.map((store) => store.migrate()));
    await stores[0]?.set("a", "1", 1_000);
    await stores[1]?.migrate();
    expect(await stores[1]?.get("a")).toBe("1");
  });

  it("ends the lock of a process whose connections end", async () => {
    const { store, other } = await create();
    const release = await store.lock?.("a", 60_000);
    const pool = server.connect();
    await pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'");
    await vi.waitUntil(() => isFree(other, "a"), PATIENT);
    await expect(release?.()).rejects.toThrow();
  });

  it("gives its connection back, also when the lock is not free", async () => {
    const pool = server.connect(2);
    const store = postgresTokenStore(pool, { table: "token_1" });
    const release = await store.lock?.("kept", 60_000);
    for (let i = 0; i < 5; i++) expect(await isFree(store, "kept")).toBe(false);
    await release?.();
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  it("removes the expired tokens of earlier credentials", async () => {
    const { store } = await create();
    await store.set("old", "1", 1);
    const pool = server.connect();
    const count = () => pool.query(`SELECT 1 FROM token_${tables} WHERE key = 'old'`);
    await vi.waitFor(async () => {
      await store.set("new", "2", 60_000);
      expect((await count()).rows).toEqual([]);
    }, PATIENT);
  });

  it.each(["a;b", "A", "a.b.c", "", "1a", 'a"b'])("refuses the table %j", (table) => {
    const error = thrown(() => postgresTokenStore(server.connect(), { table }), ConfigurationError);
    expect(error.message).toContain("table must be a name");
  });

  it("refuses a pool of one connection, which the lock would keep", () => {
    expect(thrown(() => postgresTokenStore(server.connect(1)), ConfigurationError).message).toContain(
      "two connections",
    );
  });
});

describe("encryptedTokenStore", () => {
  const [key1, key2, key3] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const memory = () => {
    const values = new Map<string, string>();
    return {
      values,
      get: async (key: string) => values.get(key),
      set: async (key: string, value: string, _ttl: number) => values.set(key, value),
      delete: async (key: string) => values.delete(key),
    };
  };

  it("returns what was set, and shows nothing of it", async () => {
    const store = memory();
    const set = vi.spyOn(store, "set");
    const encrypted = encryptedTokenStore(store, key1);
    await encrypted.set("a", "token-æøå", 5_000);
    expect(await encrypted.get("a")).toBe("token-æøå");
    expect(set).toHaveBeenCalledWith("a", expect.any(String), 5_000);
    expect(Buffer.from(store.values.get("a") ?? "", "base64").includes("token")).toBe(false);
    await encrypted.delete("a");
    expect(await encrypted.get("a")).toBeUndefined();
  });

  it("encrypts the same value differently each time", async () => {
    const store = memory();
    const encrypted = encryptedTokenStore(store, key1);
    await encrypted.set("a", "1", 1);
    const first = store.values.get("a");
    await encrypted.set("a", "1", 1);
    expect(store.values.get("a")).not.toBe(first);
  });

  it("decrypts with each key and encrypts with the first", async () => {
    const store = memory();
    await encryptedTokenStore(store, key1).set("a", "1", 1);
    const rotated = encryptedTokenStore(store, [key2, key1]);
    expect(await rotated.get("a")).toBe("1");
    await rotated.set("a", "2", 1);
    expect(await encryptedTokenStore(store, key2).get("a")).toBe("2");
    expect(await encryptedTokenStore(store, key1).get("a")).toBeUndefined();
  });

  it("takes a CryptoKey", async () => {
    const store = memory();
    const key = await crypto.subtle.importKey("raw", key3, "AES-GCM", false, ["encrypt", "decrypt"]);
    await encryptedTokenStore(store, key).set("a", "1", 1);
    expect(await encryptedTokenStore(store, key3).get("a")).toBe("1");
  });

  it("keeps its own copy of a key", async () => {
    const store = memory();
    const given = Uint8Array.from(key1);
    const encrypted = encryptedTokenStore(store, given);
    given.fill(0);
    await encrypted.set("a", "1", 1);
    expect(await encryptedTokenStore(store, key1).get("a")).toBe("1");
  });

  it.each([
    { what: "of another key of the store", change: (values: Map<string, string>) => values.get("b") },
    { what: "that is changed", change: (values: Map<string, string>) => `A${values.get("a")?.slice(1)}` },
    { what: "that is cut", change: (values: Map<string, string>) => values.get("a")?.slice(0, 12) },
    { what: "that is empty", change: () => "" },
    { what: "in plain text", change: () => '{"token":"T1"}' },
  ])("treats a value $what as absent", async ({ change }) => {
    const store = memory();
    const encrypted = encryptedTokenStore(store, [key1, key2]);
    await encrypted.set("a", "1", 1);
    await encrypted.set("b", "2", 1);
    const before = store.values.get("a");
    const changed = change(store.values) ?? "";
    expect(changed).not.toBe(before);
    store.values.set("a", changed);
    expect(await encrypted.get("a")).toBeUndefined();
  });

  it("has a lock where its store has one", async () => {
    expect(encryptedTokenStore(memory(), key1)).not.toHaveProperty("lock");
    const release = async () => {};
    const store = {
      ...memory(),
      held: 0,
      async lock(_key: string, _ttl: number) {
        this.held++;
        return release;
      },
    };
    expect(await encryptedTokenStore(store, key1).lock?.("a", 1)).toBe(release);
    expect(store.held).toBe(1);
  });

  it.each([[[]], [randomBytes(16)], [[key1, randomBytes(31)]], ["0".repeat(32) as never], [null as never]])(
    "refuses an invalid key and does not show it",
    (keys) => {
      const { message } = thrown(() => encryptedTokenStore(memory(), keys), ConfigurationError);
      expect(message).toBe("Each encryption key must have 32 bytes, or be a CryptoKey.");
    },
  );
});
