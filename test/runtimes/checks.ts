import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Amili, type AmiliOptions } from "amili-client";
import { type Sandbox, type SandboxOptions, startSandbox } from "amili-client/sandbox";
import type { Programs } from "./programs.js";
import type { Runtime, Task } from "./runtimes.js";
import type { Result, Step } from "./scenario.js";
import { startServer } from "./server.js";

const ITEM = "2218-500002-35078-0";

/** The origin of an empty page. A browser lets no page but one on loopback reach a server there. */
async function servePage(): Promise<string> {
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PAGE = await servePage();

export interface Check {
  title: string;
  /** Where it is not about a runtime. */
  skips?(runtime: Runtime): boolean;
  /** Throws if the runtime, or what the server saw, is not as expected. Returns what is to be said of it. */
  run(runtime: Runtime, programs: Programs): Promise<string>;
}

/** The error of a browser, where a write is refused. */
function isRefused({ prevented }: Runtime, { error }: Result): boolean {
  if (prevented) return false;
  assert.match(error?.message ?? "", /allowPlatformResend/);
  return true;
}

const seen = (sandbox: Sandbox, operation: string) =>
  sandbox.requests.filter(({ operationId, method }) => operationId === operation && method !== "OPTIONS");

/** The options that reach a sandbox: a page has no secret, and its server gives it a token. */
async function optionsFor({ isBrowser }: Runtime, { baseUrls, credentials }: Sandbox): Promise<AmiliOptions> {
  if (!isBrowser) return { baseUrls, ...credentials };
  const { access_token } = await new Amili({ baseUrls, ...credentials }).identity.token({
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });
  return { baseUrls, accessToken: access_token ?? "" };
}

interface SandboxCheck {
  step: Step;
  sandbox?: SandboxOptions;
  options?: AmiliOptions;
  program?: keyof Programs;
}

/** What a check says. */
const say = (verified: unknown) => (typeof verified === "string" ? verified : "yes");

/** A check against a sandbox. `verify` may return what is to be said instead of "yes". */
function inSandbox(
  { step, sandbox: sandboxOptions = {}, options = {}, program = "scenario" }: SandboxCheck,
  verify: (result: Result, sandbox: Sandbox, runtime: Runtime) => unknown,
): Check["run"] {
  return async (runtime, programs) => {
    await using sandbox = await startSandbox({ cors: PAGE, batchTime: 0, ...sandboxOptions });
    const task = { step, options: { ...(await optionsFor(runtime, sandbox)), ...options }, page: PAGE };
    return say(verify(await runtime.run(programs[program], task), sandbox, runtime));
  };
}

/** A check against the server that closes the connection after each POST. */
function onClosing(
  step: Step,
  verify: (result: Result, posts: number, runtime: Runtime) => unknown,
  { stops = false } = {},
): Check["run"] {
  return async (runtime, { scenario }) => {
    const server = await startServer({ stops });
    try {
      const result = await runtime.run(scenario, { step, options: server.options, page: server.url });
      return say(verify(result, server.posts.length, runtime));
    } finally {
      server.close();
    }
  };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const equal = (result: Result, value: unknown) => assert.deepEqual(result, { value });

/** Lets a page send writes, which a browser may repeat. */
const allowPlatformResend = true;

export const CHECKS: readonly Check[] = [
  {
    title: "token from a secret",
    async run(runtime, { scenario }) {
      await using sandbox = await startSandbox({ cors: PAGE });
      const { baseUrls, credentials } = sandbox;
      const result = await runtime.run(scenario, { step: "get", options: { baseUrls, ...credentials }, page: PAGE });
      if (runtime.isBrowser) {
        assert.match(result.error?.message ?? "", /^clientSecret was given in a browser/);
        assert.equal(sandbox.requests.length, 0);
        return "refused";
      }
      equal(result, ITEM);
      assert.equal(seen(sandbox, "createToken").length, 1);
      return "yes";
    },
  },
  {
    title: "get",
    run: inSandbox({ step: "get" }, (result, sandbox) => {
      equal(result, ITEM);
      assert.equal(seen(sandbox, "getArItem").length, 1);
    }),
  },
  {
    title: "list with prefetch",
    run: inSandbox({ step: "list" }, (result, sandbox) => {
      equal(result, { count: 28, distinct: 28 });
      assert.equal(seen(sandbox, "listCustomers").length, 6);
    }),
  },
  {
    title: "create and waitFor",
    run: inSandbox(
      { step: "waitFor", sandbox: { batchTime: 50 }, options: { allowPlatformResend } },
      (result, sandbox) => {
        equal(result, "SUCCESS");
        assert.equal(seen(sandbox, "createInvoices").length, 1);
      },
    ),
  },
  {
    title: "submit, first response lost",
    run: inSandbox(
      { step: "submit", sandbox: { faults: "createInvoices:close-after:n=1" } },
      (result, sandbox, runtime) => {
        if (isRefused(runtime, result)) return "refused";
        equal(result, Array(5).fill("accepted"));
        assert.equal(seen(sandbox, "createInvoices").length, 1);
      },
    ),
  },
  { title: "webhook handler", run: inSandbox({ step: "webhook" }, (result) => equal(result, [200, 401])) },
  {
    title: "ApiError",
    // A page reads the header as far as the server exposes it.
    run: inSandbox({ step: "error" }, (result) => equal(result, { status: 404, hasRequestId: true })),
  },
  { title: "abort", run: inSandbox({ step: "abort" }, (result) => equal(result, true)) },
  {
    title: "timeout",
    run: inSandbox({ step: "timeout", sandbox: { faults: "getArItem:delay=20000" } }, (result, sandbox) => {
      equal(result, 2);
      assert.equal(seen(sandbox, "getArItem").length, 2);
    }),
  },
  {
    title: "another realm",
    skips: ({ name }) => name === "workerd",
    run: inSandbox({ step: "several", program: "otherRealm", options: { allowPlatformResend } }, (result, sandbox) => {
      equal(result, [ITEM, { status: 404, hasRequestId: true }, true, "SUCCESS"]);
      assert.equal(seen(sandbox, "createInvoices").length, 1);
    }),
  },
  {
    title: "its own fetch repeats a POST",
    run: onClosing("fetch", (_, posts, { resends }) => {
      // A newer version may have stopped.
      assert.ok(resends ? posts >= 1 : posts === 1, `${posts} requests`);
      return posts > 1 ? "yes" : "no";
    }),
  },
  {
    title: "the client sends a POST once",
    run: onClosing("create", (result, posts, runtime) => {
      assert.equal(posts, runtime.prevented ? 1 : 0);
      if (isRefused(runtime, result)) return "refused";
      assert.equal(result.error?.name, "ConnectionError");
    }),
  },
  {
    title: "a POST before a crash is ambiguous",
    run: onClosing(
      "attemptsOnOpenConnection",
      (result, posts, runtime) => {
        assert.equal(posts, runtime.prevented ? 1 : 0);
        if (runtime.prevented) return equal(result, 1);
        assert.match(String(result.value), /allowPlatformResend/);
        return "refused";
      },
      { stops: true },
    ),
  },
  {
    title: "a POST that finds no server",
    async run(runtime, { scenario }) {
      const baseUrls = { identity: "http://127.0.0.1", debtCollection: `http://127.0.0.1:${await closedPort()}` };
      const options = { accessToken: "token", baseUrls, allowPlatformResend };
      equal(
        await runtime.run(scenario, { step: "attempts", options, page: PAGE }),
        runtime.tellsConnectFailure ? 3 : 1,
      );
      return runtime.tellsConnectFailure ? "retried" : "ambiguous";
    },
  },
  {
    title: "a context that ends with its token request",
    skips: ({ name }) => name !== "workerd",
    async run(runtime, { scenario }) {
      await using sandbox = await startSandbox({ faults: "createToken:delay=20000:n=1" });
      const options = { ...(await optionsFor(runtime, sandbox)), timeout: 500 };
      const task: Task = { step: "shared", options, page: PAGE };
      const left = new AbortController();
      const first = runtime.run(scenario, task, left.signal).catch(() => "left");
      const isSent = async () => {
        while (sandbox.requests.length === 0) await sleep(5);
      };
      await Promise.race([isSent(), first]);
      left.abort();
      assert.equal(await first, "left");
      equal(await runtime.run(scenario, task), ITEM);
      // One that ended and its replacement; the first may have been retried before its context ended.
      assert.ok(seen(sandbox, "createToken").length >= 2);
      return "yes";
    },
  },
  {
    title: "CORS: a page of another origin is refused",
    skips: ({ isBrowser }) => !isBrowser,
    run: inSandbox({ step: "get", sandbox: { cors: "http://localhost:1" }, options: { maxRetries: 0 } }, (result) => {
      assert.equal(result.error?.name, "ConnectionError");
    }),
  },
];
