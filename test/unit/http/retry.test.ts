import type { Socket } from "node:net";
import {
  Amili,
  AmiliError,
  type AmiliOptions,
  ApiError,
  ConnectionError,
  type RetryEvent,
  TimeoutError,
} from "amili-client";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { parseRetryAfter } from "../../../src/http/retry.js";
import { closedPort, serve, serveRaw } from "../../support/server.js";
import { clientWith, failure, hang, json, networkError, type Reply, raw, settle, status } from "../../support/stub.js";
import { reaching } from "../../support/transport.js";

const CUSTOMERS = "/clients/{clientno}/customers";
const params = { path: { clientno: 2218, customerno: "1" } };

/** Idempotent requests. */
const IDEMPOTENT: Record<string, [method: string, path: string]> = {
  GET: ["GET", CUSTOMERS],
  PUT: ["PUT", CUSTOMERS],
  DELETE: ["DELETE", `${CUSTOMERS}/{customerno}`],
  "x-idempotent POST": ["POST", CUSTOMERS],
};
/** Non-idempotent requests. */
const NON_IDEMPOTENT: Record<string, [method: string, path: string]> = {
  POST: ["POST", "/clients/{clientno}/paymentreservations"],
  "POST without an operation": ["POST", "/clients/{clientno}/unheard-of"],
  PATCH: ["PATCH", CUSTOMERS],
};

/** Deno quotes the URL, which the library removes, and has no code. */
const denoError = (problem: string) =>
  new TypeError("fetch failed", {
    cause: new Error(`error sending request for url (http://127.0.0.1/:%20client%20error%20(Connect)): ${problem}`),
  });

const OUTCOMES: Record<string, Reply> = {
  "a broken connection": networkError("ECONNRESET", "read"),
  "a socket that the server closed": networkError("UND_ERR_SOCKET"),
  "an error without details": new TypeError("Load failed"),
  "a connection that closed on Deno": denoError(
    "client error (SendRequest): connection closed before message completed",
  ),
  "a connection that closed on workerd": Object.assign(new Error("Network connection lost."), { retryable: true }),
  "a timeout": hang,
  "broken JSON": () => new Response("{"),
  ...Object.fromEntries([408, 500, 502, 503, 504].map((code) => [code, () => status(code)])),
};
const NOT_CONNECTED: Record<string, Reply> = {
  "a refused connection": networkError("ECONNREFUSED", "connect"),
  "an unknown host": networkError("ENOTFOUND", "getaddrinfo"),
  "no route": networkError("EHOSTUNREACH", "connect"),
  "a connection that took too long": networkError("UND_ERR_CONNECT_TIMEOUT"),
  "a refused connection on Bun 1.3": Object.assign(new Error("Unable to connect"), { code: "ConnectionRefused" }),
  "a refused connection on Bun 1.4": networkError("ECONNREFUSED"),
  "a refused connection on Deno": denoError(
    "client error (Connect): tcp connect error: Connection refused (os error 111)",
  ),
  "an unknown host on Deno": denoError("client error (Connect): dns error: failed to lookup address information"),
  "all addresses of a host refused": new TypeError("fetch failed", {
    cause: new AggregateError([1, 2].map(() => networkError("ECONNREFUSED", "connect").cause)),
  }),
};
const THROTTLED: Record<string, Reply> = {
  "429": () => status(429),
  "429 with Retry-After": () => status(429, { "retry-after": "1" }),
};

/** How often the request is sent with this first reply and then a success. */
async function timesSent([method, path]: [string, string], first: Reply, options: AmiliOptions = {}) {
  const { amili, sent } = clientWith(options, first, () => json({}));
  const call = raw(amili.accountsReceivable).request(method, path, { params });
  await settle(call).catch((error: unknown) => expect(error).toBeInstanceOf(AmiliError));
  return sent.length;
}

/** When the requests were sent, in ms after the first. */
async function sendingTimes(options: AmiliOptions, ...script: Reply[]) {
  const { client, sent } = clientWith(options, ...script);
  await Promise.allSettled([settle(client.arItems.get("1"))]);
  return sent.map(({ at }) => at - (sent[0]?.at ?? 0));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
describe("an idempotent request is retried", () => {
  const after = Object.entries({ ...OUTCOMES, ...NOT_CONNECTED, ...THROTTLED });
  it.each(
    Object.entries(IDEMPOTENT).flatMap(([name, way]) => after.map(([what, reply]) => ({ name, way, what, reply }))),
  )("$name after $what", async ({ way, reply }) => {
    expect(await timesSent(way, reply)).toBe(2);
  });

  it.each([400, 403, 404, 405, 409, 410, 412, 422, 423, 501, 505, 507, 304, 302])("not after %s", async (code) => {
    for (const way of Object.values(IDEMPOTENT)) expect(await timesSent(way, () => status(code))).toBe(1);
  });

  it("by a resource method too", async () => {
    const { org, sent } = clientWith({}, status(500), json({ data: {} }));
    await settle(org.batches.get("b"));
    expect(sent).toHaveLength(2);
  });
});

describe("a non-idempotent request is retried only if it was not processed", () => {
  const ways = Object.entries(NON_IDEMPOTENT);
  it.each(
    ways.flatMap(([name, way]) =>
      Object.entries({ ...NOT_CONNECTED, ...THROTTLED }).map(([what, reply]) => ({ name, way, what, reply })),
    ),
  )("$name after $what", async ({ way, reply }) => {
    expect(await timesSent(way, reply)).toBe(2);
  });

  it.each(ways.flatMap(([name, way]) => Object.entries(OUTCOMES).map(([what, reply]) => ({ name, way, what, reply }))))(
    "$name not after $what",
    async ({ way, reply }) => {
      expect(await timesSent(way, reply)).toBe(1);
    },
  );

  const refused = networkError("ECONNREFUSED", "connect").cause;
  it.each([
    // Gateways send it after they forwarded the request.
    ["503 with Retry-After", status(503, { "retry-after": "1" })],
    ["500 with Retry-After", status(500, { "retry-after": "1" })],
    [
      "one address refused, one broken off",
      new TypeError("fetch failed", { cause: new AggregateError([refused, networkError("ECONNRESET", "read").cause]) }),
    ],
    ["no address tried", new TypeError("fetch failed", { cause: new AggregateError([]) })],
  ])("not after %s", async (_, reply) => {
    expect(await timesSent(["POST", "/clients/{clientno}/paymentreservations"], reply)).toBe(1);
  });

  it("an ambiguous failure does not create a second invoice", async () => {
    const { org, sent } = clientWith({}, networkError("UND_ERR_SOCKET"));
    const error = await failure(org.invoices.create([]), ConnectionError);
    expect(error.attempts).toBe(1);
    expect(sent).toHaveLength(1);
  });
});

describe("on a real network", () => {
  beforeEach(() => {
    vi.useRealTimers();
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  const post: [string, string] = ["POST", "/clients/{clientno}/paymentreservations"];
  const get: [string, string] = ["GET", CUSTOMERS];

  it("a POST is retried after a refused connection", async () => {
    const port = await closedPort();
    const events: RetryEvent[] = [];
    let up: ReturnType<typeof serve> | undefined;
    const { baseUrls, fetch = globalThis.fetch } = reaching(`http://127.0.0.1:${port}`);
    const amili = new Amili({
      accessToken: "T",
      baseUrls,
      hooks: {
        onRetry: (event) => {
          events.push(event);
          up = serve((_, response) => response.end("{}"), port);
        },
      },
      fetch: async (url, init) => {
        await up;
        return fetch(url, init);
      },
    });
    await raw(amili.accountsReceivable).request(...post, { params, body: { a: 1 } });
    expect((await up)?.seen.requests).toBe(1);
    expect(events[0]?.error?.message).toContain("ECONNREFUSED");
  });

  const breaking: Record<string, (socket: Socket) => void> = {
    "a reset after the request": (socket) => socket.resetAndDestroy(),
    "a close without a response": (socket) => socket.end(),
    "a body cut short": (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
    "a head cut short": (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-"),
    "a response that is not HTTP": (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
  };
  it.each(Object.entries(breaking))("a GET is retried after %s, a POST is not", async (_, breakOff) => {
    for (const { way, times } of [
      { way: get, times: 2 },
      { way: post, times: 1 },
    ]) {
      const { url, requests } = await serveRaw((__, socket) => {
        if (requests.length === 1) breakOff(socket);
        else socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
      });
      const amili = new Amili({ accessToken: "T", ...reaching(url) });
      const call = raw(amili.accountsReceivable).request(...way, { params });
      if (times === 2) expect((await call).data).toEqual({});
      else expect(await failure(call, ConnectionError)).toMatchObject({ code: "connection_failed", attempts: 1 });
      expect(requests).toHaveLength(times);
    }
  });
});

describe("the delay has full jitter on 0.5 s · 2ⁿ, at most 8 s", () => {
  const replies: Reply[] = [() => status(429), networkError("ECONNREFUSED", "connect"), ...Object.values(OUTCOMES)];
  const failing = fc.constantFrom(...replies.filter((reply) => reply !== hang));

  it("for any failures, jitter and maxRetries", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(failing, { maxLength: 8 }),
        fc.integer({ min: 0, max: 7 }),
        fc.array(
          fc.nat({ max: 999 }).map((n) => n / 1000),
          { minLength: 8, maxLength: 8 },
        ),
        async (failures, maxRetries, jitter) => {
          const random = vi.spyOn(Math, "random");
          for (const value of jitter) random.mockReturnValueOnce(value);
          const delays: number[] = [];
          const { client, sent } = clientWith(
            { maxRetries, hooks: { onRetry: ({ delay }) => delays.push(delay) } },
            ...failures,
            () => json({ ok: true }),
          );
          const [result] = await Promise.allSettled([settle(client.arItems.get("1"))]);
          random.mockReset();

          expect(sent).toHaveLength(Math.min(failures.length, maxRetries) + 1);
          expect(result.status).toBe(failures.length > maxRetries ? "rejected" : "fulfilled");
          expect(delays).toHaveLength(sent.length - 1);
          for (const [n, delay] of delays.entries()) {
            const longest = Math.min(8000, 500 * 2 ** n);
            expect(delay).toBeCloseTo((jitter[n] ?? 0) * longest);
            expect(delay).toBeGreaterThanOrEqual(0);
            expect(delay).toBeLessThanOrEqual(longest);
            const waited = (sent[n + 1]?.at ?? 0) - (sent[n]?.at ?? 0);
            // Timers keep whole milliseconds.
            expect(Math.abs(waited - delay)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("the longest delays", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1 - Number.EPSILON);
    const delays: number[] = [];
    await sendingTimes({ maxRetries: 7, hooks: { onRetry: ({ delay }) => delays.push(delay) } }, () => status(503));
    expect(delays.map(Math.round)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it.each([
    [undefined, 3],
    [0, 1],
    [1, 2],
    [5, 6],
  ])("maxRetries %s sends at most %s times", async (maxRetries, times) => {
    const options = maxRetries === undefined ? {} : { maxRetries };
    expect(await sendingTimes(options, () => status(503))).toHaveLength(times);
    const { client, sent } = clientWith({ maxRetries: 9 }, () => status(503));
    if (maxRetries === undefined) return;
    const error = await failure(client.arItems.get("1", {}, { maxRetries }), ApiError);
    expect(sent).toHaveLength(times);
    expect(error.attempts).toBe(times);
  });

  it("maxRetries 0 means none", async () => {
    expect(await timesSent(["GET", CUSTOMERS], networkError("ECONNREFUSED", "connect"), { maxRetries: 0 })).toBe(1);
    expect(await timesSent(["GET", CUSTOMERS], hang, { maxRetries: 0 })).toBe(1);
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 0, 31, 12, 0, 0);
  const date = (ms: number) => new Date(ms).toUTCString();

  // With half a second of jitter at most, so that clients that were refused together do not return together.
  it.each([
    { headers: { "retry-after": "7" }, delay: 7250 },
    { headers: { "retry-after": "1.5" }, delay: 1750 },
    { headers: { "retry-after": " 7 " }, delay: 7250 },
    { headers: { "retry-after": "0" }, delay: 250 },
    { headers: { "retry-after": "60" }, delay: 60_250 },
    { headers: { "retry-after": date(now + 9000) }, delay: 9250 },
    { headers: { "retry-after": "Saturday, 31-Jan-26 12:00:09 GMT" }, delay: 9250 },
    { headers: { "retry-after": date(now - 9000) }, delay: 250 },
    // The server's clock is an hour ahead, and says so.
    { headers: { "retry-after": date(now + 3_609_000), date: date(now + 3_600_000) }, delay: 9250 },
    { headers: { "retry-after": date(now + 9000), date: "garbage" }, delay: 9250 },
    // Not valid: as if there were none.
    { headers: { "retry-after": "soon" }, delay: 250 },
    { headers: { "retry-after": "-5" }, delay: 250 },
    { headers: { "retry-after": "7s" }, delay: 250 },
    { headers: { "retry-after": "" }, delay: 250 },
    { headers: { "retry-after": "2026-01-31T12:00:09Z" }, delay: 250 },
    { headers: {}, delay: 250 },
  ] as { headers: Record<string, string>; delay: number }[])("$headers: $delay ms", async ({ headers, delay }) => {
    for (const code of [429, 503]) {
      vi.setSystemTime(now);
      expect(await sendingTimes({}, status(code, headers), json({}))).toEqual([0, delay]);
    }
  });

  it("applies to one retry; the jitter counts all", async () => {
    const times = await sendingTimes(
      { maxRetries: 4 },
      status(429, { "retry-after": "3" }),
      status(503),
      status(429, { "retry-after": "1" }),
      status(503),
      json({}),
    );
    expect(times).toEqual([0, 3250, 3750, 5750, 7750]);
  });

  it("is parsed without an error, whatever it is", () => {
    const header = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)) });
    fc.assert(
      fc.property(header, fc.option(header), (value, date) => {
        const read = parseRetryAfter(new Headers({ "retry-after": value, ...(date !== null && { date }) }));
        if (read !== undefined) expect(read).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("may be any number of seconds", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), (seconds) => {
        expect(parseRetryAfter(new Headers({ "retry-after": String(seconds) }))).toBe(seconds * 1000);
      }),
    );
  });

  it("may be any date, by the server's clock", () => {
    const instant = fc.integer({ min: 0, max: 4e9 });
    fc.assert(
      fc.property(instant, instant, (until, server) => {
        const headers = new Headers({ "retry-after": date(until * 1000), date: date(server * 1000 + 1000) });
        expect(parseRetryAfter(headers)).toBe(Math.max(0, until - server - 1) * 1000);
      }),
    );
  });
});

describe("the retry budget of an API", () => {
  /** How many requests so many calls, one after another, make. */
  async function requestsOf(calls: number, script: Reply, options: AmiliOptions = {}) {
    const { client, org, sent } = clientWith(options, script);
    for (let n = 0; n < calls; n++) await Promise.allSettled([settle(client.arItems.get("1"))]);
    return { requests: sent.length, client, org, sent };
  }

  it("allows 100 retries where nothing succeeds", async () => {
    expect((await requestsOf(1000, () => status(503))).requests).toBe(1100);
    expect(
      (
        await requestsOf(200, () => {
          throw networkError("ECONNREFUSED", "connect");
        })
      ).requests,
    ).toBe(300);
  });

  it("is refilled by successes, up to its capacity", async () => {
    let healthy = false;
    const { client, sent } = await requestsOf(60, () => (healthy ? json({}) : status(503)));
    expect(sent).toHaveLength(160);
    healthy = true;
    for (let n = 0; n < 50; n++) await client.arItems.get("1");
    healthy = false;
    sent.length = 0;
    for (let n = 0; n < 30; n++) await failure(client.arItems.get("1"), ApiError);
    expect(sent).toHaveLength(40);
  });

  it("is paid back by a retry that succeeds", async () => {
    let n = 0;
    const { requests } = await requestsOf(500, () => (n++ % 2 === 0 ? status(503) : json({})));
    expect(requests).toBe(1000);
  });

  it("is not shared between APIs", async () => {
    const { org, sent } = await requestsOf(110, () => status(503));
    sent.length = 0;
    await failure(org.batches.get("b"), ApiError);
    expect(sent).toHaveLength(3);
  });
});

describe("a Retry-After above maxRetryAfter ends the call", () => {
  it.each([
    { options: {}, seconds: 61 },
    { options: { maxRetryAfter: 5000 }, seconds: 6 },
    { options: { maxRetryAfter: 0 }, seconds: 1 },
  ])("$seconds s with $options", async ({ options, seconds }) => {
    const start = Date.now();
    for (const code of [429, 503]) {
      const { client, sent } = clientWith(options, status(code, { "retry-after": String(seconds) }));
      const error = await failure(client.arItems.get("1"), ApiError);
      expect(error).toMatchObject({ status: code, retryAfter: seconds * 1000, attempts: 1 });
      expect(sent).toHaveLength(1);
    }
    expect(Date.now()).toBe(start);
  });

  it.each([
    { options: {}, seconds: 60 },
    { options: { maxRetryAfter: 600_000 }, seconds: 600 },
    { options: { maxRetryAfter: 0 }, seconds: 0 },
  ])("not $seconds s with $options", async ({ options, seconds }) => {
    const times = await sendingTimes(options, status(429, { "retry-after": String(seconds) }), json({}));
    expect(times).toEqual([0, seconds * 1000 + 250]);
  });
});

describe("an abort ends the delay", () => {
  it.each([
    ["a backoff", status(503)],
    ["a Retry-After", status(429, { "retry-after": "60" })],
  ])("%s", async (_, reply) => {
    const controller = new AbortController();
    const { client, sent } = clientWith({}, reply);
    const call = client.arItems.get("1", {}, { signal: controller.signal });
    const settled = Promise.allSettled([call]);
    await vi.advanceTimersByTimeAsync(100);
    const before = Date.now();
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await settled).toEqual([{ status: "rejected", reason }]);
    expect(Date.now()).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
    expect(sent).toHaveLength(1);
  });
});

describe("a retry sends the same request", () => {
  it("with the same body, even if the caller changes it meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const body = { value: JSON.parse(text) as unknown };
        const before = JSON.stringify(body);
        const { amili, sent } = clientWith({}, status(503), networkError("ECONNRESET"), json({}));
        const call = raw(amili.accountsReceivable).request("PUT", CUSTOMERS, { params, body });
        body.value = "changed";
        await settle(call);
        expect(sent.map((s) => s.body)).toEqual([before, before, before]);
      }),
      { numRuns: 30 },
    );
  });

  it("with the same headers", async () => {
    const { org, sent } = clientWith({ headers: { "x-a": "1" } }, status(429), json({}));
    await settle(org.invoices.create([], { headers: { "x-b": "2" } }));
    const [first, second] = sent.map(({ headers }) => Object.fromEntries(headers));
    expect(second).toEqual(first);
    expect(first).toMatchObject({ "x-a": "1", "x-b": "2", "content-type": "application/json" });
  });
});

describe("the result of the last attempt", () => {
  it("is a response", async () => {
    const { client } = clientWith({}, status(500), status(502), json({ detail: "over" }, { status: 504 }));
    const error = await failure(client.arItems.get("1"), ApiError);
    expect(error).toMatchObject({ status: 504, attempts: 3, body: { detail: "over" } });
  });

  it("is an error", async () => {
    const { client } = clientWith({ timeout: 10 }, networkError("ECONNRESET"), status(500), hang);
    expect(await failure(client.arItems.get("1"), TimeoutError)).toMatchObject({ attempts: 3 });
  });
});
