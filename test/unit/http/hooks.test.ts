import { type AmiliOptions, ApiError, ConnectionError, type Hooks, TimeoutError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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

type Told = { hook: keyof Hooks; [name: string]: unknown };

/** Hooks that write down what they are told. */
function watching() {
  const told: Told[] = [];
  const tell = (hook: keyof Hooks) => (event: object) => void told.push({ hook, ...event });
  const hooks: Required<Hooks> = {
    onRequest: tell("onRequest"),
    onResponse: tell("onResponse"),
    onRetry: tell("onRetry"),
    onToken: tell("onToken"),
  };
  return { told, hooks };
}

function watched(options: AmiliOptions, ...script: Reply[]) {
  const { told, hooks } = watching();
  return { told, ...clientWith({ ...options, hooks }, ...script) };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
});

const ITEM = { api: "accountsReceivable", method: "GET", path: "/clients/{clientno}/aritems/{aritemid}" };
const TOKEN = { api: "identity", method: "POST", path: "/token" };

describe("hooks", () => {
  it("tell the whole story of a call, in order", async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return json({}, { headers: { "x-request-id": "r-1" } });
    };
    let n = 0;
    const { client, told } = watched(
      { ...CREDENTIALS, timeout: 100 },
      identityAnd((s) => [() => status(429, { "retry-after": "2" }), hang, slow][n++]?.(s) ?? json({})),
    );
    await settle(client.arItems.get("2218-500002-35078-0"));
    expect(told).toEqual([
      { hook: "onRequest", ...TOKEN, attempt: 1 },
      { hook: "onResponse", ...TOKEN, attempt: 1, status: 200, requestId: undefined, duration: 0 },
      { hook: "onToken", source: "identity", expiresIn: 3_600_000, storeError: undefined },
      { hook: "onRequest", ...ITEM, attempt: 1 },
      { hook: "onResponse", ...ITEM, attempt: 1, status: 429, requestId: undefined, duration: 0 },
      { hook: "onRetry", ...ITEM, attempt: 1, delay: 2000, status: 429, error: undefined },
      { hook: "onRequest", ...ITEM, attempt: 2 },
      { hook: "onRetry", ...ITEM, attempt: 2, delay: 500, status: undefined, error: expect.any(TimeoutError) },
      { hook: "onRequest", ...ITEM, attempt: 3 },
      { hook: "onResponse", ...ITEM, attempt: 3, status: 200, requestId: "r-1", duration: 40 },
    ]);
  });

  it("tell of no retry where none follows", async () => {
    const { client, told } = watched({ maxRetries: 1 }, () => status(503));
    await failure(client.arItems.get("1"), ApiError);
    expect(told.map(({ hook }) => hook)).toEqual(["onRequest", "onResponse", "onRetry", "onRequest", "onResponse"]);
  });

  it("tell of no retry after an abort, even if the time limit passes before fetch gives up", async () => {
    const slowly: Reply = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => setTimeout(reject, 20, signal.reason)));
    for (const reply of [hang, slowly]) {
      const controller = new AbortController();
      const { client, told } = watched({ timeout: 100 }, reply);
      const settled = Promise.allSettled([client.arItems.get("1", {}, { signal: controller.signal })]);
      await vi.advanceTimersByTimeAsync(90);
      controller.abort();
      await vi.runAllTimersAsync();
      await settled;
      expect(told).toEqual([{ hook: "onRequest", ...ITEM, attempt: 1 }]);
    }
  });

  it("tell of a token from the store, and of one without a known end", async () => {
    const value = JSON.stringify({ token: "T5", expiresAt: Date.now() + 5000 });
    const tokenStore = { get: async () => value, set: async () => {}, delete: async () => {} };
    const stored = watched({ ...CREDENTIALS, tokenStore }, () => json({}));
    await stored.client.arItems.get("1");
    expect(stored.told[0]).toEqual({ hook: "onToken", source: "store", expiresIn: 5000, storeError: undefined });
    const endless = watched(
      CREDENTIALS,
      identityAnd(() => json({}), {}),
    );
    await endless.client.arItems.get("1");
    expect(endless.told[2]).toEqual({
      hook: "onToken",
      source: "identity",
      expiresIn: undefined,
      storeError: undefined,
    });
  });

  it("hold no values of parameters, bodies, headers, tokens or secrets", async () => {
    const secrets = ["s3cret", "T1", "T2", "2218-77", "kari@example.test", "01017012345", "x-mine"];
    let n = 0;
    const { client, org, told } = watched(
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
    expect(told.length).toBeGreaterThan(12);
    // An error that an event holds keeps the text it could not read, where no log looks for it.
    const shown = told.map(({ error, ...event }) => [
      everything(event),
      String(error),
      (error as Error | undefined)?.stack,
      JSON.stringify(error),
    ]);
    for (const secret of secrets) expect(shown.flat().join()).not.toContain(secret);
  });

  it("are each optional", async () => {
    for (const hook of ["onRequest", "onResponse", "onRetry", "onToken"] as const) {
      const { hooks, told } = watching();
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
      expect(new Set(told.map((t) => t.hook))).toEqual(new Set([hook]));
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
  ])("(%s) changes nothing and is told of", async (_, hook) => {
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    const hooks = { onRequest: hook, onResponse: hook, onRetry: hook, onToken: hook };
    let n = 0;
    const { client, sent } = clientWith(
      { ...CREDENTIALS, hooks },
      identityAnd(() => (n++ ? json({ ok: true }) : status(503))),
    );
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
    expect(sent).toHaveLength(3);
    expect(told).toHaveBeenCalledTimes(8);
    expect(told).toHaveBeenCalledWith(
      expect.stringContaining("hook"),
      expect.objectContaining({ message: "log is full" }),
    );
  });

  it("hides no error of the call", async () => {
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

  it("that is slow holds up nothing", async () => {
    const { client } = clientWith(
      { hooks: { onRequest: () => new Promise<void>(() => {}) as never } },
      json({ ok: true }),
    );
    expect(await client.arItems.get("1")).toEqual({ ok: true });
  });
});
