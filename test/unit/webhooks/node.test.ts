import { Readable } from "node:stream";
import { ConfigurationError } from "amili-client";
import { createWebhookHandler, toNodeHandler } from "amili-client/webhooks";
import { describe, expect, it, vi } from "vitest";

/** A request of three chunks, and how many of them were read. */
function request() {
  const chunks = Readable.from([Buffer.from("a"), Buffer.from("b"), Buffer.from("c")]);
  const emitted = vi.spyOn(chunks, "emit");
  return {
    message: Object.assign(chunks, { method: "POST", headers: {}, complete: true }),
    read: () => emitted.mock.calls.filter(([event]) => event === "data").length,
  };
}

const response = { writeHead: () => {}, write: () => {}, end: () => {} };

async function handled(
  message: ReturnType<typeof request>["message"],
  handle: Parameters<typeof toNodeHandler>[0],
): Promise<void> {
  await toNodeHandler(handle)(message, response);
  // Lets the stream emit what it would.
  await new Promise(setImmediate);
}

describe("toNodeHandler", () => {
  it("leaves an unread body alone", async () => {
    const { message, read } = request();
    await handled(message, async () => new Response());
    expect(read()).toBe(0);
  });

  it("reads no more chunks than the handler", async () => {
    const { message, read } = request();
    await handled(message, async ({ body }) => {
      expect(await body?.getReader().read()).toMatchObject({ value: Buffer.from("a") });
      return new Response();
    });
    expect(read()).toBe(1);
  });

  it("reads nothing of a cancelled body", async () => {
    const { message, read } = request();
    await handled(message, async ({ body }) => {
      await body?.cancel();
      return new Response();
    });
    expect(read()).toBe(0);
  });

  it("refuses a stream that gives text", async () => {
    const { message } = request();
    message.setEncoding("utf8");
    const onError = vi.fn();
    await handled(message, createWebhookHandler({ verify: "unverified", onEvent: () => {}, onError }));
    expect(onError.mock.calls).toEqual([[expect.any(ConfigurationError)]]);
    expect(String(onError.mock.calls[0])).toContain("chunks of type string");
  });
});
