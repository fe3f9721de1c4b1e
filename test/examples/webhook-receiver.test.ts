import { signWebhook } from "amili-client/webhooks";
import { describe, expect, it, vi } from "vitest";
import { programOf } from "../support/programs.js";
import { EXAMPLES } from "../webhooks/support.js";
import { SLOW, startNode } from "./support.js";

const HMAC = {
  secret: "whs-3cret",
  algorithm: "SHA-512",
  encoding: "base64",
  prefix: "v1=",
  header: "X-Sign",
} as const;
const ENV = {
  PORT: "0",
  AMILI_WEBHOOK_SECRET: HMAC.secret,
  AMILI_WEBHOOK_ALGORITHM: HMAC.algorithm,
  AMILI_WEBHOOK_ENCODING: HMAC.encoding,
  AMILI_WEBHOOK_PREFIX: HMAC.prefix,
  AMILI_WEBHOOK_HEADER: HMAC.header,
};

const startReceiver = (env: NodeJS.ProcessEnv) => startNode(env, programOf("examples/webhook-receiver.ts"));

describe("webhook-receiver", () => {
  it("prints verified events, and stops on SIGTERM", SLOW, async () => {
    const { child, output, ended } = startReceiver(ENV);
    await vi.waitFor(() => expect(output.text).toMatch(/Listening on port \d+/), 20_000);
    const url = `http://127.0.0.1:${/port (\d+)/.exec(output.text)?.[1]}/`;

    for (const example of [...Object.values(EXAMPLES), { type: "PING" }]) {
      const delivery = await signWebhook(example, HMAC);
      expect((await fetch(url, delivery)).status).toBe(200);
      expect((await fetch(url, delivery)).status).toBe(200);
    }
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);

    child.kill("SIGTERM");
    const { code, text } = await ended;
    expect(code).toBe(0);
    expect(text.trim().split("\n").slice(1)).toEqual([
      "Batch db6a7ff4-3a20-4042-b271-a9485ded6333 completed: SUCCESS",
      "Settlement db6a7ff4-3a20-4042-b271-a9485ded6333 of invoice 1234567 created",
      "Case 5000001 is OPEN",
      "Case 5000001 is PAUSED; changed: amounts, status, type, description",
      "Unknown event type PING",
      "WebhookError: The signature is missing or does not match the body",
      "Stopped",
    ]);
  });

  it.each([
    ["AMILI_WEBHOOK_SECRET", "", /AMILI_WEBHOOK_SECRET is not set/],
    ["AMILI_WEBHOOK_ALGORITHM", "sha256", /algorithm must be one of "SHA-1", "SHA-256"/],
  ])("does not start with %s=%s", SLOW, async (name, value, message) => {
    const { code, text } = await startReceiver({ ...ENV, [name]: value }).ended;
    expect(code).toBe(1);
    expect(text).toMatch(message);
    expect(text).not.toContain(HMAC.secret);
  });
});
