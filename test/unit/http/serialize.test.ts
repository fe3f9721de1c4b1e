import { runInNewContext } from "node:vm";
import { Amili, ConfigurationError } from "amili-client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePathParameter } from "../../../src/http/serialize.js";
import { clientWith, failure, json, thrown } from "../../support/stub.js";

const BASE = "https://api.amili.no/arm/v1/clients/2218";
/** Any string, lone surrogates included. */
const anyString = fc
  .array(fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff })), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));

describe("a path parameter", () => {
  it.each([
    ["2218-500002-35078-0", "2218-500002-35078-0"],
    ["a/b", "a%2Fb"],
    ["a?b", "a%3Fb"],
    ["a#b", "a%23b"],
    ["../../other", "..%2F..%2Fother"],
    ["..%2f", "..%252f"],
    ["%2e%2e", "%252e%252e"],
    ["a\\b", "a%5Cb"],
    ["a b", "a%20b"],
    ["a&b=c;d:e@f", "a%26b%3Dc%3Bd%3Ae%40f"],
    ["{aritemid}", "%7Baritemid%7D"],
    ["blåbær", "bl%C3%A5b%C3%A6r"],
    ["...", "..."],
    ["a\r\nb", "a%0D%0Ab"],
    ["😀", "%F0%9F%98%80"],
  ])("%j is sent as %s", async (id, segment) => {
    const { client, sent } = clientWith({}, json({}));
    await client.arItems.get(id);
    expect(sent[0]?.url.href).toBe(`${BASE}/aritems/${segment}`);
  });

  const invalid = [
    "",
    " ",
    "\t\n",
    ".",
    "..",
    "\ud800",
    "a\udfff",
    null,
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    {},
    [],
    true,
    7n,
  ];
  it.each(invalid.map((id) => ({ id })))("$id is refused, and nothing is sent", async ({ id }) => {
    const { client, org, sent } = clientWith({}, () => json({}));
    const value = id as string;
    for (const call of [
      client.arItems.get(value),
      client.actions.createReport(value, {} as never),
      org.batches.get(value),
      org.batches.waitFor(value),
    ]) {
      expect(await failure(call, ConfigurationError)).toMatchObject({ code: "invalid_argument" });
    }
    expect(sent).toHaveLength(0);
  });

  it("may be a number", async () => {
    const { client, sent } = clientWith({}, json({}));
    await client.arItems.get(7 as unknown as string);
    expect(sent[0]?.url.href).toBe(`${BASE}/aritems/7`);
  });

  it.each(["adb", "a d/b", "adb?x=1", "ADB#", "æ", "../actions"])("%j stays one segment", async (type) => {
    const { client, sent } = clientWith({}, json({}));
    await client.actions.createReport(type, {} as never);
    expect(sent[0]?.url.href).toBe(`${BASE}/actions/reports/${encodeURIComponent(type)}`);
  });

  it("keeps its value and the route, or is refused", () => {
    fc.assert(
      fc.property(anyString, (value) => {
        let segment: string;
        try {
          segment = encodePathParameter("id", value);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          expect(value.trim() === "" || /^\.\.?$/.test(value) || /\p{Surrogate}/u.test(value)).toBe(true);
          return;
        }
        const url = new URL(`https://api.test/v1/items/${segment}/tail?q=1#f`);
        const segments = url.pathname.split("/");
        expect(segments).toHaveLength(5);
        expect([segments[2], segments[4], url.host, url.search, url.hash]).toEqual([
          "items",
          "tail",
          "api.test",
          "?q=1",
          "#f",
        ]);
        expect(decodeURIComponent(segments[3] ?? "")).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  it("of an organization or client is checked before a call", () => {
    const amili = new Amili({ accessToken: "T" });
    for (const id of ["", " ", "..", null as never, undefined as never]) {
      expect(thrown(() => amili.debtCollection.organization(id), ConfigurationError).message).toContain(
        "organizationId",
      );
    }
    for (const clientno of [
      Number.NaN,
      0,
      -1,
      1.5,
      Number.POSITIVE_INFINITY,
      2 ** 53,
      "2218" as never,
      undefined as never,
    ]) {
      expect(thrown(() => amili.accountsReceivable.client(clientno), ConfigurationError).message).toContain("clientno");
    }
    expect(() => amili.accountsReceivable.client("2218" as never)).toThrow('at least 1; "2218" was given.');
  });
});

describe("a query", () => {
  const sentFor = async (query: object) => {
    const { org, sent } = clientWith({}, json({ data: [] }));
    await org.settlements.list(query as never).toArray();
    return sent[0]?.url.search;
  };

  it.each([
    [{}, ""],
    [{ fromDate: "2026-01-01", take: 5 }, "?fromDate=2026-01-01&take=5"],
    [{ a: "x y&z=ø/?#+" }, "?a=x%20y%26z%3D%C3%B8%2F%3F%23%2B"],
    [{ a: 0, b: false, c: "" }, "?a=0&b=false&c="],
    [{ a: "x😀", b: ["😀"] }, "?a=x%F0%9F%98%80&b=%F0%9F%98%80"],
    [{ a: undefined, b: null, c: 1 }, "?c=1"],
    [{ a: ["x", "y"], b: "{b}" }, "?a=x&a=y&b=%7Bb%7D"],
    [{ a: [1, null, undefined], b: [] }, "?a=1"],
    [{ "a&admin": "1", "b=": "#" }, "?a%26admin=1&b%3D=%23"],
  ])("%j is sent as %s", async (query, search) => {
    expect(await sentFor(query)).toBe(search);
  });

  it.each([
    ["a Date", new Date(0)],
    ["an object", { year: 2026 }],
    ["an array of Dates", [new Date(0)]],
    ["an array of objects", [{}]],
    ["a list in a list", [["x"]]],
    ["a function", () => 1],
    ["a lone surrogate", "\ud800"],
    ["an array with a lone surrogate", ["\ud800"]],
  ])("%s is refused, and nothing is sent", async (_, value) => {
    const { org, client, sent } = clientWith({}, () => json({}));
    const call = org.settlements.list({ fromDate: value as string }).toArray();
    expect((await failure(call, ConfigurationError)).message).toContain("fromDate");
    await failure(client.glMovements.list({ glyear: value as unknown as number }), ConfigurationError);
    expect(sent).toHaveLength(0);
  });
});

describe("a body", () => {
  class Money {
    constructor(readonly amount: number) {}
    toJSON() {
      return this.amount;
    }
  }
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;

  it.each<[string, unknown, string]>([
    ["NaN, since JSON would send null", Number.NaN, '"originalInvoiceAmount" is NaN'],
    ["Infinity, likewise", Number.POSITIVE_INFINITY, "is Infinity"],
    ["a Date, which has the time of a zone", new Date(0), "is an instance of Date; dates are strings"],
    ["a Map, since JSON would send {}", new Map([["a", 1]]), "is an instance of Map"],
    ["a Set", new Set(), "is an instance of Set"],
    ["bytes", new Uint8Array(2), "is an instance of Uint8Array"],
    ["an instance of a class", new Money(5), "is an instance of Money"],
    ["a bigint", 5n, "is a bigint"],
    ["a function, which JSON would leave out", () => 5, "is a function"],
    ["a symbol, likewise", Symbol("s"), "is a symbol"],
    ["a cycle", cycle, ""],
  ])("with %s is refused, and nothing is sent", async (_, value, problem) => {
    const { org, amili, sent } = clientWith({}, () => json({}));
    const invoice = { originalInvoiceAmount: value } as never;
    const body = { invoices: [invoice] } as never;
    const params = { path: { organizationId: "o" } };
    for (const call of [
      org.invoices.create([invoice]),
      amili.debtCollection.http.POST("/orgs/{organizationId}/invoices", { params, body }),
    ]) {
      const error = await failure(call, ConfigurationError);
      expect(error.code).toBe("invalid_argument");
      expect(error.message).toMatch(/^The body must be serializable as JSON\..* Nothing was sent\.$/);
      expect(error.message).toContain(problem);
    }
    expect(sent).toHaveLength(0);
  });

  it("may have plain objects of any realm or without a prototype, null, and undefined, which is left out", async () => {
    const { org, sent } = clientWith({}, () => json({}));
    const foreign = runInNewContext("({ a: [1, null], b: undefined })");
    await org.invoices.create([foreign, Object.assign(Object.create(null), { c: true })]);
    expect(sent[0]?.body).toBe('{"invoices":[{"a":[1,null]},{"c":true}]}');
  });
});
