import { once } from "node:events";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { ConfigurationError } from "amili-client";
import { createWebhookHandler, toNodeHandler, type WebhookHandler } from "amili-client/webhooks";
import { describe, expect, it, vi } from "vitest";

/** A request of three pieces, and how many of them were taken from it. */
function request() {
  const pieces = Readable.from([Buffer.from("a"), Buffer.from("b"), Buffer.from("c")]);
  const taken = vi.spyOn(pieces, "emit");
  return {
    message: Object.assign(pieces, { method: "POST", headers: {} }),
    taken: () => taken.mock.calls.filter(([event]) => event === "data").length,
  };
}

const response = { writeHead: () => {}, end: () => {} };

async function handled(message: ReturnType<typeof request>["message"], handle: WebhookHandler): Promise<void> {
  await toNodeHandler(handle)(message, response);
  await delay(20);
}

describe("toNodeHandler", () => {
  it("takes nothing of a body that is not read", async () => {
    const { message, taken } = request();
    await handled(message, async () => new Response());
    expect(taken()).toBe(0);
  });

  it("takes no more than is read", async () => {
    const { message, taken } = request();
    await handled(message, async ({ body }) => {
      expect(await body?.getReader().read()).toMatchObject({ value: Buffer.from("a") });
      return new Response();
    });
    expect(taken()).toBe(1);
  });

  it("lets a body run out that is given up", async () => {
    const { message } = request();
    const end = once(message, "end");
    await handled(message, async ({ body }) => {
      await body?.cancel();
      return new Response();
    });
    await end;
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
