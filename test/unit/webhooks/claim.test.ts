import { createHash } from "node:crypto";
import { createWebhookHandler, type DeliveryStore } from "amili-client/webhooks";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deferred } from "../../support/stub.js";
import { BATCH, memory, post } from "../../webhooks/support.js";

const KEY = `amili-webhook:${createHash("sha256").update(JSON.stringify(BATCH)).digest("hex")}`;
const MINUTE = 60_000;

/** One process: it shares the store, and knows nothing of the others. */
function worker(deduplicate: DeliveryStore, onEvent: () => unknown = () => {}) {
  const onError = vi.fn<(error: unknown) => void>();
  const spy = vi.fn(onEvent);
  const handle = createWebhookHandler({ verify: "unverified", onEvent: spy, onError, deduplicate });
  const deliver = async () => {
    const response = await handle(post({ headers: { IdempotencyKey: "d-1" }, body: JSON.stringify(BATCH) }));
    return response.status;
  };
  return { deliver, onEvent: spy, onError };
}

/** A worker whose onEvent runs until it is resolved or rejected. */
async function slowWorker(store: DeliveryStore) {
  const { promise, resolve, reject } = deferred<void>();
  const slow = worker(store, () => promise);
  const status = slow.deliver();
  await vi.waitUntil(() => slow.onEvent.mock.calls.length === 1, { interval: 0 });
  return { ...slow, status, resolve, reject };
}

/** Expires entries as a store does that heeds `ttl`. */
function expiring() {
  const { held, ...store } = memory();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  store.set.mockImplementation(async (key, value, ttl) => {
    clearTimeout(timers.get(key));
    held.set(key, value);
    timers.set(
      key,
      setTimeout(() => held.delete(key), ttl),
    );
  });
  return { held, ...store };
}

function withoutDelete() {
  const { delete: _, ...store } = memory();
  return store;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});

describe("while onEvent runs, its claim is renewed", () => {
  it.each([
    ["ignores ttl", memory],
    ["expires entries", expiring],
    ["has no delete", withoutDelete],
    ["is a Map", () => new Map<string, string>()],
  ])("in a store that %s", async (_, create) => {
    const store = create();
    const slow = await slowWorker(store);
    const other = worker(store);
    for (let minutes = 0; minutes < 10; minutes++) {
      expect(await other.deliver()).toBe(503);
      await vi.advanceTimersByTimeAsync(MINUTE);
    }
    slow.resolve();
    expect([await slow.status, await other.deliver()]).toEqual([200, 200]);
    expect(other.onEvent).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });

  it("until it fails: a repeat is handled at once", async () => {
    const store = memory();
    const slow = await slowWorker(store);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    slow.reject(new Error("down"));
    expect(await slow.status).toBe(500);
    expect(store.held.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(await worker(store).deliver()).toBe(200);
  });

  it.each(["get", "set"] as const)("until the store fails in %s, which is reported once", async (method) => {
    const store = memory();
    const slow = await slowWorker(store);
    const error = new Error("store is down");
    store[method].mockRejectedValueOnce(error);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(slow.onError.mock.calls).toEqual([[error]]);
    expect(vi.getTimerCount()).toBe(0);

    const other = worker(store);
    expect(await other.deliver()).toBe(503);
    await vi.advanceTimersByTimeAsync(1);
    expect(await other.deliver()).toBe(200);
    slow.resolve();
    expect(await slow.status).toBe(200);
  });

  it("for at most 15 minutes; a minute later a repeat is handled, in the same process too", async () => {
    const store = memory();
    const stuck = await slowWorker(store);
    const other = worker(store);
    await vi.advanceTimersByTimeAsync(16 * MINUTE - 1);
    expect(vi.getTimerCount()).toBe(0);
    expect([await other.deliver(), await stuck.deliver()]).toEqual([503, 503]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await other.deliver()).toBe(200);
    expect(await stuck.deliver()).toBe(200);
    expect(other.onEvent).toHaveBeenCalledOnce();
  });

  it("and not by a process that was killed: its claim expires within a minute", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const store = memory();
    await slowWorker(store);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    // Nothing of a killed process runs.
    clearTimeout(timers.mock.results.at(-1)?.value);
    const other = worker(store);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(await other.deliver()).toBe(503);
    await vi.advanceTimersByTimeAsync(1);
    expect(await other.deliver()).toBe(200);
  });

  it("without keeping a Node process alive", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    await slowWorker(memory());
    const [timer] = timers.mock.results.map(({ value }) => value as NodeJS.Timeout);
    expect(timer?.hasRef()).toBe(false);
  });
});

describe("a claim that another process has taken over", () => {
  /** The first process stalls for longer than its claim holds, and the second claims the delivery. */
  async function takenOver() {
    const store = memory();
    const first = await slowWorker(store);
    vi.setSystemTime(Date.now() + MINUTE + 1);
    const second = await slowWorker(store);
    return { store, first, second };
  }

  it("is not renewed over the other's", async () => {
    const { store, first } = await takenOver();
    const claim = store.held.get(KEY);
    await vi.advanceTimersByTimeAsync(19_999);
    store.set.mockClear();
    await vi.advanceTimersByTimeAsync(1);
    expect(store.set).toHaveBeenCalledTimes(1);
    expect(store.held.get(KEY)).not.toBe(claim);
    first.reject(new Error("down"));
    expect(await first.status).toBe(500);
    expect(store.held.has(KEY)).toBe(true);
  });

  it("is not forgotten when the first fails, nor is what the other has handled", async () => {
    const { store, first, second } = await takenOver();
    second.resolve();
    expect(await second.status).toBe(200);
    first.reject(new Error("down"));
    expect(await first.status).toBe(500);
    expect(store.held.get(KEY)).toBe("handled");
  });

  it("is made again when the store has dropped it and nobody else has claimed", async () => {
    const store = memory();
    await slowWorker(store);
    store.held.clear();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await worker(store).deliver()).toBe(503);
  });
});

it("a renewal in flight does not overwrite the outcome and is the last", async () => {
  const store = memory();
  const slow = await slowWorker(store);
  const { promise, resolve } = deferred<void>();
  store.set.mockImplementationOnce(async (key, value) => {
    await promise;
    store.held.set(key, value);
  });
  await vi.advanceTimersByTimeAsync(20_000);
  slow.resolve();
  await vi.advanceTimersByTimeAsync(0);
  resolve();
  expect(await slow.status).toBe(200);
  expect(store.held.get(KEY)).toBe("handled");
  expect(vi.getTimerCount()).toBe(0);
});
