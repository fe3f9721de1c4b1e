import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { Amili, AmiliError, type AmiliOptions, ApiError, ConnectionError, TimeoutError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { chain, everything } from "../../support/secrets.js";
import { serve, serveRaw } from "../../support/server.js";
import {
  CREDENTIALS,
  clientWith,
  deferred,
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
import { itOfFetch, reaching } from "../../support/transport.js";

const ITEM = "/clients/{clientno}/aritems/{aritemid}";
const params = { path: { clientno: 2218, aritemid: "1" } };
const LIMIT = 64 * 1024;
/** A made-up national id, in a record. */
const RECORD = '{"ssn":"01017012345","name":"Kari';

const at = (url: string, options: AmiliOptions = {}) =>
  new Amili({ accessToken: "T", ...reaching(url), ...options }).accountsReceivable;

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
describe("timeout", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it("applies to each attempt", async () => {
    const { client, sent } = clientWith({ timeout: 100, maxRetries: 2 }, hang);
    const error = await failure(client.arItems.get("1"), TimeoutError);
    expect(sent.map((s) => s.at - (sent[0]?.at ?? 0))).toEqual([0, 100, 200]);
    expect(error).toMatchObject({ code: "timeout", timeout: 100, attempts: 3, method: "GET", path: ITEM });
    expect(sent.every((s) => s.signal.aborted)).toBe(true);
  });

  it("accepts a slow response within it", async () => {
    const { client } = clientWith({ timeout: 100 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 99));
      return json({ ok: true });
    });
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
  });

  it.each([
    { options: {}, call: {}, limit: 30_000 },
    { options: { timeout: 70 }, call: {}, limit: 70 },
    { options: { timeout: 70 }, call: { timeout: 500 }, limit: 500 },
    { options: {}, call: { timeout: 10 }, limit: 10 },
  ])("of $options and the call $call is $limit ms", async ({ options, call, limit }) => {
    const start = Date.now();
    const { client } = clientWith({ maxRetries: 0, ...options }, hang);
    await failure(client.arItems.get("1", {}, call), TimeoutError);
    expect(Date.now() - start).toBe(limit);
  });

  it("leaves no timer behind", async () => {
    const { client, org } = clientWith(
      { maxRetries: 0 },
      json({}),
      status(404),
      networkError("ECONNRESET"),
      new Response("{"),
      json({}),
    );
    await client.arItems.get("1");
    for (let i = 0; i < 3; i++) await failure(client.arItems.get("1"), AmiliError);
    await org.invoices.create([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("timeout includes the body", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";

  it("of a success that stalls", async () => {
    const { url } = await serveRaw((_, socket) => socket.write(`${head}{"a":`));
    const call = at(url, { timeout: 50, maxRetries: 1 }).client(1).arItems.get("1");
    expect(await failure(call, TimeoutError)).toMatchObject({ attempts: 2, timeout: 50 });
  });

  it("that trickles", async () => {
    const { url } = await serveRaw((_, socket) => {
      socket.write(head);
      const drip = setInterval(() => socket.write(" "), 10);
      socket.on("close", () => clearInterval(drip));
    });
    await failure(at(url, { timeout: 50, maxRetries: 0 }).client(1).arItems.get("1"), TimeoutError);
  });

  it("of an error, whose status and first bytes are kept", async () => {
    vi.useFakeTimers();
    const { client } = clientWith({ timeout: 50 }, ({ signal }) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode("wrong amou"));
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      });
      return new Response(body, { status: 422 });
    });
    const error = await failure(client.arItems.get("1"), ApiError);
    expect(error).toMatchObject({ status: 422, body: "wrong amou" });
  });
});

describe("a fetch that ignores its signal", () => {
  const never = () => new Promise<never>(() => {});
  /** A body that gives its beginning and then nothing, whatever happens. */
  const stalled = (code: number) => () =>
    new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode('{"a":')) }), { status: code });

  beforeEach(() => {
    vi.useFakeTimers();
  });

  it.each<[string, Reply]>([
    ["never settles", never],
    ["has a body that never ends", stalled(200)],
  ])("and %s: timeout holds for each attempt", async (_, reply) => {
    const { client, sent } = clientWith({ timeout: 100, maxRetries: 1 }, reply);
    expect(await failure(client.arItems.get("1"), TimeoutError)).toMatchObject({ attempts: 2 });
    expect(sent.map((s) => s.at - (sent[0]?.at ?? 0))).toEqual([0, 100]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("and has an error body that never ends: its status and first bytes are kept", async () => {
    const { client } = clientWith({ timeout: 100 }, stalled(422));
    expect(await failure(client.arItems.get("1"), ApiError)).toMatchObject({ status: 422, body: '{"a":' });
  });

  it.each<[string, Reply]>([
    ["never settles", never],
    ["has a body that never ends", stalled(200)],
    ["has an error body that never ends", stalled(500)],
  ])("and %s: an abort ends the call", async (_, reply) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { client, sent } = clientWith({}, reply);
    const call = client.arItems.get("1", {}, { signal: controller.signal });
    const aborted = expect(call).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(5);
    controller.abort(reason);
    await aborted;
    expect([sent.length, vi.getTimerCount()]).toEqual([1, 0]);
  });

  it.each(["timeout", "abort"])("and responds after the %s: the body is cancelled", async (end) => {
    const late = deferred<Response>();
    const cancel = vi.fn();
    const controller = new AbortController();
    const { client } = clientWith({ timeout: 100, maxRetries: 0 }, () => late.promise);
    const settled = Promise.allSettled([client.arItems.get("1", {}, { signal: controller.signal })]);
    await vi.advanceTimersByTimeAsync(0);
    if (end === "abort") controller.abort();
    await vi.advanceTimersByTimeAsync(100);
    expect(await settled).toMatchObject([{ status: "rejected" }]);
    late.resolve(new Response(new ReadableStream({ cancel })));
    await vi.advanceTimersByTimeAsync(1);
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});

describe("an empty body is undefined", () => {
  it.each([
    ["204", () => status(204)],
    ["200 without a body", () => status(200)],
    ["200 with an empty body", () => new Response("")],
    [
      "200 with an empty JSON type and length",
      () => new Response("", { headers: { "content-type": "application/json", "content-length": "0" } }),
    ],
    ["202 with a JSON type", () => new Response("", { status: 202, headers: { "content-type": "application/json" } })],
  ])("%s", async (_, reply) => {
    const { client, amili } = clientWith({}, reply);
    expect(await client.arItems.get("1")).toBeUndefined();
    const { data, error, response } = await amili.accountsReceivable.http.GET(ITEM, { params });
    expect([data, error, response.ok]).toEqual([undefined, undefined, true]);
  });

  it("without Content-Length, at the end of the connection or an empty chunk", async () => {
    for (const reply of [
      "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ]) {
      const { url } = await serveRaw((_, socket) => socket.end(reply));
      expect(await at(url, { maxRetries: 0 }).client(1).arItems.get("1")).toBeUndefined();
    }
  });

  it("but falsy JSON is not", async () => {
    for (const body of [null, 0, false, "", "text", [], { a: [1.5] }]) {
      const { client } = clientWith({}, json(body));
      expect(await client.arItems.get("1")).toEqual(body);
    }
  });
});

describe("broken JSON of a success is a ConnectionError", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it.each(["{", "<html>", RECORD, "undefined", "{}{}", " "])("%s", async (text) => {
    const { client, sent } = clientWith({ maxRetries: 1 }, () => new Response(text, { status: 201 }));
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect(error).toMatchObject({ code: "invalid_json", status: 201, attempts: 2, body: text });
    expect(sent).toHaveLength(2);
  });

  it("that a retry may repair", async () => {
    const { client } = clientWith({}, new Response("{"), json({ ok: true }));
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
  });

  it("that is not retried for a non-idempotent request", async () => {
    const { org, sent } = clientWith({}, new Response("{", { status: 202 }));
    expect(await failure(org.invoices.create([]), ConnectionError)).toMatchObject({ status: 202, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it("that shows nothing of the text but has its first 64 KB", async () => {
    const text = RECORD + " ".repeat(LIMIT);
    const { client } = clientWith({ maxRetries: 0 }, new Response(text));
    const error = await failure(client.arItems.get("1"), ConnectionError);
    for (const e of chain(error) as Generator<Error>) {
      expect([String(e), e.stack, JSON.stringify(e), inspect(e, { depth: 20 })].join()).not.toContain("0101");
    }
    expect(error.message).toContain(`${text.length} characters`);
    expect(error.body).toBe(text.slice(0, LIMIT));
  });
});

describe("a successful body", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));
  /** "Blåbær" in Latin-1. */
  const LATIN = bytes('"Bl', [0xe5], "b", [0xe6], 'r"');

  it("that never ends is not read further than maxResponseSize, and cancelled", async () => {
    const cancel = vi.fn();
    let sentBytes = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(new Uint8Array(1000));
          sentBytes += 1000;
        },
        cancel,
      });
    const { client, amili, sent } = clientWith({ maxResponseSize: 5_000 }, () => new Response(endless()));
    for (const call of [
      client.arItems.get("1"),
      raw(amili.accountsReceivable).request("GET", ITEM, { params, parseAs: "text" }),
      raw(amili.accountsReceivable).request("GET", ITEM, { params, parseAs: "blob" }),
    ]) {
      const error = await failure(call, ConnectionError);
      expect(error).toMatchObject({ code: "response_too_large", status: 200, attempts: 1 });
      expect(error.message).toContain("of more than 5000 bytes, the limit of maxResponseSize");
      expect(error.body).toBeUndefined();
    }
    expect(cancel).toHaveBeenCalledTimes(3);
    expect(sentBytes).toBeLessThanOrEqual(3 * 8_000);
    expect(sent).toHaveLength(3);
  });

  it("is counted after decompression", async () => {
    const bomb = gzipSync(new Uint8Array(10_000_000));
    expect(bomb.length).toBeLessThan(20_000);
    const { url } = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const { client } = { client: at(url, { maxResponseSize: 1_000_000 }).client(1) };
    expect(await failure(client.arItems.get("1"), ConnectionError)).toMatchObject({ code: "response_too_large" });
  });

  it("of exactly maxResponseSize is accepted", async () => {
    const { client } = clientWith({ maxResponseSize: 7 }, () => new Response('"12345"'));
    expect(await client.arItems.get("1")).toBe("12345");
  });

  it("as a stream is not limited", async () => {
    const { amili } = clientWith({ maxResponseSize: 5 }, () => new Response("0123456789"));
    const { data } = await raw(amili.accountsReceivable).request("GET", ITEM, { params, parseAs: "stream" });
    expect(await new Response(data as ReadableStream).text()).toBe("0123456789");
  });

  it("that is not valid UTF-8 is an error, instead of an altered text", async () => {
    const { client, sent } = clientWith(
      {},
      () => new Response(LATIN, { headers: { "content-type": "application/json" } }),
    );
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect(error).toMatchObject({ code: "invalid_encoding", status: 200, attempts: 1 });
    expect(error.message).toContain("a 200 response that is not valid utf-8 (8 bytes, content type application/json)");
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["application/json; charset=iso-8859-1", LATIN, "Blåbær"],
    ['application/json;charset="ISO-8859-1"; x=y', LATIN, "Blåbær"],
    ["application/json; charset=utf-16le", Uint8Array.from([0x22, 0, 0xe5, 0, 0x22, 0]), "å"],
    ["application/json; charset=x-unheard-of", bytes('"å"'), "å"],
    ["application/json", bytes([0xef, 0xbb, 0xbf], '"å"'), "å"],
  ])("of the content type %s is read as that says", async (type, body, text) => {
    const { client } = clientWith({}, () => new Response(body, { headers: { "content-type": type } }));
    expect(await client.arItems.get("1")).toBe(text);
  });

  it("is parsed by parseJson, so that large integers can keep their digits", async () => {
    const parseJson = (text: string) => JSON.parse(text.replace(/\d{16,}/g, '"$&"'));
    const script = () => new Response('{"id":9007199254740993}');
    expect(await clientWith({}, script).client.arItems.get("1")).toEqual({ id: 9007199254740992 });
    expect(await clientWith({ parseJson }, script).client.arItems.get("1")).toEqual({ id: "9007199254740993" });
  });

  it("that parseJson refuses is not JSON, and the token service's is not given to it", async () => {
    const parseJson = vi.fn(() => {
      throw new Error("01017012345");
    });
    const { client } = clientWith(
      { ...CREDENTIALS, parseJson, maxRetries: 0 },
      identityAnd(() => json({})),
    );
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect(error.code).toBe("invalid_json");
    expect(everything(error)).not.toContain("01017012345");
    expect(parseJson.mock.calls).toEqual([["{}"]]);
  });

  it("that is not JSON is not kept in memory as a whole by its error", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const { client } = clientWith({ maxRetries: 0 }, () => new Response("x".repeat(8_000_000)));
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const errors: ConnectionError[] = [];
    for (let n = 0; n < 6; n++) errors.push(await failure(client.arItems.get("1"), ConnectionError));
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(16_000_000);
    expect(errors.at(-1)?.body).toHaveLength(LIMIT);
  });
});

describe("an error body is kept", () => {
  const bytes = Uint8Array.from([0xff, 0xfe, 0x00, 0x80]);
  it.each<{ what: string; sent: BodyInit | null; kept: unknown }>([
    { what: "an object", sent: '{"title":"Bad","errors":[1]}', kept: { title: "Bad", errors: [1] } },
    { what: "an array", sent: "[1,2]", kept: [1, 2] },
    { what: "a string", sent: '"no"', kept: "no" },
    { what: "null", sent: "null", kept: null },
    { what: "text", sent: "no such item", kept: "no such item" },
    { what: "HTML", sent: "<html>502</html>", kept: "<html>502</html>" },
    { what: "broken JSON", sent: '{"a":', kept: '{"a":' },
    { what: "nothing", sent: null, kept: undefined },
    { what: "an empty text", sent: "", kept: undefined },
    { what: "binary data", sent: bytes, kept: "\ufffd\ufffd\u0000\ufffd" },
    { what: "non-ASCII JSON", sent: '{"a":"Łódź, blåbær"}', kept: { a: "Łódź, blåbær" } },
    { what: "64 KB", sent: "x".repeat(LIMIT), kept: "x".repeat(LIMIT) },
    { what: "more than 64 KB", sent: "x".repeat(LIMIT + 1), kept: "x".repeat(LIMIT) },
    { what: "a character cut in two", sent: `${"x".repeat(LIMIT - 1)}ø`, kept: "x".repeat(LIMIT - 1) },
    { what: "JSON that is cut", sent: `["${"x".repeat(LIMIT)}"]`, kept: `["${"x".repeat(LIMIT - 2)}` },
  ])("$what", async ({ sent, kept }) => {
    const reply = new Response(sent, { status: 400 });
    expect((await failure(clientWith({}, reply).client.arItems.get("1"), ApiError)).body).toEqual(kept);
  });

  it("in many small chunks", async () => {
    const text = JSON.stringify({ text: "blåbærsyltetøy ".repeat(50) });
    const pieces = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < pieces.length; i += 3) controller.enqueue(pieces.subarray(i, i + 3));
        controller.close();
      },
    });
    const { client } = clientWith({}, new Response(body, { status: 400 }));
    expect((await failure(client.arItems.get("1"), ApiError)).body).toEqual(JSON.parse(text));
  });

  it("without reading a huge one to the end", async () => {
    let written = 0;
    const closed = deferred<void>();
    const { url } = await serve((_, response) => {
      response.on("close", closed.resolve);
      response.writeHead(400);
      const more = () => {
        while (written < 1e9 && response.write("y".repeat(LIMIT))) written += LIMIT;
      };
      response.on("drain", more);
      more();
    });
    const error = await failure(at(url, { maxRetries: 0 }).client(1).arItems.get("1"), ApiError);
    expect(error).toMatchObject({ status: 400, body: "y".repeat(LIMIT) });
    // The connection is closed, not left open.
    await closed.promise;
    expect(written).toBeLessThan(2e8);
  });

  it("as far as it was received before the connection broke", async () => {
    const { url } = await serveRaw((_, socket) =>
      socket.end("HTTP/1.1 409 Conflict\r\ncontent-length: 100\r\n\r\nalready pa"),
    );
    const error = await failure(at(url, { maxRetries: 0 }).client(1).arItems.get("1"), ApiError);
    expect(error).toMatchObject({ status: 409, body: "already pa" });
  });
});

describe("an attempt", () => {
  itOfFetch("does not follow redirects", async () => {
    const { client, sent } = clientWith({}, json({}));
    await client.arItems.get("1");
    expect(sent[0]?.init).toMatchObject({ redirect: "manual", method: "GET" });
  });

  it("keeps the connection for the next call, after errors and empty responses too", async () => {
    const { url, seen } = await serve((_, response) => {
      const code = [200, 404, 204, 400, 200][seen.requests % 5] ?? 200;
      response.writeHead(code).end(code === 204 ? undefined : '{"a":1}');
    });
    const client = at(url).client(1);
    for (let i = 0; i < 10; i++)
      await client.arItems.get("1").catch((e: unknown) => expect(e).toBeInstanceOf(ApiError));
    expect(seen.requests).toBe(10);
    // The platform opens a second one while the first is not free.
    expect(seen.connections).toBeLessThanOrEqual(2);
  });
});

describe("a response that breaks off", () => {
  it("is a ConnectionError with the status if that was received", async () => {
    const { url } = await serveRaw((_, socket) => socket.end("HTTP/1.1 202 Accepted\r\ncontent-length: 100\r\n\r\n{"));
    const call = at(url)
      .client(1)
      .actions.createReport("adb", {} as never);
    expect(await failure(call, ConnectionError)).toMatchObject({
      code: "connection_failed",
      status: 202,
      attempts: 1,
    });
  });

  it("has the platform's error as its cause and the error's code in its message", async () => {
    const { client } = clientWith({ maxRetries: 0 }, networkError("ECONNRESET", "read"));
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect(error.message).toContain("ECONNRESET");
    expect(error.status).toBeUndefined();
    expect([...chain(error)].map((e) => (e as Error).message)).toEqual([
      error.message,
      "fetch failed",
      "read ECONNRESET",
    ]);
  });

  it("as is a fetch that throws, or returns no response", async () => {
    for (const fetch of [
      () => {
        throw new TypeError("no");
      },
      async () => undefined as unknown as Response,
    ]) {
      const { client } = clientWith({ maxRetries: 0, fetch });
      await failure(client.arItems.get("1"), ConnectionError);
    }
  });
});

it("no error has a secret", async () => {
  const { client } = clientWith(
    { accessToken: "tok-s3cret", maxRetries: 0, timeout: 20 },
    networkError("ECONNRESET"),
    hang,
    status(500),
  );
  for (let i = 0; i < 3; i++)
    expect(everything(await failure(client.arItems.get("1"), Error))).not.toContain("tok-s3cret");
});

it("the URL of a request is in no cause: Deno quotes it, and a path may hold a national id", async () => {
  const url = "https://api.amili.no/arm/v1/clients/2218/customers/01017012345?expand=a";
  const inner = new TypeError(`error sending request for url (${url}): client error`);
  const { client } = clientWith({ maxRetries: 0 }, new TypeError(`request to ${url} failed`, { cause: inner }));
  const error = await failure(client.customers.get("01017012345", { expand: "a" }), ConnectionError);
  expect(everything(error)).not.toContain("01017012345");
  expect(everything(error)).toContain("error sending request for url ((URL))");
});
