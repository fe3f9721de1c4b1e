import { createWebhookHandler, hmacSignature, signWebhook } from "amili-client/webhooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { deferred } from "../../support/stub.js";
import { BATCH, HMAC, memory, post, receiver } from "../../webhooks/support.js";

const KEY = "amili-webhook:d-1";
const CLAIM = /^handling until \d+$/;

/** Sends a delivery and returns the status of the response. */
async function deliver(handle: ReturnType<typeof receiver>["handle"], idempotencyKey = "d-1"): Promise<number> {
  const response = await handle(post(await signWebhook(BATCH, { ...HMAC, idempotencyKey })));
  return response.status;
}

describe("repeated deliveries", () => {
  it("get the response of the first and are handled once", async () => {
    const { handle, onEvent } = receiver();
    expect([await deliver(handle), await deliver(handle), await deliver(handle, "d-2")]).toEqual([200, 200, 200]);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });

  it("are recognized by another process that shares the store", async () => {
    const { handle, store } = receiver();
    await deliver(handle);
    const other = receiver({ deduplicate: store });
    expect(await deliver(other.handle)).toBe(200);
    expect(other.onEvent).not.toHaveBeenCalled();
  });

  it("are claimed for a minute while onEvent runs, then stored for a week", async () => {
    const store = memory();
    const onEvent = vi.fn(() => expect(store.held.get(KEY)).toMatch(CLAIM));
    const { handle } = receiver({ deduplicate: store, onEvent });
    expect(await deliver(handle)).toBe(200);
    expect(store.set.mock.calls).toEqual([
      [KEY, expect.stringMatching(CLAIM), 60_000],
      [KEY, "handled", 604_800_000],
    ]);
  });

  it.each(["", { value: null }, 7, "handling", "handling until tomorrow"])(
    "are handled when the store holds %j",
    async (value) => {
      const store = memory();
      store.get.mockImplementation(async () => value as never);
      const { handle, onEvent } = receiver({ deduplicate: store });
      expect(await deliver(handle)).toBe(200);
      expect(onEvent).toHaveBeenCalledTimes(1);
    },
  );

  it("are handled a minute after their process was killed, with a store that ignores ttl", async () => {
    // Without timers the first process renews nothing, as if it was killed.
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const store = memory();
    void deliver(receiver({ deduplicate: store, onEvent: () => new Promise(() => {}) }).handle);
    await vi.waitUntil(() => store.held.has(KEY), { interval: 0 });

    const { handle, onEvent } = receiver({ deduplicate: store });
    vi.setSystemTime(Date.now() + 59_000);
    expect(await deliver(handle)).toBe(503);
    vi.setSystemTime(Date.now() + 1_001);
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledTimes(1);
  });

  it("without the header, or with an empty one, are handled each time", async () => {
    const { handle, onEvent, store } = receiver();
    for (const idempotencyKey of [undefined, undefined, "", ""]) {
      const { body, headers } = await signWebhook(BATCH, HMAC);
      const { IdempotencyKey: _, ...rest } = headers;
      const all = idempotencyKey === undefined ? rest : { ...rest, IdempotencyKey: idempotencyKey };
      expect((await handle(post({ body, headers: all }))).status).toBe(200);
    }
    expect(onEvent).toHaveBeenCalledTimes(4);
    expect(store.get).not.toHaveBeenCalled();
  });

  it("are all handled without a store", async () => {
    const onEvent = vi.fn();
    const handle = createWebhookHandler({ verify: hmacSignature(HMAC), onEvent });
    expect([await deliver(handle), await deliver(handle)]).toEqual([200, 200]);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });

  it("do not count as handled when they were refused", async () => {
    const { handle, onEvent } = receiver();
    const { body, headers } = await signWebhook(BATCH, { ...HMAC, idempotencyKey: "d-1" });
    expect((await handle(post({ body: `${body} `, headers }))).status).toBe(401);
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it.each([
    ["a Map", new Map<string, string>()],
    ["a store that returns null for unknown keys", Object.assign(memory(), { get: async () => null })],
  ])("work with %s", async (_, deduplicate) => {
    const { handle, onEvent } = receiver({ deduplicate });
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledOnce();
  });
});

describe("concurrent deliveries", () => {
  it("of one event are handled once and get the same response", async () => {
    const { promise, resolve } = deferred<void>();
    const onEvent = vi.fn(() => promise);
    const { handle } = receiver({ onEvent });
    const statuses = Promise.all(Array.from({ length: 10 }, () => deliver(handle)));
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled());
    resolve();
    expect(await statuses).toEqual(Array(10).fill(200));
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it("share a failure, which is reported once, and the next is handled", async () => {
    const { promise, reject } = deferred<void>();
    const onEvent = vi.fn<() => unknown>(() => promise);
    const verify = vi.fn(() => true);
    const { handle, onError } = receiver({ onEvent, verify });
    const statuses = Promise.all([deliver(handle), deliver(handle)]);
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled());
    await vi.waitFor(() => expect(verify).toHaveBeenCalledTimes(2));
    // Lets the second join the first.
    await new Promise(setImmediate);
    reject(new Error("down"));
    expect(await statuses).toEqual([500, 500]);
    expect(onError).toHaveBeenCalledOnce();
    onEvent.mockReturnValue(undefined);
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });

  it("in two processes: the second responds with 503 until the first has settled", async () => {
    const store = memory();
    const { promise, reject } = deferred<void>();
    const first = receiver({ deduplicate: store, onEvent: () => promise });
    const second = receiver({ deduplicate: store });
    const status = deliver(first.handle);
    await vi.waitFor(() => expect(store.held.get(KEY)).toMatch(CLAIM));

    const later = await second.handle(post(await signWebhook(BATCH, { ...HMAC, idempotencyKey: "d-1" })));
    expect([later.status, later.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(second.onEvent).not.toHaveBeenCalled();

    reject(new Error("killed"));
    expect(await status).toBe(500);
    expect(await deliver(second.handle)).toBe(200);
    expect(second.onEvent).toHaveBeenCalledOnce();
  });
});

describe("a delivery that failed", () => {
  it("is removed, so that its repeat is handled", async () => {
    const onEvent = vi.fn<() => unknown>().mockRejectedValueOnce(new Error("down"));
    const { handle, store } = receiver({ onEvent });
    expect(await deliver(handle)).toBe(500);
    expect(store.held.size).toBe(0);
    expect(await deliver(handle)).toBe(200);
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });

  it("is marked as failed in a store without delete", async () => {
    const { delete: _, ...store } = memory();
    const onEvent = vi.fn<() => unknown>().mockRejectedValueOnce(new Error("down"));
    const { handle } = receiver({ onEvent, deduplicate: store });
    expect(await deliver(handle)).toBe(500);
    expect(store.held.get(KEY)).toBe("failed");
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });
});

describe("a store that fails", () => {
  const error = new Error("store is down");

  it.each(["get", "set"] as const)("in %s loses no event: 500, and nothing is handled", async (method) => {
    const { handle, onEvent, onError, store } = receiver();
    store[method].mockRejectedValueOnce(error);
    expect(await deliver(handle)).toBe(500);
    expect(onEvent).not.toHaveBeenCalled();
    expect(onError.mock.calls).toEqual([[error]]);
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it("after the event was handled does not change the response: 200", async () => {
    const { handle, onEvent, onError, store } = receiver();
    store.set.mockResolvedValueOnce(undefined).mockRejectedValueOnce(error);
    expect(await deliver(handle)).toBe(200);
    expect(onEvent).toHaveBeenCalledOnce();
    expect(onError.mock.calls).toEqual([[error]]);
  });

  it("in delete leaves a claim that expires", async () => {
    const failure = new Error("down");
    const { handle, onError, store } = receiver({ onEvent: () => Promise.reject(failure) });
    store.delete.mockRejectedValueOnce(error);
    expect(await deliver(handle)).toBe(500);
    expect(onError.mock.calls).toEqual([[failure], [error]]);
    expect(await deliver(handle)).toBe(503);
  });

  it("may throw as well as reject", async () => {
    const { handle, onError } = receiver({
      deduplicate: {
        get: () => {
          throw error;
        },
        set: () => {},
      },
    });
    expect(await deliver(handle)).toBe(500);
    expect(onError).toHaveBeenCalledWith(error);
  });
});
