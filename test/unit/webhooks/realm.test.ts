import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import * as library from "amili-client/webhooks";
import ts from "typescript";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { BATCH, bytes, HMAC, post } from "../../webhooks/support.js";

// As under jest or vitest's vmThreads: the web's classes come from outside, the language's own are this realm's.
const { Request, Response, Headers, ReadableStream, AbortController, TextEncoder, TextDecoder, crypto, atob, btoa } =
  globalThis;
const WEB = {
  Request,
  Response,
  Headers,
  ReadableStream,
  AbortController,
  TextEncoder,
  TextDecoder,
  crypto,
  atob,
  btoa,
};
const realm = createContext({ ...WEB, console, setTimeout, clearTimeout });

/** Loads a module and what it imports into the other realm. */
function load(file: URL, loaded = new Map<string, object>()): object {
  const present = loaded.get(file.href);
  if (present) return present;
  const exports = {};
  loaded.set(file.href, exports);
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const run: (exports: object, require: (id: string) => object) => void = runInContext(
    `(exports, require) => {${outputText}\n}`,
    realm,
  );
  run(exports, (id) => load(new URL(id.replace(/\.js$/, ".ts"), file), loaded));
  return exports;
}

const inRealm = load(new URL("../../../src/webhooks/index.ts", import.meta.url)) as typeof library;
/** The same bytes as values of the other realm. */
const realmBytes = (text: string): Uint8Array =>
  runInContext(`Uint8Array.from(${JSON.stringify([...bytes(text)])})`, realm);

it("the realms differ", () => {
  expect(realmBytes("x")).not.toBeInstanceOf(Uint8Array);
  expect(inRealm.WebhookError.prototype).not.toBeInstanceOf(Error);
});

describe.each([
  ["in another realm", inRealm, bytes],
  ["with bytes of another realm", library, realmBytes],
])("the library %s", (_, { createWebhookHandler, hmacSignature, parseWebhook, signWebhook, toNodeHandler }, bytes) => {
  const body = JSON.stringify(BATCH);
  const options = { ...HMAC, secret: bytes("s3cret") };

  it("parses bytes and buffers", () => {
    for (const value of [bytes(body), bytes(body).buffer]) {
      expect(parseWebhook(value)).toMatchObject({ known: true, type: "BATCH_COMPLETED" });
    }
  });

  it("handles and refuses deliveries", async () => {
    const onEvent = vi.fn();
    const handle = createWebhookHandler({ verify: hmacSignature(options), onEvent, deduplicate: new Map() });
    const delivery = await signWebhook(BATCH, options);
    expect((await handle(post(delivery))).status).toBe(200);
    expect((await handle(post({ ...delivery, body: `${body} ` }))).status).toBe(401);
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it("reads a stream of bytes", async () => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes(body.slice(0, 9)));
        controller.enqueue(bytes(body.slice(9)));
        controller.close();
      },
    });
    const onEvent = vi.fn();
    const handle = createWebhookHandler({ verify: "unverified", onEvent });
    await handle({ method: "POST", headers: new Headers(), body: stream, bodyUsed: false });
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it("takes the raw body of a parser", async () => {
    const onEvent = vi.fn();
    const writeHead = vi.fn();
    const state = { complete: true, readableDidRead: true, destroyed: true };
    const request = { method: "POST", headers: {}, ...state, body: bytes(body) };
    const stream = { on: vi.fn(), off: vi.fn(), pause: vi.fn(), resume: vi.fn() };
    const listener = toNodeHandler(createWebhookHandler({ verify: "unverified", onEvent }));
    await listener({ ...request, ...stream }, { writeHead, write: () => {}, end: () => {} });
    expect(writeHead).toHaveBeenCalledWith(200, {});
  });

  it("logs the failure of an async onError", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    const failure = new Error("log is full");
    const onError =
      bytes === realmBytes
        ? (runInContext("(failure) => async () => { throw failure; }", realm)(failure) as () => void)
        : async () => {
            throw failure;
          };
    const onEvent = () => Promise.reject(new Error("down"));
    const handle = createWebhookHandler({ verify: "unverified", onEvent, onError });
    expect((await handle(post({ body }))).status).toBe(500);
    await vi.waitFor(() => expect(log.mock.calls).toEqual([[expect.any(String), failure]]));
    expect(unhandled).not.toHaveBeenCalled();
  });
});
