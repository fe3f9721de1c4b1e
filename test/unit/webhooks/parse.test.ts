import { AmiliError } from "amili-client";
import { parseWebhook, WebhookError, type WebhookEventType } from "amili-client/webhooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything } from "../../support/secrets.js";
import { thrown } from "../../support/stub.js";
import { BATCH, bytes, EXAMPLES } from "../../webhooks/support.js";

const codeOf = (body: string | object) => thrown(() => parseWebhook(body), WebhookError).code;

describe("parseWebhook", () => {
  it.each(Object.keys(EXAMPLES) as WebhookEventType[])("parses the spec's example of %s", (type) => {
    const raw = EXAMPLES[type];
    expect(parseWebhook(JSON.stringify(raw))).toEqual({
      known: true,
      type,
      id: "897e1f80-ceb5-4b58-a2aa-c895aff6ce3e",
      source: "COLLECTION",
      timeStamp: "2025-08-15T11:42:00Z",
      organizationId: "db6a7ff4-3a20-4042-b271-a9485ded6334",
      data: raw.data,
      raw,
    });
  });

  it("knows the types of the spec and no others", () => {
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(["BATCH_COMPLETED", "CASE", "CASE_UPDATED", "SETTLEMENT_CREATED"]);
  });

  it("accepts text, bytes, a view of a buffer, a buffer and an object", () => {
    const text = JSON.stringify({ ...BATCH, data: { note: "Grünerløkka" } });
    const expected = parseWebhook(JSON.parse(text));
    const padded = bytes(`##${text}##`);
    for (const body of [text, bytes(text), padded.subarray(2, -2), bytes(text).buffer, Buffer.from(text)]) {
      expect(parseWebhook(body)).toEqual(expected);
    }
    expect(expected.data).toEqual({ note: "Grünerløkka" });
  });

  it("passes unknown types, in either envelope and with any content", () => {
    const raw = { eventType: "CASE_CLOSED", id: "e-1", data: { orgId: "o-1", closed: true }, version: 2 };
    expect(parseWebhook(raw)).toEqual({
      known: false,
      type: "CASE_CLOSED",
      id: "e-1",
      source: undefined,
      timeStamp: undefined,
      organizationId: "o-1",
      data: raw.data,
      raw,
    });
    expect(parseWebhook({ type: "PING" })).toMatchObject({
      known: false,
      type: "PING",
      data: {},
      raw: { type: "PING" },
    });
    expect(parseWebhook({ type: "PING", data: [1] })).toMatchObject({ data: {}, raw: { data: [1] } });
  });

  it("keeps undocumented fields of a known type", () => {
    const event = parseWebhook({ ...BATCH, tenant: "t", data: { ...BATCH.data, items: 3 } });
    expect(event.data).toMatchObject({ items: 3 });
    expect(event.raw).toMatchObject({ tenant: "t" });
  });

  it("ignores an organisation id that is missing or not a string", () => {
    expect(parseWebhook({ ...BATCH, data: {} }).organizationId).toBeUndefined();
    expect(parseWebhook({ ...BATCH, data: { organizationId: 7, orgId: "o-1" } }).organizationId).toBe("o-1");
  });

  it("falls back to eventType when type is not a name", () => {
    for (const type of [null, 1, "", {}]) expect(parseWebhook({ type, eventType: "NEW" }).type).toBe("NEW");
    expect(parseWebhook({ type: "A", eventType: "B" }).type).toBe("A");
  });

  it.each([
    ["nothing", ""],
    ["text that is not JSON", "{batchId: 1}"],
    ["truncated JSON", JSON.stringify(BATCH).slice(0, -1)],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
  ])("refuses %s as invalid_json", (_, body) => expect(codeOf(body)).toBe("invalid_json"));

  it.each([
    ["null", "null"],
    ["a list", "[]"],
    ["a parsed list", [BATCH]],
    ["text", '"BATCH_COMPLETED"'],
    ["an object without a type", "{}"],
    ["a type that is not a string", '{"type":1,"eventType":{}}'],
    ["an object that was never JSON", new Date()],
  ])("refuses %s as invalid_event", (_, body) => expect(codeOf(body)).toBe("invalid_event"));

  it.each([
    ["id", { ...BATCH, id: 1 }],
    ["source", { ...BATCH, source: undefined }],
    ["timeStamp", { ...BATCH, timeStamp: null }],
    ["data", { ...BATCH, data: "db6a7ff4" }],
    ["id, source, timeStamp, data", { eventType: "CASE" }],
  ])("names the missing fields of a known type: %s", (names, body) => {
    const { code, message } = thrown(() => parseWebhook(body), WebhookError);
    expect(code).toBe("invalid_event");
    expect(message).toMatch(new RegExp(`has no valid ${names}$`));
  });

  it("is not confused by names of Object.prototype", () => {
    for (const type of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(parseWebhook(JSON.stringify({ type }))).toMatchObject({ known: false, type });
    }
    expect(codeOf('{"__proto__":{"type":"PING"}}')).toBe("invalid_event");
    const event = parseWebhook(
      '{"type":"PING","__proto__":{"polluted":1},"data":{"__proto__":{"orgId":"o"},"constructor":{"prototype":{"polluted":1}}}}',
    );
    expect(event.organizationId).toBeUndefined();
    expect({}).not.toHaveProperty("polluted");
  });

  it("throws an AmiliError that does not quote the body", () => {
    for (const body of ['{"ssn": 01017012345}', '{"type":"BATCH_COMPLETED","id":"01017012345"}', '["01017012345"]']) {
      const error = thrown(() => parseWebhook(body), WebhookError);
      expect(error).toBeInstanceOf(AmiliError);
      expect(error.name).toBe("WebhookError");
      expect(everything(error)).not.toContain("0101701");
    }
  });

  it("throws nothing but WebhookError for any input", () => {
    const envelope = fc.record(
      {
        type: fc.oneof(fc.constantFrom(...Object.keys(EXAMPLES), "NEW"), fc.jsonValue()),
        eventType: fc.jsonValue(),
        id: fc.jsonValue(),
        source: fc.string(),
        timeStamp: fc.string(),
        data: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.uint8Array(),
      fc.json(),
      envelope,
      envelope.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(body, (value) => {
        try {
          const event = parseWebhook(value);
          expect(event.type).toEqual(expect.any(String));
          expect(event.data).toEqual(expect.any(Object));
        } catch (error) {
          expect(error).toBeInstanceOf(WebhookError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("handles deeply nested JSON", () => {
    expect(codeOf("[".repeat(200_000))).toBe("invalid_json");
    expect(parseWebhook(`{"type":"DEEP","data":{"x":${"[".repeat(5000)}${"]".repeat(5000)}}}`).type).toBe("DEEP");
  });
});
