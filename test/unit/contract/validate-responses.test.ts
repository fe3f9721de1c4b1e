import { Amili, ConfigurationError, type Fetch } from "amili-client";
import {
  type Mismatch,
  type ValidateResponsesOptions,
  validatePayload,
  validateResponses,
} from "amili-client/contract";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { readSpecs } from "../../../scripts/specs.js";
import { isPlatformFetch } from "../../../src/http/platform-fetch.js";
import { ContractSpec } from "../../support/spec.js";
import { CLIENT_NO, json, ORG, status } from "../../support/stub.js";

const AR = "https://api.amili.no/arm/v1";
const COLLECTION = "https://api.amili.no/collection/v1";
const AR_ITEM = `${AR}/clients/1/aritems/2`;
const BATCH = `${COLLECTION}/orgs/1/batches/2`;
const BATCHES_2025 = `${COLLECTION}/batches`;
const INVOICES = `${COLLECTION}/orgs/1/invoices`;

/** A valid batch but for these fields. */
const batchWith = (fields: object) => ({
  summary: { status: "SUCCESS" },
  data: { ...(new ContractSpec("debt-collection").success("getBatch").body as { data: object }).data, ...fields },
});

/** What is found when the client reads a response to its end. */
async function mismatches(
  url: string,
  response: Response,
  { method = "GET", ...options }: ValidateResponsesOptions & { method?: string } = {},
): Promise<Mismatch[]> {
  const fetch = validateResponses({ fetch: async () => response, ...options });
  await (await fetch(url, { method })).arrayBuffer();
  return fetch.takeMismatches();
}

const kinds = (found: Mismatch[]) =>
  found.map(({ at, rule, expected, received }) => `${at}|${rule}|${expected}|${received}`);

describe("what the specs allow", () => {
  const specs = readSpecs().map(({ name }) => new ContractSpec(name));
  const bases: Record<string, string> = {
    identity: "https://auth.amili.no",
    "debt-collection": COLLECTION,
    "accounts-receivable": AR,
    "autocollect-legacy": "https://legacy.example",
    "distribution-invoice": "http://localhost:4010/distribution",
  };
  const operations = specs.flatMap((spec) =>
    spec.operations.map(({ method, path, operation: { operationId } }) => ({ spec, operationId, method, path })),
  );

  it.each(operations)("is no mismatch: $spec.name $operationId", async ({ spec, operationId, method, path }) => {
    const url = bases[spec.name] + path.replace(/\{\w+\}/g, "1");
    const check = async (answer: { status: number; body: unknown }) => {
      const response = answer.body === undefined ? status(answer.status) : json(answer.body, { status: answer.status });
      expect(await mismatches(url, response, { method })).toEqual([]);
    };
    await check(spec.success(operationId));
    await fc.assert(
      fc.asyncProperty(fc.nat(), (seed) => check(spec.generateSuccess(operationId, seed))),
      { numRuns: 5 },
    );
  });

  it.each([
    ["a value that an open list does not have", BATCH, batchWith({ status: "NEW" })],
    ["a field that the spec does not name", BATCH, batchWith({ createdWhere: 1 })],
    ["null where it was observed", BATCHES_2025, { data: [{ failed: [null] }] }],
  ])("also %s", async (_, url, body) => {
    expect(await mismatches(url, json(body))).toEqual([]);
  });

  it("also any body of an error", async () => {
    expect(await mismatches(BATCH, new Response("<html>", { status: 404 }))).toEqual([]);
    expect(await mismatches(BATCH, status(404))).toEqual([]);
  });
});

describe("a mismatch", () => {
  it("says which rule is broken where, by which operation", async () => {
    expect(await mismatches(BATCH, json(batchWith({ createdAt: 12 })))).toEqual([
      {
        operation: "debtCollection.getBatch",
        method: "GET",
        path: "/orgs/{organizationId}/batches/{batchId}",
        status: 200,
        at: "data.createdAt",
        rule: "type",
        expected: "must be string",
        received: "number",
        count: 1,
      },
    ]);
  });

  it.each([
    ["another type", AR_ITEM, { glAmount: "625" }, "glAmount|type|must be number|string"],
    ["null", AR_ITEM, { glAmount: null }, "glAmount|type|must be number|null"],
    [
      "another format",
      BATCH,
      batchWith({ createdAt: "today" }),
      'data.createdAt|format|must match format "date-time"|string',
    ],
    ["a list that is an object", BATCH, batchWith({ succeeded: {} }), "data.succeeded|type|must be array|object"],
    ["a field that is missing", BATCHES_2025, { summary: {} }, "data|required|must be present|nothing"],
    ["a part that is missing", INVOICES, { data: [{}] }, "data[].id|required|must be present|nothing"],
  ])("is %s", async (_, url, body, kind) => {
    expect(kinds(await mismatches(url, json(body)))).toContain(kind);
  });

  it("is one for all items of a list", async () => {
    const data = Array.from({ length: 120 }, (_, id) => ({ batchId: id, type: "INVOICE" }));
    const found = await mismatches(BATCHES_2025, json({ data }));
    expect(found).toMatchObject([{ at: "data[].batchId", rule: "type", count: 120 }]);
  });

  it.each([
    ["no alternative has the type", 5, "data[].status|anyOf|must be string or must be object|number"],
    ["a part of one is wrong", { statuscode: "1" }, "data[].status.statuscode|type|must be number|string"],
  ])("of alternatives is one: %s", async (_, value, kind) => {
    expect(kinds(await mismatches(BATCHES_2025, json({ data: [{ status: value }] })))).toEqual([kind]);
  });

  it("of alternatives of one type names what each expects", () => {
    const violations = validatePayload(
      "accountsReceivable.updateCustomer",
      { customer: { dateOfBirth: "x" } },
      { request: true },
    );
    expect(violations).toMatchObject([
      {
        at: "customer.dateOfBirth",
        rule: "anyOf",
        expected: 'must match format "date" or must NOT have more than 0 characters',
      },
    ]);
  });

  it.each([
    ["a status that the spec lacks", () => status(418), "|status|must be 200 or"],
    [
      "another media type",
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      "|contentType|must be application/json|another",
    ],
    ["no media type", () => new Response(new Uint8Array([123, 125])), "|contentType|must be application/json|nothing"],
    ["no body", () => new Response(null), "|body|must be application/json|nothing"],
    [
      "an empty body",
      () => new Response("", { headers: { "content-type": "application/json" } }),
      "|body|must be application/json|nothing",
    ],
    [
      "broken JSON",
      () => new Response("{", { headers: { "content-type": "application/json" } }),
      "|json|must be JSON|text",
    ],
  ])("is %s", async (_, response, kind) => {
    expect(kinds(await mismatches(BATCH, response()))).toEqual([expect.stringContaining(kind)]);
  });

  it("is an operation that the specs lack", async () => {
    const [found, ...others] = await mismatches(`${COLLECTION}/orgs/1/refunds/2`, json({}));
    expect(found).toMatchObject({
      operation: undefined,
      rule: "operation",
      path: "/collection/v1/orgs/{}/refunds/{}",
      status: 200,
    });
    expect(others).toEqual([]);
  });

  it("with strict is also a field or a value that the spec does not name", async () => {
    const body = batchWith({ status: "NEW", createdWhere: "here", succeeded: [{ "Ola Nordmann": 1 }] });
    const found = kinds(await mismatches(BATCH, json(body), { strict: true }));
    expect(found.toSorted()).toEqual([
      "data.createdWhere|unevaluatedProperties|must be a field of the spec|string",
      "data.status|enum|must be one of QUEUED, SUCCESS, PARTIAL, FAILED|string",
      "data.succeeded[]{}|unevaluatedProperties|must be a field of the spec|number",
    ]);
  });
});

describe("no value", () => {
  const SECRET = /Nordmann|01017012345|s3cret|@/;

  it.each([false, true])("is in a mismatch (strict: %s)", async (strict) => {
    const planted = ["Ola Nordmann", "01017012345", "ola@example.com", "s3cret"];
    const shape = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(...planted, 1, null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...planted, "data", "summary", "status", "succeeded", "createdAt"), tie("value")),
      ),
    })).value;
    await fc.assert(
      fc.asyncProperty(shape, fc.constantFrom(...planted), fc.constantFrom(200, 404, 418), async (body, word, code) => {
        const response = json(body, {
          status: code,
          headers: { "content-type": `application/${encodeURIComponent(word)}` },
        });
        const found = [
          ...(await mismatches(BATCH, json(body, { status: code }), { strict })),
          ...(await mismatches(`${COLLECTION}/orgs/${encodeURIComponent(word)}/x`, json(body))),
          ...(await mismatches(`${BATCH}?q=${encodeURIComponent(word)}`, response)),
        ];
        expect(JSON.stringify(found)).not.toMatch(SECRET);
      }),
    );
  });
});

describe("the client", () => {
  const get = (amili: Amili) => amili.accountsReceivable.client(CLIENT_NO).arItems.get("1");

  it("gets what was sent, whatever is wrong with it, and the mismatch is there when the call ends", async () => {
    const fetch = validateResponses({
      fetch: async () => json({ glAmount: "625" }, { headers: { "x-request-id": "r1" } }),
    });
    const amili = new Amili({ accessToken: "T0", fetch });
    const { data, response } = await get(amili).withResponse();
    expect(data).toEqual({ glAmount: "625" });
    expect(response.headers.get("x-request-id")).toBe("r1");
    expect(kinds(fetch.takeMismatches())).toEqual(["glAmount|type|must be number|string"]);
    expect(fetch.takeMismatches()).toEqual([]);
  });

  it("is told of each mismatch, and what the listener throws does not fail the call", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const onMismatch = vi.fn(() => {
      throw new Error("of the listener");
    });
    const amili = new Amili({
      accessToken: "T0",
      fetch: validateResponses({ fetch: async () => json({ glAmount: null, currency: 1 }), onMismatch }),
    });
    await get(amili);
    expect(onMismatch.mock.calls).toMatchObject([[{ at: "currency" }], [{ at: "glAmount" }]]);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it("gets the error of the fetch", async () => {
    const error = new TypeError("fetch failed");
    const fetch = validateResponses({ fetch: () => Promise.reject(error) });
    await expect(fetch(BATCH, {})).rejects.toBe(error);
    expect(fetch.takeMismatches()).toEqual([]);
  });
});

describe("the response", () => {
  const encoder = new TextEncoder();

  it("is a genuine one, with the URL", async () => {
    const sent = Object.defineProperty(json({ data: {} }, { status: 200, statusText: "Fine" }), "url", {
      value: BATCH,
    });
    const response = await validateResponses({ fetch: async () => sent })(BATCH, {});
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ url: BATCH, status: 200, statusText: "Fine", ok: true });
    expect(await response.clone().json()).toEqual({ data: {} });
  });

  it("of another kind than JSON is passed on as it is", async () => {
    const sent = new Response("%PDF", { headers: { "content-type": "application/pdf" } });
    expect(await validateResponses({ fetch: async () => sent })(BATCH, {})).toBe(sent);
  });

  it("is read as the client reads it, and cancelled with it", async () => {
    const cancel = vi.fn();
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) =>
      controller.enqueue(encoder.encode("[1,")),
    );
    const body = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
    const sent = new Response(body, { headers: { "content-type": "application/json" } });
    const fetch = validateResponses({ fetch: async () => sent });
    const reader = (await fetch(INVOICES, {})).body?.getReader();
    await reader?.read();
    // The reader's chunk, and what the pipe holds.
    expect(pull.mock.calls.length).toBeLessThanOrEqual(3);
    await reader?.cancel("enough");
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledWith("enough"));
    expect(fetch.takeMismatches()).toEqual([]);
  });

  it("that breaks off fails with its own error and is not validated", async () => {
    const error = new TypeError("terminated");
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(encoder.encode("{"));
        controller.error(error);
      },
    });
    const fetch = validateResponses({
      fetch: async () => new Response(body, { headers: { "content-type": "application/json" } }),
    });
    await expect((await fetch(BATCH, {})).text()).rejects.toBe(error);
    expect(fetch.takeMismatches()).toEqual([]);
  });

  it("may be cut within a character", async () => {
    const bytes = encoder.encode(JSON.stringify(batchWith({ createdAt: "Åse" })));
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const found = await mismatches(
      BATCH,
      new Response(body, { headers: { "content-type": "application/json; charset=utf-8" } }),
    );
    expect(found).toMatchObject([{ at: "data.createdAt", rule: "format" }]);
  });
});

describe("options", () => {
  it("keep the protection against resends of the platform's fetch", () => {
    const own: Fetch = async () => json({});
    expect(isPlatformFetch(validateResponses())).toBe(true);
    expect(isPlatformFetch(validateResponses({ fetch: globalThis.fetch }))).toBe(true);
    expect(isPlatformFetch(validateResponses({ fetch: own }))).toBe(false);
  });

  it.each([
    [{ onMissmatch: () => {} }, /onMissmatch/],
    [{ onMismatch: [] }, /onMismatch must be a function/],
    [{ fetch: "fetch" }, /fetch must be a function/],
  ])("that are wrong are refused", (options, message) => {
    const create = () => validateResponses(options as never);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(message);
  });

  it("need no base URL of a sandbox", async () => {
    const fetch = validateResponses({ fetch: async () => json(batchWith({ status: 1 })) });
    await (await fetch(`http://localhost:4010/collection/v1/orgs/${ORG}/batches/1`, {})).text();
    expect(fetch.takeMismatches()).toMatchObject([{ operation: "debtCollection.getBatch", at: "data.status" }]);
  });
});
