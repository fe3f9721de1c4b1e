import { describe, expect, it } from "vitest";
import { Editor } from "../../support/editor.js";

const editor = new Editor();
const PRELUDE = `
import { createWebhookHandler, hmacSignature, parseWebhook, signWebhook, toNodeHandler, type KnownWebhookEvent } from "amili-client/webhooks";
const event = parseWebhook("");
const hmac = { secret: "s", algorithm: "SHA-256", encoding: "hex" } as const;
const onEvent = () => {};
`;

// The cursor of the editor. Without it the first | of the code would be taken for the cursor.
const MARK = "/*|*/";

describe("the compiler", () => {
  it.each([
    [
      "known types narrow, unknown ones pass",
      `if (!event.known) { const type: string = event.type; const data: unknown = event.data["anything"]; }
       else switch (event.type) {
         case "BATCH_COMPLETED": { const id: string | undefined = event.data.batchId; break; }
         case "SETTLEMENT_CREATED": { const id: string | undefined = event.data.settlementId; break; }
         case "CASE": { const ids: string[] = event.data.invoices; break; }
         case "CASE_UPDATED": { const fields: string[] | undefined = event.data.fields; const org: string = event.raw.data.orgId; break; }
         default: { const none: never = event; }
       }`,
    ],
    [
      "one type of event by name",
      'const batch = (e: KnownWebhookEvent<"BATCH_COMPLETED">): string | undefined => e.data.status;',
    ],
    [
      "fields of every event",
      "const all: [string, string | undefined, string | undefined] = [event.type, event.id, event.organizationId];",
    ],
    [
      "an unknown type, after known",
      'if (!event.known && event.type === "CASE_CLOSED") console.log(event.raw.anything);',
    ],
    [
      "a web-standard handler",
      'const handle: (request: Request) => Promise<Response> = createWebhookHandler({ verify: "unverified", onEvent });',
    ],
    [
      "a route of Next.js, by both of its generated checks",
      `declare class NextRequest extends Request { get nextUrl(): URL; }
       const POST = createWebhookHandler({ verify: hmacSignature(hmac), onEvent });
       // Since 15.5, in .next/types/validator.ts.
       type Result = Response | void | Promise<Response | void>;
       ({ POST }) satisfies { POST?: (request: NextRequest, context: { params: Promise<{ id: string }> }) => Result };
       // Before, in .next/types/app/…/route.ts: each parameter must be assignable to the one that Next passes.
       type First<F> = F extends (...args: [infer A, any]) => any ? (unknown extends A ? any : A) : never;
       type Second<F> = F extends (...args: [any, infer A]) => any ? (unknown extends A ? any : A) : never;
       function isRoute<A extends Request | NextRequest, B extends { params: Promise<any> }, C extends Result>() {}
       isRoute<First<typeof POST>, Second<typeof POST>, ReturnType<typeof POST>>();`,
    ],
    [
      "a handler with the signal of its time limit",
      'createWebhookHandler({ verify: "unverified", timeout: 5000, maxAge: 300_000, onEvent: (event, headers, signal) => fetch("", { signal }) });',
    ],
    [
      "a store with an atomic add",
      `declare const redis: { get(key: string): Promise<string | null>; set(key: string, value: string, ttl: number): Promise<void>; add(key: string, value: string, ttl: number): Promise<boolean> };
       createWebhookHandler({ verify: "unverified", onEvent, deduplicate: redis });`,
    ],
    [
      "async functions everywhere",
      "createWebhookHandler({ verify: async ({ body }) => body.length > 0, onEvent: async () => {}, deduplicate: new Map() });",
    ],
    [
      "a store with Keyv's methods",
      `declare const keyv: { get<T>(key: string): Promise<T | undefined>; get<T>(keys: string[]): Promise<T[]>; set(key: string, value: unknown, ttl?: number): Promise<boolean>; delete(key: string | string[]): Promise<boolean> };
       createWebhookHandler({ verify: hmacSignature(hmac), onEvent, deduplicate: keyv });`,
    ],
    [
      "node:http, HTTP/2 and Express requests",
      `import { createServer } from "node:http"; import { createServer as createHttp2 } from "node:http2"; import express from "express";
       const listener = toNodeHandler(createWebhookHandler({ verify: "unverified", onEvent }));
       createServer(listener); createHttp2(listener); express().post("/", listener);`,
    ],
    [
      "a signed delivery in fetch and Request",
      'const d = await signWebhook({ type: "NEW" }, hmac); fetch("", d); new Request("", d);',
    ],
  ])("accepts: %s", (_, code) => {
    expect(editor.errors(MARK + PRELUDE + code)).toEqual([]);
  });

  it.each([
    ["data before known was checked", "event.data.batchId.length;", /batchId|undefined|unknown/],
    ["a misspelt type", 'if (event.known && event.type === "BATCH_COMPLETE") console.log();', /no overlap/],
    ["a handler without verify", "createWebhookHandler({ onEvent });", /'verify' is missing/],
    ["an unknown value of verify", 'createWebhookHandler({ verify: "none", onEvent });', /'"none"' is not assignable/],
    ["an HMAC without its algorithm", 'hmacSignature({ secret: "s", encoding: "hex" });', /'algorithm' is missing/],
    ["an HMAC without its encoding", 'hmacSignature({ secret: "s", algorithm: "SHA-256" });', /'encoding' is missing/],
    ["an HMAC without its secret", 'hmacSignature({ algorithm: "SHA-256", encoding: "hex" });', /'secret' is missing/],
  ])("refuses: %s", (_, code, message) => {
    const errors = editor.errors(MARK + PRELUDE + code);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });
});

describe("the editor", () => {
  it("offers the documented types", () => {
    const types = editor.completions(`${PRELUDE}if (event.known && event.type === "|") {}`);
    expect([...types.keys()].toSorted()).toEqual(["BATCH_COMPLETED", "CASE", "CASE_UPDATED", "SETTLEMENT_CREATED"]);
  });

  it.each(["parseWeb|hook", "createWeb|hookHandler", "hmac|Signature", "sign|Webhook", "toNode|Handler"])(
    "shows docs for %s",
    (name) => expect(editor.hover(`${PRELUDE}${name};`)).toContain("https://docs.amili.dev/webhooks-361430m0"),
  );
});
