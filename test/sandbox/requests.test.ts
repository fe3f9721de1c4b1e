import { request } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { Table } from "../../src/sandbox/data/table.js";
import { callerWith, ORGANIZATION, sandboxWith } from "./support.js";

describe("requests", () => {
  it("are logged with their outcome and without values", async () => {
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
        validationErrors: ["No such customer."],
        injected: undefined,
      },
      { no: 3, status: 503, validationErrors: [], injected: "status" },
      { no: 4, operationId: "getInvoice", status: 404, duration: expect.any(Number) },
    ]);
    expect(headers.get("x-request-id")).toBe("sandbox-3");
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it("are in the state with faults and counts", async () => {
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
      counts: { queued: 1, organizations: 1, batches: 1, invoices: 0, clients: 1, customers: 1 },
    });
  });

  it.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    ["rejects", () => Promise.reject(new Error("mine"))],
  ])("are reported to onRequest, whose error is printed and changes nothing: it %s", async (_, onRequest) => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    const caller = await callerWith({ onRequest });
    expect((await caller.client("listClientConfigs")).status).toBe(200);
    await expect.poll(() => shown.mock.calls).toHaveLength(2);
    expect(shown).toHaveBeenCalledWith("amili-sandbox: onRequest failed.", new Error("mine"));
  });

  it("report an internal error of the sandbox with 500", async () => {
    const caller = await callerWith();
    await caller.token();
    // JSON cannot represent a bigint.
    vi.spyOn(Table.prototype, "at").mockReturnValue({ no: 1n });
    const { status, body } = await caller.send("accountsReceivable", "getArItem", {
      path: { clientno: 2218, aritemid: "2218-500002-35078-0" },
    });
    expect([status, body.message]).toEqual([500, "The sandbox itself failed: TypeError"]);
    expect(caller.sandbox.requests.at(-1)).toMatchObject({ status: 500, validationErrors: [body.message] });
  });

  it("get a 500 when the clock fails, and the error is printed", async () => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    let time = 0;
    const { url } = await sandboxWith({ now: () => time });
    time = Number.NaN;
    expect((await fetch(`${url}/identity/token`, { method: "POST" })).status).toBe(500);
    expect(shown).toHaveBeenCalledWith("amili-sandbox: could not respond to a request.", expect.any(RangeError));
  });

  it("for the state are not logged", async () => {
    const { sandbox } = await callerWith();
    await fetch(`${sandbox.url}/_sandbox/state.json`);
    expect(sandbox.state().requestCount).toBe(0);
  });
});

describe("a request with another Host", () => {
  /** A browser sends another Host when a foreign name resolves to this machine. */
  const statusAs = (host: string, url: string, method = "GET") =>
    new Promise<number | undefined>((resolve, reject) => {
      request(url, { method, headers: { host } }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });

  it.each(["/", "/_sandbox", "/_sandbox/state.json", "/identity/token", "/nowhere"])("is refused: %s", async (path) => {
    const { url, requests } = await sandboxWith();
    for (const host of ["evil.example", "evil.example:4010", "localhost.evil.example", "127.0.0.1.evil.example"]) {
      expect(await statusAs(host, url + path)).toBe(421);
    }
    expect(requests).toHaveLength(4);
    expect(requests[0]).toMatchObject({
      path: undefined,
      status: 421,
      validationErrors: ["The Host header must be localhost or 127.0.0.1."],
    });
  });

  it("does nothing, and gets no fault", async () => {
    const sandbox = await sandboxWith({ faults: "*:close-before" });
    const { identity, distributionInvoice } = sandbox.baseUrls;
    expect(await statusAs("evil.example", `${identity}/token`, "POST")).toBe(421);
    expect(await statusAs("evil.example", `${distributionInvoice}/send/invoice`, "POST")).toBe(421);
    expect(sandbox.faults.inForce).toMatchObject([{ calls: 0 }]);
  });

  it("does not include names of this machine, with any port", async () => {
    const { url } = await sandboxWith();
    for (const host of ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:4010"]) {
      expect(await statusAs(host, `${url}/_sandbox`)).toBe(200);
    }
  });
});
