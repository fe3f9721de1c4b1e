import { beforeEach, describe, expect, it } from "vitest";
import { type Caller, CLIENT, Clock, callerWith, clientOf, DAY, sandboxWith } from "./support.js";

let clock: Clock;
let caller: Caller;
beforeEach(async () => {
  clock = new Clock();
  caller = await callerWith({ now: clock.now, batchTime: 250 });
});

const customer = (fields: object) => ({ body: { metadata: { userId: "T" }, customer: fields } });
const getCustomer = (customerno: string) => caller.client("getCustomer", { path: { customerno } });
const document = (fields: object) => ({ body: { document: fields } });

describe("a customer", () => {
  it("is created, and updated by a second create", async () => {
    const first = await caller.client("createCustomer", customer({ customerNo: "K1", name: "Kari", phoneNo: "1" }));
    expect(first).toMatchObject({ status: 201, body: { status: "PROCESSED", result: "CREATED", customerNo: "K1" } });
    const second = await caller.client("createCustomer", customer({ customerNo: "k1", name: "Kari T" }));
    expect(second).toMatchObject({ status: 200, body: { result: "UPDATED" } });
    expect((await getCustomer("K1")).body).toMatchObject({ clientNo: CLIENT, name: "Kari T", phoneNo: "1" });
  });

  it("keeps omitted and null fields, and clears empty strings", async () => {
    await caller.client("createCustomer", customer({ customerNo: "K1", name: "Kari", phoneNo: "1", dueDays: 10 }));
    await caller.client("updateCustomer", customer({ customerNo: "K1", name: null, phoneNo: "", dueDays: null }));
    expect((await getCustomer("K1")).body).toMatchObject({ name: "Kari", phoneNo: "", dueDays: 10 });
  });

  it("has no date after an empty string", async () => {
    const dates = ["dateOfBirth", "stopReminderUntil", "stopDebtCollectionUntil", "stopInterestCalcUntil"];
    const all = (value: string) => Object.fromEntries(dates.map((name) => [name, value]));
    const written = async (value: string) => {
      const { status } = await caller.client("updateCustomer", customer({ customerNo: "543211", ...all(value) }));
      expect(status).toBe(200);
      return (await getCustomer("543211")).body;
    };
    expect(await written("2026-12-31")).toMatchObject(all("2026-12-31"));
    expect(Object.keys(await written("")).filter((name) => dates.includes(name))).toEqual([]);
    const wrong = await caller.client("updateCustomer", customer({ customerNo: "543211", dateOfBirth: "2026-02-30" }));
    expect(wrong.body.validationErrors).toContain('/requestBody/customer/dateOfBirth must match format "date"');
  });

  it.each([
    ["postalAddress", { postalAddress: { cityName: "Bergen" } }, { addressLine1: "", cityName: "Bergen" }],
    ["postalAddress1", { postalAddress1: "Testgata 1" }, { addressLine1: "Testgata 1", cityName: "" }],
  ])("has its whole address replaced by one field of %s", async (_, change, expected) => {
    const before = (await getCustomer("543211")).body;
    await caller.client("updateCustomer", customer({ customerNo: "543211", ...change }));
    const { postalAddress, postalAddressChanged, ...rest } = (await getCustomer("543211")).body;
    const { postalAddress: old, ...others } = before;
    const blank = { addressLine2: "", addressLine3: "", postalCode: "", countryText: "", countryCode: "" };
    expect(old.postalCode).not.toBe("");
    expect(postalAddress).toEqual({ ...blank, ...expected });
    expect(postalAddressChanged).toBe("2026-03-16");
    expect(rest).toEqual(others);
  });

  it("keeps its address when an update has none", async () => {
    const { postalAddress } = (await getCustomer("543211")).body;
    for (const change of [{ postalAddress: {} }, { postalAddress: null }, { postalAddress1: null }, { phoneNo: "2" }]) {
      await caller.client("updateCustomer", customer({ customerNo: "543211", ...change }));
      expect((await getCustomer("543211")).body.postalAddress).toEqual(postalAddress);
    }
  });

  it("keeps the numbers that are assigned to it", async () => {
    await caller.client(
      "updateCustomer",
      customer({ customerNo: "543211", accountNo: 1, registrationStatusCode: "X" }),
    );
    const { body } = await getCustomer("543211");
    expect(body.accountNo).toBe(500_003);
    expect(body).not.toHaveProperty("registrationStatusCode");
  });

  it("has a number in which a leading zero counts", async () => {
    const { name } = (await getCustomer("543211")).body;
    expect((await getCustomer("0543211")).status).toBe(404);
    const created = await caller.client("createCustomer", customer({ customerNo: "0543211", name: "Another" }));
    expect(created.status).toBe(201);
    expect((await getCustomer("543211")).body.name).toBe(name);
    expect((await getCustomer("0543211")).body.name).toBe("Another");
    const is = async (operationId: string, path: object) => (await caller.client(operationId, { path })).status;
    expect(await is("getDocument", { documentno: "088776655" })).toBe(404);
    expect(await is("getGlItem", { glitemid: "2218-00" })).toBe(404);
    expect(await is("getGlItem", { glitemid: "02218-0" })).toBe(404);
    expect((await caller.org("listCases", { query: { CaseNumber: "05000001" } })).body.data).toEqual([]);
  });

  it("is not updated if it does not exist", async () => {
    expect((await caller.client("updateCustomer", customer({ customerNo: "none" }))).status).toBe(404);
    expect((await caller.client("updateCustomer", customer({}))).status).toBe(422);
    expect((await caller.client("createCustomer", customer({ customerNo: "none" }))).status).toBe(422);
  });

  it("is deleted only without documents and AR items", async () => {
    await caller.client("createCustomer", customer({ customerNo: "K1", name: "Kari" }));
    await caller.client("createCustomer", customer({ customerNo: "K2", name: "Kari" }));
    await caller.client("createDocument", document({ customerNo: "K2", currencyAmounts: { inclVat: 1 } }));
    const remove = async (customerno: string) =>
      (await caller.client("deleteCustomer", { path: { customerno } })).status;
    expect([await remove("K1"), await remove("K1"), await remove("K2"), await remove("543210")]).toEqual([
      200, 404, 422, 422,
    ]);
    expect((await getCustomer("K1")).status).toBe(404);
    const { body } = await caller.client("listCustomers");
    expect(body.summary.totalCount).toBe(29);
  });

  it("is written in batches", async () => {
    const customers = [{ customerNo: "K1", name: "Kari" }, { customerNo: "K2" }];
    const { status, body } = await caller.client("createCustomersBatch", { body: { customers } });
    expect(status).toBe(202);
    const getBatch = () => caller.client("getBatch", { path: { batchuuid: body.batchUuid } });
    expect(await getBatch()).toMatchObject({ status: 202, body: { status: "QUEUED", items: [] } });
    expect((await getCustomer("K1")).status).toBe(404);
    clock.forward(250);
    expect(await getBatch()).toMatchObject({
      status: 206,
      body: {
        status: "PARTIAL",
        items: [
          { index: 0, result: "CREATED" },
          { index: 1, result: "REJECTED" },
        ],
      },
    });
    expect((await getCustomer("K1")).status).toBe(200);
    const update = await caller.client("updateCustomersBatch", {
      body: { customers: [{ customerNo: "K1", name: "Ola" }] },
    });
    clock.forward(250);
    const done = await caller.client("getBatch", { path: { batchuuid: update.body.batchUuid } });
    expect([done.status, done.body.status]).toEqual([200, "PROCESSED"]);
  });
});

describe("a list", () => {
  it("has the documented page sizes", async () => {
    const limit = async (pagesize?: number) =>
      (await caller.client("listCustomers", { query: { pagesize } })).body.summary?.pageSizeLimit;
    expect([await limit(), await limit(4), await limit(0), await limit(5), await limit(1000)]).toEqual([
      100, 10, 10, 5, 1000,
    ]);
    expect((await caller.client("listCustomers", { query: { pagesize: 1001 } })).body.validationErrors).toEqual([
      "/query/pagesize must be <= 1000",
    ]);
    // Lists without a documented maximum have the same one.
    const documents = await caller.client("listDocuments", { query: { pagesize: 5000, maximumcount: 50_000 } });
    expect(documents.body.summary).toMatchObject({ pageSizeLimit: 1000, maximumCount: 10_000 });
  });

  it("ends the client's list with an error at the limit of a query", async () => {
    const { customers } = clientOf(await sandboxWith({ size: 11_000 })).accountsReceivable.client(CLIENT);
    const counts = (read: number) => ({ code: "truncated", read, total: read });
    await expect(customers.list({ pagesize: 1000 }, { prefetch: 4 }).toArray()).rejects.toMatchObject(counts(10_000));
    await expect(customers.list({ maximumcount: 50 }).toArray()).rejects.toMatchObject(counts(50));
    expect(await customers.list({ maximumcount: 50 }, { allowTruncated: true }).toArray()).toHaveLength(50);
    expect(await customers.list({}, { maxItems: 50 }).toArray()).toHaveLength(50);
  });

  it("finds at most maximumcount records", async () => {
    const { body } = await caller.client("listCustomers", { query: { maximumcount: 7, pagesize: 5 } });
    expect(body.summary).toMatchObject({ totalCount: 7, totalPages: 2, maximumCount: 7 });
    expect((await caller.client("listCustomers", { query: { maximumcount: 10_001 } })).body.validationErrors).toEqual([
      "/query/maximumcount must be <= 10000",
    ]);
  });

  it("links to its next and last page by query and pageno", async () => {
    const { summary } = (await caller.client("listCustomers", { query: { pagesize: 10 } })).body;
    const address = `${caller.sandbox.baseUrls.accountsReceivable}/clients/${CLIENT}/customers`;
    expect(summary.nextPage).toBe(`${address}?query=${summary.queryId}&pageno=2`);
    expect(summary.lastPage).toBe(`${address}?query=${summary.queryId}&pageno=3`);
    const query = { query: summary.queryId, pageno: 3 };
    const last = (await caller.client("listCustomers", { query })).body;
    expect(last.summary).toMatchObject({ pageNo: 3, currentPageSize: 8 });
    expect(last.summary).not.toHaveProperty("nextPage");
    // The query id is valid for its list and its client only.
    expect((await caller.client("listDocuments", { query })).status).toBe(404);
    expect((await caller.client("listCustomers", { path: { clientno: 1 }, query })).status).toBe(404);
  });

  it("does not change while records are added", async () => {
    const { summary } = (await caller.client("listCustomers", { query: { pagesize: 10 } })).body;
    await caller.client("createCustomer", customer({ customerNo: "K1", name: "Kari" }));
    const { body } = await caller.client("listCustomers", { query: { query: summary.queryId, pageno: 1 } });
    expect(body.summary.totalCount).toBe(28);
  });
});

describe("a document", () => {
  it("creates an AR item", async () => {
    const { status, body } = await caller.client(
      "createDocument",
      document({
        customerNo: "543211",
        documentNo: "D1",
        documentDate: "2026-03-01",
        currencyAmounts: { inclVat: 125 },
      }),
    );
    expect(status).toBe(201);
    const item = (await caller.client("getArItem", { path: { aritemid: body.arItemId } })).body;
    expect(item).toMatchObject({
      customerNo: "543211",
      accountNo: 500_003,
      documentNo: "D1",
      voucherDate: "2026-03-01",
      dueDate: "2026-03-15",
      currencyAmount: 125,
      currencyBalance: 125,
      glYear: 2026,
      glPeriod: 3,
    });
    const stored = (await caller.client("getDocument", { path: { documentno: "d1" } })).body;
    expect(stored).toMatchObject({ documentNo: "D1", arItemId: item.arItemId, kid: item.kid });
  });

  it.each([
    ["without a customer", { currencyAmounts: { inclVat: 1 } }],
    ["of an unknown customer", { customerNo: "none", currencyAmounts: { inclVat: 1 } }],
    ["with an existing number", { customerNo: "543211", documentNo: "88776655", currencyAmounts: { inclVat: 1 } }],
    ["without an amount", { customerNo: "543211" }],
    [
      "with a due date before its date",
      { customerNo: "543211", documentDate: "2026-03-02", dueDate: "2026-03-01", currencyAmounts: { inclVat: 1 } },
    ],
  ])("%s is refused", async (_, fields) => {
    expect((await caller.client("createDocument", document(fields))).status).toBe(422);
  });

  it("may have empty unused fields, which get defaults", async () => {
    const unused = { documentType: "", documentNo: "", documentDate: "", dueDate: "", currency: "", kid: "" };
    const lines = [{ currencyAmounts: { inclVat: 100 } }, { currencyAmounts: { inclVat: 25 } }];
    const given = { customerNo: "543211", ...unused, currencyAmounts: { inclVat: 0 }, documentLines: lines };
    const numbers: string[] = [];
    for (const { status, body } of [
      await caller.client("createDocument", document(given)),
      await caller.client("createDocument", document(given)),
    ]) {
      expect(status).toBe(201);
      numbers.push(body.documentNo);
      const { body: stored } = await caller.client("getDocument", { path: { documentno: body.documentNo } });
      expect(stored).toMatchObject({ documentType: "IN", documentDate: "2026-03-16", dueDate: "2026-03-30" });
      const { body: item } = await caller.client("getArItem", { path: { aritemid: body.arItemId } });
      expect(item).toMatchObject({ currency: "NOK", currencyAmount: 125, kid: stored.kid });
      expect(stored.kid).toMatch(/^\d{21}$/);
    }
    expect(new Set(numbers).size).toBe(2);
    expect(numbers).not.toContain("");
  });

  it("is created in batches", async () => {
    const documents = ["B1", "B2"].map((documentNo) => ({
      customerNo: "543211",
      documentNo,
      currencyAmounts: { inclVat: 1 },
    }));
    await caller.client("createDocumentsBatch", { body: { documents } });
    clock.forward(250);
    const { documents: all } = (await caller.client("listDocuments", { query: { pagesize: 1000 } })).body;
    expect(all.slice(-2)).toMatchObject([{ documentNo: "B1" }, { documentNo: "B2" }]);
  });
});

describe("an AR item", () => {
  const id = "2218-500002-35078-0";
  const get = async () => (await caller.client("getArItem", { path: { aritemid: id } })).body;
  const post = (method: string, autoPostings: unknown) =>
    caller.client("createAutoPostings", { path: { autopostingmethod: method }, body: { autoPostings } });

  it("is updated and credited by the same operation", async () => {
    const arItem = { arItemId: id, dueDate: "2026-05-01", creditNote: { currencyAmount: 24.37 } };
    await caller.client("updateArItem", { body: { arItem } });
    expect(await get()).toMatchObject({ dueDate: "2026-05-01", originalDueDate: "2025-03-13", currencyBalance: 100 });
    const { arItems } = (await caller.client("listArItems", { query: { pagesize: 1000 } })).body;
    expect(arItems.at(-1)).toMatchObject({ currencyAmount: -24.37, currencyBalance: 0, customerNo: "543210" });
    const tooMuch = { arItemId: id, creditNote: { currencyAmount: 100.01 } };
    expect((await caller.client("updateArItem", { body: { arItem: tooMuch } })).status).toBe(422);
  });

  it("is settled by auto postings, all of a call or none", async () => {
    const failed = await post("payment", [
      { arItemId: id, amount: 100 },
      { arItemId: id, amount: 24.38 },
    ]);
    expect(failed).toMatchObject({
      status: 422,
      body: { status: "FAILED", autoPostings: [{ resultType: "BATCH-REJECTED" }, { resultType: "FAILED" }] },
    });
    expect(await get()).toMatchObject({ glBalance: 124.37 });
    const validated = await post("payment", [
      { arItemId: id, amount: 1, options: { validateOnly: true } },
      { arItemId: id, amount: 1 },
    ]);
    expect(validated.body.autoPostings).toMatchObject([{ resultType: "VALIDATED" }, { resultType: "VALIDATED" }]);
    expect(await get()).toMatchObject({ glBalance: 124.37 });
    await post("payment", [{ documentNo: "88776655", amount: 100 }]);
    await post("Payment", [{ kid: "500221850000200350786", amount: 24.37 }]);
    expect(await get()).toMatchObject({ glBalance: 0, currencyBalance: 0 });
    expect((await post("barter", [{ arItemId: id, amount: 1 }])).status).toBe(422);
  });

  it.each([
    ["arItemId", id],
    ["documentNo", "88776655"],
    ["referenceNo", 35_078],
    ["kid", "500221850000200350786"],
    ["customerNo", "543210"],
    ["accountNo", 500_002],
  ])("is reserved by %s, once for a paymentId", async (name, value) => {
    const reserve = async (fields: object) =>
      (await caller.client("createPaymentReservation", { body: { paymentReservation: fields } })).status;
    expect(await reserve({ paymentId: "p" })).toBe(422);
    expect(await reserve({ paymentId: "p", [name]: typeof value === "number" ? 9 : "9" })).toBe(404);
    expect(await reserve({ paymentId: "p", [name]: value })).toBe(201);
    expect(await reserve({ paymentId: "P", [name]: value })).toBe(422);
    expect((await get()).reservedStatus).toBe(["customerNo", "accountNo"].includes(name) ? "" : "RESERVED");
  });
});

describe("the general ledger", () => {
  const movements = async (query: object) => (await caller.client("listGlMovements", { query })).body.glMovements;
  const year = { glyearfrom: 2025, glperiodfrom: 1, glyearto: 2026, glperiodto: 12 };

  it("has the sample of the documentation", async () => {
    const range = { glyearfrom: 2025, glperiodfrom: 2, glyearto: 2025, glperiodto: 3, glaccountno: 1030 };
    const rows = (await movements(range)).map((row: Record<string, number>) => [
      row.balanceIn,
      row.movement,
      row.balanceOut,
    ]);
    expect(rows).toEqual([
      [1230, 100, 1330],
      [1330, 10, 1340],
    ]);
  });

  it("has consistent balances in each row and over periods", async () => {
    await caller.client("createDocument", document({ customerNo: "543211", currencyAmounts: { inclVat: 99.99 } }));
    const last = new Map<number, number>();
    for (const row of await movements(year)) {
      expect(row.balanceOut).toBeCloseTo(row.balanceIn + row.movement, 6);
      expect(row.balanceIn).toBe(last.get(row.glAccountNo) ?? 0);
      last.set(row.glAccountNo, row.balanceOut);
    }
  });

  it("gets an entry for each document", async () => {
    const query = { glyear: 2026, glperiod: 3 };
    const before = await movements(query);
    await caller.client("createDocument", document({ customerNo: "543211", currencyAmounts: { inclVat: 125 } }));
    const moved = Object.fromEntries(
      (await movements(query)).map((row: Record<string, number>, index: number) => [
        row.glAccountNo,
        Math.round((row.movement as number) * 100 - before[index].movement * 100) / 100,
      ]),
    );
    expect(moved).toEqual({ 1030: 0, 1500: 125 });
    const { glItems } = (await caller.client("listGlItems", { query: { pagesize: 1000 } })).body;
    expect(glItems.at(-1)).toMatchObject({ glAccountNo: 1500, glAmount: 125 });
    const path = { glitemid: glItems.at(-1).glItemId };
    expect((await caller.client("getGlItem", { path })).body).toEqual(glItems.at(-1));
  });

  it.each([
    ["no period", {}],
    ["a period and a range", { glyear: 2025, glperiod: 2, ...year }],
    ["an incomplete period", { glyear: 2025 }],
    ["an invalid month", { glyear: 2025, glperiod: 13 }],
    ["too long a range", { ...year, glyearfrom: 1 }],
  ])("refuses %s", async (_, query) => {
    expect((await caller.client("listGlMovements", { query })).status).toBe(400);
  });
});

describe("other operations", () => {
  it("accept files of some types", async () => {
    const upload = async (...names: string[]) =>
      (
        await caller.client("uploadFiles", {
          body: { files: names.map((fileName) => ({ fileName, content: "YQ==" })) },
        })
      ).status;
    expect([await upload("a.pdf"), await upload("a.pdf", "a.exe"), await upload("a.exe")]).toEqual([200, 207, 422]);
  });

  it("continue job ids from the documented one", async () => {
    const order = () => caller.client("createReportsAction", { path: { reporttype: "adb" }, body: {} });
    expect((await order()).body.jobQueueId).toBe(908_967);
    expect((await order()).body.jobQueueId).toBe(908_968);
  });

  it("keep clients apart", async () => {
    await caller.client("updateCustomer", customer({ customerNo: "543210", name: "Ola" }));
    clock.forward(DAY);
    const { body } = await caller.client("getCustomer", { path: { clientno: 1, customerno: "543210" } });
    expect(body).toMatchObject({ clientNo: 1, name: "Kari Testesen" });
  });
});
