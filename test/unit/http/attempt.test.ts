import { inspect } from "node:util";
import { Amili, AmiliError, type AmiliOptions, ApiError, ConnectionError, TimeoutError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chain, everything } from "../../support/secrets.js";
import { allAt, serve, serveRaw } from "../../support/server.js";
import {
  clientWith,
  deferred,
  failure,
  hang,
  json,
  networkError,
  raw,
  settle,
  status,
  stubFetch,
} from "../../support/stub.js";

const ITEM = "/clients/{clientno}/aritems/{aritemid}";
const params = { path: { clientno: 2218, aritemid: "1" } };
const LIMIT = 64 * 1024;
/** A made-up national id, in a record. */
const RECORD = '{"ssn":"01017012345","name":"Kari';

const at = (url: string, options: AmiliOptions = {}) =>
  new Amili({ accessToken: "T", baseUrls: allAt(url), ...options }).accountsReceivable;

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('"Timeouts are per attempt"', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it("each attempt has its own", async () => {
    const { client, sent } = clientWith({ timeout: 100, maxRetries: 2 }, hang);
    const error = await failure(client.arItems.get("1"), TimeoutError);
    expect(sent.map((s) => s.at - (sent[0]?.at ?? 0))).toEqual([0, 100, 200]);
    expect(error).toMatchObject({ code: "timeout", timeout: 100, attempts: 3, method: "GET", path: ITEM });
    expect(sent.every((s) => s.signal.aborted)).toBe(true);
  });

  it("a slow answer within it is taken", async () => {
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
  ])("$options, of a call $call: $limit ms", async ({ options, call, limit }) => {
    const begun = Date.now();
    const { client } = clientWith({ maxRetries: 0, ...options }, hang);
    await failure(client.arItems.get("1", {}, call), TimeoutError);
    expect(Date.now() - begun).toBe(limit);
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

describe('"and cover reading the body"', () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";

  it("of a success that hangs", async () => {
    const { url } = await serveRaw((_, socket) => socket.write(`${head}{"a":`));
    const call = at(url, { timeout: 50, maxRetries: 1 }).client(1).arItems.get("1");
    expect(await failure(call, TimeoutError)).toMatchObject({ attempts: 2, timeout: 50 });
  });

  it("that comes in drops", async () => {
    const { url } = await serveRaw((_, socket) => {
      socket.write(head);
      const drip = setInterval(() => socket.write(" "), 10);
      socket.on("close", () => clearInterval(drip));
    });
    await failure(at(url, { timeout: 50, maxRetries: 0 }).client(1).arItems.get("1"), TimeoutError);
  });

  it("of an error, whose status and beginning are kept", async () => {
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

describe('"204 and empty bodies give `undefined`"', () => {
  it.each([
    ["204", () => status(204)],
    ["200 without a body", () => status(200)],
    ["200 with an empty body", () => new Response("")],
    [
      "200 that says it is empty JSON",
      () => new Response("", { headers: { "content-type": "application/json", "content-length": "0" } }),
    ],
    [
      "202 that says it is JSON",
      () => new Response("", { status: 202, headers: { "content-type": "application/json" } }),
    ],
  ])("%s", async (_, reply) => {
    const { client, amili } = clientWith({}, reply);
    expect(await client.arItems.get("1")).toBeUndefined();
    const { data, error, response } = await amili.accountsReceivable.http.GET(ITEM, { params });
    expect([data, error, response.ok]).toEqual([undefined, undefined, true]);
  });

  it("without Content-Length, ended by the end of the connection or an empty chunk", async () => {
    for (const answer of [
      "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ]) {
      const { url } = await serveRaw((_, socket) => socket.end(answer));
      expect(await at(url, { maxRetries: 0 }).client(1).arItems.get("1")).toBeUndefined();
    }
  });

  it("other bodies are given as they are", async () => {
    for (const body of [null, 0, false, "", "text", [], { a: [1.5] }]) {
      const { client } = clientWith({}, json(body));
      expect(await client.arItems.get("1")).toEqual(body);
    }
  });
});

describe('"broken JSON on success is a `ConnectionError` with the status and is retried like one"', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it.each(["{", "<html>", `${RECORD}`, "undefined", "{}{}", " "])("%s", async (text) => {
    const { client, sent } = clientWith({ maxRetries: 1 }, () => new Response(text, { status: 201 }));
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect(error).toMatchObject({ code: "invalid_json", status: 201, attempts: 2, body: text });
    expect(sent).toHaveLength(2);
  });

  it("that is whole the next time", async () => {
    const { client } = clientWith({}, new Response("{"), json({ ok: true }));
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
  });

  it("not for a POST that may have been taken", async () => {
    const { org, sent } = clientWith({}, new Response("{", { status: 202 }));
    expect(await failure(org.invoices.create([]), ConnectionError)).toMatchObject({ status: 202, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it("shows nothing of the text, which may be personal, but keeps its beginning", async () => {
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

describe('"error bodies of any kind or size are kept (first 64 KB), parsed if JSON"', () => {
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
    { what: "bytes", sent: bytes, kept: "\ufffd\ufffd\u0000\ufffd" },
    { what: "letters of other languages", sent: '{"a":"Łódź, blåbær"}', kept: { a: "Łódź, blåbær" } },
    { what: "64 KB", sent: "x".repeat(LIMIT), kept: "x".repeat(LIMIT) },
    { what: "one byte more", sent: "x".repeat(LIMIT + 1), kept: "x".repeat(LIMIT) },
    { what: "a letter cut in two", sent: `${"x".repeat(LIMIT - 1)}ø`, kept: "x".repeat(LIMIT - 1) },
    { what: "JSON that is cut", sent: `["${"x".repeat(LIMIT)}"]`, kept: `["${"x".repeat(LIMIT - 2)}` },
  ])("$what", async ({ sent, kept }) => {
    const reply = () => new Response(sent, { status: 400 });
    const { client, amili } = clientWith({}, reply);
    expect((await failure(client.arItems.get("1"), ApiError)).body).toEqual(kept);
    const { data, error, response } = await raw(amili.accountsReceivable).request("GET", ITEM, { params });
    expect([data, error, response.status]).toEqual([undefined, kept, 400]);
  });

  it("in many small pieces, letters cut in two", async () => {
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

  it("without reading a huge one to its end", async () => {
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
    // The connection is given up, not left hanging.
    await closed.promise;
    expect(written).toBeLessThan(2e8);
  });

  it("as far as one came before the connection broke", async () => {
    const { url } = await serveRaw((_, socket) =>
      socket.end("HTTP/1.1 409 Conflict\r\ncontent-length: 100\r\n\r\nalready pa"),
    );
    const error = await failure(at(url, { maxRetries: 0 }).client(1).arItems.get("1"), ApiError);
    expect(error).toMatchObject({ status: 409, body: "already pa" });
  });
});

describe("what an attempt sends", () => {
  it("follows no redirect, and lets other options of fetch through", async () => {
    const dispatcher = { name: "a proxy" };
    const { amili, sent } = clientWith({}, json({}));
    await raw(amili.accountsReceivable).request("GET", ITEM, { params, dispatcher, redirect: "follow" });
    expect(sent[0]?.init).toMatchObject({ redirect: "manual", method: "GET", dispatcher });
  });

  it("keeps connections open for the next call, after errors and empty answers too", async () => {
    const { url, seen } = await serve((_, response) => {
      const code = [200, 404, 204, 400, 200][seen.requests % 5] ?? 200;
      response.writeHead(code).end(code === 204 ? undefined : '{"a":1}');
    });
    const client = at(url).client(1);
    for (let i = 0; i < 10; i++)
      await client.arItems.get("1").catch((e: unknown) => expect(e).toBeInstanceOf(ApiError));
    expect(seen.requests).toBe(10);
    // The platform opens a second one where the first is not yet free.
    expect(seen.connections).toBeLessThanOrEqual(2);
  });
});

describe("an answer that breaks off", () => {
  it("is a ConnectionError with the status, if it got that far", async () => {
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

  it("has the platform's error as its cause and its code in the message", async () => {
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

  it("is one too where fetch throws at once, or gives something else than an answer", async () => {
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

describe("parseAs of raw access", () => {
  const text = '{ "a" : 1 }';
  const get = (parseAs?: string) => {
    const { fetch } = stubFetch(() => new Response(text));
    const { http } = new Amili({ accessToken: "T", fetch }).accountsReceivable;
    return raw({ http }).request("GET", ITEM, { params, ...(parseAs && { parseAs }) });
  };

  it("gives JSON, text, bytes, a blob or the stream", async () => {
    expect((await get()).data).toEqual({ a: 1 });
    expect((await get("json")).data).toEqual({ a: 1 });
    expect((await get("text")).data).toBe(text);
    expect(new TextDecoder().decode((await get("arrayBuffer")).data as ArrayBuffer)).toBe(text);
    expect(await ((await get("blob")).data as Blob).text()).toBe(text);
    expect(await new Response((await get("stream")).data as ReadableStream).text()).toBe(text);
  });

  it("as a stream leaves the answer to be read", async () => {
    expect(await (await get("stream")).response.text()).toBe(text);
  });

  it("leaves errors to be parsed all the same", async () => {
    for (const parseAs of ["json", "text", "arrayBuffer", "blob", "stream"]) {
      const { amili } = clientWith({}, json({ title: "Bad" }, { status: 400 }));
      const { error } = await raw(amili.accountsReceivable).request("GET", ITEM, { params, parseAs });
      expect(error).toEqual({ title: "Bad" });
    }
  });
});

it("shows no secret in what it throws", async () => {
  const { client } = clientWith(
    { accessToken: "tok-s3cret", maxRetries: 0, timeout: 20 },
    networkError("ECONNRESET"),
    hang,
    status(500),
  );
  for (let i = 0; i < 3; i++)
    expect(everything(await failure(client.arItems.get("1"), Error))).not.toContain("tok-s3cret");
});
