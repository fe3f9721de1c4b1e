import { createHash } from "node:crypto";
import {
  Amili,
  ApiError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  TimeoutError,
  type TokenEvent,
  type TokenStore,
} from "amili-client";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { tokenKey } from "../../../src/http/tokens.js";
import { chain, everything } from "../../support/secrets.js";
import { serve } from "../../support/server.js";
import {
  bearer,
  CREDENTIALS,
  clientWith,
  deferred,
  failure,
  hang,
  identityAnd,
  isTokenRequest,
  json,
  type Sent,
  settle,
  status,
  stubFetch,
  thrown,
} from "../../support/stub.js";
import { reaching } from "../../support/transport.js";

const HOUR = 3_600_000;
const KEY = "amili-client:5e5b50ffd9e721af78edcf2af171f7223f2a4dcffb056d89587b7299f13ee833";

const tokenRequests = (sent: Sent[]) => sent.filter(isTokenRequest);
const tokensSent = (sent: Sent[]) => sent.filter((s) => !isTokenRequest(s)).map(bearer);

/** Answers 401 to these tokens, else an empty object. */
const refusing =
  (...tokens: string[]) =>
  (sent: Sent) =>
    tokens.includes(bearer(sent) ?? "") ? json({ error: "unauthorized" }, { status: 401 }) : json({});

/** A store in memory, as a Keyv behaves. */
function memoryStore(): TokenStore & { values: Map<string, { value: string; ttl: number }> } {
  const values = new Map<string, { value: string; ttl: number }>();
  return {
    values,
    get: async (key) => values.get(key)?.value,
    set: async (key, value, ttl) => values.set(key, { value, ttl }),
    delete: async (key) => values.delete(key),
  };
}

const storedToken = (store: ReturnType<typeof memoryStore>) => JSON.parse(store.values.get(KEY)?.value ?? "{}").token;

beforeEach(() => {
  vi.useFakeTimers();
  // The platform's runs in a thread, whose time the fake timers do not know.
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_, data) => {
    const bytes = createHash("sha256")
      .update(data as Uint8Array)
      .digest();
    return Uint8Array.from(bytes).buffer;
  });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
describe("the token request", () => {
  it("sends the client credentials as a form before the first call, which gets the token", async () => {
    const { client, sent } = clientWith({ clientId: "id 1&x", clientSecret: "s=c+r ø" }, identityAnd(refusing()));
    await client.arItems.get("1");
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST https://auth.amili.no/token",
      "GET https://api.amili.no/arm/v1/clients/2218/aritems/1",
    ]);
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "id 1&x",
      client_secret: "s=c+r ø",
    });
    expect(sent[0]?.headers.has("authorization")).toBe(false);
    expect(sent[1]?.headers.get("authorization")).toBe("Bearer T1");
  });
});

describe("a token is cached until shortly before it expires", () => {
  it.each([
    { grant: { expires_in: 3600 }, until: 3_540_000 },
    { grant: { expires_in: 100 }, until: 90_000 },
    { grant: { expires_in: "3600" }, until: 3_540_000 },
    { grant: { expires_in: 3600, expires_on: 5, not_before: 9e12 }, until: 3_540_000 },
  ])("$grant: $until ms", async ({ grant, until }) => {
    const { client, sent } = clientWith(CREDENTIALS, identityAnd(refusing(), grant));
    await client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(until - 1);
    await client.arItems.get("1");
    expect(tokenRequests(sent)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1", "T1", "T2"]);
  });

  it("counted from the request, not from the response", async () => {
    let issued = 0;
    const { client, sent } = clientWith(CREDENTIALS, async (request) => {
      if (!isTokenRequest(request)) return json({});
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      return json({ access_token: `T${++issued}`, expires_in: 3600 });
    });
    await settle(client.arItems.get("1"));
    await vi.advanceTimersByTimeAsync(3_520_000);
    await settle(client.arItems.get("1"));
    expect(tokensSent(sent)).toEqual(["T1", "T2"]);
  });

  it("by the local clock, whatever the server's dates are", async () => {
    vi.setSystemTime("2001-01-01");
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd(refusing(), { expires_in: 3600, not_before: 1_790_000_000, expires_on: 1_790_003_600 }),
    );
    await client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(HOUR / 2);
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1", "T1"]);
  });

  it.each([
    {},
    { expires_in: null },
    { expires_in: "soon" },
    { expires_in: "" },
    { expires_in: -1 },
    { expires_in: 0 },
    { expires_in: true },
    { expires_in: [3600] },
    { expires_in: "1e999" },
  ])("with an unknown lifetime (%j): for less than 5 minutes", async (grant) => {
    const { client, sent } = clientWith(CREDENTIALS, identityAnd(refusing(), grant));
    await client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(269_999);
    await client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(1);
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1", "T1", "T2"]);
  });
});

describe("concurrent calls share one token request", () => {
  it("across APIs", async () => {
    const response = deferred<Response>();
    const { client, org, sent } = clientWith(CREDENTIALS, (s) => (isTokenRequest(s) ? response.promise : json({})));
    const calls = [
      ...Array.from({ length: 50 }, (_, i) => client.arItems.get(String(i))),
      org.batches.get("b"),
      org.invoices.create([]),
    ];
    await vi.advanceTimersByTimeAsync(10);
    response.resolve(json({ access_token: "T1", expires_in: 3600 }));
    await Promise.all(calls);
    expect(tokenRequests(sent)).toHaveLength(1);
    expect(new Set(tokensSent(sent))).toEqual(new Set(["T1"]));
    expect(tokensSent(sent)).toHaveLength(52);
  });

  it("that fails all of them; the next call requests again after a backoff", async () => {
    const { client, sent } = clientWith(
      { ...CREDENTIALS, maxRetries: 0 },
      json({ error: "invalid_client" }, { status: 401 }),
      identityAnd(refusing()),
    );
    const results = await Promise.allSettled([client.arItems.get("1"), client.arItems.get("2")]);
    expect(results.map((r) => r.status)).toEqual(["rejected", "rejected"]);
    expect(sent).toHaveLength(1);
    await settle(client.arItems.get("3"));
    expect(tokensSent(sent)).toEqual(["T1"]);
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBe(250);
  });

  it("which continues when one caller aborts", async () => {
    const response = deferred<Response>();
    const { client, sent } = clientWith(CREDENTIALS, (s) => (isTokenRequest(s) ? response.promise : json({})));
    const controller = new AbortController();
    const left = client.arItems.get("1", {}, { signal: controller.signal });
    const stays = client.arItems.get("2");
    const reason = new Error("gave up");
    controller.abort(reason);
    await expect(left).rejects.toBe(reason);
    expect(sent[0]?.signal.aborted).toBe(false);
    response.resolve(json({ access_token: "T1" }));
    await expect(stays).resolves.toEqual({});
    expect(sent).toHaveLength(2);
  });

  it("that never settles: the next call after an abort makes its own", async () => {
    let requests = 0;
    const { client, sent } = clientWith(CREDENTIALS, (s) =>
      isTokenRequest(s) && ++requests === 1 ? new Promise<never>(() => {}) : identityAnd(refusing())(s),
    );
    const controller = new AbortController();
    const first = expect(client.arItems.get("1", {}, { signal: controller.signal })).rejects.toThrow("enough");
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(new Error("enough"));
    await first;
    const start = Date.now();
    await Promise.all([client.arItems.get("2"), client.arItems.get("3")]);
    expect(Date.now()).toBe(start);
    expect(tokenRequests(sent)).toHaveLength(2);
    expect(tokensSent(sent)).toEqual(["T1", "T1"]);
  });

  it("for timeout at most: a waiting call makes its own then", async () => {
    // The promises of a worker's context that has ended never settle, and neither do its timers.
    const timers = vi.spyOn(globalThis, "setTimeout");
    const { client, sent } = clientWith({ ...CREDENTIALS, timeout: 1000 }, (s) =>
      isTokenRequest(s) && tokenRequests(sent).length === 1 ? new Promise<never>(() => {}) : identityAnd(refusing())(s),
    );
    timers.mockImplementationOnce(() => 0 as unknown as ReturnType<typeof setTimeout>);
    client.arItems.get("1").catch(() => {});
    await vi.advanceTimersByTimeAsync(10);
    timers.mockRestore();
    const waiting = client.arItems.get("2");
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(tokenRequests(sent)).toHaveLength(2);
    expect(tokensSent(sent)).toEqual(["T1"]);
  });

  it("and one new token after it was refused, in any order of responses", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 8 }), async (scheduler, count) => {
        const { client, sent } = clientWith(
          CREDENTIALS,
          identityAnd(async (s) => {
            await scheduler.schedule(Promise.resolve());
            return refusing("T1")(s);
          }),
        );
        const calls = Array.from({ length: count }, (_, i) => client.arItems.get(String(i)));
        await scheduler.waitFor(Promise.all(calls));
        expect(tokenRequests(sent)).toHaveLength(2);
        expect(tokensSent(sent).filter((token) => token === "T2")).toHaveLength(count);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a 401 invalidates the token", () => {
  it("and the call is repeated with a new one, a POST with the same body", async () => {
    const { org, sent } = clientWith(CREDENTIALS, identityAnd(refusing("T1")));
    await org.invoices.create([{ invoiceNumber: "7" } as never]);
    expect(tokensSent(sent)).toEqual(["T1", "T2"]);
    expect(sent[3]?.body).toBe(sent[1]?.body);
    expect(sent[3]?.body).toBe('{"invoices":[{"invoiceNumber":"7"}]}');
  });

  it("without counting as a retry, and without a delay", async () => {
    const start = Date.now();
    const { client, sent } = clientWith(
      { ...CREDENTIALS, maxRetries: 1 },
      identityAnd((s) => (tokensSent(sent).length === 2 ? status(503) : refusing("T1")(s))),
    );
    await settle(client.arItems.get("1"));
    expect(tokensSent(sent)).toEqual(["T1", "T2", "T2"]);
    expect(Date.now() - start).toBe(250);
  });

  it("but not a newer one, when the 401 is late", async () => {
    const late = deferred<void>();
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd(async (s) => {
        if (s.url.pathname.endsWith("/late")) await late.promise;
        return refusing("T1")(s);
      }),
    );
    const slow = client.arItems.get("late");
    await client.arItems.get("1");
    late.resolve();
    await slow;
    await client.arItems.get("2");
    expect(tokenRequests(sent)).toHaveLength(2);
  });

  it("but not its replacement moments later, so that a resource that always answers 401 does not cost a token a call", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd((s) => (s.url.pathname.endsWith("/bad") ? status(401) : json({}))),
    );
    for (let n = 0; n < 100; n++) {
      await failure(client.arItems.get("bad"), AuthenticationError);
      await client.arItems.get("good");
    }
    expect(tokenRequests(sent)).toHaveLength(2);
    // A call is repeated once all the same, since a 401 can pass.
    expect(sent.length - tokenRequests(sent).length).toBe(300);
  });

  it("also moments later if it was accepted and is then refused in a row, as one that was revoked", async () => {
    let revoked = "";
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd((s) => (s.url.pathname.endsWith("/bad") || bearer(s) === revoked ? status(401) : json({}))),
    );
    await failure(client.arItems.get("bad"), AuthenticationError);
    await client.arItems.get("good");
    revoked = "T2";
    for (let n = 0; n < 2; n++) await failure(client.arItems.get("good"), AuthenticationError);
    await client.arItems.get("good");
    expect(tokenRequests(sent)).toHaveLength(3);
  });

  it("again after a while, which grows to a minute", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => status(401)),
    );
    const start = Date.now();
    for (let second = 0; second < 240; second++) {
      await failure(client.arItems.get("bad"), AuthenticationError);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(tokenRequests(sent).map(({ at }) => (at - start) / 1000)).toEqual([0, 0, 5, 15, 35, 75, 135, 195]);
  });
});

describe("a second 401 is an AuthenticationError", () => {
  it("with the ApiError as its cause", async () => {
    const { client, sent } = clientWith(CREDENTIALS, identityAnd(refusing("T1", "T2", "T3")));
    const error = await failure(client.arItems.get("1"), AuthenticationError);
    expect(error).toMatchObject({ code: "token_refused", status: 401 });
    expect(error.cause).toBeInstanceOf(ApiError);
    expect(error.cause).toMatchObject({ status: 401, attempts: 2, body: { error: "unauthorized" } });
    expect(tokensSent(sent)).toEqual(["T1", "T2"]);
  });

  it("the first one is, where accessToken is a string", async () => {
    const { client, sent } = clientWith({ accessToken: "mine" }, refusing("mine"));
    const error = await failure(client.arItems.get("1"), AuthenticationError);
    expect(error).toMatchObject({ code: "token_refused", status: 401 });
    expect(sent).toHaveLength(1);
  });
});

describe("only configured base URLs get the token", () => {
  it("redirects are not followed", async () => {
    vi.useRealTimers();
    const target = await serve((_, response) => response.end("{}"));
    for (const code of [301, 302, 303, 307, 308]) {
      const { url } = await serve((_, response) => {
        response.writeHead(code, { location: `${target.url}/elsewhere` }).end();
      });
      const amili = new Amili({ accessToken: "T", ...reaching(url) });
      const error = await failure(amili.accountsReceivable.client(1).arItems.get("1"), ApiError);
      expect(error).toMatchObject({ status: code, attempts: 1 });
      expect(error.message).toContain("redirects are not followed");
    }
    expect(target.seen.requests).toBe(0);
  });

  it("pagination links are parsed, not fetched", async () => {
    const { client, sent } = clientWith(
      {},
      json({ customers: [1], summary: { nextPage: "https://evil.invalid/steal?query=q7&pageno=2&x=y" } }),
      json({ customers: [2] }),
    );
    await client.customers.list({ pagesize: 1 }).toArray();
    expect(sent.map(({ url }) => url.href)).toEqual([
      "https://api.amili.no/arm/v1/clients/2218/customers?pagesize=1",
      "https://api.amili.no/arm/v1/clients/2218/customers?query=q7&pageno=2",
    ]);
  });

  it("the identity service gets none", async () => {
    const { amili, sent } = clientWith({ accessToken: "mine" }, json({ access_token: "other" }));
    await amili.identity.token({ grant_type: "client_credentials", client_id: "a", client_secret: "b" });
    expect(sent[0]?.headers.has("authorization")).toBe(false);
  });
});

describe("tokenStore", () => {
  it("shares a token for its lifetime", async () => {
    const store = memoryStore();
    const one = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing()));
    await one.client.arItems.get("1");
    expect([...store.values.keys()]).toEqual([KEY]);
    expect(store.values.get(KEY)?.ttl).toBe(3_540_000);
    const two = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing()));
    await two.client.arItems.get("1");
    expect(tokenRequests(two.sent)).toHaveLength(0);
    expect(tokensSent(two.sent)).toEqual(["T1"]);
  });

  it("is read once while the token is valid", async () => {
    const store = memoryStore();
    const get = vi.spyOn(store, "get");
    const { client } = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing()));
    await Promise.all([client.arItems.get("1"), client.arItems.get("2")]);
    await client.arItems.get("3");
    expect(get).toHaveBeenCalledTimes(1);
  });

  it("provides a token until shortly before it expires", async () => {
    const store = memoryStore();
    await clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing())).client.arItems.get("1");
    const { client, sent } = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing()));
    await vi.advanceTimersByTimeAsync(3_539_999);
    await client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(1);
    await client.arItems.get("2");
    expect(tokenRequests(sent)).toHaveLength(1);
  });

  it("has a key per identity service, client id and secret, which does not contain them", async () => {
    const store = memoryStore();
    for (const options of [
      CREDENTIALS,
      { ...CREDENTIALS, clientId: "id-2" },
      { ...CREDENTIALS, environment: "staging" as const },
    ]) {
      await clientWith({ ...options, tokenStore: store }, identityAnd(refusing())).client.arItems.get("1");
    }
    expect(new Set(store.values.keys()).size).toBe(3);
    expect(store.values.has(KEY)).toBe(true);
    for (const key of store.values.keys()) expect(key).toMatch(/^amili-client:[0-9a-f]{64}$/);
  });

  it("has the same key with the platform's own digest", async () => {
    vi.mocked(crypto.subtle.digest).mockRestore();
    expect(await tokenKey("https://auth.amili.no", CREDENTIALS.clientId, CREDENTIALS.clientSecret)).toBe(KEY);
  });

  it("gives no token to a process that does not know the secret", async () => {
    const store = memoryStore();
    await clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing())).client.arItems.get("1");
    const { client, sent } = clientWith({ ...CREDENTIALS, clientSecret: "wrong", tokenStore: store }, () =>
      status(401),
    );
    await expect(client.arItems.get("1")).rejects.toBeInstanceOf(AuthenticationError);
    expect(sent.map(isTokenRequest)).toEqual([true]);
  });

  it("gets the new token instead of the refused one", async () => {
    const store = memoryStore();
    const removed = vi.spyOn(store, "delete");
    const { client, sent } = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing("T1")));
    await client.arItems.get("1");
    expect(removed).toHaveBeenCalledExactlyOnceWith(KEY);
    expect(storedToken(store)).toBe("T2");
    expect(tokensSent(sent)).toEqual(["T1", "T2"]);
  });

  it("provides, after a 401, the token that another process has stored since", async () => {
    const store = memoryStore();
    const removed = vi.spyOn(store, "delete");
    const { client, sent } = clientWith(
      { ...CREDENTIALS, tokenStore: store },
      identityAnd((s) => {
        if (bearer(s) !== "T1") return json({});
        store.values.set(KEY, { value: JSON.stringify({ token: "T9", expiresAt: Date.now() + HOUR }), ttl: HOUR });
        return status(401);
      }),
    );
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1", "T9"]);
    expect(tokenRequests(sent)).toHaveLength(1);
    expect(removed).not.toHaveBeenCalled();
  });

  it("that cannot delete does not provide the refused token again", async () => {
    const store = { ...memoryStore(), delete: async () => Promise.reject(new Error("read only")) };
    const { client, sent } = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing("T1")));
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1", "T2"]);
  });

  it("gets no token with an unknown lifetime", async () => {
    const store = memoryStore();
    const { client } = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing(), {}));
    await client.arItems.get("1");
    expect(store.values.size).toBe(0);
  });

  it.each([
    undefined,
    null,
    "",
    "not JSON",
    "null",
    "7",
    "{}",
    '{"token":7,"expiresAt":9e15}',
    '{"token":"T8"}',
    '{"token":"T8","expiresAt":"never"}',
    { token: "T8", expiresAt: 9e15 },
    '{"token":"T8","expiresAt":0}',
    '{"token":"","expiresAt":9e15}',
    '{"token":"T8\\nx: y","expiresAt":9e15}',
    '{"token":"T8 T8","expiresAt":9e15}',
    '{"token":"Tø","expiresAt":9e15}',
  ])("is ignored where it holds %j", async (value) => {
    const store = { ...memoryStore(), get: async () => value };
    const { client, sent } = clientWith({ ...CREDENTIALS, tokenStore: store }, identityAnd(refusing()));
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1"]);
  });

  it.each(["get", "set", "delete"] as const)("is not needed when %s fails", async (method) => {
    const events: TokenEvent[] = [];
    for (const failing of [
      async () => Promise.reject(new Error("down")),
      () => {
        throw new Error("down");
      },
    ]) {
      const { client, sent } = clientWith(
        {
          ...CREDENTIALS,
          tokenStore: { ...memoryStore(), [method]: failing },
          hooks: { onToken: (e) => events.push(e) },
        },
        identityAnd(refusing("T1")),
      );
      await client.arItems.get("1");
      expect(tokensSent(sent)).toEqual(["T1", "T2"]);
    }
    if (method !== "delete") expect(events[0]?.storeError).toContain(`${method} failed`);
  });

  it.each(["get", "set", "delete"] as const)("is not needed when %s hangs, after timeout", async (method) => {
    const events: TokenEvent[] = [];
    const tokenStore = { ...memoryStore(), [method]: () => new Promise<never>(() => {}) };
    const { client, sent } = clientWith(
      { ...CREDENTIALS, tokenStore, timeout: 5_000, hooks: { onToken: (e) => events.push(e) } },
      identityAnd(refusing("T1")),
    );
    const call = client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(4_999);
    expect(tokensSent(sent)).not.toContain("T2");
    await settle(call);
    expect(tokensSent(sent)).toEqual(["T1", "T2"]);
    if (method !== "delete") expect(events[0]?.storeError).toBe(`${method} failed: TimeoutError`);
  });

  it("that hangs does not delay an abort", async () => {
    const tokenStore = { ...memoryStore(), delete: () => new Promise<never>(() => {}) };
    const { client, sent } = clientWith({ ...CREDENTIALS, tokenStore }, identityAnd(refusing("T1")));
    const controller = new AbortController();
    const call = client.arItems.get("1", {}, { signal: controller.signal });
    await vi.waitFor(() => expect(tokensSent(sent)).toEqual(["T1"]));
    await vi.advanceTimersByTimeAsync(0);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(tokensSent(sent)).toEqual(["T1"]);
  });

  it.each([
    {
      what: "set",
      store: { set: async (key: string, value: string) => Promise.reject(new Error(`SET ${key} ${value} failed`)) },
      secret: "T1",
    },
    {
      what: "get",
      store: { get: async () => Promise.reject(new Error('cannot read {"token":"T-of-another-process"}')) },
      secret: "T-of-another-process",
    },
  ])("does not disclose a token when the error of $what quotes it", async ({ store, secret }) => {
    const events: TokenEvent[] = [];
    const { client, sent } = clientWith(
      { ...CREDENTIALS, tokenStore: { ...memoryStore(), ...store }, hooks: { onToken: (e) => events.push(e) } },
      identityAnd(refusing()),
    );
    await client.arItems.get("1");
    expect(tokensSent(sent)).toEqual(["T1"]);
    expect(events[0]?.storeError).toBeDefined();
    expect(everything(events)).not.toContain(secret);
  });
});

describe("accessToken", () => {
  it("is called before every attempt, with the refused token", async () => {
    const accessToken = vi.fn(async (refused: string | undefined) => (refused ? `${refused}+` : "A"));
    const { client, sent } = clientWith({ accessToken }, status(503), refusing("A"), refusing("A"));
    await settle(client.arItems.get("1"));
    expect(accessToken.mock.calls).toEqual([[undefined], [undefined], ["A"]]);
    expect(sent.map(bearer)).toEqual(["A", "A", "A+"]);
  });

  it("may be a synchronous function", async () => {
    const { client, sent } = clientWith({ accessToken: () => "A" }, json({}));
    await client.arItems.get("1");
    expect(sent.map(bearer)).toEqual(["A"]);
  });

  it("that returns the refused token again ends the call", async () => {
    const { client, sent } = clientWith({ accessToken: async () => "A" }, refusing("A"));
    await failure(client.arItems.get("1"), AuthenticationError);
    expect(sent).toHaveLength(1);
  });

  it("that fails is an AuthenticationError, and nothing is sent", async () => {
    const cause = new Error("vault is sealed");
    const { client, sent } = clientWith({ accessToken: () => Promise.reject(cause) });
    const error = await failure(client.arItems.get("1"), AuthenticationError);
    expect(error).toMatchObject({ code: "access_token_failed", cause });
    expect(sent).toHaveLength(0);
  });

  it("may take as long as an attempt", async () => {
    const start = Date.now();
    const { client, sent } = clientWith({ accessToken: () => new Promise<string>(() => {}), timeout: 5_000 });
    const error = await failure(client.arItems.get("1"), AuthenticationError);
    expect(error).toMatchObject({ code: "access_token_failed", cause: { name: "TimeoutError" } });
    expect(Date.now()).toBe(start + 5_000);
    expect(sent).toHaveLength(0);
  });

  it("is not waited for after an abort", async () => {
    const { client, sent } = clientWith({ accessToken: () => new Promise<string>(() => {}) });
    const reason = new Error("enough");
    const controller = new AbortController();
    const call = client.arItems.get("1", {}, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(sent).toHaveLength(0);
  });

  it.each(["", "secret secret", "secret\nsecret", "secret\r\nx-evil: 1", "Bearer secret", "sécret", "secret\u0000"])(
    "%j is refused, unquoted",
    async (token) => {
      const early = thrown(() => new Amili({ accessToken: token }), ConfigurationError);
      const { client, sent } = clientWith({ accessToken: async () => token });
      const late = await failure(client.arItems.get("1"), ConfigurationError);
      expect(sent).toHaveLength(0);
      for (const error of [early, late]) expect(everything(error)).not.toMatch(/s[eé]cret/);
    },
  );

  it.each([undefined, null, 7, {}])("%j from the function is refused", async (token) => {
    const { client, sent } = clientWith({ accessToken: async () => token as unknown as string });
    await failure(client.arItems.get("1"), ConfigurationError);
    expect(sent).toHaveLength(0);
  });
});

describe("the wait for a token", () => {
  const hangingIdentity = (sent: Sent) => (isTokenRequest(sent) ? hang(sent) : json({}));

  it.each([
    { options: { timeout: 500, maxRetries: 0 }, ends: 500 },
    // As long as the attempts and the longest delays between them.
    { options: { timeout: 500, maxRetries: 2 }, ends: 3_000 },
    { options: { timeout: 500 }, ends: 3_000 },
  ])("is limited by the call's $options to $ends ms", async ({ options, ends }) => {
    const { client, sent } = clientWith(CREDENTIALS, hangingIdentity);
    const start = Date.now();
    const call = client.arItems.get("1", {}, options).catch((error: unknown) => ({ error, at: Date.now() - start }));
    await vi.advanceTimersByTimeAsync(ends);
    const { error, at } = (await call) as { error: TimeoutError; at: number };
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ path: "/clients/{clientno}/aritems/{aritemid}", timeout: ends, attempts: 0 });
    expect(error.message).toContain(`timed out after ${ends} ms waiting for a token (0 attempts)`);
    expect(at).toBe(ends);
    expect(sent).toHaveLength(1);
  });

  it("that a call gives up goes on for the others, and is not started anew", async () => {
    const response = deferred<Response>();
    const { client, sent } = clientWith(CREDENTIALS, (s) => (isTokenRequest(s) ? response.promise : json({})));
    const impatient = { timeout: 500, maxRetries: 0 };
    for (let n = 0; n < 3; n++) {
      const call = expect(client.arItems.get("1", {}, impatient)).rejects.toBeInstanceOf(TimeoutError);
      await vi.advanceTimersByTimeAsync(500);
      await call;
    }
    expect(sent).toHaveLength(1);
    const patient = client.arItems.get("2");
    response.resolve(json({ access_token: "T1", expires_in: 3600 }));
    await patient;
    expect(sent.map(isTokenRequest)).toEqual([true, false]);
    expect(sent[0]?.signal.aborted).toBe(false);
  });

  it("leaves no timer and no listener behind", async () => {
    const { client } = clientWith(CREDENTIALS, identityAnd(refusing()));
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    const added = vi.spyOn(signal, "addEventListener");
    await client.arItems.get("1", {}, { signal });
    expect(vi.getTimerCount()).toBe(0);
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
  });
});

describe("a failing token request", () => {
  it("is followed by a backoff that grows, however many calls there are", async () => {
    const { client, sent } = clientWith({ ...CREDENTIALS, maxRetries: 0 }, () => status(401));
    const start = Date.now();
    for (let n = 0; n < 7; n++) {
      const calls = Promise.allSettled([client.arItems.get("1"), client.arItems.get("2")]);
      await vi.runAllTimersAsync();
      await calls;
    }
    expect(sent.map(({ at }) => at - start)).toEqual([0, 250, 750, 1750, 3750, 7750, 11_750]);
  });

  it("is retried as a GET is", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      new TypeError("fetch failed"),
      status(500),
      identityAnd(refusing()),
    );
    await settle(client.arItems.get("1"));
    expect(sent.map(isTokenRequest)).toEqual([true, true, true, false]);
  });

  it("without a response fails the call with its error, which has no secret", async () => {
    const { client } = clientWith({ ...CREDENTIALS, timeout: 10 }, new TypeError("fetch failed"), hang);
    const { fetch } = stubFetch(
      new TypeError("fetch failed"),
      new TypeError("fetch failed"),
      new TypeError("fetch failed"),
    );
    const other = new Amili({ ...CREDENTIALS, fetch });
    for (const error of [
      await failure(client.arItems.get("1"), Error),
      await failure(other.accountsReceivable.client(1).arItems.get("1"), ConnectionError),
    ]) {
      expect(error).toMatchObject({ method: "POST", path: "/token", attempts: 3 });
      for (const e of chain(error)) expect(everything(e)).not.toContain(CREDENTIALS.clientSecret);
    }
  });
});
