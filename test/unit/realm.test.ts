import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type * as Library from "../../src/index.js";
import { allAt, closedPort } from "../support/server.js";
import {
  CLIENT_NO,
  CREDENTIALS,
  identityAnd,
  json,
  networkError,
  type Reply,
  status,
  stubFetch,
} from "../support/stub.js";

// Test runners and edge runtimes run a program in a realm of its own, whose `instanceof` knows no object of the platform.
const PLATFORM = {
  ...{ fetch, Headers, Request, Response, FormData, Blob, URL, URLSearchParams, TextEncoder, TextDecoder },
  ...{ AbortController, AbortSignal, DOMException, ReadableStream, Event, EventTarget },
  ...{ setTimeout, clearTimeout, performance, console, btoa },
};

let script: Script;
beforeAll(async () => {
  const entry = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  const options = { bundle: true, write: false, format: "iife", globalName: "library", target: "node20" } as const;
  const { outputFiles } = await build({ entryPoints: [entry], ...options, external: ["node:*"], logLevel: "error" });
  script = new Script(`${outputFiles[0]?.text}; library`);
});

/** The library in a realm of its own, and a value of that realm. */
function load(globals: object = {}) {
  const context = createContext({ ...PLATFORM, ...globals });
  const library = script.runInContext(context) as typeof Library;
  return { library, evaluate: (code: string) => new Script(code).runInContext(context) as unknown };
}

function clientIn({ library }: ReturnType<typeof load>, options: Library.AmiliOptions, ...replies: Reply[]) {
  const { fetch, sent } = stubFetch(...replies);
  const amili = new library.Amili({ accessToken: "T0", fetch, ...options });
  return { amili, client: amili.accountsReceivable.client(CLIENT_NO), sent };
}

const rejection = async (promise: Promise<unknown>) => {
  const [result] = await Promise.allSettled([promise]);
  return result.status === "rejected" ? result.reason : expect.unreachable("it should have failed");
};

describe("in another realm", () => {
  it("the platform's objects are of another realm", () => {
    const { evaluate } = load();
    expect(evaluate("new Headers() instanceof Object")).toBe(false);
    expect(evaluate("Error")).not.toBe(Error);
  });

  it("the token request is a form", async () => {
    const { client, sent } = clientIn(
      load(),
      { accessToken: undefined as never, ...CREDENTIALS },
      identityAnd(() => json({ ok: true })),
    );
    expect(await client.arItems.get("1")).toEqual({ ok: true });
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(sent[0]?.body).toBe("grant_type=client_credentials&client_id=id-1&client_secret=s3cret-of-id-1");
  });

  it("a raw call sends a form with a file", async () => {
    const { amili, sent } = clientIn(load(), {}, json({}));
    const body = new FormData();
    body.set("file", new Blob(["content"]), "a.txt");
    const params = { path: { clientno: 1 } };
    await amili.accountsReceivable.http.POST("/clients/{clientno}/files", { params, body: body as never });
    expect(sent[0]?.headers.get("content-type")).toMatch(/^multipart\/form-data/);
    expect(sent[0]?.body).toContain("content");
  });

  it("errors are recognised", async () => {
    const realm = load();
    const { client, sent } = clientIn(realm, { maxRetries: 1 }, status(404), networkError("ECONNRESET"), status(403));
    expect(await rejection(client.arItems.get("1"))).toBeInstanceOf(realm.library.ApiError);
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await rejection(client.arItems.get("1"))).toMatchObject({ code: "http_403", attempts: 2 });
    expect(sent).toHaveLength(3);
  });

  it("Headers and signals are accepted", async () => {
    const { client, sent } = clientIn(load(), { headers: new Headers({ "x-a": "1" }) as never }, json({}));
    const controller = new AbortController();
    await client.arItems.get("1", {}, { signal: controller.signal, headers: new Headers({ "x-b": "2" }) as never });
    expect([sent[0]?.headers.get("x-a"), sent[0]?.headers.get("x-b")]).toEqual(["1", "2"]);
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await rejection(client.arItems.get("1", {}, { signal: controller.signal }) as never)).toBe(reason);
  });

  it.each([
    networkError("ECONNREFUSED", "connect"),
    networkError("ENOTFOUND", "getaddrinfo"),
    new TypeError("fetch failed", { cause: new AggregateError([networkError("ECONNREFUSED", "connect").cause]) }),
  ])("a connect failure is recognised, so that a POST is retried", async (error) => {
    const { client, sent } = clientIn(load(), { hooks: {} }, error, json({ ok: true }));
    await client.paymentReservations.create({} as never);
    expect(sent).toHaveLength(2);
  });

  it("a real connect failure is, too", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { library } = load({ fetch, process });
    const baseUrls = allAt(`http://127.0.0.1:${await closedPort()}`);
    const amili = new library.Amili({ accessToken: "T", baseUrls });
    const call = amili.accountsReceivable.client(1).paymentReservations.create({} as never);
    await expect(call).rejects.toMatchObject({ code: "connection_failed", attempts: 3 });
  });

  it("a hook's promise that rejects is caught", async () => {
    const error = vi.fn();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { library, evaluate } = load({ console: { error } });
    const hooks = {
      onRequest: () => Promise.reject(new Error("outer")),
      onResponse: evaluate("async () => { throw new Error('inner') }"),
    };
    const { client } = clientIn({ library, evaluate }, { hooks: hooks as never }, json({ ok: true }));
    expect(await client.arItems.get("1")).toEqual({ ok: true });
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(error.mock.calls.map(([, { message }]) => message)).toEqual(["outer", "inner"]);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
