import { AsyncLocalStorage } from "node:async_hooks";
import {
  type AmiliOptions,
  ApiError,
  ConfigurationError,
  ConnectionError,
  type Hooks,
  TimeoutError,
} from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useFakeTime } from "../../support/fake-time.js";
import { everything } from "../../support/secrets.js";
import {
  CREDENTIALS,
  clientWith,
  failure,
  hang,
  identityAnd,
  json,
  networkError,
  type Reply,
  raw,
  settle,
  status,
} from "../../support/stub.js";

type Recorded = { hook: keyof Hooks; [name: string]: unknown };

/** Hooks that record their events; the start of calls has tests of its own. */
function recording() {
  const events: Recorded[] = [];
  const record = (hook: keyof Hooks) => (event: object) => void events.push({ hook, ...event });
  const hooks: Required<Omit<Hooks, "onCallStart">> = {
    onRequest: record("onRequest"),
    onResponse: record("onResponse"),
    onRequestError: record("onRequestError"),
    onRetry: record("onRetry"),
    onCallEnd: record("onCallEnd"),
    onToken: record("onToken"),
    onLimiterError: record("onLimiterError"),
  };
  return { events, hooks };
}

function recorded(options: AmiliOptions, ...script: Reply[]) {
  const { events, hooks } = recording();
  return { events, ...clientWith({ ...options, hooks }, ...script) };
}

beforeEach(() => useFakeTime());

const ITEM = {
  api: "accountsReceivable",
  origin: "https://api.amili.no",
  method: "GET",
  path: "/clients/{clientno}/aritems/{aritemid}",
};
const TOKEN = { api: "identity", origin: "https://auth.amili.no", method: "POST", path: "/token" };

describe("hooks", () => {
  it("observe a call in order", async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return json({}, { headers: { "x-request-id": "r-1" } });
    };
    let n = 0;
    const { client, events } = recorded(
      { ...CREDENTIALS, timeout: 100 },
      identityAnd((s) => [() => status(429, { "retry-after": "2" }), hang, slow][n++]?.(s) ?? json({})),
    );
    const start = Date.now();
    await settle(client.arItems.get("2218-500002-35078-0"));
    const item = { ...ITEM, callId: expect.any(Number), startedAt: expect.any(Number) };
    const token = { ...TOKEN, callId: expect.any(Number), startedAt: start };
    expect(events).toEqual([
      { hook: "onRequest", ...token, attempt: 1 },
      { hook: "onResponse", ...token, attempt: 1, status: 200, requestId: undefined, duration: 0 },
      {
        hook: "onCallEnd",
        ...token,
        attempts: 1,
        duration: 0,
        outcome: "success",
        status: 200,
        requestId: undefined,
        errorCode: undefined,
      },
      { hook: "onToken", source: "identity", expiresIn: 3_600_000, storeError: undefined },
      { hook: "onRequest", ...item, attempt: 1 },
      { hook: "onResponse", ...item, attempt: 1, status: 429, requestId: undefined, duration: 0 },
      { hook: "onRetry", ...item, attempt: 1, duration: 0, delay: 2250, status: 429, error: undefined },
      { hook: "onRequest", ...item, attempt: 2 },
      { hook: "onRequestError", ...item, attempt: 2, duration: 100, error: expect.any(TimeoutError) },
      {
        hook: "onRetry",
        ...item,
        attempt: 2,
        duration: 100,
        delay: 500,
        status: undefined,
        error: expect.any(TimeoutError),
      },
      { hook: "onRequest", ...item, attempt: 3 },
      { hook: "onResponse", ...item, attempt: 3, status: 200, requestId: "r-1", duration: 40 },
      {
        hook: "onCallEnd",
        ...item,
        attempts: 3,
        duration: 2890,
        outcome: "success",
        status: 200,
        requestId: "r-1",
        errorCode: undefined,
      },
    ]);
    const [tokenRequest, ...rest] = [...new Set(events.map(({ callId }) => callId).filter(Boolean))];
    expect(rest).toHaveLength(1);
    expect(tokenRequest).not.toBe(rest[0]);
    const attempts = events.filter(({ hook, api }) => hook === "onRequest" && api === ITEM.api);
    expect(attempts.map(({ startedAt }) => Number(startedAt) - start)).toEqual([0, 2250, 2850]);
  });

  it("see no retry where none follows", async () => {
    const { client, events } = recorded({ maxRetries: 1 }, () => status(503));
    await failure(client.arItems.get("1"), ApiError);
    expect(events.map(({ hook }) => hook)).toEqual([
      "onRequest",
      "onResponse",
      "onRetry",
      "onRequest",
      "onResponse",
      "onCallEnd",
    ]);
  });

  it("see no retry after an abort, even if the timeout passes before fetch rejects", async () => {
    const slowly: Reply = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => setTimeout(reject, 20, signal.reason)));
    for (const reply of [hang, slowly]) {
      const controller = new AbortController();
      const { client, events } = recorded({ timeout: 100 }, reply);
      const settled = Promise.allSettled([client.arItems.get("1", {}, { signal: controller.signal })]);
      await vi.advanceTimersByTimeAsync(90);
      controller.abort();
      await vi.runAllTimersAsync();
      await settled;
      expect(events).toMatchObject([
        { hook: "onRequest", ...ITEM, attempt: 1 },
        { hook: "onRequestError", ...ITEM, attempt: 1, duration: 90, error: undefined },
        { hook: "onCallEnd", ...ITEM, attempts: 1, duration: 90, outcome: "aborted", errorCode: undefined },
      ]);
    }
  });

  it("see a token from the store, and one with an unknown lifetime", async () => {
    const value = JSON.stringify({ token: "T5", expiresAt: Date.now() + 5000 });
    const tokenStore = { get: async () => value, set: async () => {}, delete: async () => {} };
    const stored = recorded({ ...CREDENTIALS, tokenStore }, () => json({}));
    await stored.client.arItems.get("1");
    expect(stored.events[0]).toEqual({ hook: "onToken", source: "store", expiresIn: 5000, storeError: undefined });
    const endless = recorded(
      CREDENTIALS,
      identityAnd(() => json({}), {}),
    );
    await endless.client.arItems.get("1");
    expect(endless.events.find(({ hook }) => hook === "onToken")).toEqual({
      hook: "onToken",
      source: "identity",
      expiresIn: undefined,
      storeError: undefined,
    });
  });

  it("get no parameter values, bodies, headers or tokens", async () => {
    const secrets = ["s3cret", "T1", "T2", "2218-77", "kari@example.test", "01017012345", "x-mine"];
    let n = 0;
    const { client, org, events } = recorded(
      { ...CREDENTIALS, timeout: 50, headers: { "x-mine": "m1ne" } },
      identityAnd(
        (s) =>
          [
            () => status(401),
            () => new Response('{"ssn":"01017012345"'),
            hang,
            () => json({ email: "kari@example.test" }),
            () => json({ ssn: "01017012345" }, { status: 422 }),
          ][n++]?.(s) ?? json({}),
      ),
    );
    await settle(client.arItems.get("2218-77", { expand: "kari@example.test" } as never));
    await failure(org.invoices.create([{ ssn: "01017012345" } as never]), ApiError);
    expect(events.length).toBeGreaterThan(12);
    // The body of an invalid response is a hidden property of the error.
    const shown = events.map(({ error, ...event }) => [
      everything(event),
      String(error),
      (error as Error | undefined)?.stack,
      JSON.stringify(error),
    ]);
    for (const secret of secrets) expect(shown.flat().join()).not.toContain(secret);
  });

  it("are each optional", async () => {
    for (const hook of ["onRequest", "onResponse", "onRetry", "onCallEnd", "onToken"] as const) {
      const { hooks, events } = recording();
      let failed = false;
      const { client } = clientWith(
        { ...CREDENTIALS, hooks: { [hook]: hooks[hook] } },
        identityAnd(() => {
          if (failed) return json({});
          failed = true;
          return status(503);
        }),
      );
      await settle(client.arItems.get("1"));
      expect(new Set(events.map((t) => t.hook))).toEqual(new Set([hook]));
    }
  });
});

describe("onCallEnd is called once for every call", () => {
  const endsOf = (events: Recorded[]) => events.filter(({ hook }) => hook === "onCallEnd");
  const rawItem = (amili: ReturnType<typeof recorded>["amili"], init: object = {}) =>
    raw(amili.accountsReceivable).request("GET", ITEM.path, {
      params: { path: { clientno: 1, aritemid: "1" } },
      ...init,
    });

  it("with an error status, for raw clients too", async () => {
    const reply = () => json({}, { status: 404, headers: { "x-request-id": "r-1" } });
    const { client, amili, events } = recorded({}, reply);
    await failure(client.arItems.get("1"), ApiError);
    await rawItem(amili);
    const end = { ...ITEM, attempts: 1, outcome: "error", status: 404, requestId: "r-1", errorCode: "http_404" };
    expect(endsOf(events)).toMatchObject([end, end]);
  });

  it.each<[string, AmiliOptions, Reply[], object]>([
    ["without a response", { maxRetries: 0 }, [networkError("ECONNRESET")], { errorCode: "connection_failed" }],
    ["after a timeout", { maxRetries: 0, timeout: 5 }, [hang], { errorCode: "timeout" }],
    ["after a refused token", {}, [status(401)], { errorCode: "token_refused", status: 401 }],
    ["with a body that is no JSON", { maxRetries: 0 }, [new Response("{")], { errorCode: "invalid_json", status: 200 }],
  ])("%s", async (_, options, script, end) => {
    for (const call of [
      ({ client }: ReturnType<typeof recorded>) => client.arItems.get("1") as Promise<unknown>,
      ({ amili }: ReturnType<typeof recorded>) => rawItem(amili),
    ]) {
      const run = recorded(options, ...script.map((reply) => (reply instanceof Response ? reply.clone() : reply)));
      // A raw client parses JSON itself.
      await failure(call(run), Error);
      expect(endsOf(run.events)).toMatchObject([{ ...ITEM, attempts: 1, outcome: "error", ...end }]);
    }
  });

  it("that fails before anything is sent", async () => {
    const { client, org, amili, events } = recorded({});
    await failure(client.arItems.get(".."), ConfigurationError);
    await failure(org.invoices.create([{ at: new Date() } as never]), ConfigurationError);
    await failure(client.arItems.get("1", {}, { timeout: -1 }), ConfigurationError);
    await failure(rawItem(amili, { params: {} }), ConfigurationError);
    await failure(amili.autoCollectLegacy.http.GET("/x" as never, {} as never), ConfigurationError);
    const end = { attempts: 0, outcome: "error", status: undefined };
    expect(endsOf(events)).toMatchObject([
      { ...ITEM, ...end, errorCode: "invalid_argument" },
      { ...end, api: "debtCollection", method: "POST", errorCode: "invalid_argument" },
      { ...ITEM, ...end, errorCode: "invalid_option" },
      { ...ITEM, ...end, errorCode: "invalid_argument" },
      { ...end, api: "autoCollectLegacy", origin: undefined, path: "(unknown path)", errorCode: "invalid_option" },
    ]);
    expect(events).toHaveLength(5);
  });

  it("that waits for a token, and for each page of a list", async () => {
    const { org, events } = recorded({}, json({ data: [1], summary: { nextPageToken: "t" } }), json({ data: [2] }));
    await org.settlements.list().toArray();
    expect(endsOf(events).map(({ outcome }) => outcome)).toEqual(["success", "success"]);
    const waiting = recorded(CREDENTIALS, hang);
    const call = waiting.client.arItems.get("1", {}, { timeout: 10, maxRetries: 0 });
    await Promise.allSettled([call, vi.advanceTimersByTimeAsync(10)]);
    expect(endsOf(waiting.events)).toMatchObject([{ ...ITEM, attempts: 0, duration: 10, errorCode: "timeout" }]);
  });

  it("with the call id of its attempts", async () => {
    const { client, amili, events } = recorded({}, () => json({}));
    await client.arItems.get("1");
    await rawItem(amili);
    const ids = events.map(({ hook, callId }) => [hook, callId]);
    expect(new Set(ids.slice(0, 3).map(([, id]) => id)).size).toBe(1);
    expect(new Set(ids.slice(3).map(([, id]) => id)).size).toBe(1);
    expect(ids).toHaveLength(6);
  });

  it("with no value of a path that is no operation's, as errors have none", async () => {
    const { amili, events } = recorded({ maxRetries: 0 }, status(404), networkError("ECONNRESET"));
    const { request } = raw(amili.accountsReceivable);
    await request("GET", "/secret/kari@example.test");
    const error = await failure(request("GET", "/secret/kari@example.test"), ConnectionError);
    expect(everything([error, events])).not.toMatch(/kari|secret/);
    expect(error.path).toBe("(unknown path)");
  });
});

describe("a hook that fails", () => {
  it.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw new Error("log is full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("log is full")) as never],
  ])("(%s) is reported and changes nothing", async (_, hook) => {
    const events = vi.spyOn(console, "error").mockImplementation(() => {});
    const hooks = { onRequest: hook, onResponse: hook, onRetry: hook, onCallEnd: hook, onToken: hook };
    let n = 0;
    const { client, sent } = clientWith(
      { ...CREDENTIALS, hooks },
      identityAnd(() => (n++ ? json({ ok: true }) : status(503))),
    );
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
    expect(sent).toHaveLength(3);
    expect(events).toHaveBeenCalledTimes(10);
    expect(events).toHaveBeenCalledWith(
      expect.stringContaining("hook"),
      expect.objectContaining({ message: "log is full" }),
    );
  });

  it("does not hide the error of the call", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const hook = () => {
      throw new Error("log is full");
    };
    const { client } = clientWith(
      { maxRetries: 0, hooks: { onRequest: hook, onResponse: hook } },
      networkError("ECONNRESET"),
      status(409),
    );
    await failure(client.arItems.get("1"), ConnectionError);
    await failure(client.arItems.get("1"), ApiError);
  });

  it("by never settling delays nothing", async () => {
    const { client } = clientWith(
      { hooks: { onRequest: () => new Promise<void>(() => {}) as never } },
      json({ ok: true }),
    );
    expect(await client.arItems.get("1")).toEqual({ ok: true });
  });
});

describe("onCallStart", () => {
  const storage = new AsyncLocalStorage<number>();

  it("gives the call the context in which the hook starts it, with its token request and retries", async () => {
    const seen: unknown[] = [];
    const { client } = clientWith(
      {
        ...CREDENTIALS,
        hooks: { onCallStart: ({ callId }, start) => storage.run(storage.getStore() ?? callId, start) },
      },
      identityAnd(() => {
        seen.push(storage.getStore());
        return seen.length === 1 ? status(503) : json({});
      }),
    );
    await settle(client.arItems.get("1"));
    expect(seen[0]).toBeTypeOf("number");
    expect(seen).toEqual([seen[0], seen[0]]);
    expect(storage.getStore()).toBeUndefined();
  });

  it("is called before anything is sent, also for calls that fail at once", async () => {
    const events: unknown[] = [];
    const hooks: Hooks = { onCallStart: (event) => events.push(event), onCallEnd: (event) => events.push(event) };
    const { amili } = clientWith({ hooks });
    await failure(amili.autoCollectLegacy.http.GET("/x" as never) as Promise<unknown>, ConfigurationError);
    const [start, end] = events as Record<string, unknown>[];
    expect(start).toEqual({
      callId: expect.any(Number),
      api: "autoCollectLegacy",
      origin: undefined,
      method: "GET",
      path: "(unknown path)",
      startedAt: Date.now(),
    });
    expect(end).toMatchObject({ callId: start?.callId, attempts: 0 });
  });

  const throwing = () => {
    throw new Error("of the hook");
  };
  it.each<{ what: string; onCallStart: Required<Hooks>["onCallStart"]; isReported: boolean }>([
    { what: "does not start the call", onCallStart: () => {}, isReported: false },
    { what: "starts it several times", onCallStart: (_, start) => [start(), start()], isReported: false },
    { what: "starts it later", onCallStart: (_, start) => void setTimeout(start, 10), isReported: false },
    { what: "throws before", onCallStart: throwing, isReported: true },
    {
      what: "throws after",
      onCallStart: (_, start) => {
        start();
        throwing();
      },
      isReported: true,
    },
    { what: "is async and rejects", onCallStart: async () => throwing(), isReported: true },
  ])("that $what leaves one call", async ({ onCallStart, isReported }) => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const { client, sent } = clientWith({ hooks: { onCallStart } }, () => json({ id: 1 }));
    expect(await settle(client.arItems.get("1"))).toEqual({ id: 1 });
    expect(sent).toHaveLength(1);
    expect(report).toHaveBeenCalledTimes(isReported ? 1 : 0);
  });

  it("does not report the failure of the call as its own", async () => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const { client } = clientWith({ hooks: { onCallStart: (_, start) => storage.run(1, start) } }, status(404));
    await failure(client.arItems.get("1"), ApiError);
    expect(report).not.toHaveBeenCalled();
  });
});

describe("a list of hooks", () => {
  it("is called in its order, each of them whatever the others throw, and the call starts inside of all", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const outer = new AsyncLocalStorage<string>();
    const inner = new AsyncLocalStorage<string>();
    const names: string[] = [];
    const named = (name: string): Hooks => ({
      onRequest: () => {
        names.push(name);
        throw new Error(name);
      },
    });
    const hooks: Hooks[] = [
      { ...named("a"), onCallStart: (_, start) => outer.run("outer", start) },
      {},
      { ...named("b"), onCallStart: (_, start) => inner.run(`inner of ${outer.getStore()}`, start) },
    ];
    const { client } = clientWith({ hooks }, () => json({ in: [outer.getStore(), inner.getStore()] }));
    expect(await settle(client.arItems.get("1"))).toEqual({ in: ["outer", "inner of outer"] });
    expect(names).toEqual(["a", "b"]);
  });

  it.each(["onResponse", "onRequestError", "onRetry", "onCallEnd", "onToken", "onLimiterError"] as const)(
    "calls %s of each",
    async (name) => {
      const [one, two] = [vi.fn(), vi.fn()];
      const limiter = { acquire: async () => Promise.reject(new Error("down")) };
      let requests = 0;
      const { client } = clientWith(
        { ...CREDENTIALS, limiter, timeout: 100, hooks: [{ [name]: one }, { [name]: two }] },
        identityAnd((sent) => (++requests === 1 ? hang(sent) : status(503))),
      );
      await failure(client.arItems.get("1", {}, { maxRetries: 1 }), ApiError);
      expect(two.mock.calls).toEqual(one.mock.calls);
      expect(one).toHaveBeenCalled();
    },
  );

  it("refuses an unknown hook in any of them", () => {
    const hooks = [{}, { onReply: () => {} }] as Hooks[];
    expect(() => clientWith({ hooks })).toThrow("onReply");
  });
});
