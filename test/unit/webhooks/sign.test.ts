import { ConfigurationError } from "amili-client";
import { createWebhookHandler, hmacSignature, type SignOptions, signWebhook } from "amili-client/webhooks";
import { describe, expect, it } from "vitest";
import { failure } from "../../support/stub.js";
import { BATCH, HMAC, post } from "../../webhooks/support.js";

describe("signWebhook", () => {
  it("signs what a receiver with the same options accepts", async () => {
    const options = { ...HMAC, prefix: "v1=", header: "X-Other" };
    const handle = createWebhookHandler({ verify: hmacSignature(options), onEvent: () => {} });
    const delivery = await signWebhook(BATCH, options);
    expect(delivery).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/json", "X-Other": expect.stringMatching(/^v1=[0-9a-f]{64}$/) },
      body: JSON.stringify(BATCH),
    });
    expect((await handle(post(delivery))).status).toBe(200);
  });

  it("gives each delivery a new key, or the given one", async () => {
    const key = async (idempotencyKey?: string) =>
      (await signWebhook(BATCH, { ...HMAC, ...(idempotencyKey && { idempotencyKey }) })).headers.IdempotencyKey;
    expect(await key()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await key()).not.toBe(await key());
    expect(await key("d-1")).toBe("d-1");
  });

  it("leaves text unchanged, even invalid JSON", async () => {
    expect((await signWebhook("{ ", HMAC)).body).toBe("{ ");
  });

  it("signs with the first of several secrets", async () => {
    const { headers } = await signWebhook("x", { ...HMAC, secret: ["new", "old"] });
    const alone = await signWebhook("x", { ...HMAC, secret: "new" });
    expect(headers["X-Webhook-Signature"]).toBe(alone.headers["X-Webhook-Signature"]);
  });

  it("rejects unknown and invalid options", async () => {
    await failure(signWebhook("x", { ...HMAC, secret: "" }), ConfigurationError);
    const misspelt: SignOptions = Object.assign({ ...HMAC }, { idempotencykey: "d-1" });
    expect((await failure(signWebhook("x", misspelt), ConfigurationError)).message).toMatch(/idempotencykey was given/);
  });
});
