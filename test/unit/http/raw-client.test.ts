import { getEventListeners } from "node:events";
import { AuthenticationError, ConfigurationError, ConnectionError, InferredOperationError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { accountsReceivable, debtCollection } from "../../../generated/operations.js";
import type { ListOperation, Operation } from "../../../src/operation.js";
import { useFakeTime } from "../../support/fake-time.js";
import { everything } from "../../support/secrets.js";
import {
  bearer,
  CREDENTIALS,
  clientWith,
  failure,
  hang,
  identityAnd,
  json,
  networkError,
  ORG,
  type Reply,
  raw,
  settle,
  status,
} from "../../support/stub.js";
import { isUndici } from "../../support/transport.js";

const ITEM = "/clients/{clientno}/aritems/{aritemid}";
const CUSTOMERS = "/clients/{clientno}/customers";
const params = { path: { clientno: 2218, aritemid: "1" } };
const ERROR_BODY_LIMIT = 64 * 1024;

/** The raw client of accounts receivable on a stub. */
function rawWith(options: Parameters<typeof clientWith>[0], ...script: Reply[]) {
  const { amili, sent } = clientWith(options, ...script);
  const { http } = amili.accountsReceivable;
  const request = raw(amili.accountsReceivable).request;
  return {
    http,
    sent,
    request,
    get: (init: object = {}) => request("GET", ITEM, { params, ...init }),
    put: (body: unknown, init: object = {}) => request("PUT", CUSTOMERS, { params, body, ...init }),
  };
}

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

describe("a raw call", () => {
  it("gives the data of a success", async () => {
    const { http, sent } = rawWith({}, json({ arItemId: "1" }, { headers: { "x-a": "1" } }));
    const { data, error, response } = await http.GET(ITEM, { params });
    expect([data, error]).toEqual([{ arItemId: "1" }, undefined]);
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.headers.get("x-a")]).toEqual([200, "1"]);
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET https://api.amili.no/arm/v1/clients/2218/aritems/1",
    ]);
    expect(sent.map(bearer)).toEqual(["T0"]);
  });

  it("gives the error of an error status, which is not thrown", async () => {
    const { data, error, response } = await rawWith({}, json({ title: "None" }, { status: 404 })).get();
    expect([data, error, response.status]).toEqual([undefined, { title: "None" }, 404]);
  });

  it("throws without a response, and when the token is refused", async () => {
    const { get } = rawWith({ maxRetries: 0 }, new TypeError("fetch failed"), status(401));
    await failure(get(), ConnectionError);
    await failure(get(), AuthenticationError);
  });

  it("sends body, query and headers", async () => {
    const { amili, sent } = clientWith({}, json({}));
    await amili.debtCollection.http.POST("/orgs/{organizationId}/invoices", {
      params: { path: { organizationId: ORG }, query: { a: 1 } as never },
      body: { invoices: [] },
      headers: { "x-a": "1" },
    });
    expect(sent[0]).toMatchObject({ method: "POST", body: '{"invoices":[]}' });
    expect(sent[0]?.url.href).toBe(`https://api.amili.no/collection/v1/orgs/${ORG}/invoices?a=1`);
    expect(sent[0]?.headers.get("x-a")).toBe("1");
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
  });

  it.each<[string, object, string | null]>([
    ["an object", { "x-a": "1" }, "1"],
    ["Headers", new Headers({ "x-a": "1" }), "1"],
    ["undefined", { "x-a": undefined }, null],
    ["null", { "x-a": null }, null],
  ])("takes headers as %s, with the content type of the operation", async (_, headers, value) => {
    const { amili, sent } = clientWith({}, () => json({}));
    const body = { grant_type: "client_credentials", client_id: "a b", client_secret: "c" };
    await raw(amili.identity).request("post", "/token", { body, headers });
    await raw(amili.accountsReceivable).request("GET", ITEM, { params, headers });
    expect(sent.map((s) => s.headers.get("x-a"))).toEqual([value, value]);
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(sent[0]?.body).toBe("grant_type=client_credentials&client_id=a+b&client_secret=c");
  });

  it("sends FormData with the content type of the platform", async () => {
    const { request, sent } = rawWith({}, json({}));
    const body = new FormData();
    body.set("file", new Blob(["blåbær"]), "a.txt");
    await request("POST", "/clients/{clientno}/files", { params, body });
    expect(sent[0]?.headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent[0]?.body).toContain("blåbær");
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  it.each<[string, unknown, object]>([
    ["a BigInt", { amount: 1n }, {}],
    ["a cyclic object", cycle, {}],
    ["a toJSON that throws", { toJSON: () => expect.unreachable("it throws") }, {}],
    [
      "a form value without a string",
      { a: Object.create(null) },
      { headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
  ])("refuses a body that cannot be serialized: %s", async (_, body, init) => {
    const { amili, org, sent } = clientWith({}, () => json({}));
    const calls = [raw(amili.accountsReceivable).request("PUT", CUSTOMERS, { params, body, ...init })];
    if (!("headers" in init)) calls.push(org.invoices.create([body as never]) as never);
    for (const call of calls) {
      const error = await failure(call, ConfigurationError);
      expect(error.code).toBe("invalid_argument");
      expect(error.message).toMatch(/^The body .* Nothing was sent\.$/);
      expect(error.cause).toBeInstanceOf(Error);
    }
    expect(sent).toHaveLength(0);
  });

  it.each([...(isUndici ? [] : [0, 199]), 600, 999])(
    "gives a response with status %s, which none can be constructed with",
    async (code) => {
      const reply = () =>
        Object.defineProperties(new Response("odd"), { status: { value: code }, ok: { value: false } });
      const { response, error } = await rawWith({}, reply).get();
      expect([response.status, response.ok, error]).toEqual([code, false, "odd"]);
    },
  );

  it("has every method", async () => {
    const { http, sent } = rawWith({}, () => status(204));
    const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
    const calls = http as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    for (const method of methods.slice(0, -1)) await calls[method]?.("/odd");
    await calls.request?.("get", "/odd");
    expect(sent.map(({ method }) => method)).toEqual([...methods.slice(0, -1), "GET"]);
    // The platform's Request refuses TRACE.
    await expect(calls.TRACE?.("/odd")).rejects.toThrow("TRACE");
  });

  it("with a fetch of its own gets no token", async () => {
    const fetch = vi.fn(async (_: Request) => json({ own: true }));
    const { get, sent } = rawWith({});
    expect((await get({ fetch })).data).toEqual({ own: true });
    expect(fetch.mock.calls[0]?.[0].headers.has("authorization")).toBe(false);
    expect(sent).toHaveLength(0);
  });
});

describe("a request stays under its base URL", () => {
  it.each([
    ["elsewhere", { params, baseUrl: "https://evil.test" }],
    ["another host with the same beginning", { params, baseUrl: "https://api.amili.no.evil.test/arm/v1" }],
    ["a user name that looks like the host", { params, baseUrl: "https://api.amili.no/arm/v1@evil.test" }],
    ["another API of the same host", { params, baseUrl: "https://api.amili.no/collection/v1" }],
    ["no encryption", { params, baseUrl: "http://api.amili.no/arm/v1" }],
    ["a path serializer that leads away", { params, pathSerializer: () => "https://evil.test/" }],
    ["no path parameters", {}],
    ["one missing", { params: { path: { clientno: 2218 } } }],
    ["one undefined", { params: { path: { clientno: 2218, aritemid: undefined } } }],
    ["one empty", { params: { path: { clientno: 2218, aritemid: "" } } }],
    ["one that climbs", { params: { path: { clientno: 2218, aritemid: ".." } } }],
  ])("or is refused: %s", async (_, init) => {
    const { request, sent } = rawWith(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    await failure(request("GET", ITEM, init), ConfigurationError);
    expect(sent).toHaveLength(0);
  });

  it.each([
    "/../../x",
    "/clients/../../../x",
    "/%2e%2e/%2E./x",
    "/..%2f..%2Fx",
    "/..%5c..%5Cx",
    "/..\\..\\x",
    "//evil.test/x",
    "/\\evil.test/x",
    "@evil.test/x",
    ".evil.test/x",
    "?/../../x",
  ])("or is refused: the path %s", async (path) => {
    const { request, sent } = rawWith({}, () => json({}));
    const results = await Promise.allSettled([request("GET", path)]);
    const urls = sent.map(({ url }) => url.href);
    expect(urls.every((url) => /^https:\/\/api\.amili\.no\/arm\/v1\/(?!.*%)/.test(url))).toBe(true);
    if (results[0]?.status === "rejected") expect(results[0].reason).toBeInstanceOf(ConfigurationError);
  });

  it("a baseUrl of the same API is accepted", async () => {
    const { get, sent } = rawWith({}, json({}));
    await get({ baseUrl: "https://api.amili.no/arm/v1/" });
    expect(sent[0]?.url.href).toBe("https://api.amili.no/arm/v1/clients/2218/aritems/1");
  });

  it("which each API has for itself", async () => {
    const baseUrls = {
      identity: "https://i.test",
      debtCollection: "https://d.test/x",
      accountsReceivable: "https://a.test",
    };
    const { amili, sent } = clientWith(
      { ...CREDENTIALS, baseUrls },
      identityAnd(() => json({ data: {} })),
    );
    await amili.debtCollection.organization("o").batches.get("b");
    await amili.accountsReceivable.client(1).arItems.get("i");
    expect(sent.map(({ url }) => url.href)).toEqual([
      "https://i.test/token",
      "https://d.test/x/orgs/o/batches/b",
      "https://a.test/clients/1/aritems/i",
    ]);
  });
});

describe("the middlewares of a client", () => {
  it("run in the order of their registration, those of a call last, until they are removed", async () => {
    const { http, get } = rawWith({}, json({}), json({}));
    const order: string[] = [];
    const mark = (name: string) => ({ onRequest: () => void order.push(name) });
    const [first, second, own, late] = [mark("first"), mark("second"), mark("own"), mark("late")];
    http.use(first, second);
    const call = get({ middleware: [own] });
    http.use(late);
    await call;
    http.eject(first, own);
    await get();
    expect(order).toEqual(["first", "second", "own", "second", "late"]);
  });

  it.each([[{}], ["x"]])("are refused at once if they handle nothing: %j", (middleware) => {
    const { http } = rawWith({});
    const use: (middleware: never) => void = http.use;
    expect(() => use(middleware as never)).toThrow("must be an object with onRequest, onResponse or onError");
  });
});

describe("the first request, which loads the code", () => {
  it("sends what was passed, even if the caller changes it meanwhile", async () => {
    const { http, sent } = rawWith({}, json({}));
    const list = [{ customerNo: "1", address: { city: "Oslo" } }];
    const headers = { "x-a": "1" };
    const path = { clientno: 2218 };
    const call = raw({ http }).request("PUT", CUSTOMERS, { params: { path }, headers, body: { list } });
    Object.assign(list[0]?.address ?? {}, { city: "Bergen" });
    list.pop();
    Object.assign(headers, { "x-a": "2" });
    path.clientno = 1;
    await call;
    expect(sent.map((request) => [request.url.pathname, request.headers.get("x-a"), request.body])).toEqual([
      ["/arm/v1/clients/2218/customers", "1", '{"list":[{"customerNo":"1","address":{"city":"Oslo"}}]}'],
    ]);
  });

  it("refuses a body with a cycle as later ones do", async () => {
    const { put, sent } = rawWith({});
    const body: { self?: unknown } = {};
    body.self = body;
    const first = await failure(put(body), ConfigurationError);
    expect(first.message).toBe((await failure(put(body), ConfigurationError)).message);
    expect(sent).toHaveLength(0);
  });
});

describe("a middleware's request", () => {
  it("is genuine, without the token, and may be read", async () => {
    const { http, put, sent } = rawWith({}, json({}));
    const seen: unknown[] = [];
    http.use({
      async onRequest({ request }) {
        seen.push(await request.clone().json(), await new Request(request.clone()).text());
        seen.push(request instanceof Request, request.headers.has("authorization"), everything(request).includes("T0"));
      },
    });
    await put({ a: "ø" });
    expect(seen).toEqual([{ a: "ø" }, '{"a":"ø"}', true, false, false]);
    expect(sent[0]?.body).toBe('{"a":"ø"}');
  });

  it("may be replaced: method, URL, headers and body are sent, and every retry sends them again", async () => {
    const { http, put, sent } = rawWith({}, status(503), networkError("ECONNRESET"), json({ ok: true }));
    http.use({
      async onRequest({ request }) {
        const { customers } = JSON.parse(await request.text());
        const url = `${request.url}?q=a?b&r=%20`;
        return new Request(url, { method: "PUT", headers: { "x-a": "1" }, body: JSON.stringify([customers, "ø"]) });
      },
    });
    expect((await put({ customers: 1 })).data).toEqual({ ok: true });
    expect(sent.map(({ method, url, body }) => [method, url.search, body])).toEqual(
      Array(3).fill(["PUT", "?q=a?b&r=%20", '[1,"ø"]']),
    );
    expect(sent.map(({ headers }) => headers.get("x-a"))).toEqual(["1", "1", "1"]);
  });

  it("that is replaced keeps parseAs, timeout, maxRetries and signal of the call", async () => {
    useFakeTime();
    const { http, get, sent } = rawWith({}, () => new Response("text"), hang, hang);
    http.use({ onRequest: ({ request }) => new Request(request.url) });
    expect((await get({ parseAs: "text" })).data).toBe("text");
    expect(await failure(get({ timeout: 20, maxRetries: 0 }), Error)).toMatchObject({ timeout: 20, attempts: 1 });
    const controller = new AbortController();
    const aborted = expect(get({ signal: controller.signal })).rejects.toThrow("enough");
    await vi.advanceTimersByTimeAsync(1);
    controller.abort(new Error("enough"));
    await aborted;
    expect(sent).toHaveLength(3);
  });

  it("is retried as the operation at its URL allows", async () => {
    const { http, request, sent } = rawWith({}, () => status(500));
    http.use({ onRequest: ({ request: { url } }) => new Request(url.replace("aritems/1", "x"), { method: "POST" }) });
    await request("GET", ITEM, { params });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["a header", ({ request }: { request: Request }) => request.headers.set("authorization", "Bearer s3cret")],
    [
      "a new request",
      ({ request }: { request: Request }) => new Request(request, { headers: { authorization: "s3cret" } }),
    ],
  ])("must not contain Authorization: %s", async (_, change) => {
    const { http, get, sent } = rawWith({}, () => json({}));
    http.use({ onRequest: (context) => change(context) as undefined });
    expect(everything(await failure(get(), ConfigurationError))).not.toContain("s3cret");
    expect(sent).toHaveLength(0);
  });

  it("may respond itself, so that nothing is sent", async () => {
    const { http, get, sent } = rawWith({});
    http.use({ onRequest: () => json({ cached: true }) });
    expect((await get()).data).toEqual({ cached: true });
    expect(sent).toHaveLength(0);
  });
});

describe("a middleware's response", () => {
  it.each<[string, (response: Response) => Promise<unknown>]>([
    ["clone().json()", (response) => response.clone().json()],
    ["clone().text()", async (response) => JSON.parse(await response.clone().text())],
    [
      "clone().arrayBuffer()",
      async (response) => JSON.parse(Buffer.from(await response.clone().arrayBuffer()).toString()),
    ],
    ["new Response(clone().body)", async (response) => new Response(response.clone().body).json()],
  ])("may be read with %s", async (_, read) => {
    for (const reply of [() => json({ a: "ø" }), () => json({ a: "ø" }, { status: 400 })]) {
      const { http, get } = rawWith({}, reply);
      const bodies: unknown[] = [];
      http.use({
        async onResponse({ response }) {
          expect(response).toBeInstanceOf(Response);
          bodies.push(await read(response));
        },
      });
      const { data, error } = await get();
      expect([bodies, data ?? error]).toEqual([[{ a: "ø" }], { a: "ø" }]);
    }
  });

  it.each<[string, (response: Response) => Response | Promise<Response>, object]>([
    ["the same body", ({ body, status }) => new Response(body, { status }), { data: { theirs: 1 } }],
    ["its bytes", async (r) => new Response(await r.arrayBuffer()), { data: { theirs: 1 } }],
    ["another success", () => json({ mine: 1 }), { data: { mine: 1 } }],
    ["an empty one", () => status(204), { data: undefined }],
    ["an error", () => json({ title: "Gone" }, { status: 410 }), { error: { title: "Gone" } }],
  ])("may be replaced with %s", async (_, replace, expected) => {
    const { http, get } = rawWith({}, json({ theirs: 1 }));
    http.use({ onResponse: ({ response }) => replace(response) });
    expect(await get()).toMatchObject(expected);
  });

  it("that is empty may be read too", async () => {
    for (const reply of [status(204), status(200), new Response(""), status(404)]) {
      const { http, get } = rawWith({}, reply);
      const bodies: string[] = [];
      http.use({
        async onResponse({ response }) {
          bodies.push(await response.clone().text());
        },
      });
      expect((await get()).data).toBeUndefined();
      expect(bodies).toEqual([""]);
    }
  });

  it.each<[string, number, unknown]>([
    ["64 KB", ERROR_BODY_LIMIT, "x".repeat(ERROR_BODY_LIMIT)],
    ["more than 64 KB, of which that is kept", ERROR_BODY_LIMIT + 9, "x".repeat(ERROR_BODY_LIMIT)],
  ])("may be an error of %s", async (_, size, kept) => {
    const { http, get } = rawWith({}, new Response("x".repeat(size), { status: 400 }));
    const onResponse = vi.fn();
    http.use({ onResponse });
    expect((await get()).error).toBe(kept);
    expect(onResponse).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Parameters<ReturnType<typeof rawWith>["http"]["use"]>[0]]>([
    ["of the server", { onRequest: () => undefined }],
    ["after a request that was replaced", { onRequest: ({ request }) => new Request(request) }],
    ["of an onRequest", { onRequest: () => new Response('{"ssn":"01017012345"') }],
    ["of an onResponse", { onResponse: () => new Response('{"ssn":"01017012345"') }],
  ])("that is broken JSON is a ConnectionError without its text: %s", async (_, middleware) => {
    const { http, get } = rawWith({ maxRetries: 0 }, new Response('{"ssn":"01017012345"'));
    http.use(middleware);
    const error = await failure(get(), ConnectionError);
    expect(error.code).toBe("invalid_json");
    expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain("0101");
  });

  it("may replace an error of the pipeline", async () => {
    const errors: unknown[] = [];
    const { http, get } = rawWith({ maxRetries: 0 }, new TypeError("fetch failed"));
    http.use({
      onError({ error }) {
        errors.push(error);
        return json({ saved: true });
      },
    });
    expect((await get()).data).toEqual({ saved: true });
    expect(errors[0]).toBeInstanceOf(ConnectionError);
  });
});

describe("middleware", () => {
  it("runs once per call, whatever is retried", async () => {
    const [onRequest, onResponse] = [vi.fn(), vi.fn()];
    const { http, get, sent } = rawWith({}, status(429, { "retry-after": "0" }), json({}));
    http.use({ onRequest, onResponse });
    await get();
    expect([sent.length, onRequest.mock.calls.length, onResponse.mock.calls.length]).toEqual([2, 1, 1]);
  });

  it("applies to raw calls of its own client only", async () => {
    const onRequest = vi.fn();
    const { amili, client, org } = clientWith({}, () => json({ data: {} }));
    amili.accountsReceivable.http.use({ onRequest });
    await org.batches.get("b");
    await client.arItems.get("1");
    await rawWith({}, json({})).get();
    expect(onRequest).not.toHaveBeenCalled();
  });

  it("can be ejected", async () => {
    const middleware = { onRequest: vi.fn() };
    const { http, get } = rawWith({}, () => json({}));
    http.use(middleware);
    await get();
    http.eject(middleware);
    await get();
    expect(middleware.onRequest).toHaveBeenCalledTimes(1);
  });
});

describe("an abort of a raw call", () => {
  it.each([new Error("enough"), "text", 7])("rejects with the reason: %s", async (reason) => {
    for (const parseAs of ["json", "stream"]) {
      const controller = new AbortController();
      const { get } = rawWith({}, hang);
      const call = get({ signal: controller.signal, parseAs });
      controller.abort(reason);
      await expect(call).rejects.toBe(reason);
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    }
  });

  it.each([0, "", null, false])("rejects with an AbortError where the reason is falsy: %j", async (reason) => {
    await expect(rawWith({}).get({ signal: AbortSignal.abort(reason) })).rejects.toMatchObject({ name: "AbortError" });
  });

  it("leaves no listener after a success or an error", async () => {
    const { signal } = new AbortController();
    const { get } = rawWith({ maxRetries: 0 }, json({}), status(404), networkError("ECONNRESET"));
    for (let i = 0; i < 3; i++) await get({ signal }).catch(() => {});
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("parseAs", () => {
  const text = '{ "a" : 1 }';
  const get = (parseAs?: string) => rawWith({}, new Response(text)).get({ ...(parseAs && { parseAs }) });

  it("json, text, arrayBuffer, blob or stream", async () => {
    expect((await get()).data).toEqual({ a: 1 });
    expect((await get("json")).data).toEqual({ a: 1 });
    expect((await get("text")).data).toBe(text);
    expect(new TextDecoder().decode((await get("arrayBuffer")).data as ArrayBuffer)).toBe(text);
    expect(await ((await get("blob")).data as Blob).text()).toBe(text);
    expect(await new Response((await get("stream")).data as ReadableStream).text()).toBe(text);
    expect(await (await get("stream")).response.text()).toBe(text);
  });

  it("arrayBuffer, without the memory that a Buffer shares with others", async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(text));
        controller.close();
      },
    });
    const { data } = await rawWith({}, new Response(body)).get({ parseAs: "arrayBuffer" });
    expect(new TextDecoder().decode(data as ArrayBuffer)).toBe(text);
  });

  it("does not apply to errors", async () => {
    for (const parseAs of ["json", "text", "arrayBuffer", "blob", "stream"]) {
      const { error } = await rawWith({}, json({ title: "Bad" }, { status: 400 })).get({ parseAs });
      expect(error).toEqual({ title: "Bad" });
    }
  });
});

describe("a stream", () => {
  /** A server's body that ignores the signal: it gives one chunk per call of `next`. */
  function manualBody() {
    let source!: ReadableStreamDefaultController<Uint8Array>;
    const cancelled = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        source = controller;
      },
      cancel: cancelled,
    });
    return {
      body,
      cancelled,
      write: (text: string) => source.enqueue(new TextEncoder().encode(text)),
      close: () => source.close(),
      fail: (error: Error) => source.error(error),
    };
  }

  async function open() {
    const server = manualBody();
    const controller = new AbortController();
    const { signal } = controller;
    const { get } = rawWith({ timeout: 50 }, new Response(server.body));
    const { data } = await get({ parseAs: "stream", signal });
    const reader = (data as ReadableStream<Uint8Array>).getReader();
    server.write("a");
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("a");
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    return { server, controller, reader, listeners: () => getEventListeners(signal, "abort").length };
  }

  it("fails with the reason of an abort, although fetch ignores its signal", async () => {
    const { server, controller, reader, listeners } = await open();
    const reason = new Error("enough");
    const read = reader.read();
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(server.cancelled).toHaveBeenCalledExactlyOnceWith(isUndici ? expect.any(Error) : reason);
    expect(listeners()).toBe(0);
  });

  it("leaves no listener after its end", async () => {
    const { server, reader, listeners } = await open();
    server.close();
    expect((await reader.read()).done).toBe(true);
    expect(listeners()).toBe(0);
  });

  it("leaves no listener after it was cancelled", async () => {
    const { server, reader, listeners } = await open();
    await reader.cancel("no more");
    expect(server.cancelled).toHaveBeenCalledExactlyOnceWith(isUndici ? expect.any(Error) : "no more");
    expect(listeners()).toBe(0);
  });

  it("leaves no listener after it failed", async () => {
    const { server, reader, listeners } = await open();
    const error = new Error("reset");
    server.fail(error);
    await expect(reader.read()).rejects.toSatisfy((e) => (isUndici ? e.cause : e) === error);
    expect(listeners()).toBe(0);
  });

  it("has a timeout until its headers, not for its body", async () => {
    useFakeTime();
    const { server, reader } = await open();
    const read = reader.read();
    await vi.advanceTimersByTimeAsync(1000);
    server.write("b");
    expect(Buffer.from((await read).value ?? []).toString()).toBe("b");
    const { get } = rawWith({ timeout: 50, maxRetries: 0 }, () => new Promise<never>(() => {}));
    expect(await failure(get({ parseAs: "stream" }), Error)).toMatchObject({ code: "timeout" });
  });
});

describe("an inferred operation", () => {
  const path = {
    ...{ clientno: 1, organizationId: ORG, key: "k", customerno: "1", documentbundleid: "1", logitemid: "1" },
    ...{ batchId: "b", invoiceId: "i", documentno: "1", aritemid: "1", glitemid: "1", settlementId: "s" },
    ...{ batchuuid: "b", reporttype: "adb", autopostingmethod: "a" },
  };
  const all = Object.entries({ accountsReceivable, debtCollection }).flatMap(([api, { operations }]) =>
    Object.entries<Operation | ListOperation>(operations).map(([id, operation]) => ({
      api: api as "accountsReceivable" | "debtCollection",
      id,
      ...operation,
    })),
  );
  const inferred = all.filter((operation) => operation.inferred !== undefined);
  const documented = all.filter((operation) => operation.inferred === undefined);

  it.each(inferred)(
    "is refused unless allowInferred allows it: $id",
    async ({ id, api, method, path: template, inferred }) => {
      for (const options of [{}, { allowInferred: false }, { allowInferred: [] }]) {
        const { amili, sent } = clientWith(options, () => json({}));
        const call = raw(amili[api]).request(method, template, { params: { path } });
        const error = await failure(call, InferredOperationError);
        expect(error).toMatchObject({ code: "inferred_operation", method, path: template });
        expect(error.message).toContain(`${inferred} of ${method} ${template}`);
        expect(error.message).toMatch(/Confirm it .*allowInferred/);
        expect(sent).toHaveLength(0);
      }
      for (const options of [{ allowInferred: true }, { allowInferred: [id as never] }]) {
        const { amili, sent } = clientWith(options, () => json({}));
        await raw(amili[api]).request(method, template, { params: { path } });
        expect(sent).toHaveLength(1);
      }
    },
  );

  it("is the exception; documented operations and other paths are sent", async () => {
    expect(inferred.length).toBeLessThan(documented.length);
    const { amili, sent } = clientWith({}, () => json({}));
    for (const { api, method, path: template } of documented) {
      await raw(amili[api]).request(method, template, { params: { path } });
    }
    await raw(amili.accountsReceivable).request("GET", "/something/new");
    expect(sent).toHaveLength(documented.length + 1);
  });

  it("is refused before a token request", async () => {
    const { amili, client, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    const { api, method, path: template } = inferred[0] as (typeof inferred)[number];
    await failure(raw(amili[api]).request(method, template, { params: { path } }), InferredOperationError);
    await failure(client.documents.list().toArray(), InferredOperationError);
    expect(sent).toHaveLength(0);
  });

  it("that allowInferred does not list is refused", async () => {
    const { client, sent } = clientWith({ allowInferred: ["listLogItems"] }, () => json({ logItems: [] }));
    await settle(client.logItems.list().toArray());
    await failure(client.documents.list().toArray(), InferredOperationError);
    expect(sent).toHaveLength(1);
  });
});
