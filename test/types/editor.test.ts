import { beforeAll, describe, expect, it } from "vitest";
import { Editor } from "../support/editor.js";

const PRELUDE = `
import { Amili } from "amili-client";
const amili = new Amili();
const client = amili.accountsReceivable.client(2218);
const org = amili.debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");
`;

const COMPLETIONS: [what: string, code: string, names: string][] = [
  ["the APIs", "amili.|", "accountsReceivable autoCollectLegacy debtCollection distribution identity"],
  [
    "the resources of accounts receivable",
    "client.|",
    "actions arItems autoPostings batches clientConfigs customers documentBundles documents files glItems glMovements " +
      "insights logItems paymentReservations",
  ],
  ["the resources of debt collection", "org.|", "batches cases corrections invoices payments settlements"],
  [
    "query parameters",
    "client.glMovements.list({ | })",
    "glaccountno glperiod glperiodfrom glperiodto glyear glyearfrom glyearto options",
  ],
  ["no page parameters in a list", "client.customers.list({ | })", "expand maximumcount pagesize"],
  ["the values of an open enum", 'org.invoices.create([{ type: "|" }])', "NOTICE PAYMENT_REMINDER"],
  ["report types", 'client.actions.createReport("|", {})', "adb"],
  ["environments", 'new Amili({ environment: "|" })', "production staging"],
  ["the options of a call", 'client.arItems.get("x", {}, { | })', "headers maxRetries signal timeout"],
  [
    "the options of a list",
    "client.customers.list({}, { | })",
    "allowTruncated cursor headers maxItems maxRetries prefetch signal timeout",
  ],
  [
    "the options of waitFor",
    'org.batches.waitFor("b", { | })',
    "headers maxRetries maxWait pollInterval signal timeout visibilityDelay",
  ],
  ["the methods of a call", 'client.arItems.get("x").|', "catch finally then withResponse"],
];
const HOVERS: [what: string, code: string, shown: (string | RegExp)[]][] = [
  [
    "a method: its types, docs and source",
    'client.arItems.g|et("x")',
    [
      "ArItems.get(aritemid: string, query?: GetArItemQuery, options?: CallOptions): Call<ArItem>",
      "Returns one AR item",
      "@throws {ApiError}",
      "@remarks Evidence: documented.",
      "@see https://docs.amili.dev/get-one-ar-item-4205262e0",
    ],
  ],
  ["waitFor", 'org.batches.wait|For("b")', ["waitFor(batchId: string, options?: WaitOptions): Promise<BatchResponse>"]],
  ["a field of a response", '(await client.arItems.get("x")).ki|d', [/kid\?: string/]],
  ["a list", "org.settlements.li|st()", ["list(query?: ListSettlementsQuery", "Pager<Settlement, SettlementList>"]],
  ["withResponse", 'const r| = await client.arItems.get("x").withResponse()', ["WithResponse<ArItem>"]],
];

const ACCEPTED: [what: string, code: string][] = [
  ["new values of open enums", 'const t: Parameters<typeof org.invoices.create>[0] = [{ type: "SOMETHING_NEW" }];'],
  ["unknown fields of a body", "org.invoices.create([{ debtor: { postalCode: '0001' } }]);"],
  ["unknown fields of a response", "const x: unknown = (await client.arItems.get('x')).somethingNew;"],
  ["a typed item of a list", "for await (const c of client.customers.list()) { const no: string = c.customerNo; }"],
  [
    "both forms of a settlement",
    "for await (const s of org.settlements.list()) console.log(s.caseNumber, s.paymentAmount);",
  ],
  [
    "data of the raw client",
    'const { data } = await amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", { params: { path: { clientno: 1, aritemid: "x" } } }); const kid: string | undefined = data?.kid;',
  ],
  ["waitFor of a write", "await org.batches.waitFor((await org.invoices.create([{}])).data.batchId);"],
  ["a call as a promise", "const p: Promise<{ kid?: string }> = client.arItems.get('x');"],
];

const REFUSED: [what: string, code: string, message: RegExp][] = [
  ["a missing path parameter", "client.arItems.get();", /Expected 1-3 arguments, but got 0/],
  ["a client number as a string", 'amili.accountsReceivable.client("2218");', /'string' is not assignable/],
  ["a query name in another case", "client.glMovements.list({ glYear: 2025 });", /'glYear' does not exist/],
  ["a Date", "org.settlements.list({ fromDate: new Date() });", /'Date' is not assignable to type 'string'/],
  [
    "a field of another type",
    'org.invoices.create([{ originalInvoiceAmount: "1" }]);',
    /'string' is not assignable to type 'number'/,
  ],
  ["a page token in the query", 'org.settlements.list({ pageToken: "x" });', /'pageToken' does not exist/],
  ["an unknown environment", 'new Amili({ environment: "test" });', /'"test"' is not assignable to type 'Environment/],
  [
    "an operation that is not inferred",
    'new Amili({ allowInferred: ["listInvoices"] });',
    /'"listInvoices"' is not assignable/,
  ],
  ["an unknown option of a call", 'client.arItems.get("x", {}, { retries: 1 });', /'retries' does not exist/],
  [
    "a raw call without its path values",
    'amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}");',
    /Expected 2 arguments, but got 1/,
  ],
  ["an unknown raw path", 'amili.accountsReceivable.http.GET("/clients", {});', /'"\/clients"' is not assignable/],
  [
    "a raw body of an operation without one",
    'amili.debtCollection.http.GET("/batches", { body: {} });',
    /'.*' is not assignable to type '(undefined|never)'/,
  ],
  [
    "an optional field as required",
    "const n: number = (await client.arItems.get('x')).glAmount;",
    /'undefined' is not assignable to type 'number'/,
  ],
  [
    "an undocumented error as known",
    'const { error } = await amili.debtCollection.http.GET("/batches"); error.message;',
    /'error' is of type 'unknown'/,
  ],
];

const editor = new Editor();

// The first query reads and checks all types.
beforeAll(() => {
  editor.errors(PRELUDE);
}, 120_000);

describe("completion", () => {
  it.each(COMPLETIONS)("offers %s", (_, code, names) => {
    expect([...editor.completions(PRELUDE + code).keys()].toSorted()).toEqual(names.split(" "));
  });

  it("marks what is deprecated", () => {
    const methods = editor.completions(`${PRELUDE}org.invoices.|`);
    expect(methods.get("pause")).toEqual({ deprecated: true });
    expect(methods.get("create")).toEqual({ deprecated: false });
  });
});

describe("hover", () => {
  it.each(HOVERS)("shows %s", (_, code, shown) => {
    const text = editor.hover(PRELUDE + code);
    for (const part of shown) expect(text).toMatch(part);
  });
});

describe("the compiler", () => {
  it.each(ACCEPTED)("accepts %s", (_, code) => {
    expect(editor.errors(PRELUDE + code)).toEqual([]);
  });

  it.each(REFUSED)("refuses %s", (_, code, message) => {
    const errors = editor.errors(PRELUDE + code);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });
});
