import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { signWebhook } from "amili-client/webhooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { EXAMPLES } from "../webhooks/support.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

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

/** The example as a process, with what it has written so far. */
function start(env: NodeJS.ProcessEnv): { child: ChildProcess; out: { text: string } } {
  // Not npx, which would stand between the process and its signals.
  const child = spawn(process.execPath, ["--import", "tsx", "examples/webhook-receiver.ts"], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  const out = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      out.text += chunk;
    });
  }
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, out };
}

describe("webhook receiver", () => {
  it("writes what signed deliveries say, and stops when told", { timeout: 30_000 }, async () => {
    const { child, out } = start(ENV);
    await vi.waitFor(() => expect(out.text).toMatch(/Listening on port \d+/), 20_000);
    const url = `http://127.0.0.1:${/port (\d+)/.exec(out.text)?.[1]}/`;

    for (const example of [...Object.values(EXAMPLES), { type: "PING" }]) {
      const delivery = await signWebhook(example, HMAC);
      expect((await fetch(url, delivery)).status).toBe(200);
      expect((await fetch(url, delivery)).status).toBe(200);
    }
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);

    const exit = once(child, "exit");
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
    expect(out.text.trim().split("\n").slice(1)).toEqual([
      "Batch db6a7ff4-3a20-4042-b271-a9485ded6333 ended: SUCCESS",
      "Settlement db6a7ff4-3a20-4042-b271-a9485ded6333 of invoice 1234567",
      "Case 5000001 is OPEN",
      "Case 5000001 is PAUSED; changed: amounts, status, type, description",
      "PING, a type that is new",
      "WebhookError: The signature is missing or does not match the body",
      "Stopped",
    ]);
  });

  it.each([
    ["AMILI_WEBHOOK_SECRET", "", /AMILI_WEBHOOK_SECRET is not set/],
    ["AMILI_WEBHOOK_ALGORITHM", "sha256", /algorithm must be one of "SHA-1", "SHA-256"/],
  ])("does not start with %s=%s", { timeout: 30_000 }, async (name, value, message) => {
    const { child, out } = start({ ...ENV, [name]: value });
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(out.text).toMatch(message);
    expect(out.text).not.toContain(HMAC.secret);
  });
});
