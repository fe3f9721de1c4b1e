import { startSandbox } from "amili-client/sandbox";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allOf, Caller, Clock, DAY } from "./support.js";

const RUNS = { numRuns: 8 };
const SIZE = 5;
const BATCH_TIME = 250;

// biome-ignore lint/suspicious/noExplicitAny: bodies of all operations
type Body = any;

/** Runs a check on a new sandbox. */
async function onSandbox(check: (caller: Caller, clock: Clock) => Promise<void>): Promise<void> {
  const clock = new Clock();
  const sandbox = await startSandbox({ now: clock.now, size: SIZE, batchTime: BATCH_TIME, tokenLifetime: 1e9 });
  try {
    await check(new Caller(sandbox), clock);
  } finally {
    await sandbox.close();
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + Math.round(value * 100), 0) / 100;

/** Amounts, some of them too large, 0 or negative. */
const amounts = fc.integer({ min: -200, max: 2000 }).map((cents) => cents / 2);
const nth = fc.nat(30);

describe("debt collection", () => {
  const item = fc.record({ source: fc.nat(6), customer: fc.nat(2), amount: amounts });
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("createInvoices" as const), items: fc.array(item, { maxLength: 4 }) }),
      fc.record({
        do: fc.constantFrom("createPayments" as const, "createCorrections" as const),
        items: fc.array(fc.record({ nth, amount: amounts }), { maxLength: 3 }),
      }),
      fc.record({
        do: fc.constantFrom("pauseInvoice" as const, "resumeInvoice" as const, "withdrawInvoice" as const),
        nth,
      }),
      fc.record({ do: fc.constant("wait" as const) }),
    ),
    { maxLength: 12 },
  );

  it("has consistent invoices, cases, settlements and batches after any calls", async () => {
    await fc.assert(
      fc.asyncProperty(steps, (given) =>
        onSandbox(async (caller, clock) => {
          const sent: { batchId: string; items: number }[] = [];
          for (const step of given) {
            const known = await allOf(caller, "listInvoices");
            const idOf = (no: number): string => known[no % known.length].id;
            if (step.do === "wait") clock.forward(BATCH_TIME);
            else if ("nth" in step) await caller.org(step.do, { path: { invoiceId: idOf(step.nth) } });
            else {
              const items = step.items.map((of: Body) =>
                step.do === "createInvoices"
                  ? {
                      invoiceNumber: `I${of.source}`,
                      uniqueSourceInvoiceId: `S${of.source}`,
                      originalInvoiceAmount: of.amount,
                      ...(of.customer > 0 && { customerNumber: `C${of.customer}` }),
                    }
                  : { invoiceId: idOf(of.nth), amount: of.amount },
              );
              const list = step.do.slice("create".length).toLowerCase();
              const { body } = await caller.org(step.do, { body: { [list]: items } });
              sent.push({ batchId: body.data.batchId, items: items.length });
            }
          }
          clock.forward(BATCH_TIME);
          await checkCollection(caller, sent);
        }),
      ),
      RUNS,
    );
  });

  async function checkCollection(caller: Caller, sent: { batchId: string; items: number }[]) {
    const invoices = await allOf(caller, "listInvoices");
    const cases = await allOf(caller, "listCases");
    const settlements = await allOf(caller, "listSettlements", {}, "pageToken");
    const batches: Body[] = await allOf(caller, "listBatches", { PageSize: 1000 });

    // Every item that was sent has one outcome, and every accepted invoice is listed once.
    let accepted = SIZE;
    for (const { batchId, items } of sent) {
      const batch = batches.find((of) => of.batchId === batchId);
      expect(batch.succeeded.length + batch.failed.length).toBe(items);
      expect(batch.status).toBe(
        batch.failed.length === 0 ? "SUCCESS" : batch.succeeded.length === 0 ? "FAILED" : "PARTIAL",
      );
      if (batch.type === "INVOICE") accepted += batch.succeeded.length;
    }
    expect(invoices).toHaveLength(accepted);
    const sources = invoices.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
    expect(new Set(sources).size).toBe(sources.length);

    // The original amount is paid, credited or remaining; every payment has a settlement.
    for (const invoice of invoices) {
      const { originalAmount, paidAmount, creditedAmount, remainingAmount } = invoice;
      expect(sum([paidAmount, creditedAmount, remainingAmount])).toBe(originalAmount);
      expect(remainingAmount).toBeGreaterThanOrEqual(0);
      const settled = settlements.filter((settlement) => settlement.invoice.id === invoice.id);
      expect(sum(settled.map(({ paymentAmount }) => paymentAmount))).toBe(paidAmount);
      if (invoice.status === "CLOSED") expect(remainingAmount).toBe(0);
    }

    // Each invoice is in one case, whose status follows from its invoices.
    const inCases = cases.flatMap((of) => of.invoices.map(({ invoiceId }: { invoiceId: string }) => invoiceId));
    expect(inCases.toSorted()).toEqual(invoices.map(({ id }) => id).toSorted());
    for (const of of cases) {
      const statuses = invoices
        .filter(({ collectionCaseNumber }) => collectionCaseNumber === of.caseNumber)
        .map(({ status }) => status);
      const left = statuses.filter((status) => !["CLOSED", "WITHDRAWN"].includes(status));
      expect(of.status).toBe(
        left.length === 0 ? "CLOSED" : left.every((status) => status === "PAUSED") ? "PAUSED" : "OPEN",
      );
    }
  }
});

describe("accounts receivable", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("customer" as const), no: fc.nat(3) }),
      fc.record({ do: fc.constant("document" as const), no: fc.nat(7), amount: amounts }),
      fc.record({
        do: fc.constantFrom("payment" as const, "credit" as const),
        nth,
        amount: amounts,
      }),
      fc.record({ do: fc.constant("delete" as const), no: fc.nat(7) }),
    ),
    { maxLength: 15 },
  );
  const customerNo = (no: number) => (no < 4 ? `K${no}` : String(543_206 + no));

  it("has consistent AR items, ledger and ADB intervals after any calls", async () => {
    await fc.assert(
      fc.asyncProperty(steps, (given) =>
        onSandbox(async (caller, clock) => {
          for (const step of given) {
            const { arItems } = (await caller.client("listArItems", { query: { pagesize: 1000 } })).body;
            const idOf = (no: number): string => arItems[no % arItems.length].arItemId;
            if (step.do === "customer") {
              await caller.client("createCustomer", {
                body: { customer: { customerNo: customerNo(step.no), name: "Kari" } },
              });
            } else if (step.do === "document") {
              const document = { customerNo: customerNo(step.no), currencyAmounts: { inclVat: step.amount } };
              await caller.client("createDocument", { body: { document } });
            } else if (step.do === "delete") {
              await caller.client("deleteCustomer", { path: { customerno: customerNo(step.no) } });
            } else if (step.do === "credit") {
              const arItem = { arItemId: idOf(step.nth), creditNote: { currencyAmount: step.amount } };
              await caller.client("updateArItem", { body: { arItem } });
            } else {
              const autoPostings = [{ arItemId: idOf(step.nth), amount: step.amount }];
              await caller.client("createAutoPostings", {
                path: { autopostingmethod: step.do },
                body: { autoPostings },
              });
            }
          }
          clock.forward(DAY);
          await checkLedger(caller);
        }),
      ),
      RUNS,
    );
  });

  async function checkLedger(caller: Caller) {
    const all = async (operationId: string): Promise<Body[]> =>
      Object.values((await caller.client(operationId, { query: { pagesize: 1000 } })).body).find(Array.isArray) ?? [];
    const items = await all("listArItems");
    const entries = await all("listGlItems");
    const customers = await all("listCustomers");
    const open = sum(items.map(({ glBalance }) => glBalance));

    const query = { glyear: 2026, glperiod: 3 };
    const { glMovements } = (await caller.client("listGlMovements", { query })).body;
    const balances: Record<string, number> = Object.fromEntries(
      glMovements.map((row: Body) => [row.glAccountNo, row.balanceOut]),
    );
    expect(balances[1500]).toBe(open);
    for (const [account, balance] of Object.entries(balances)) {
      const posted = entries.filter(({ glAccountNo }) => String(glAccountNo) === account);
      expect(sum(posted.map(({ glAmount }) => glAmount))).toBe(balance);
    }

    const { intervals } = (await caller.client("listAdbIntervals")).body.adb;
    expect(sum(intervals.map((row: Body) => row.sumGlBalance))).toBe(open);

    expect((await all("listDocuments")).map(({ arItemId }) => arItemId)).toEqual(items.map(({ arItemId }) => arItemId));
    const numbers = new Set(customers.map((customer) => customer.customerNo));
    for (const item of items) expect(numbers).toContain(item.customerNo);
    expect(new Set(items.map(({ arItemId }) => arItemId)).size).toBe(items.length);
  }
});
