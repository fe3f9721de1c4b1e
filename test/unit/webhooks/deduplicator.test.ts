import { createHash } from "node:crypto";
import {
  createWebhookHandler,
  hmacSignature,
  signWebhook,
  WebhookError,
  type WebhookEvent,
  type WebhookHandlerOptions,
} from "amili-client/webhooks";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deferred } from "../../support/stub.js";
import { BATCH, HMAC, memory, post, receiver } from "../../webhooks/support.js";

const keyOf = (body: string) => `amili-webhook:${createHash("sha256").update(body).digest("hex")}`;
const KEY = keyOf(JSON.stringify(BATCH));
const CLAIM = /^handling until \d+$/;

/** Sends a delivery and returns the status of the response. */
async function deliver(
  handle: ReturnType<typeof receiver>["handle"],
  { body = BATCH, idempotencyKey = "d-1" }: { body?: object; idempotencyKey?: string } = {},
): Promise<number> {
  const response = await handle(post(await signWebhook({ ...body }, { ...HMAC, idempotencyKey })));
  return response.status;
}

describe("repeated deliveries", () => {
  it("get the response of the first and are handled once", async () => {
    const { handle, onEvent } = receiver();
    expect([await deliver(handle), await deliver(handle)]).toEqual([200, 200]);
    expect(onEvent).toHaveBeenCalledTimes(1);
  });

  it("are recognized by their body: a captured one is not handled again under other keys", async () => {
    const { handle, onEvent } = receiver();
    for (let n = 0; n < 50; n++) expect(await deliver(handle, { idempotencyKey: `d-${n}` })).toBe(200);
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it("suppress no other event by using its key", async () => {
    const { handle, onEvent } = receiver();
    expect(await deliver(handle, { idempotencyKey: "d-2" })).toBe(200);
    expect(await deliver(handle, { body: { ...BATCH, id: "2" }, idempotencyKey: "d-2" })).toBe(200);
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

  it("without the header, or with an empty one, are recognized too", async () => {
    const { handle, onEvent } = receiver();
    for (const idempotencyKey of [undefined, undefined, "", ""]) {
      const { body, headers } = await signWebhook(BATCH, HMAC);
      const { IdempotencyKey: _, ...rest } = headers;
      const all = idempotencyKey === undefined ? rest : { ...rest, IdempotencyKey: idempotencyKey };
      expect((await handle(post({ body, headers: all }))).status).toBe(200);
    }
    expect(onEvent).toHaveBeenCalledOnce();
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

describe("a store with add", () => {
  /** A store with an atomic add, whose methods take a while. */
  function atomic() {
    const store = memory();
    const later = () => new Promise(setImmediate);
    store.get.mockImplementation(async (key) => {
      await later();
      return store.held.get(key);
    });
    store.set.mockImplementation(async (key, value) => {
      await later();
      store.held.set(key, value);
    });
    const add = vi.fn(async (key: string, value: string, _ttl: number) => {
      await later();
      if (store.held.has(key)) return false;
      store.held.set(key, value);
      return true;
    });
    return { ...store, add };
  }

  it("handles each of 200 deliveries once in two processes that get them at the same moment", async () => {
    const deduplicate = atomic();
    const handled: unknown[] = [];
    const onEvent = vi.fn((event: WebhookEvent) => void handled.push(event.id));
    const processes = [receiver({ deduplicate, onEvent }), receiver({ deduplicate, onEvent })];
    const events = Array.from({ length: 200 }, (_, n) => ({ ...BATCH, id: String(n) }));
    const statuses = await Promise.all(
      events.flatMap((body) => processes.map(({ handle }) => deliver(handle, { body }))),
    );
    expect(handled.toSorted()).toEqual(events.map(({ id }) => id).toSorted());
    // A process that came second responds with 503 as long as the first one may fail.
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it("is asked once, with the claim and its lifetime", async () => {
    const deduplicate = atomic();
    const { handle } = receiver({ deduplicate });
    expect([await deliver(handle), await deliver(handle)]).toEqual([200, 200]);
    expect(deduplicate.add.mock.calls[0]).toEqual([KEY, expect.stringMatching(CLAIM), 60_000]);
    expect(deduplicate.set.mock.calls).toEqual([[KEY, "handled", 604_800_000]]);
  });

  it("leaves an entry that vanishes meanwhile to the process that had it", async () => {
    const deduplicate = atomic();
    deduplicate.add.mockResolvedValueOnce(false);
    const { handle, onEvent } = receiver({ deduplicate });
    expect(await deliver(handle)).toBe(503);
    expect(onEvent).not.toHaveBeenCalled();
    expect(await deliver(handle)).toBe(200);
  });

  it("that keeps expired entries does not block a delivery", async () => {
    const deduplicate = atomic();
    for (const value of ["failed", `handling until ${Date.now() - 1}`]) {
      deduplicate.held.set(KEY, value);
      const { handle, onEvent } = receiver({ deduplicate });
      expect(await deliver(handle)).toBe(200);
      expect(onEvent).toHaveBeenCalledOnce();
    }
  });
});

describe("onEvent that exceeds timeout", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  async function exceeding(onEvent: WebhookHandlerOptions["onEvent"], options: Partial<WebhookHandlerOptions> = {}) {
    const calls = vi.fn(onEvent);
    const { handle, onError, store } = receiver({ timeout: 5000, onEvent: calls, ...options });
    const status = deliver(handle);
    await vi.waitUntil(() => calls.mock.calls.length > 0, { interval: 0 });
    await vi.advanceTimersByTimeAsync(4999);
    const [, , signal] = calls.mock.calls[0] as Parameters<WebhookHandlerOptions["onEvent"]>;
    expect(signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    return { handle, onError, store, calls, signal, status: await status };
  }

  it("gets an aborted signal; the response is 503, and the repeat is handled", async () => {
    const { handle, onError, store, calls, signal, status } = await exceeding(() => new Promise(() => {}));
    expect(status).toBe(503);
    expect(signal.reason).toBeInstanceOf(WebhookError);
    expect(onError.mock.calls).toEqual([[signal.reason]]);
    expect(signal.reason).toMatchObject({ code: "timeout", message: "onEvent took longer than 5000 ms" });
    expect(store.held.size).toBe(0);
    calls.mockResolvedValueOnce(undefined);
    expect(await deliver(handle)).toBe(200);
  });

  it("without a store, too", async () => {
    const onEvent = vi.fn(() => new Promise(() => {}));
    const handle = createWebhookHandler({ verify: hmacSignature(HMAC), onEvent, onError: () => {}, timeout: 5 });
    const status = deliver(handle);
    await vi.waitUntil(() => onEvent.mock.calls.length > 0, { interval: 0 });
    await vi.advanceTimersByTimeAsync(5);
    expect(await status).toBe(503);
  });

  it("and fails because of its signal is reported once; with another error, twice", async () => {
    const failing = (reason?: Error) => (_: unknown, __: unknown, signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(reason ?? signal.reason)));
    expect((await exceeding(failing())).onError).toHaveBeenCalledOnce();
    const other = new Error("rollback failed");
    const { onError } = await exceeding(failing(other));
    expect(onError.mock.calls.flat()).toEqual(expect.arrayContaining([other, expect.any(WebhookError)]));
  });

  it("leaves no timer behind when it does not exceed it", async () => {
    const { handle } = receiver({ timeout: 5000, deduplicate: new Map() });
    expect(await deliver(handle)).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
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
