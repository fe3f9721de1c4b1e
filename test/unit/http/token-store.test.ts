import { createHash } from "node:crypto";
import { ApiError, type TokenEvent, type TokenStore } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useFakeTime } from "../../support/fake-time.js";
import {
  bearer,
  CREDENTIALS,
  clientWith,
  deferred,
  failure,
  isTokenRequest,
  json,
  type Sent,
  settle,
  status,
} from "../../support/stub.js";

type Lock = NonNullable<TokenStore["lock"]>;

/** A store in memory with a lock, as `redisTokenStore` has it. */
function lockingStore() {
  const values = new Map<string, string>();
  let holder: { until: number } | undefined;
  const lock: Lock = async (_, ttl) => {
    if (holder && Date.now() < holder.until) return undefined;
    const own = { until: Date.now() + ttl };
    holder = own;
    return async () => {
      if (holder === own) holder = undefined;
    };
  };
  return {
    values,
    get isLocked() {
      return holder !== undefined && Date.now() < holder.until;
    },
    get: async (key: string) => values.get(key),
    set: async (key: string, value: string, _ttl: number) => values.set(key, value),
    delete: async (key: string) => values.delete(key),
    lock,
  };
}

/** An identity service that takes 200 ms, and an API that refuses revoked tokens. */
function issuing() {
  const revoked = new Set<string | undefined>();
  let issued = 0;
  const reply = async (sent: Sent) => {
    if (!isTokenRequest(sent)) return revoked.has(bearer(sent)) ? status(401) : json({});
    const token = `T${++issued}`;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return json({ access_token: token, expires_in: 3600 });
  };
  return { reply, revoked, count: () => issued };
}

/** A client, as a process would have it. */
const startProcess = (store: TokenStore, reply: (sent: Sent) => Promise<Response>, options = {}) =>
  clientWith({ ...CREDENTIALS, tokenStore: store, ...options }, reply);

const processes = (count: number, ...args: Parameters<typeof startProcess>) =>
  Array.from({ length: count }, () => startProcess(...args));

const callAll = (clients: ReturnType<typeof processes>) =>
  settle(Promise.all(clients.map(({ client }) => client.arItems.get("1"))));

const lastTokens = (clients: ReturnType<typeof processes>) =>
  new Set(clients.map(({ sent }) => bearer(sent.at(-1) as Sent)));

beforeEach(() => {
  useFakeTime();
  // The platform's runs in a thread, whose time the fake timers do not know.
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_, data) => {
    const bytes = createHash("sha256")
      .update(data as Uint8Array)
      .digest();
    return Uint8Array.from(bytes).buffer;
  });
});

describe("with a store that has a lock, processes", () => {
  it("that start at once make one token request", async () => {
    const { reply, count } = issuing();
    const store = lockingStore();
    const clients = processes(20, store, reply);
    await callAll(clients);
    expect(count()).toBe(1);
    expect(lastTokens(clients)).toEqual(new Set(["T1"]));
    expect(store.isLocked).toBe(false);
  });

  it("whose token is refused make one token request, too", async () => {
    const { reply, revoked, count } = issuing();
    const clients = processes(20, lockingStore(), reply);
    await callAll(clients);
    revoked.add("T1");
    await callAll(clients);
    expect(count()).toBe(2);
    expect(lastTokens(clients)).toEqual(new Set(["T2"]));
  });

  it("that start while a refused token is replaced do not get the refused one", async () => {
    const { reply, revoked } = issuing();
    const store = lockingStore();
    const first = startProcess(store, reply);
    await settle(first.client.arItems.get("1"));
    revoked.add("T1");
    const call = first.client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(100);
    const late = startProcess(store, reply);
    await settle(Promise.all([call, late.client.arItems.get("1")]));
    expect(late.sent.map(bearer)).toEqual(["T2"]);
  });

  it("do not wait longer than the lock lasts for one that was killed", async () => {
    const { reply, count } = issuing();
    const store = lockingStore();
    await store.lock("", 10_000);
    const started = Date.now();
    await callAll(processes(5, store, reply));
    expect(count()).toBe(1);
    expect(Date.now() - started).toBeLessThan(10_500);
  });

  it("request the next one after a request has failed", async () => {
    const { reply } = issuing();
    const store = lockingStore();
    let requests = 0;
    const clients = processes(
      2,
      store,
      async (sent) => (isTokenRequest(sent) && ++requests === 1 ? status(503) : reply(sent)),
      { maxRetries: 0 },
    );
    const results = await Promise.allSettled(clients.map(({ client }) => settle(client.arItems.get("1"))));
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(requests).toBe(2);
    expect(store.isLocked).toBe(false);
  });

  it("keep the token that another has stored while they were suspended", async () => {
    const { reply } = issuing();
    const store = lockingStore();
    const response = deferred<Response>();
    const suspended = startProcess(store, async (sent) => (isTokenRequest(sent) ? response.promise : json({})));
    const call = suspended.client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(10_000);
    const next = startProcess(store, reply).client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(1_000);
    const [stored] = store.values.values();
    expect(stored).toContain("T1");
    response.resolve(json({ access_token: "T0", expires_in: 3600 }));
    await settle(Promise.all([call, next]));
    expect([...store.values.values()]).toEqual([stored]);
  });
});

describe("a lock", () => {
  const held: Lock = async () => undefined;
  const hanging: Lock = () => new Promise(() => {});
  const failing: Lock = async () => Promise.reject(new TypeError("SET amili-client:… failed"));
  const throwing: Lock = () => {
    throw new TypeError("not connected");
  };

  it.each([
    { what: "held forever", lock: held, storeError: undefined, delay: 5_000 },
    { what: "that hangs", lock: hanging, storeError: "lock failed: TimeoutError", delay: 5_000 },
    { what: "that fails", lock: failing, storeError: "lock failed: TypeError", delay: 0 },
    { what: "that throws", lock: throwing, storeError: "lock failed: TypeError", delay: 0 },
  ])("$what delays a call by $delay ms with a timeout of 5000", async ({ lock, storeError, delay }) => {
    const { reply } = issuing();
    const events: TokenEvent[] = [];
    const options = { timeout: 5_000, hooks: { onToken: (event: TokenEvent) => events.push(event) } };
    const only = startProcess({ ...lockingStore(), lock }, reply, options);
    const started = Date.now();
    await settle(only.client.arItems.get("1"));
    expect(only.sent[0]?.at).toBeGreaterThanOrEqual(started + delay);
    expect(only.sent[0]?.at).toBeLessThanOrEqual(started + delay + 100);
    expect(events).toEqual([{ source: "identity", expiresIn: 3_600_000, storeError }]);
  });

  it("that is taken too late is released", async () => {
    const { reply } = issuing();
    const late = deferred<() => Promise<unknown>>();
    const release = vi.fn(async () => {});
    const only = startProcess({ ...lockingStore(), lock: () => late.promise }, reply, { timeout: 1_000 });
    await settle(only.client.arItems.get("1"));
    late.resolve(release);
    await vi.runAllTimersAsync();
    expect(release).toHaveBeenCalledTimes(1);
  });

  it("whose release fails does not fail the call", async () => {
    const { reply } = issuing();
    const lock: Lock = async () => async () => Promise.reject(new Error("gone"));
    const only = startProcess({ ...lockingStore(), lock }, reply);
    await settle(only.client.arItems.get("1"));
  });

  it("is released before the error of a token request is reported", async () => {
    const store = lockingStore();
    const only = startProcess(store, async () => status(503), { maxRetries: 0 });
    await failure(only.client.arItems.get("1") as Promise<unknown>, ApiError);
    expect(store.isLocked).toBe(false);
  });
});
