import { ConfigurationError } from "amili-client";
import {
  createWebhookHandler,
  parseWebhook,
  signWebhook,
  WebhookError,
  type WebhookHandlerOptions,
  type WebhookVerifier,
} from "amili-client/webhooks";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deferred, thrown } from "../../support/stub.js";
import { BATCH, bytes, EXAMPLES, HMAC, post, receiver } from "../../webhooks/support.js";

const signed = async (body: Parameters<typeof signWebhook>[0] = BATCH) => post(await signWebhook(body, HMAC));

describe("createWebhookHandler", () => {
  const options = { verify: "unverified", onEvent: () => {} } as const;

  it.each([
    ["no options", undefined, /options of createWebhookHandler .*; undefined was given/],
    ["a misspelt option", { ...options, dedupe: new Map() }, /must be an object of verify.*; dedupe was given/],
    ["no onEvent", { verify: "unverified" }, /^onEvent must be a function; undefined/],
    ["an onError that is not a function", { ...options, onError: console }, /^onError must be a function; object/],
    ["a store without get", { ...options, deduplicate: { set() {} } }, /^deduplicate.get must be a function/],
    ["a store without set", { ...options, deduplicate: { get() {} } }, /^deduplicate.set must be a function/],
    ["null as a store", { ...options, deduplicate: null }, /^deduplicate.get must be a function/],
    [
      "a store whose delete is not a function",
      { ...options, deduplicate: { get() {}, set() {}, delete: true } },
      /^deduplicate.delete must be a function/,
    ],
    [
      "a store whose add is not a function",
      { ...options, deduplicate: { get() {}, set() {}, add: true } },
      /^deduplicate.add must be a function/,
    ],
  ])("refuses %s", (_, wrong, message) => {
    const error = thrown(() => createWebhookHandler(wrong as WebhookHandlerOptions), ConfigurationError);
    expect(error.code).toBe("invalid_option");
    expect(error.message).toMatch(message);
  });

  it.each([
    ...[0, -1, Number.NaN, "5", 2 ** 31].map((timeout) => ({ timeout })),
    ...[0, -1, Number.NaN, "5", Number.POSITIVE_INFINITY].map((maxAge) => ({ maxAge })),
  ])("refuses %j", (wrong) => {
    const error = thrown(
      () => createWebhookHandler({ ...options, ...wrong } as WebhookHandlerOptions),
      ConfigurationError,
    );
    expect(error.message).toMatch(/^(timeout|maxAge) must be a number of ms above 0/);
  });

  it("accepts a store with members of its own", () => {
    class Store extends Map<string, string> {
      namespace = "webhooks";
    }
    createWebhookHandler({ ...options, deduplicate: new Store() });
  });

  it.each(Object.values(EXAMPLES))(
    "passes $type$eventType to onEvent and responds with 200 without a body",
    async (example) => {
      const { handle, onEvent, onError } = receiver();
      const request = await signed(example);
      const response = await handle(request);
      expect([response.status, response.body]).toEqual([200, null]);
      expect(onEvent.mock.calls).toEqual([[parseWebhook(example), request.headers, expect.any(AbortSignal)]]);
      expect(onError).not.toHaveBeenCalled();
    },
  );

  it("responds after onEvent has settled", async () => {
    const { promise, resolve } = deferred<void>();
    const onEvent = vi.fn(() => promise);
    const { handle } = receiver({ onEvent });
    const responded = vi.fn();
    const response = handle(await signed()).then(responded);
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled());
    await new Promise(setImmediate);
    expect(responded).not.toHaveBeenCalled();
    resolve();
    await response;
    expect(responded).toHaveBeenCalled();
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("responds with 405 to %s", async (method) => {
    const { handle, onEvent } = receiver({ verify: "unverified" });
    const response = await handle(new Request("https://receiver.test", { method }));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(onEvent).not.toHaveBeenCalled();
  });

  describe("verification", () => {
    it("responds with 401 to a missing or wrong signature and reports it to onError only", async () => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      const { handle, onEvent, onError } = receiver();
      const { body, headers } = await signWebhook(BATCH, HMAC);
      for (const request of [
        post({ body }),
        post({ body, headers: { ...headers, "X-Webhook-Signature": "00" } }),
        post({ body: `${body} `, headers }),
      ]) {
        const response = await handle(request);
        expect([response.status, await response.text()]).toEqual([401, "invalid_signature"]);
      }
      expect(onEvent).not.toHaveBeenCalled();
      expect(onError.mock.calls.map(([error]) => (error as WebhookError).code)).toEqual(
        Array(3).fill("invalid_signature"),
      );
      const quiet = createWebhookHandler({ verify: () => false, onEvent });
      expect((await quiet(await signed())).status).toBe(401);
      expect(log).not.toHaveBeenCalled();
    });

    it("happens before the body is parsed", async () => {
      const { handle } = receiver();
      expect((await handle(post({ body: "not JSON" }))).status).toBe(401);
      expect((await handle(await signed("not JSON"))).status).toBe(400);
    });

    it("gets the headers and the raw bytes", async () => {
      const verify = vi.fn<WebhookVerifier>(() => true);
      const { handle, onEvent } = receiver({ verify });
      const body = ` {"type":"PING","text":"\\u00e5å"}\n`;
      await handle(post({ body, headers: { "x-webhook-signature": "s" } }));
      const [{ headers, body: given }] = verify.mock.calls[0] as Parameters<WebhookVerifier>;
      expect(headers.get("X-Webhook-Signature")).toBe("s");
      expect(given).toEqual(bytes(body));
      expect(onEvent).toHaveBeenCalledOnce();
    });

    it.each([1, "yes", {}, undefined])("accepts only true, not %j", async (result) => {
      const { handle, onEvent } = receiver({ verify: (async () => result) as unknown as WebhookVerifier });
      expect((await handle(await signed())).status).toBe(401);
      expect(onEvent).not.toHaveBeenCalled();
    });

    it("that fails gives 500, so that the event can be sent again", async () => {
      const error = new Error("no key");
      for (const verify of [
        () => Promise.reject(error),
        () => {
          throw error;
        },
      ]) {
        const { handle, onEvent, onError } = receiver({ verify });
        const response = await handle(await signed());
        expect([response.status, await response.text()]).toEqual([500, ""]);
        expect(onEvent).not.toHaveBeenCalled();
        expect(onError).toHaveBeenCalledWith(error);
      }
    });

    it("is skipped only when the option says so", async () => {
      const { handle, onEvent } = receiver({ verify: "unverified" });
      expect((await handle(post({ body: JSON.stringify(BATCH) }))).status).toBe(200);
      expect(onEvent).toHaveBeenCalledOnce();
      for (const verify of [undefined, null, false, "none", {}]) {
        const options = { verify, onEvent } as unknown as WebhookHandlerOptions;
        expect(thrown(() => createWebhookHandler(options), ConfigurationError).message).toMatch(/^verify must be/);
      }
    });
  });

  describe("bodies", () => {
    it.each([
      ["no JSON", "{", "invalid_json"],
      ["nothing", "", "invalid_json"],
      ["no event", "[]", "invalid_event"],
      ["a known event without data", '{"type":"BATCH_COMPLETED"}', "invalid_event"],
    ])("with %s give 400 although the signature is valid", async (_, body, code) => {
      const { handle, onEvent, onError, store } = receiver();
      const response = await handle(await signed(body));
      expect([response.status, await response.text()]).toEqual([400, code]);
      expect(onEvent).not.toHaveBeenCalled();
      expect(onError.mock.calls).toEqual([[expect.any(WebhookError)]]);
      expect(store.held.size).toBe(0);
    });

    it("of up to 1 MiB are read", async () => {
      const { handle, onError } = receiver({ verify: "unverified" });
      const frame = '{"type":"PING","pad":""}';
      const body = (size: number) => frame.replace('""', `"${"x".repeat(size - frame.length)}"`);
      expect((await handle(post({ body: body(1_048_576) }))).status).toBe(200);
      const response = await handle(post({ body: body(1_048_577) }));
      expect([response.status, await response.text()]).toEqual([413, "too_large"]);
      expect(onError).toHaveBeenCalledOnce();
    });

    it("are not read when Content-Length exceeds the limit", async () => {
      const pull = vi.fn();
      const cancel = vi.fn();
      const body = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
      const headers = new Headers({ "content-length": "1048577" });
      const { handle } = receiver();
      expect((await handle({ method: "POST", headers, body, bodyUsed: false })).status).toBe(413);
      expect(pull).not.toHaveBeenCalled();
      expect(cancel).toHaveBeenCalledOnce();
    });

    it("are read up to the limit, whatever Content-Length says", async () => {
      let pulls = 0;
      const cancel = vi.fn();
      const body = new ReadableStream({
        pull(controller) {
          pulls++;
          controller.enqueue(new Uint8Array(256 * 1024));
        },
        cancel,
      });
      const { handle } = receiver();
      const headers = new Headers({ "content-length": "10" });
      expect((await handle({ method: "POST", headers, body, bodyUsed: false })).status).toBe(413);
      expect(cancel).toHaveBeenCalled();
      expect(pulls).toBeLessThan(8);
    });

    it("are joined from their chunks", async () => {
      const { body: text, headers } = await signWebhook(BATCH, HMAC);
      const chunks = Array.from(bytes(text), (byte) => new Uint8Array([byte]));
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          const chunk = chunks.shift();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
      });
      const { handle, onEvent } = receiver();
      await handle({ method: "POST", headers: new Headers(headers), body, bodyUsed: false });
      expect(onEvent).toHaveBeenCalledOnce();
    });

    it("that end early give 400", async () => {
      const cause = new Error("ECONNRESET");
      const body = new ReadableStream({ start: (controller) => controller.error(cause) });
      const { handle, onError } = receiver();
      const response = await handle({ method: "POST", headers: new Headers(), body, bodyUsed: false });
      expect([response.status, await response.text()]).toEqual([400, "incomplete_body"]);
      expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: "incomplete_body", cause }));
    });

    it("that were already read give 500 and an error that says what to do", async () => {
      const { handle, onError } = receiver();
      const request = await signed();
      await request.text();
      expect((await handle(request)).status).toBe(500);
      expect(onError.mock.calls).toEqual([[expect.any(ConfigurationError)]]);
      expect(String(onError.mock.calls[0])).toMatch(/already read.*body parser/);
    });
  });

  describe("errors of onEvent", () => {
    const error = new Error("database is down");

    it.each([
      [
        "thrown",
        () => {
          throw error;
        },
      ],
      ["rejected", () => Promise.reject(error)],
    ])("give 500 and are reported to onError when %s", async (_, onEvent) => {
      for (const deduplicate of [receiver().store, undefined]) {
        const onError = vi.fn();
        const handle = createWebhookHandler({
          verify: () => true,
          onEvent,
          onError,
          ...(deduplicate && { deduplicate }),
        });
        const response = await handle(await signed());
        expect([response.status, await response.text()]).toEqual([500, ""]);
        expect(onError.mock.calls).toEqual([[error]]);
      }
    });

    it("give 500 even if they are WebhookErrors", async () => {
      const { handle } = receiver({ onEvent: () => parseWebhook("{") });
      expect((await handle(await signed())).status).toBe(500);
    });

    it("are logged with console.error without onError, but not the event", async () => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      const handle = createWebhookHandler({ verify: () => true, onEvent: () => Promise.reject(error) });
      expect((await handle(await signed())).status).toBe(500);
      expect(log.mock.calls).toEqual([["amili-client: a webhook failed:", error]]);
    });

    it("do not change the response when onError itself fails", async () => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      const onError = () => {
        throw new Error("log is full");
      };
      const { handle } = receiver({ onEvent: () => Promise.reject(error), onError });
      expect((await handle(await signed())).status).toBe(500);
      expect((await handle(post({ body: "x" }))).status).toBe(401);
      expect(log).toHaveBeenCalledTimes(2);
    });
  });
});

describe("maxAge", () => {
  const at = (timeStamp: unknown) => signed({ ...BATCH, timeStamp } as Record<string, unknown>);
  const MINUTE = 60_000;
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-01T12:00:00Z") }));
  it("refuses an event that is older, by its own time", async () => {
    const { handle, onEvent, onError } = receiver({ maxAge: 5 * MINUTE });
    expect((await handle(await at("2026-03-01T11:55:00Z"))).status).toBe(200);
    const response = await handle(await at("2026-03-01T11:54:59.999Z"));
    expect([response.status, await response.text()]).toEqual([400, "too_old"]);
    expect(onEvent).toHaveBeenCalledOnce();
    expect(onError.mock.calls).toMatchObject([[{ code: "too_old", message: "The event is older than 300000 ms" }]]);
  });

  it.each(["yesterday", "", undefined])("refuses an event whose time is %j", async (timeStamp) => {
    const { handle, onEvent } = receiver({ maxAge: 5 * MINUTE });
    const response = await handle(await signed({ type: "NEW", ...(timeStamp !== undefined && { timeStamp }) }));
    expect([response.status, await response.text()]).toEqual([400, "invalid_event"]);
    expect(onEvent).not.toHaveBeenCalled();
  });

  it("is off by default", async () => {
    const { handle } = receiver();
    expect((await handle(await at("2001-01-01T00:00:00Z"))).status).toBe(200);
  });
});
