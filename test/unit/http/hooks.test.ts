import { type AmiliOptions, ApiError, ConnectionError, type Hooks, TimeoutError } from "amili-client";
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
  settle,
  status,
} from "../../support/stub.js";

type Recorded = { hook: keyof Hooks; [name: string]: unknown };

/** Hooks that record their events. */
function recording() {
  const events: Recorded[] = [];
  const record = (hook: keyof Hooks) => (event: object) => void events.push({ hook, ...event });
  const hooks: Required<Hooks> = {
    onRequest: record("onRequest"),
    onResponse: record("onResponse"),
    onRetry: record("onRetry"),
    onToken: record("onToken"),
  };
  return { events, hooks };
}

function recorded(options: AmiliOptions, ...script: Reply[]) {
  const { events, hooks } = recording();
  return { events, ...clientWith({ ...options, hooks }, ...script) };
}

beforeEach(() => useFakeTime());

const ITEM = { api: "accountsReceivable", method: "GET", path: "/clients/{clientno}/aritems/{aritemid}" };
const TOKEN = { api: "identity", method: "POST", path: "/token" };

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
      { hook: "onToken", source: "identity", expiresIn: 3_600_000, storeError: undefined },
      { hook: "onRequest", ...item, attempt: 1 },
      { hook: "onResponse", ...item, attempt: 1, status: 429, requestId: undefined, duration: 0 },
      { hook: "onRetry", ...item, attempt: 1, duration: 0, delay: 2000, status: 429, error: undefined },
      { hook: "onRequest", ...item, attempt: 2 },
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
    ]);
    const [tokenRequest, ...rest] = [...new Set(events.map(({ callId }) => callId).filter(Boolean))];
    expect(rest).toHaveLength(1);
    expect(tokenRequest).not.toBe(rest[0]);
    const attempts = events.filter(({ hook, api }) => hook === "onRequest" && api === ITEM.api);
    expect(attempts.map(({ startedAt }) => Number(startedAt) - start)).toEqual([0, 2000, 2600]);
  });

  it("see no retry where none follows", async () => {
    const { client, events } = recorded({ maxRetries: 1 }, () => status(503));
    await failure(client.arItems.get("1"), ApiError);
    expect(events.map(({ hook }) => hook)).toEqual(["onRequest", "onResponse", "onRetry", "onRequest", "onResponse"]);
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
      expect(events).toMatchObject([{ hook: "onRequest", ...ITEM, attempt: 1 }]);
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
    expect(endless.events[2]).toEqual({
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
    for (const hook of ["onRequest", "onResponse", "onRetry", "onToken"] as const) {
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
    const hooks = { onRequest: hook, onResponse: hook, onRetry: hook, onToken: hook };
    let n = 0;
    const { client, sent } = clientWith(
      { ...CREDENTIALS, hooks },
      identityAnd(() => (n++ ? json({ ok: true }) : status(503))),
    );
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
    expect(sent).toHaveLength(3);
    expect(events).toHaveBeenCalledTimes(8);
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
