import { describe, expect, it } from "vitest";
import { callerWith, ORGANIZATION } from "./support.js";

describe("the last requests", () => {
  it("are kept with their outcome and without their values", async () => {
    const seen: number[] = [];
    const caller = await callerWith({
      requestsKept: 3,
      faults: "getCustomer:status=503:n=2",
      onRequest: ({ no }) => seen.push(no),
    });
    const { sandbox } = caller;
    const get = () =>
      caller.send("accountsReceivable", "getCustomer", { path: { clientno: 2218, customerno: "none" } });
    await get();
    const { headers } = await get();
    await caller.org("getInvoice", { path: { invoiceId: ORGANIZATION } });

    expect(sandbox.requests).toMatchObject([
      {
        no: 2,
        api: "accountsReceivable",
        operationId: "getCustomer",
        method: "GET",
        path: "/arm/v1/clients/{clientno}/customers/{customerno}",
        status: 404,
        faults: ["No such customer."],
        injected: undefined,
      },
      { no: 3, status: 503, faults: [], injected: "status" },
      { no: 4, operationId: "getInvoice", status: 404, duration: expect.any(Number) },
    ]);
    expect(headers.get("x-request-id")).toBe("sandbox-3");
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it("stand in the state beside faults and counts", async () => {
    const caller = await callerWith({ batchTime: 60_000, seed: 5, size: 3, faults: "*:close-before:n=99" });
    await caller.org("createInvoices", { body: { invoices: [{}] } });
    await caller.client("createCustomer", { body: { customer: { customerNo: "K", name: "Kari" } } });
    const response = await fetch(`${caller.sandbox.url}/_sandbox/state.json`);
    const state = await response.json();
    expect(state).toEqual(JSON.parse(JSON.stringify({ ...caller.sandbox.state(), now: state.now })));
    expect(state).toMatchObject({
      seed: 5,
      size: 3,
      requestCount: 3,
      faults: [{ text: "*:close-before:n=99", calls: 3, hits: 0 }],
      counts: { queued: 1, organizations: 1, batches: 1, invoices: 0, clients: 1, customers: 1, logItems: 1 },
    });
  });

  it("do not count requests for the state", async () => {
    const { sandbox } = await callerWith();
    await fetch(`${sandbox.url}/_sandbox/state.json`);
    expect(sandbox.state().requestCount).toBe(0);
  });
});
