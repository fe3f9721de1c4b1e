import { sharedLimiter } from "amili-client/shared";
import {
  BurstyRateLimiter,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
} from "rate-limiter-flexible";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { findPostgres, startPostgres } from "../../scripts/postgres-server.js";
import { useFakeTime } from "../support/fake-time.js";
import { clientWith, json, settle, status } from "../support/stub.js";
import { hasRedis, startRedis } from "./redis-server.js";

describe("sharedLimiter", () => {
  it("admits as many requests a second as the limiter of rate-limiter-flexible", async () => {
    useFakeTime();
    const limiter = sharedLimiter(new RateLimiterMemory({ points: 5, duration: 1 }));
    const { client, sent } = clientWith({ limiter }, () => json({}));
    const start = Date.now();
    await settle(Promise.all(Array.from({ length: 12 }, (_, i) => client.arItems.get(String(i)))));
    const seconds = sent.map(({ at }) => Math.floor((at - start) / 1_000));
    expect(seconds).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2]);
  });

  it("admits bursts", async () => {
    useFakeTime();
    const limiter = sharedLimiter(
      new BurstyRateLimiter(
        new RateLimiterMemory({ points: 2, duration: 1 }),
        new RateLimiterMemory({ keyPrefix: "burst", points: 3, duration: 10 }),
      ),
    );
    const { client, sent } = clientWith({ limiter }, () => json({}));
    const start = Date.now();
    await settle(Promise.all(Array.from({ length: 6 }, (_, i) => client.arItems.get(String(i)))));
    expect(sent.filter(({ at }) => at - start < 1_000)).toHaveLength(5);
  });

  it("stops waiting when its signal aborts", async () => {
    const rateLimiter = new RateLimiterMemory({ points: 1, duration: 3_600 });
    const limiter = sharedLimiter(rateLimiter);
    const controller = new AbortController();
    await limiter.acquire("a", controller.signal);
    const waiting = limiter.acquire("a", controller.signal);
    const reason = new Error("gave up");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it("passes on the failure of the database", async () => {
    const error = new Error("down");
    const limiter = sharedLimiter({ consume: async () => Promise.reject(error) });
    await expect(limiter.acquire("a", new AbortController().signal)).rejects.toBe(error);
  });
});

/** Two clients as in two processes, each with a limiter on the same database. The API throttles the first only. */
async function expectSharedGate(create: () => Promise<RateLimiterAbstract>) {
  const one = clientWith(
    { limiter: sharedLimiter(await create()), maxRetries: 0 },
    status(429, { "retry-after": "30" }),
  );
  const rateLimiter = await create();
  const two = clientWith({ limiter: sharedLimiter(rateLimiter) }, () => json({}));
  await two.client.arItems.get("1");
  await expect(one.client.arItems.get("1")).rejects.toThrow("429");

  const consumed = (count: number) =>
    vi.waitUntil(async () => ((await rateLimiter.get("accountsReceivable"))?.consumedPoints ?? 0) >= count, {
      timeout: 20_000,
      interval: 5,
    });
  await consumed(101);
  const controller = new AbortController();
  const waiting = two.client.arItems.get("2", {}, { signal: controller.signal });
  // It has asked the limiter.
  await consumed(102);
  expect(two.sent).toHaveLength(1);
  controller.abort(new Error("waits"));
  await expect(waiting).rejects.toThrow("waits");
  // Other APIs stay open.
  await two.org.batches.get("b");
}

describe("a 429 closes the gate for other processes", () => {
  it.skipIf(!hasRedis)("with RateLimiterRedis", async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    await expectSharedGate(
      async () => new RateLimiterRedis({ storeClient: redis.connect(), points: 100, duration: 60 }),
    );
  });

  it.skipIf(!findPostgres())("with RateLimiterPostgres", async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const storeClient = postgres.connect();
    await expectSharedGate(
      () =>
        new Promise((resolve, reject) => {
          const limiter = new RateLimiterPostgres(
            { storeClient, points: 100, duration: 60, tableName: "limits", clearExpiredByTimeout: false },
            (error?: Error) => (error ? reject(error) : resolve(limiter)),
          );
        }),
    );
  });
});

it.skipIf(!hasRedis)("calls continue while Redis is down, suspended or restarted", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const storeClient = redis.connect();
  storeClient.on("error", () => {});
  const limiter = sharedLimiter(new RateLimiterRedis({ storeClient, points: 1_000, duration: 1 }));
  const errors: string[] = [];
  const hooks = { onLimiterError: ({ error }: { error: string }) => errors.push(error) };
  const { client } = clientWith({ limiter, hooks, timeout: 200, maxRetries: 0 }, () => json({}));
  await client.arItems.get("1");
  expect(errors).toEqual([]);
  redis.suspend();
  await client.arItems.get("2");
  expect(errors).toEqual(["TimeoutError"]);
  redis.resume();
  await storeClient.ping();
  await client.arItems.get("3");
  expect(errors).toHaveLength(1);
  await redis.crash();
  await client.arItems.get("4");
  expect(errors).toHaveLength(2);
});
