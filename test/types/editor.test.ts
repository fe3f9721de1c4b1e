import { describe, expect, it } from "vitest";
import { Editor } from "../support/editor.js";

const editor = new Editor();
const PRELUDE = `
import { Amili } from "amili-client";
const amili = new Amili();
const client = amili.accountsReceivable.client(2218);
const org = amili.debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");
`;

describe("completion", () => {
  it.each([
    ["products", "amili.|", ["accountsReceivable", "autoCollectLegacy", "debtCollection", "distribution", "identity"]],
    [
      "the tags of the ARM API",
      "client.|",
      [
        "actions",
        "arItems",
        "autoPostings",
        "batches",
        "clientConfigs",
        "customers",
        "documentBundles",
        "documents",
        "files",
        "glItems",
        "glMovements",
        "insights",
        "logItems",
        "paymentReservations",
      ],
    ],
    [
      "the tags of debt collection",
      "org.|",
      ["batches", "cases", "corrections", "invoices", "payments", "settlements"],
    ],
    [
      "query parameters as on the wire",
      "client.glMovements.list({ | })",
      ["glaccountno", "glperiod", "glperiodfrom", "glperiodto", "glyear", "glyearfrom", "glyearto", "options"],
    ],
    ["no page parameters in a list", "client.customers.list({ | })", ["expand", "maximumcount", "pagesize"]],
    ["values of an open enum", 'org.invoices.create([{ type: "|" }])', ["NOTICE", "PAYMENT_REMINDER"]],
    ["report types", 'client.actions.createReport("|", {})', ["adb"]],
    ["environments", 'new Amili({ environment: "|" })', ["production", "staging"]],
    [
      "options of a list",
      "client.customers.list({}, { | })",
      ["cursor", "headers", "maxItems", "maxRetries", "prefetch", "signal", "timeout"],
    ],
  ])("offers %s", (_, code, expected) => {
    expect([...editor.completions(PRELUDE + code).keys()].toSorted()).toEqual(expected);
  });

  it("strikes out what is deprecated", () => {
    const methods = editor.completions(`${PRELUDE}org.invoices.|`);
    expect(methods.get("pause")).toEqual({ deprecated: true });
    expect(methods.get("create")).toEqual({ deprecated: false });
  });
});

describe("hover", () => {
  it("names types, says what the call does and where that stands", () => {
    const text = editor.hover(`${PRELUDE}client.arItems.g|et("x")`);
    expect(text).toMatch(/ArItems\.get\(aritemid: string, .*options\?: CallOptions\): Promise<ArItem>/s);
    expect(text).toContain("Amounts are in the currency that stands beside them");
    expect(text).toContain("@throws {ApiError}");
    expect(text).toContain("https://docs.amili.dev/get-one-ar-item-4205262e0");
  });

  it("names an argument of options, not what is taken from it", () => {
    expect(editor.hover(`${PRELUDE}org.batches.wait|For("b")`)).toMatch(
      /waitFor\(batchId: string, options\?: WaitOptions\): Promise<BatchResponse>/,
    );
  });

  it("gives the meaning of fields from the spec", () => {
    expect(editor.hover(`${PRELUDE}(await client.arItems.get("x")).ki|d`)).toMatch(/kid\?: string/);
    expect(editor.hover(`${PRELUDE}org.settlements.li|st()`)).toContain("Pager<Settlement, SettlementList>");
  });
});

describe("the compiler", () => {
  it.each([
    ["open enums take new values", 'const t: Parameters<typeof org.invoices.create>[0] = [{ type: "SOMETHING_NEW" }];'],
    ["fields that were not seen can be sent", "org.invoices.create([{ debtor: { postalCode: '0001' } }]);"],
    ["fields that were not seen can be read", "const x: unknown = (await client.arItems.get('x')).somethingNew;"],
    [
      "an item of a list has its type",
      "for await (const c of client.customers.list()) { const no: string = c.customerNo; }",
    ],
    [
      "both forms of a settlement",
      "for await (const s of org.settlements.list()) console.log(s.caseNumber, s.paymentAmount);",
    ],
    [
      "data of the raw client",
      'const { data } = await amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", { params: { path: { clientno: 1, aritemid: "x" } } }); const kid: string | undefined = data?.kid;',
    ],
    [
      "the example of the design",
      "const batch = await org.batches.waitFor((await org.invoices.create([{}])).data.batchId);",
    ],
  ])("takes: %s", (_, code) => {
    expect(editor.errors(PRELUDE + code)).toEqual([]);
  });

  it.each([
    ["a path parameter that is missing", "client.arItems.get();", /Expected 1-3 arguments, but got 0/],
    [
      "a client number as text",
      'amili.accountsReceivable.client("2218");',
      /'string' is not assignable to parameter of type 'number'/,
    ],
    ["a query name in another case", "client.glMovements.list({ glYear: 2025 });", /'glYear' does not exist/],
    [
      "a date that is no string",
      "org.settlements.list({ fromDate: new Date() });",
      /'Date' is not assignable to type 'string'/,
    ],
    [
      "a field of another type",
      'org.invoices.create([{ originalInvoiceAmount: "1" }]);',
      /'string' is not assignable to type 'number'/,
    ],
    ["a page token in the query", 'org.settlements.list({ pageToken: "x" });', /'pageToken' does not exist/],
    [
      "an unknown environment",
      'new Amili({ environment: "test" });',
      /'"test"' is not assignable to type 'Environment/,
    ],
    [
      "a raw call without its path values",
      'amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}");',
      /Expected 2 arguments, but got 1/,
    ],
    [
      "a raw path that is not in the spec",
      'amili.accountsReceivable.http.GET("/clients", {});',
      /'"\/clients"' is not assignable/,
    ],
    [
      "a raw body where there is none",
      'amili.debtCollection.http.GET("/batches", { body: {} });',
      /'.*' is not assignable to type '(undefined|never)'/,
    ],
    [
      "a field of an answer that may be missing",
      "const n: number = (await client.arItems.get('x')).glAmount;",
      /'undefined' is not assignable to type 'number'/,
    ],
    [
      "an error that is taken for known",
      'const { error } = await amili.debtCollection.http.GET("/batches"); error.message;',
      /'error' is of type 'unknown'/,
    ],
  ])("refuses: %s", (_, code, message) => {
    const errors = editor.errors(PRELUDE + code);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });
});
