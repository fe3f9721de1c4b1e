import { beforeEach, describe, expect, it, vi } from "vitest";
import { Table } from "../../src/sandbox/data/table.js";
import { allOf, type Caller, Clock, callerWith, DAY, ORGANIZATION } from "./support.js";

const BATCH_TIME = 250;
let clock: Clock;
let caller: Caller;
beforeEach(async () => {
  clock = new Clock();
  caller = await callerWith({ now: clock.now, batchTime: BATCH_TIME, size: 0 });
});

/** Sends a write and returns its batch after it was processed. */
async function batchOf(operationId: string, body: object, headers: Record<string, string> = {}) {
  const { body: reference } = await caller.org(operationId, { body, headers });
  clock.forward(BATCH_TIME);
  return (await caller.org("getBatch", { path: { batchId: reference.data.batchId } })).body.data;
}

const invoice = (no: number, more: object = {}) => ({
  type: "NOTICE",
  invoiceNumber: `INV-${no}`,
  uniqueSourceInvoiceId: `erp-${no}`,
  originalInvoiceAmount: 1000,
  currency: "NOK",
  ...more,
});

async function invoiceId(more: object = {}): Promise<string> {
  const batch = await batchOf("createInvoices", { invoices: [invoice(1, more)] });
  return batch.succeeded[0].invoiceId;
}

const get = async (id: string) => (await caller.org("getInvoice", { path: { invoiceId: id } })).body.data;
const caseOf = async (number: string) =>
  (await caller.org("listCases", { query: { CaseNumber: number } })).body.data[0];

describe("a batch", () => {
  it("is queued for batchTime, and its invoices do not exist before", async () => {
    const { status, body } = await caller.org("createInvoices", { body: { invoices: [invoice(1), invoice(2)] } });
    expect(status).toBe(202);
    const { batchId, batchUrl } = body.data;
    expect(batchUrl).toBe(`${caller.sandbox.baseUrls.debtCollection}/orgs/${ORGANIZATION}/batches/${batchId}`);

    const path = { batchId };
    clock.forward(BATCH_TIME - 1);
    const queued = (await caller.org("getBatch", { path })).body.data;
    expect(queued).toMatchObject({ type: "INVOICE", status: "QUEUED", succeeded: [], failed: [] });
    expect(queued).not.toHaveProperty("finishedAt");
    expect(await allOf(caller, "listInvoices")).toEqual([]);

    clock.forward(1);
    const ended = (await caller.org("getBatch", { path })).body.data;
    expect(ended).toMatchObject({ status: "SUCCESS", finishedAt: new Date(clock.now()).toISOString() });
    expect(ended.succeeded.map((item: { invoiceNumber: string }) => item.invoiceNumber)).toEqual(["INV-1", "INV-2"]);
    expect(await allOf(caller, "listInvoices")).toHaveLength(2);
    expect((await caller.call("debtCollection", "getBatchLegacy", { path })).body.data).toEqual(ended);
  });

  it.each([
    ["an invoice with a uniqueSourceInvoiceId of its batch", { uniqueSourceInvoiceId: "erp-1" }, "DUPLICATE"],
    ["an invalid date", { dueDate: "tomorrow" }, "DATE_INVALID"],
    ["a day that does not exist", { dueDate: "2026-02-30" }, "DATE_INVALID"],
    ["such a day with a time", { invoiceDate: "2026-04-31T12:00:00Z" }, "DATE_INVALID"],
    ["a due date before the invoice's", { invoiceDate: "2026-02-01", dueDate: "2026-01-31" }, "DUE_BEFORE_INVOICE"],
    ["an amount of 0", { originalInvoiceAmount: 0 }, "AMOUNT_INVALID"],
    ["a negative amount", { originalInvoiceAmount: -1 }, "AMOUNT_INVALID"],
  ])("fails in part for %s, with a reason without values", async (_, more, code) => {
    const batch = await batchOf("createInvoices", { invoices: [invoice(1), invoice(2, more)] });
    expect(batch).toMatchObject({ status: "PARTIAL", succeeded: [{ invoiceNumber: "INV-1" }] });
    expect(batch.failed).toEqual([
      {
        index: 1,
        invoiceNumber: "INV-2",
        uniqueSourceInvoiceId: invoice(2, more).uniqueSourceInvoiceId,
        code,
        reason: expect.not.stringMatching(/tomorrow|-1/),
      },
    ]);
    expect(await allOf(caller, "listInvoices")).toHaveLength(1);
  });

  it("fails when all of its items fail", async () => {
    await invoiceId();
    expect(await batchOf("createInvoices", { invoices: [invoice(1)] })).toMatchObject({
      status: "FAILED",
      succeeded: [],
    });
  });

  it("accepts duplicates with uniqueInvoices: false", async () => {
    caller = await callerWith({ now: clock.now, batchTime: 0, size: 0, uniqueInvoices: false });
    await invoiceId();
    await invoiceId();
    const found = await allOf(caller, "listInvoices", { UniqueSourceInvoiceId: "erp-1" });
    expect(found.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId)).toEqual(["erp-1", "erp-1"]);
  });

  it("with many invoices of one customer updates the case once", async () => {
    const big = await callerWith({ batchTime: 0, size: 0, webhook: "http://127.0.0.1:9/" });
    const from = (first: number) => ({
      invoices: Array.from({ length: 1000 }, (_, no) => ({
        uniqueSourceInvoiceId: `erp-${first + no}`,
        customerNumber: "C1",
        originalInvoiceAmount: 10,
      })),
    });
    const reads = vi.spyOn(Table.prototype, "at");
    await big.org("createInvoices", { body: from(0) });
    await big.org("createInvoices", { body: from(1000) });
    // Reading all invoices of the case for each new one would take a million.
    expect(reads.mock.calls.length).toBeLessThan(20_000);
    reads.mockRestore();
    const cases = await allOf(big, "listCases");
    expect(cases.map(({ invoices }) => invoices.length)).toEqual([2000]);
    await big.sandbox.flush();
    expect(big.sandbox.deliveries.map(({ event }) => event)).toEqual([
      ...["CASE", "BATCH_COMPLETED"],
      ...["CASE_UPDATED", "BATCH_COMPLETED"],
    ]);
  });

  it("is found by each filter of the list", async () => {
    const first = await batchOf("createInvoices", { invoices: [invoice(1)] }, { IdempotencyKey: "key-1" });
    const { invoiceId: id } = first.succeeded[0];
    const second = await batchOf("createPayments", { payments: [{ invoiceId: id, amount: 1 }] });
    const third = await batchOf("createCorrections", { corrections: [{ invoiceId: ORGANIZATION, amount: 1 }] });
    const { body } = await caller.org("createInvoices", { body: { invoices: [] } });
    const ids = async (query: object) => (await allOf(caller, "listBatches", query)).map(({ batchId }) => batchId);

    const all = [first.batchId, second.batchId, third.batchId, body.data.batchId];
    expect(await ids({})).toEqual(all);
    expect(await ids({ SortDirection: "Descending", PageSize: 1 })).toEqual(all.toReversed());
    expect(await ids({ State: "QUEUED" })).toEqual([body.data.batchId]);
    expect(await ids({ State: "success" })).toEqual([first.batchId, second.batchId]);
    expect(await ids({ State: "FAILED" })).toEqual([third.batchId]);
    expect(await ids({ Type: "PAYMENT" })).toEqual([second.batchId]);
    expect(await ids({ SubjectId: id })).toEqual([first.batchId, second.batchId]);
    expect(await ids({ IdempotencyKey: "key-1" })).toEqual([first.batchId]);
  });

  it("belongs to its organization", async () => {
    const { batchId } = await batchOf("createInvoices", { invoices: [invoice(1)] });
    const elsewhere = { organizationId: "7bc05553-4b68-44e8-b7bc-37be63c6d9e9", batchId };
    expect((await caller.org("getBatch", { path: elsewhere })).status).toBe(404);
    const { body } = await caller.call("debtCollection", "listAllBatches", { query: { SortDirection: "desc" } });
    expect(body.data.map((batch: { batchId: string }) => batch.batchId)).toEqual([batchId]);
  });
});

describe("an invoice", () => {
  it("is found by each filter of the list", async () => {
    await batchOf("createInvoices", { invoices: [invoice(1), invoice(2, { type: "PAYMENT_REMINDER" })] });
    clock.forward(2 * DAY);
    await batchOf("createInvoices", { invoices: [invoice(3, { customerNumber: "42" })] });
    const numbers = async (query: object) =>
      (await allOf(caller, "listInvoices", query)).map(({ invoiceNumber }) => invoiceNumber);

    expect(await numbers({ UniqueSourceInvoiceId: "erp-2" })).toEqual(["INV-2"]);
    expect(await numbers({ UniqueSourceInvoiceId: "erp" })).toEqual([]);
    expect(await numbers({ InvoiceNumber: "INV-3" })).toEqual(["INV-3"]);
    expect(await numbers({ Type: "PAYMENT_REMINDER" })).toEqual(["INV-2"]);
    expect(await numbers({ CustomerNumber: "42" })).toEqual(["INV-3"]);
    expect(await numbers({ Status: "OPEN", To: "2026-03-16" })).toEqual(["INV-1", "INV-2"]);
    expect(await numbers({ From: "2026-03-17" })).toEqual(["INV-3"]);
    expect((await caller.org("listInvoices", { query: { From: "spring" } })).body.validationErrors).toEqual([
      "/query/From must be a date or a date-time",
    ]);
  });

  it("has a default type and currency", async () => {
    const id = await invoiceId({ type: "", currency: "" });
    expect(await get(id)).toMatchObject({ type: "NOTICE", currency: "NOK" });
  });

  it("gets a new case, or joins the open one of its debtor", async () => {
    const debtor = { customerNumber: "42" };
    await batchOf("createInvoices", { invoices: [invoice(1), invoice(2, debtor), invoice(3, debtor)] });
    const cases = await allOf(caller, "listCases");
    expect(cases.map(({ invoices }) => invoices.map((of: { invoiceNumber: string }) => of.invoiceNumber))).toEqual([
      ["INV-1"],
      ["INV-2", "INV-3"],
    ]);
    const [first, second] = cases;
    const found = async (query: object) => (await allOf(caller, "listCases", query)).map(({ caseId }) => caseId);
    expect(first).toMatchObject({ type: "COLLECTION_NOTICE", status: "OPEN", debtors: [] });
    expect(await found({ CustomerNumber: "42" })).toEqual([second.caseId]);
    expect(await found({ UniqueSourceInvoiceId: "erp-3" })).toEqual([second.caseId]);
    expect(await found({ SearchTerm: "inv-1" })).toEqual([first.caseId]);
    expect(await found({ CaseNumber: second.caseNumber })).toEqual([second.caseId]);
    expect(await found({ Status: "CLOSED" })).toEqual([]);
    expect(await found({ Type: "COLLECTION_NOTICE", FromCreatedAt: "2026-03-16", ToCreatedAt: "2026-03-16" })).toEqual([
      first.caseId,
      second.caseId,
    ]);
  });

  it("gets a settlement for each payment, and is closed when it is paid", async () => {
    const id = await invoiceId();
    expect(await batchOf("createPayments", { payments: [{ invoiceId: id, amount: 400.5 }] })).toMatchObject({
      type: "PAYMENT",
      status: "SUCCESS",
      succeeded: [{ invoiceId: id }],
    });
    expect(await get(id)).toMatchObject({ status: "OPEN", paidAmount: 400.5, remainingAmount: 599.5 });
    await batchOf("createPayments", { payments: [{ invoiceId: id, amount: 599.5, currency: "NOK" }] });
    const { collectionCaseNumber, ...paid } = await get(id);
    expect(paid).toMatchObject({ status: "CLOSED", paidAmount: 1000, remainingAmount: 0 });
    expect(await caseOf(collectionCaseNumber)).toMatchObject({ status: "CLOSED", closedAt: expect.any(String) });

    const settlements = await allOf(caller, "listSettlements", {}, "pageToken");
    expect(settlements.map(({ paymentAmount }) => paymentAmount)).toEqual([400.5, 599.5]);
    const [{ id: settlementId }] = settlements;
    const one = (await caller.org("getSettlement", { path: { settlementId } })).body.data;
    expect(one).toEqual(settlements[0]);
    expect(one).toMatchObject({
      caseNumber: collectionCaseNumber,
      invoice: { id },
      principalDistribution: { creditor: 400.5 },
    });

    const payments = (await caller.org("listInvoicePayments", { path: { invoiceId: id } })).body.data;
    expect(payments.map((payment: { settlementId: string }) => payment.settlementId)).toEqual(
      settlements.map((s) => s.id),
    );
    const history = (await caller.org("listInvoiceHistory", { path: { invoiceId: id } })).body.data;
    expect(history.map(({ event, amount }: Record<string, unknown>) => [event, amount])).toEqual([
      ["REGISTERED", 1000],
      ["PAYMENT", 400.5],
      ["PAYMENT", 599.5],
    ]);
  });

  it("is credited by a positive correction and increased by a negative one, without a settlement", async () => {
    const id = await invoiceId();
    await batchOf("createCorrections", { corrections: [{ invoiceId: id, amount: 100 }] });
    expect(await get(id)).toMatchObject({ creditedAmount: 100, remainingAmount: 900 });
    await batchOf("createCorrections", { corrections: [{ invoiceId: id, amount: -50 }] });
    expect(await get(id)).toMatchObject({ creditedAmount: 50, remainingAmount: 950 });
    await batchOf("createCorrections", { corrections: [{ invoiceId: id, amount: 950 }] });
    expect(await get(id)).toMatchObject({ status: "CLOSED", remainingAmount: 0 });
    expect(await allOf(caller, "listSettlements", {}, "pageToken")).toEqual([]);
  });

  it.each([
    ["more than remains", { amount: 1000.01 }, "AMOUNT_TOO_LARGE"],
    ["0", { amount: 0 }, "AMOUNT_INVALID"],
    ["a negative amount", { amount: -1 }, "AMOUNT_INVALID"],
    ["another currency", { amount: 1, currency: "SEK" }, "CURRENCY_DIFFERS"],
    ["an unknown invoice", { amount: 1, invoiceId: ORGANIZATION }, "INVOICE_UNKNOWN"],
  ])("refuses a payment of %s", async (_, payment, code) => {
    const id = await invoiceId();
    const batch = await batchOf("createPayments", { payments: [{ invoiceId: id, ...payment }] });
    expect(batch).toMatchObject({ status: "FAILED", failed: [{ index: 0, code }] });
    expect(await get(id)).toMatchObject({ paidAmount: 0, remainingAmount: 1000 });
  });

  it("is paused, resumed and withdrawn, and its case with it", async () => {
    const id = await invoiceId();
    const path = { invoiceId: id };
    const move = async (operationId: string) => {
      const { status, body } = await caller.org(operationId, { path });
      const { status: now, collectionCaseNumber } = await get(id);
      return [status, body?.message, now, (await caseOf(collectionCaseNumber)).status];
    };
    expect(await move("resumeInvoice")).toEqual([400, "The invoice is not PAUSED.", "OPEN", "OPEN"]);
    expect(await move("pauseInvoice")).toEqual([202, undefined, "PAUSED", "PAUSED"]);
    expect(await move("pauseInvoice")).toEqual([400, "The invoice is not OPEN.", "PAUSED", "PAUSED"]);
    expect(await move("resumeInvoice")).toEqual([202, undefined, "OPEN", "OPEN"]);
    expect(await move("withdrawInvoice")).toEqual([202, undefined, "WITHDRAWN", "CLOSED"]);
    const batch = await batchOf("createPayments", { payments: [{ invoiceId: id, amount: 1 }] });
    expect(batch.failed).toMatchObject([{ code: "INVOICE_NOT_OPEN" }]);
    const unknown = await caller.org("pauseInvoice", { path: { invoiceId: ORGANIZATION } });
    expect(unknown).toMatchObject({ status: 400, body: { message: "No such invoice." } });
  });
});

describe("a list", () => {
  it("continues at the same record when records are added", async () => {
    await batchOf("createInvoices", { invoices: [] });
    await batchOf("createInvoices", { invoices: [] });
    for (const SortDirection of ["Ascending", "Descending"]) {
      const query = { SortDirection, PageSize: 1 };
      const first = (await caller.org("listBatches", { query })).body;
      const all = await allOf(caller, "listBatches", query);
      await batchOf("createInvoices", { invoices: [] });
      const PageToken = first.summary.nextPageToken;
      const second = (await caller.org("listBatches", { query: { ...query, PageToken } })).body;
      expect([first.data[0], second.data[0]]).toEqual(all.slice(0, 2));
    }
  });

  it("refuses tokens of other lists", async () => {
    await batchOf("createInvoices", { invoices: [] });
    await batchOf("createInvoices", { invoices: [] });
    const { nextPageToken } = (await caller.org("listBatches", { query: { PageSize: 1 } })).body.summary;
    for (const PageToken of [nextPageToken, "x"]) {
      const { status, body } = await caller.org("listCases", { query: { PageToken } });
      expect([status, body.message]).toEqual([400, "PageToken is not a token of this list."]);
    }
  });
});

describe("the data set", () => {
  it("does not overlap with added records that have its next keys", async () => {
    caller = await callerWith({ batchTime: 0 });
    const next = { uniqueSourceInvoiceId: "sandbox-28", invoiceNumber: "SANDBOX-28", customerNumber: "543238" };
    await caller.org("createInvoices", { body: { invoices: [next] } });
    for (const query of [
      { UniqueSourceInvoiceId: "sandbox-28" },
      { InvoiceNumber: "SANDBOX-28" },
      { CustomerNumber: "543238" },
    ]) {
      expect(await allOf(caller, "listInvoices", query)).toHaveLength(1);
    }
    expect(await allOf(caller, "listCases", { CustomerNumber: "543238" })).toHaveLength(1);
  });

  it("has consistent settlements, invoices, cases and batches", async () => {
    caller = await callerWith({ now: clock.now });
    const invoices = await allOf(caller, "listInvoices");
    const cases = await allOf(caller, "listCases");
    const settlements = await allOf(caller, "listSettlements", {}, "pageToken");
    expect([invoices.length, cases.length, settlements.length]).toEqual([28, 28, 25]);
    for (const settlement of settlements) {
      const found = invoices.find(({ id }) => id === settlement.invoice.id);
      expect(found).toMatchObject({
        paidAmount: settlement.paymentAmount,
        collectionCaseNumber: settlement.caseNumber,
      });
    }
    for (const of of invoices) {
      expect(of.originalAmount).toBe(of.paidAmount + of.creditedAmount + of.remainingAmount);
      expect(await caseOf(of.collectionCaseNumber)).toMatchObject({ invoices: [{ invoiceId: of.id }] });
      expect(await allOf(caller, "listInvoices", { UniqueSourceInvoiceId: of.uniqueSourceInvoiceId })).toEqual([of]);
    }
    const [batch] = await allOf(caller, "listBatches");
    expect(batch.succeeded.map((item: { invoiceId: string }) => item.invoiceId)).toEqual(invoices.map(({ id }) => id));
  });
});
