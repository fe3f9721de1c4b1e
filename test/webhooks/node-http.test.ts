import { once } from "node:events";
import { createServer } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { signWebhook, toNodeHandler, WebhookError } from "amili-client/webhooks";
import { expect, it, onTestFinished, vi } from "vitest";
import { addressOf, receives } from "./scenario.js";
import { BATCH, HMAC, receiver } from "./support.js";

receives("node:http", (handle) => addressOf(createServer(toNodeHandler(handle))));

receives("node:http after something has waited", (handle) =>
  addressOf(
    createServer(async (request, response) => {
      await delay(20);
      await toNodeHandler(handle)(request, response);
    }),
  ),
);

it("answers 405 to other methods and leaves the connection fit for use", async () => {
  const { handle } = receiver();
  const url = await addressOf(createServer(toNodeHandler(handle)));
  for (const init of [{}, { method: "PUT", body: "x".repeat(100_000) }, { method: "DELETE" }]) {
    const answer = await fetch(url, init);
    await answer.text();
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  }
  expect((await fetch(url, await signWebhook(BATCH, HMAC))).status).toBe(200);
});

it("tells of a delivery that breaks off", async () => {
  const { handle, onError, onEvent } = receiver();
  const url = new URL(await addressOf(createServer(toNodeHandler(handle))));
  const socket = connect(Number(url.port), url.hostname);
  socket.write('POST /amili HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"type":');
  await delay(50);
  socket.destroy();
  await vi.waitFor(() => expect(onError).toHaveBeenCalled());
  expect(onError.mock.calls).toEqual([[expect.any(WebhookError)]]);
  expect(onError.mock.calls[0]).toMatchObject([{ code: "incomplete_body" }]);
  expect(onEvent).not.toHaveBeenCalled();
});

it("does not wait for a request that has broken off already", async () => {
  const { handle, onError } = receiver();
  const server = createServer(async (request, response) => {
    await new Promise((closed) => request.on("error", () => {}).on("close", closed));
    await toNodeHandler(handle)(request, response);
  });
  const url = new URL(await addressOf(server));
  const socket = connect(Number(url.port), url.hostname);
  socket.write("POST /amili HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
  await delay(50);
  socket.destroy();
  await vi.waitFor(() => expect(onError).toHaveBeenCalled());
  expect(onError.mock.calls[0]).toMatchObject([{ code: "incomplete_body" }]);
});

it("answers over HTTP/2", async () => {
  const { handle, onEvent } = receiver();
  const server = createHttp2Server(toNodeHandler(handle)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    session.destroy();
    server.close();
  });
  const { body, headers } = await signWebhook(BATCH, HMAC);
  const stream = session.request({ ":method": "POST", ":path": "/amili", ...headers });
  stream.end(body);
  const [answer] = await once(stream, "response");
  expect(answer[":status"]).toBe(200);
  expect(onEvent).toHaveBeenCalledOnce();
});
