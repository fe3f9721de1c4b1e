import { createRequire } from "node:module";
import { AuthenticationError } from "amili-client";
import { type SandboxOptions, startSandbox } from "amili-client/sandbox";
import { describe, expect, it, vi } from "vitest";
import { Seed } from "../../src/sandbox/accounts-receivable/seed.js";
import { allOf, Caller, Clock, callerWith, clientOf, sandboxWith } from "./support.js";

/** The responses of calls to several operations, made one after the other. */
async function responses(options: SandboxOptions): Promise<string> {
  const caller = await callerWith({ now: new Clock().now, batchTime: 0, ...options });
  const { body } = await caller.org("createInvoices", { body: { invoices: [{ invoiceNumber: "1" }] } });
  const bodies = [
    await caller.token(),
    body,
    await caller.org("getBatch", { path: { batchId: body.data.batchId } }),
    await allOf(caller, "listInvoices"),
    await allOf(caller, "listCases"),
    await allOf(caller, "listSettlements", {}, "pageToken"),
  ];
  for (const operationId of ["listCustomers", "listArItems", "listDocuments", "listGlItems", "listAdbIntervals"]) {
    bodies.push((await caller.client(operationId)).body);
  }
  return JSON.stringify(bodies).replaceAll(caller.sandbox.url, "");
}

describe("seed", () => {
  it("determines data, ids and tokens", async () => {
    const first = await responses({ seed: 7 });
    expect(await responses({ seed: 7 })).toBe(first);
    expect(await responses({ seed: 8 })).not.toBe(first);
  });
});

describe("size", () => {
  it("can be a million, of which only the requested records are created", async () => {
    const created = vi.spyOn(Seed.prototype, "customer");
    const caller = await callerWith({ size: 1_000_000 });
    const { summary, customers } = (await caller.client("listCustomers", { query: { pagesize: 5 } })).body;
    expect([summary.totalCount, customers.length]).toEqual([10_000, 5]);
    const last = await caller.client("getCustomer", { path: { customerno: String(543_210 + 999_999) } });
    expect(last.body.accountNo).toBe(500_002 + 999_999);
    const settlements = await caller.org("listSettlements", { query: { fromDate: "2026-06-24", pageSize: 1 } });
    expect(settlements.body.data[0].date).toMatch(/^2026-06-24/);
    const found = await caller.org("listInvoices", { query: { UniqueSourceInvoiceId: "sandbox-999999" } });
    expect(found.body.data).toHaveLength(1);
    expect(created).toHaveBeenCalledTimes(6);
  });

  it("keeps ledger and AR items consistent for any number", async () => {
    for (const size of [0, 1, 9, 29, 100]) {
      const caller = await callerWith({ size, now: new Clock().now });
      const { arItems = [] } = (await caller.client("listArItems", { query: { pagesize: 1000 } })).body;
      const query = { glyear: 2026, glperiod: 12, glaccountno: 1500 };
      const [row] = (await caller.client("listGlMovements", { query })).body.glMovements;
      const open = arItems.reduce((sum: number, { glBalance }: { glBalance: number }) => sum + glBalance, 0);
      expect(row?.balanceOut ?? 0, `size ${size}`).toBeCloseTo(open, 6);
      expect((await allOf(caller, "listCases")).length).toBe(size);
    }
  });
});

describe("a token", () => {
  it("expires by the clock", async () => {
    const clock = new Clock();
    const sandbox = await sandboxWith({ now: clock.now, tokenLifetime: 60 });
    const caller = new Caller(sandbox);
    const ask = () => caller.send("accountsReceivable", "listClientConfigs", { path: { clientno: 1 } });
    expect((await ask()).status).toBe(200);
    clock.forward(59_999);
    expect((await ask()).status).toBe(200);
    clock.forward(1);
    expect((await ask()).status).toBe(401);
  });

  it("is refused for wrong credentials, and not required where none is documented", async () => {
    const sandbox = await sandboxWith();
    const wrong = clientOf(sandbox, { clientSecret: "wrong" });
    await expect(wrong.accountsReceivable.client(1).insights.adbIntervals()).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    const response = await fetch(`${sandbox.baseUrls.distributionInvoice}/send/pstatus`, { method: "POST" });
    expect(response.status).toBe(200);
  });
});

describe("the older APIs", () => {
  it("work with the options that the sandbox returns", async () => {
    const amili = clientOf(await sandboxWith());
    const { batches } = amili.autoCollectLegacy;
    await batches.create({ case: [{ ledgerref: "L1", customerref: "C1" }, {}] }, { senderid: "s" });
    const known = await batches.get({ senderid: "s", ledgerref: "L1" });
    expect(known.case).toEqual([{ ledgerref: "L1", customerref: "C1" }]);
    expect([known.creditor, known.settlement]).toEqual([[], []]);
  });

  it("return the documented sample for a sender without accepted entries", async () => {
    const caller = await callerWith();
    const query = { senderid: "s", includeclosed: true };
    const read = async () => (await caller.call("autoCollectLegacy", "getBatch", { query })).body;
    const post = (body: object) => caller.call("autoCollectLegacy", "createBatch", { query: { senderid: "s" }, body });
    const sample = await read();
    expect(sample).toMatchObject({ creditor: [{ lastsettlementid: "1" }], case: [{ ledgerref: "string" }] });
    await post({ case: [{}] });
    expect(await read()).toEqual(sample);
    await post({ creditor: [{ idnumber: "1" }] });
    expect(await read()).toMatchObject({
      creditor: [{ idnumber: "1", lastsettlementid: "0" }],
      case: [],
      settlement: [],
    });
  });

  it("report accepted and rejected entries", async () => {
    const caller = await callerWith();
    const body = { case: [{ ledgerref: "L1" }, {}], settlement: [{ ledgerref: "L2" }, { ledgerref: "L3" }] };
    const response = await caller.call("autoCollectLegacy", "createBatch", { query: { senderid: "s" }, body });
    expect(response.body).toEqual({
      statuscode: 1,
      errors: [{ objectname: "case", objectindex: 1, message: "ledgerref is missing." }],
      responses: [
        { objectname: "case", objectindex: 0, ledgerref: "L1", status_statuscode: "0" },
        { objectname: "settlement", objectindex: 0, ledgerref: "L2", status_statuscode: "0" },
        { objectname: "settlement", objectindex: 1, ledgerref: "L3", status_statuscode: "0" },
      ],
    });
    const newer = { senderid: "s", lastsettlementid: "1", includeclosed: true };
    const { body: known } = await caller.call("autoCollectLegacy", "getBatch", { query: newer });
    expect([known.case, known.settlement]).toEqual([[{ ledgerref: "L1" }], [{ ledgerref: "L3" }]]);
  });

  it("deduplicate documents by Identifier", async () => {
    const caller = await callerWith();
    const send = (Identifier: string) =>
      caller.call("distributionInvoice", "createB2cInvoice", { body: { Invoice: { Identifier } } });
    const first = await send("a");
    expect(await send("a")).toMatchObject({ body: first.body });
    const { body } = await caller.call("distributionInvoice", "queryInvoiceStatus", { body: ["a", "b"] });
    expect(body.Statuses).toMatchObject([{ Identifier: "a", Status: "RECEIVED" }, { Status: "UNKNOWN" }]);
  });
});

describe("an invalid option", () => {
  it.each<[SandboxOptions, string]>([
    [{ size: -1 }, "size must be an integer of at least 0"],
    [{ seed: 0.5 }, "seed must be an integer"],
    [{ latency: Number.NaN }, "latency must be an integer"],
    [{ latency: 2 ** 31 }, "latency must be an integer of at least 0 and at most 2147483647; 2147483648 was given."],
    [{ now: () => Number.NaN }, "now must return the time in ms since 1970, up to the year 9999; it returned NaN."],
    [{ now: () => Number.POSITIVE_INFINITY }, "it returned Infinity."],
    [{ now: () => -1 }, "it returned -1."],
    [{ faults: "*:explode" }, "must be one of status"],
    [{ webhook: "http://example.com" }, "webhook must be an https: URL, or an http: URL on loopback."],
    [{ webhook: "nowhere" }, "webhook must be an https: URL"],
    [{ sede: 1 } as SandboxOptions, "The options of startSandbox must be an object of port, seed, "],
    [{ strict: 1 as never }, "strict must be a boolean; 1 was given."],
    [{ uniqueInvoices: "no" as never }, 'uniqueInvoices must be a boolean; "no" was given.'],
    [{ onRequest: 1 as never }, "onRequest must be a function"],
    [{ now: 1 as never }, "now must be a function"],
    ...["*", "localhost:5173", "http://localhost/", [], ["http://a.example", 1]].map(
      (cors): [SandboxOptions, string] => [{ cors: cors as never }, "cors must be true, or one or more origins"],
    ),
    ...(
      [
        [{ secret: "x" }, "webhook must be an object of url, sign, faults; secret was given."],
        [{ sign: "x" }, "webhook.sign must be a function; string was given."],
        [{ faults: { twice: 1 } }, "webhook.faults must be an object of duplicate, late, outOfOrder, delay; twice was"],
        [{ faults: { late: 1.1 } }, "webhook.faults.late must be a number from 0 to 1; 1.1 was given."],
        [{ faults: { delay: -1 } }, "webhook.faults.delay must be an integer of at least 0"],
      ] as const
    ).map(([options, message]): [SandboxOptions, string] => [
      { webhook: { url: "https://x.example", ...options } as never },
      message,
    ]),
  ])("%j is refused", async (options, message) => {
    await expect(startSandbox(options)).rejects.toThrow(message);
  });
});

it("delays responses by latency", async () => {
  const sandbox = await sandboxWith({ latency: 2 ** 31 - 1 });
  const controller = new AbortController();
  const response = fetch(`${sandbox.url}/identity/token`, { method: "POST", signal: controller.signal });
  await expect.poll(() => sandbox.requests).toHaveLength(1);
  expect(sandbox.requests).toMatchObject([{ status: undefined, duration: undefined }]);
  controller.abort();
  await expect(response).rejects.toThrow();
});

it("frees its port when it is closed", async () => {
  const first = await startSandbox();
  const port = Number(new URL(first.url).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await first.close();
  await (await startSandbox({ port })).close();
});

it("has a bin entry in package.json", () => {
  const { bin } = createRequire(import.meta.url)("amili-client/package.json") as { bin: Record<string, string> };
  expect(bin["amili-sandbox"]).toBe("./dist/cli.js");
});

it("is closed at the end of the block that it is declared in", async () => {
  let url: string;
  {
    await using sandbox = await startSandbox();
    url = sandbox.url;
    expect((await fetch(`${url}/_sandbox/state.json`)).status).toBe(200);
  }
  await expect(fetch(`${url}/_sandbox/state.json`)).rejects.toThrow();
});
