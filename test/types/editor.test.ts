import { beforeAll, describe, expect, it } from "vitest";
import { Editor } from "../support/editor.js";

const PRELUDE = `
import { Amili, additional } from "amili-client";
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
  [
    "no page token in a list",
    "org.invoices.list({ | })",
    "CustomerNumber From InvoiceNumber Status To Type UniqueSourceInvoiceId",
  ],
  ["the known parameters of an open query", "client.customers.get('1', { | })", "expand userid"],
  ["the values of an open enum", 'org.invoices.create([{ type: "|" }])', "NOTICE PAYMENT_REMINDER"],
  ["report types", 'client.actions.createReport("|", {})', "adb"],
  ["environments", 'new Amili({ environment: "|" })', "production staging"],
  ["the options of a call", 'client.arItems.get("x", {}, { | })', "headers maxRetries signal timeout"],
  [
    "the options of a list",
    "client.customers.list({}, { | })",
    "cursor headers maxItems maxRetries prefetch signal timeout",
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
  [
    "what of a field is inferred",
    "client.customers.create({ customer: { postalAddress1|: 'x' } })",
    ["postalAddress1?: string", "Named by the PUT page's text", "@remarks Inferred: Its place in the body."],
  ],
  [
    "what of a parameter is inferred",
    "client.insights.adbIntervals({ accountno|: 1 })",
    ["accountno?: number", "@remarks Inferred: Type and meaning, from accountNo in other responses."],
  ],
  [
    "that the body of a method is inferred",
    "client.customers.cre|ate({})",
    ["Body, inferred: Media type and envelope, from the"],
  ],
  [
    "that a query is open",
    "client.customers.li|st()",
    ["Not all query parameters were observed: any that is not listed is sent as given."],
  ],
  ["a body without its index signature", "client.customers.cre|ate({})", ["create(body: CustomerRequest,"]],
  ["a list", "org.settlements.li|st()", ["list(query?: ListSettlementsQuery", "Pager<Settlement, SettlementList>"]],
  ["withResponse", 'const r| = await client.arItems.get("x").withResponse()', ["WithResponse<ArItem>"]],
];

const ACCEPTED: [what: string, code: string][] = [
  ["new values of open enums", 'const t: Parameters<typeof org.invoices.create>[0] = [{ type: "SOMETHING_NEW" }];'],
  [
    "undocumented fields of a body that are marked",
    "org.invoices.create([{ invoiceNumber: '1', ...additional({ debtor: { postalCode: '0001' } }) }]);",
  ],
  [
    "undocumented fields of a nested object that are marked",
    "client.customers.create({ customer: { customerNo: '1', postalAddress: { cityName: 'Oslo', ...additional({ region: 'x' }) } } });",
  ],
  [
    "any field of a body of which none was observed",
    "client.autoPostings.create('x', { autoPostings: [{ amount: 1 }] });",
  ],
  [
    "items with known fields that are required",
    "interface Row { uniqueSourceInvoiceId: string; originalInvoiceAmount: number } declare const rows: Row[]; for await (const { item } of org.invoices.submit(rows)) { const id: string = item.uniqueSourceInvoiceId; }",
  ],
  [
    "undocumented fields of submitted items that are marked",
    "org.invoices.submit([1].map((rowId) => ({ invoiceNumber: '1', ...additional({ rowId }) })));",
  ],
  [
    "undocumented filters of a list",
    "client.customers.list({ name: 'Ola', pagesize: 10, activeOnly: true, since: 2025 });",
  ],
  ["undocumented filters of a query without known ones", "client.files.list({ name: 'a.txt' });"],
  [
    "undocumented filters of the raw client",
    'amili.accountsReceivable.http.GET("/clients/{clientno}/aritems", { params: { path: { clientno: 1 }, query: { customerno: "1" } } });',
  ],
  ["unknown fields of a response", "const x: unknown = (await client.arItems.get('x')).somethingNew;"],
  [
    "unknown fields of an object that is sent and received",
    "const x: unknown = (await client.customers.get('x')).postalAddress?.region;",
  ],
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
  [
    "a misspelt field",
    "org.invoices.create([{ originalInvoiceAmuont: 1 }]);",
    /'originalInvoiceAmuont' does not exist in type 'InvoiceInput'\. Did you mean to write 'originalInvoiceAmount'/,
  ],
  [
    "a misspelt field beside a marked one",
    "org.invoices.create([{ originalInvoiceAmuont: 1, ...additional({ debtor: {} }) }]);",
    /Did you mean to write 'originalInvoiceAmount'/,
  ],
  [
    "a misspelt nested field",
    "client.customers.create({ customer: { customerNo: '1', postalAddress: { cityNmae: 'Oslo' } } });",
    /Did you mean to write 'cityName'/,
  ],
  [
    "a misspelt field in a nested list",
    "client.actions.createReport('adb', { action: { report: { adb: { intervals: [{ intervalNumber: 1 }] } } } });",
    /'intervalNumber' does not exist in type/,
  ],
  [
    "submitted items with fields of their own",
    "declare const rows: { invoiceNumber: string; rowId: number }[]; org.invoices.submit(rows);",
    /UndocumentedFields<"rowId">/,
  ],
  [
    "a misspelt field of a submitted item",
    "org.invoices.submit([{ invoiceNumber: '1', originalInvoiceAmuont: 1 }]);",
    /UndocumentedFields<"originalInvoiceAmuont">/,
  ],
  [
    "a known filter of another type",
    "client.customers.list({ pagesize: 'x' });",
    /'string' is not assignable to type 'number'/,
  ],
  [
    "an undocumented filter that is an object",
    "client.customers.list({ name: {} });",
    /'{}' is not assignable to type/,
  ],
  [
    "a page number in an open query",
    "client.customers.list({ pageno: 2 });",
    /'number' is not assignable to type 'undefined'/,
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
