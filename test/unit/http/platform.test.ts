import { runInNewContext } from "node:vm";
import { AmiliError, ConfigurationError } from "amili-client";
import { describe, expect, it } from "vitest";
import { withoutPlatformResend } from "../../../src/http/platform.js";

const NODE = { versions: { node: "20.19.0" } };
const DENO = { Deno: { version: { deno: "2.9.6" } }, process: NODE };
const BUN = { Bun: { version: "1.3.10" }, process: { versions: { ...NODE.versions, bun: "1.3.10" } } };
const WINDOW = { window: {}, document: {}, navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" } };

const post = (body?: BodyInit | null, headers: HeadersInit = {}): RequestInit => ({
  method: "POST",
  headers,
  ...(body !== undefined && { body }),
});

/** What a server would read of a prepared request. */
async function sent(init: RequestInit) {
  const { body, headers } = new Request("http://localhost", init);
  return { type: headers.get("content-type"), text: await new Response(body).text() };
}

describe("a platform that sends a request once", () => {
  it.each([
    { platform: "Node.js", globals: { process: NODE } },
    { platform: "jsdom or happy-dom in Node.js", globals: { ...WINDOW, process: NODE } },
    { platform: "Electron's main process", globals: { process: { ...NODE, type: "browser" } } },
    { platform: "Electron's utility process", globals: { process: { ...NODE, type: "utility" } } },
    { platform: "Cloudflare Workers", globals: { navigator: { userAgent: "Cloudflare-Workers" } } },
    { platform: "Vercel Edge Runtime", globals: { EdgeRuntime: "edge-runtime" } },
  ])("$platform: the request stays as it is", ({ globals }) => {
    const init = post("{}");
    expect(withoutPlatformResend(init, false, globals)).toBe(init);
  });

  it("Node.js, where these tests run, is recognised in the global object", () => {
    const init = post("{}");
    expect(withoutPlatformResend(init, false)).toBe(init);
  });
});

describe("Bun", () => {
  it("gets a connection of its own for the request", () => {
    const init = Object.freeze(post("{}"));
    expect(withoutPlatformResend(init, false, BUN)).toEqual({ ...init, keepalive: false });
  });
});

describe("Deno", () => {
  it.each([
    { kind: "string", body: '{"name":"Åse"}' },
    { kind: "Uint8Array", body: new TextEncoder().encode('{"name":"Åse"}') },
    { kind: "Uint8Array of another realm", body: runInNewContext("bytes => new Uint8Array(bytes)")([123, 125]) },
  ])("sends a $kind as a stream, with the headers of the call", async ({ body }) => {
    const init = Object.freeze(post(body, Object.freeze({ "content-type": "application/json" })));
    const prepared = withoutPlatformResend(init, false, DENO);
    expect(prepared).toMatchObject({ method: "POST", duplex: "half", body: expect.any(ReadableStream) });
    expect(await sent(prepared)).toEqual({ type: "application/json", text: await new Response(body).text() });
  });

  it("a form keeps the content type that names its boundary", async () => {
    const form = new FormData();
    form.set("name", "value");
    const { type, text } = await sent(withoutPlatformResend(post(form), false, DENO));
    expect(text).toContain(type?.replace("multipart/form-data; boundary=", ""));
    expect(text).toContain("value");
  });

  it.each([undefined, null])("a body that is %s is an empty stream, without a content type", async (body) => {
    const prepared = withoutPlatformResend(post(body), false, DENO);
    expect(prepared.body).toBeInstanceOf(ReadableStream);
    expect(await sent(prepared)).toEqual({ type: null, text: "" });
  });

  it("the signal stays that of the call", () => {
    const { signal } = new AbortController();
    expect(withoutPlatformResend({ ...post("{}"), signal }, false, DENO).signal).toBe(signal);
  });

  it("is recognised before the Edge Runtime: Supabase's has an EdgeRuntime object", () => {
    expect(withoutPlatformResend(post("{}"), false, { ...DENO, EdgeRuntime: {} })).toHaveProperty("duplex", "half");
  });
});

describe("a platform that may send a request twice", () => {
  it.each([
    { platform: "a browser", globals: WINDOW },
    { platform: "a browser with a bundler's process", globals: { ...WINDOW, process: { versions: {} } } },
    { platform: "a web worker", globals: { self: {}, navigator: WINDOW.navigator } },
    { platform: "Electron's renderer", globals: { ...WINDOW, process: { ...NODE, type: "renderer" } } },
    { platform: "Electron's web worker", globals: { process: { ...NODE, type: "worker" } } },
    { platform: "NW.js", globals: { ...WINDOW, process: { versions: { ...NODE.versions, nw: "0.100.0" } } } },
    { platform: "a WebContainer", globals: { process: { versions: { ...NODE.versions, webcontainer: "1.0.0" } } } },
    { platform: "React Native", globals: { navigator: { product: "ReactNative", userAgent: undefined } } },
    { platform: "an unknown platform", globals: {} },
  ])("$platform: the request is refused", ({ globals }) => {
    const refused = () => withoutPlatformResend(post("{}"), false, globals);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(
      /^The POST request was not sent\..*browser.*a fetch of your own.*allowPlatformResend: true/s,
    );
  });

  it("the error has a code, and nothing of the request's body", () => {
    const call = () =>
      withoutPlatformResend(post('{"ssn":"01017012345"}', { authorization: "Bearer secret" }), false, {});
    expect(call).toThrow(expect.objectContaining({ code: "platform_resend" }));
    expect(call).not.toThrow(/01017012345|secret/);
    expect(call).toThrow(AmiliError);
  });
});
