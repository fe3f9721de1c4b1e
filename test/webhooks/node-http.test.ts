import { once } from "node:events";
import { createServer } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { signWebhook, toNodeHandler, WebhookError } from "amili-client/webhooks";
import { expect, it, onTestFinished, vi } from "vitest";
import { addressOf, receives } from "./scenario.js";
import { BATCH, HMAC, receiver } from "./support.js";

receives("node:http", (handle) => addressOf(createServer(toNodeHandler(handle))));

receives("node:http after an asynchronous step", (handle) =>
  addressOf(
    createServer(async (request, response) => {
      await new Promise(setImmediate);
      await toNodeHandler(handle)(request, response);
    }),
  ),
);

it("responds with 405 to other methods and keeps the connection usable", async () => {
  const { handle } = receiver();
  const url = await addressOf(createServer(toNodeHandler(handle)));
  for (const init of [{}, { method: "PUT", body: "x".repeat(100_000) }, { method: "DELETE" }]) {
    const response = await fetch(url, init);
    await response.text();
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  }
  expect((await fetch(url, await signWebhook(BATCH, HMAC))).status).toBe(200);
});

it("reports a delivery that ends early", async () => {
  const { handle, onError, onEvent } = receiver();
  const server = createServer(toNodeHandler(handle));
  const url = new URL(await addressOf(server));
  const socket = connect(Number(url.port), url.hostname);
  socket.write('POST /amili HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"type":');
  await once(server, "request");
  socket.destroy();
  await vi.waitFor(() => expect(onError).toHaveBeenCalled());
  expect(onError.mock.calls).toEqual([[expect.any(WebhookError)]]);
  expect(onError.mock.calls[0]).toMatchObject([{ code: "incomplete_body" }]);
  expect(onEvent).not.toHaveBeenCalled();
});

it("does not wait for a request that is already closed", async () => {
  const { handle, onError } = receiver();
  const server = createServer(async (request, response) => {
    await new Promise((closed) => request.on("error", () => {}).on("close", closed));
    await toNodeHandler(handle)(request, response);
  });
  const url = new URL(await addressOf(server));
  const socket = connect(Number(url.port), url.hostname);
  socket.write("POST /amili HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
  await once(server, "request");
  socket.destroy();
  await vi.waitFor(() => expect(onError).toHaveBeenCalled());
  expect(onError.mock.calls[0]).toMatchObject([{ code: "incomplete_body" }]);
});

/** A session of HTTP/2 with a server for the test. */
async function connectTo(handle: Parameters<typeof toNodeHandler>[0]) {
  const server = createHttp2Server(toNodeHandler(handle)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    session.destroy();
    server.close();
  });
  return session;
}

it("works over HTTP/2", async () => {
  const { handle, onEvent } = receiver();
  const session = await connectTo(handle);
  const { body, headers } = await signWebhook(BATCH, HMAC);
  const stream = session.request({ ":method": "POST", ":path": "/amili", ...headers });
  stream.end(body);
  const [headersOfResponse] = await once(stream, "response");
  expect(headersOfResponse[":status"]).toBe(200);
  expect(onEvent).toHaveBeenCalledOnce();
});

it.each([
  { what: "with Content-Length", head: "Content-Length: 9000000000" },
  { what: "without Content-Length", head: "Transfer-Encoding: chunked" },
  { what: "of another method", head: "Content-Length: 9000000000", method: "PUT", status: 405 },
])(
  "stops reading a body that is too large, $what, and closes the connection",
  async ({ head, method, status = 413 }) => {
    const { handle } = receiver();
    const url = new URL(await addressOf(createServer(toNodeHandler(handle))));
    const socket = connect(Number(url.port), url.hostname).on("error", () => {});
    const received: Buffer[] = [];
    socket.on("data", (data) => received.push(data));
    socket.write(`${method ?? "POST"} /amili HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
    const part = Buffer.alloc(64 * 1024, "x");
    const frame = head.startsWith("Transfer")
      ? Buffer.concat([Buffer.from("10000\r\n"), part, Buffer.from("\r\n")])
      : part;
    const send = () => {
      while (!socket.destroyed && socket.write(frame));
      if (!socket.destroyed) socket.once("drain", send);
    };
    send();
    // Not once(), which an error of the connection would end.
    await new Promise((resolve) => socket.on("close", resolve));
    expect(Buffer.concat(received).toString()).toMatch(
      new RegExp(`^HTTP/1.1 ${status} .*\r\nconnection: close\r\n`, "is"),
    );
    // What the system's buffers of both ends take, and no more.
    expect(socket.bytesWritten).toBeLessThan(32 * 1024 * 1024);
  },
);

it("stops reading a body that is too large over HTTP/2 and closes its stream, not the session", async () => {
  const { handle } = receiver();
  const session = await connectTo(handle);
  const warned = vi.fn();
  process.on("warning", warned);
  onTestFinished(() => void process.off("warning", warned));
  const stream = session.request({ ":method": "POST", ":path": "/amili" }).on("error", () => {});
  const received: Buffer[] = [];
  stream.on("data", (data) => received.push(data));
  const part = Buffer.alloc(64 * 1024, "x");
  const send = () => {
    while (!stream.destroyed && stream.write(part));
    if (!stream.destroyed) stream.once("drain", send);
  };
  send();
  const status = new Promise((resolve) => stream.on("response", (headers) => resolve(headers[":status"])));
  await new Promise((resolve) => stream.on("close", resolve));
  expect([await status, Buffer.concat(received).toString()]).toEqual([413, "too_large"]);
  expect(session.destroyed).toBe(false);
  expect(warned).not.toHaveBeenCalled();
});
