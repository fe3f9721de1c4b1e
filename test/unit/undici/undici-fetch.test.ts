import { getEventListeners } from "node:events";
import type { Server } from "node:http";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { Amili, type AmiliOptions, ConfigurationError, ConnectionError } from "amili-client";
import { type UndiciFetchOptions, undiciFetch } from "amili-client/undici";
import { type Dispatcher, MockAgent, ProxyAgent } from "undici";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { allAt, closedPort, serve, serveRaw } from "../../support/server.js";
import { failure, raw, thrown } from "../../support/stub.js";

function connect(url: string, options: UndiciFetchOptions = {}, others: AmiliOptions = {}) {
  const fetch = undiciFetch(options);
  onTestFinished(() => fetch.close());
  const { accountsReceivable } = new Amili({ accessToken: "T", baseUrls: allAt(url), fetch, ...others });
  return { fetch, http: raw(accountsReceivable), client: accountsReceivable.client(1) };
}

const POST: [string, string] = ["POST", "/clients/{clientno}/paymentreservations"];
const params = { path: { clientno: 1 } };

describe("a response", () => {
  it("is a Response with the status, headers and a body that has been read", async () => {
    const { url } = await serve((_, response) =>
      response
        .writeHead(202, "Taken", [
          ...["content-type", "application/json", "x-request-id", "r-1"],
          ...["set-cookie", "a=1", "set-cookie", "b=2", "x-text", Buffer.from("blå", "latin1").toString("latin1")],
        ])
        .end('{"a":1}'),
    );
    const { client } = connect(url);
    const call = client.arItems.get("1");
    const { data, response, requestId } = await call.withResponse();
    expect(data).toEqual({ a: 1 });
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.ok, response.statusText, requestId]).toEqual([202, true, "Taken", "r-1"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("x-text")).toBe("blå");
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
    expect((await call.withResponse()).response).toBe(response);
  });

  it("may follow informational ones", async () => {
    const { url } = await serveRaw((_, socket) =>
      socket.write("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"),
    );
    expect(await connect(url).client.arItems.get("1")).toEqual({});
  });

  it.each([204, 205, 304])("with status %s has no body", async (code) => {
    const { url } = await serve((_, response) => response.writeHead(code, { "content-encoding": "gzip" }).end());
    const response = await undiciFetch()(url, {});
    expect([response.status, response.body, await response.text()]).toEqual([code, null, ""]);
  });

  it("that is a redirect is not followed", async () => {
    const target = await serve((_, response) => response.end("{}"));
    const { url } = await serve((_, response) => response.writeHead(307, { location: target.url }).end());
    await expect(connect(url).client.arItems.get("1")).rejects.toMatchObject({ status: 307 });
    expect(target.seen.requests).toBe(0);
  });
});

describe("a compressed body", () => {
  const text = JSON.stringify({ text: "blåbærsyltetøy ".repeat(20_000) });
  const gzip = gzipSync(text);
  it.each<[string, Buffer]>([
    ["gzip", gzip],
    ["X-GZIP", gzip],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["br", brotliCompressSync(text)],
    ["gzip, br", brotliCompressSync(gzip)],
    // As the last bytes of a checksum, which browsers do without.
    ["gzip", gzip.subarray(0, -4)],
  ])("in %s is decompressed", async (coding, bytes) => {
    const { url, seen } = await serve((request, response) => {
      expect(request.headers["accept-encoding"]).toBe("gzip, deflate, br");
      response.writeHead(200, { "content-encoding": coding }).end(bytes);
    });
    const { client } = connect(url);
    for (let i = 0; i < 2; i++) expect(await client.arItems.get("1")).toEqual(JSON.parse(text));
    expect(seen).toEqual({ connections: 1, requests: 2 });
  });

  it("of an error is decompressed", async () => {
    const { url } = await serve((_, response) => response.writeHead(400, { "content-encoding": "gzip" }).end(gzip));
    const error = await connect(url)
      .client.arItems.get("1")
      .catch((e) => e);
    expect(Buffer.byteLength(error.body)).toBe(64 * 1024);
  });

  it("in an unknown coding stays as it is", async () => {
    const { url } = await serve((_, response) => response.writeHead(200, { "content-encoding": "aws" }).end("{}"));
    expect(await connect(url).client.arItems.get("1")).toEqual({});
  });

  it.each([
    ["that is broken", "gzip", Buffer.from("not compressed")],
    ["in too many codings", "gzip, gzip, gzip, gzip, gzip, gzip", gzip],
  ])("%s is a ConnectionError, and its connection is closed", async (_, coding, bytes) => {
    const closed: Promise<void>[] = [];
    const { url } = await serve((request, response) => {
      closed.push(new Promise((resolve) => request.socket.on("close", () => resolve())));
      // It never ends.
      response.writeHead(200, { "content-encoding": coding }).write(bytes);
    });
    const call = connect(url, {}, { maxRetries: 0 }).client.arItems.get("1");
    expect(await failure(call, ConnectionError)).toMatchObject({ code: "connection_failed", status: 200 });
    await Promise.all(closed);
  });
});

describe("a request", () => {
  it("has its headers and body, of a form those of the platform", async () => {
    const bodies: string[] = [];
    const { url } = await serve(async (request, response) => {
      const chunks = await request.toArray();
      bodies.push(`${request.headers["content-type"]}: ${Buffer.concat(chunks)}`);
      response.end("{}");
    });
    const { fetch, http } = connect(url);
    await http.request(...POST, { params, body: { a: "å" } });
    const form = new FormData();
    form.set("file", new Blob(["x"]), "x.txt");
    await fetch(url, { method: "POST", body: form });
    await fetch(url, { method: "POST", body: new URLSearchParams({ a: "1" }) });
    await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "text/csv" },
      body: new Blob(["a;b"]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(bodies).toEqual([
      'application/json: {"a":"å"}',
      expect.stringMatching(/^multipart\/form-data; boundary=(.+): --\1\r\n[\s\S]*x\.txt/),
      "application/x-www-form-urlencoded;charset=UTF-8: a=1",
      "text/csv: a;b",
    ]);
  });

  it("shares connections, at most as many as the option says", async () => {
    const { url, seen } = await serve((_, response) => setImmediate(() => response.end("{}")));
    const { client } = connect(url, { connections: 2 });
    await Promise.all(Array.from({ length: 20 }, (_, i) => client.arItems.get(`${i}`)));
    expect(seen).toEqual({ connections: 2, requests: 20 });
  });

  it("is sent once on a reused connection that is closed; only a GET is retried", async () => {
    for (const { way, times } of [
      { way: ["GET", "/clients/{clientno}/customers"] as [string, string], times: 2 },
      { way: POST, times: 1 },
    ]) {
      const { url, requests } = await serveRaw((_, socket) => {
        if (requests.length === 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
      });
      const { http } = connect(url);
      await http.request(...way, { params });
      const call = http.request(...way, { params });
      if (times === 2) await call;
      else expect(await failure(call, ConnectionError)).toMatchObject({ attempts: 1, status: undefined });
      expect(requests).toHaveLength(1 + times);
    }
  });

  it("of many at once is sent once each where every connection closes", async () => {
    const { url, requests } = await serveRaw((_, socket) => {
      if (requests.length <= 4) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
      else socket.destroy();
    });
    const { http } = connect(url, { connections: 4 });
    const post = (n: number) => http.request(...POST, { params, body: { n } });
    await Promise.all([1, 2, 3, 4].map(post));
    const settled = await Promise.allSettled([5, 6, 7, 8, 9, 10, 11, 12].map(post));
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    const sent = requests.map((text) => /"n":(\d+)/.exec(text)?.[1]);
    expect(new Set(sent).size).toBe(sent.length);
  });

  it("that finds no server has the error of fetch", async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const errorOf = (fetch: (url: string, init: RequestInit) => Promise<Response>) =>
      fetch(url, {}).then(
        () => undefined,
        (error: Error & { cause: Error & { code: string; syscall: string } }) => {
          const { name, message, cause } = error;
          return { name, message, isTypeError: error instanceof TypeError, code: cause.code, syscall: cause.syscall };
        },
      );
    expect(await errorOf(undiciFetch())).toEqual(await errorOf(fetch));
  });

  it("that undici refuses is a rejection", async () => {
    await expect(undiciFetch()("http://127.0.0.1:1", { method: "A B" })).rejects.toThrow("fetch failed");
  });
});

describe("an abort", () => {
  const reason = new Error("enough");

  it.each(["before", "during the request", "during the body"])(
    "%s rejects with the reason and leaves no listener",
    async (when) => {
      const controller = new AbortController();
      const { signal } = controller;
      const closed: Promise<void>[] = [];
      const { url, seen } = await serve((request, response) => {
        closed.push(new Promise((resolve) => request.socket.on("close", () => resolve())));
        if (when === "during the body") response.write("{");
        else controller.abort(reason);
      });
      const { fetch } = connect(url);
      if (when === "before") controller.abort(reason);
      const reading = fetch(url, { signal }).then((response) => {
        controller.abort(reason);
        return response.text();
      });
      await expect(reading).rejects.toBe(reason);
      await Promise.all(closed);
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
      expect(seen.requests).toBe(when === "before" ? 0 : 1);
    },
  );

  it("leaves no listener after a success, a failure or a cancelled body", async () => {
    const { signal } = new AbortController();
    const { url } = await serve((_, response) => response.end("{}"));
    const { fetch } = connect(url);
    await (await fetch(url, { signal })).text();
    await (await fetch(url, { signal })).body?.cancel();
    await fetch(`http://127.0.0.1:${await closedPort()}`, { signal }).catch(() => {});
    const read = new Response("a").body;
    await read?.cancel();
    await expect(fetch("no URL", { signal })).rejects.toThrow(TypeError);
    await expect(fetch(url, { signal, method: "A B" })).rejects.toThrow(TypeError);
    await expect(fetch(url, { signal, method: "POST", body: read })).rejects.toThrow(TypeError);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("while a request waits for a connection does not send it", async () => {
    const { url, seen } = await serve(() => {});
    const { client } = connect(url, { connections: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const calls = [first, second].map(({ signal }) => client.arItems.get("1", {}, { signal }));
    const settled = Promise.allSettled(calls);
    await expect.poll(() => seen.requests).toBe(1);
    second.abort(reason);
    await expect(calls[1]).rejects.toBe(reason);
    first.abort(reason);
    await settled;
    expect(seen.requests).toBe(1);
  });
});

it("a connection pauses while its body is not read", async () => {
  let handler: Dispatcher.DispatchHandler = {};
  const dispatch = (_: unknown, given: Dispatcher.DispatchHandler) => {
    handler = given;
    return true;
  };
  const controller = {
    ...{ aborted: false, paused: false, reason: null, abort() {} },
    pause: vi.fn(() => {
      controller.paused = true;
    }),
    resume: vi.fn(() => {
      controller.paused = false;
    }),
  };
  const received = undiciFetch({ dispatcher: { dispatch } })("http://127.0.0.1:1", {});
  handler.onRequestStart?.(controller, {});
  handler.onResponseStart?.(controller, 200, {});
  const reader = (await received).body?.getReader();
  handler.onResponseData?.(controller, Buffer.alloc(60_000));
  expect(controller.pause).not.toHaveBeenCalled();
  handler.onResponseData?.(controller, Buffer.alloc(60_000));
  expect(controller.pause).toHaveBeenCalledOnce();
  expect((await reader?.read())?.value).toHaveLength(60_000);
  expect(controller.resume).toHaveBeenCalledOnce();
});

describe("the options", () => {
  it.each<[object, string]>([
    [{ conections: 1 }, "conections was given"],
    [{ connections: 0 }, "connections must be an integer of at least 1; 0 was given."],
    [{ dispatcher: {} }, 'dispatcher.dispatch must be a function; "undefined" was given.'],
    [{ dispatcher: new MockAgent(), connections: 1 }, "pass one or the other"],
  ])("%o are refused", (options, message) => {
    expect(thrown(() => undiciFetch(options), ConfigurationError).message).toContain(message);
  });

  it("take a dispatcher, such as a mock", async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    dispatcher.get("http://127.0.0.1:1").intercept({ path: "/clients/1/aritems/1" }).reply(200, { a: 1 });
    expect(await connect("http://127.0.0.1:1", { dispatcher }).client.arItems.get("1")).toEqual({ a: 1 });
  });

  it("take a proxy", async () => {
    const target = await serve((_, response) => response.end('{"a":1}'));
    const proxied: string[] = [];
    const proxy: Server = createServer((request, response) => {
      proxied.push(request.url ?? "");
      httpRequest(request.url ?? "", { headers: request.headers }, (incoming) => incoming.pipe(response)).end();
    });
    proxy.on("connect", (request, socket) => {
      proxied.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const dispatcher = new ProxyAgent({
      uri: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      proxyTunnel: false,
    });
    onTestFinished(() => dispatcher.close());
    expect(await connect(target.url, { dispatcher }).client.arItems.get("1")).toEqual({ a: 1 });
    expect(proxied).toEqual([`${target.url}/clients/1/aritems/1`]);
  });
});

describe("close", () => {
  it("waits for the requests in flight, and closes the connections", async () => {
    const sockets = new Set<unknown>();
    let finish = () => {};
    const { url, seen } = await serve((request, response) => {
      sockets.add(request.socket);
      request.socket.on("close", () => sockets.delete(request.socket));
      finish = () => response.end("{}");
    });
    const { client, fetch } = connect(url, {}, { maxRetries: 0 });
    const call = client.arItems.get("1");
    await expect.poll(() => seen.requests).toBe(1);
    const closed = fetch[Symbol.asyncDispose]();
    finish();
    expect(await call).toEqual({});
    await closed;
    await expect.poll(() => sockets.size).toBe(0);
    await failure(client.arItems.get("1"), ConnectionError);
    await fetch.close();
  });

  it("leaves a dispatcher of one's own open", async () => {
    const dispatcher = new MockAgent();
    await undiciFetch({ dispatcher }).close();
    dispatcher.get("http://127.0.0.1:1").intercept({ path: "/" }).reply(200, "a");
    expect(await (await undiciFetch({ dispatcher })("http://127.0.0.1:1/", {})).text()).toBe("a");
    await dispatcher.close();
  });
});
