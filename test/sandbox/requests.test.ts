import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { Table } from "../../src/sandbox/data/table.js";
import { APIS, callerWith, ORGANIZATION, sandboxWith, specOf } from "./support.js";

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

/** Sends raw HTTP and returns what comes back until the connection is closed. */
function exchange(url: string, send: (socket: Socket) => void): Promise<{ received: string; sent: number }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => send(socket));
    socket
      .on("data", (chunk) => chunks.push(chunk))
      .on("error", () => {})
      .on("close", () => resolve({ received: Buffer.concat(chunks).toString(), sent: socket.bytesWritten }));
  });
}

it("a request with two Host headers is refused", async () => {
  const { url, requests } = await sandboxWith();
  for (const path of ["/_sandbox", "/arm/v1/clients/1/customers"]) {
    for (const hosts of [
      ["127.0.0.1", "evil.example"],
      ["127.0.0.1", "127.0.0.1"],
    ]) {
      const lines = [`GET ${path} HTTP/1.1`, ...hosts.map((host) => `Host: ${host}`), "Connection: close"];
      const { received } = await exchange(url, (socket) => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
      expect(received).toMatch(/^HTTP\/1.1 400 /);
    }
  }
  expect(requests.map(({ validationErrors }) => validationErrors)).toEqual(
    Array(4).fill(["A request must not have several Host headers."]),
  );
});

it("a body that is too large is not read to its end", async () => {
  const { url } = await sandboxWith();
  const { received, sent } = await exchange(url, (socket) => {
    socket.write("POST /identity/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000\r\n\r\n");
    const part = Buffer.alloc(64 * 1024, "x");
    const more = () => {
      while (!socket.destroyed && socket.write(part));
      if (!socket.destroyed) socket.once("drain", more);
    };
    more();
  });
  expect(received).toMatch(/^HTTP\/1.1 413 .*connection: close.*larger than 10485760 bytes/s);
  // The limit, and what the system's buffers of both ends take.
  expect(sent).toBeLessThan(42 * 1024 * 1024);
});

describe("fields of a body that the spec does not name", () => {
  const invoices = [
    { invoiceNumber: "1", invoiceNumbr: "2", "s3cret value": 1 },
    { invoiceNumbr: 3, currency: "NOK" },
  ];
  const lines = [
    "/requestBody/invoices/* has a field that is not in the spec; a similar one is invoiceNumber",
    "/requestBody/invoices/* has a field that is not in the spec",
  ];

  it("are reported, and accepted", async () => {
    const caller = await callerWith();
    expect((await caller.org("createInvoices", { body: { invoices } })).status).toBe(202);
    const { sandbox } = caller;
    expect(sandbox.requests.at(-1)).toMatchObject({ status: 202, validationErrors: [], unknownFields: lines });
    expect(JSON.stringify(sandbox.state())).not.toContain("s3cret");
    expect(await (await fetch(`${sandbox.url}/_sandbox`)).text()).toContain("a similar one is invoiceNumber");
  });

  it("are refused by a strict sandbox", async () => {
    const caller = await callerWith({ strict: true });
    const { status, body } = await caller.org("createInvoices", { body: { invoices } });
    expect([status, body.validationErrors]).toEqual([400, lines]);
    expect(caller.sandbox.requests.at(-1)).toMatchObject({ status: 400, unknownFields: lines });
    const known = { invoices: [{ invoiceNumber: "1" }] };
    expect((await caller.org("createInvoices", { body: known })).status).toBe(202);
  });

  it("do not include those of the examples in the specs", async () => {
    const caller = await callerWith({ strict: true });
    for (const api of APIS) {
      for (const { operation } of specOf(api).operations) {
        for (const body of specOf(api).bodyExamples(operation.operationId)) {
          const path = { organizationId: ORGANIZATION, clientno: 1 };
          await caller.send(api, operation.operationId, { path, body });
          const { operationId, unknownFields } = caller.sandbox.requests.at(-1) ?? {};
          expect([operationId, unknownFields]).toEqual([operationId, []]);
        }
      }
    }
  });
});

describe("cors", () => {
  const origin = "http://localhost:5173";
  const preflight = {
    origin,
    "access-control-request-method": "PUT",
    "access-control-request-headers": "authorization",
  };
  const path = "/arm/v1/clients/1/customers/1";
  const sent = async (url: string, method: string, headers: Record<string, string>) => {
    const { status, headers: received } = await fetch(url + path, { method, headers });
    return { status, ...Object.fromEntries(received) };
  };

  it.each([[true], [origin], [["https://other.example", origin]]])("%j allows a page of that origin", async (cors) => {
    const { url, requests } = await sandboxWith({ cors });
    expect(await sent(url, "OPTIONS", preflight)).toMatchObject({
      status: 204,
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "authorization",
      vary: "origin",
    });
    expect(requests).toEqual([]);
    expect(await sent(url, "GET", { origin })).toMatchObject({
      status: 401,
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "retry-after, x-request-id",
    });
  });

  it.each([[false], ["https://other.example"]])("%j does not", async (cors) => {
    const { url } = await sandboxWith({ cors });
    for (const [method, status, headers] of [
      ["OPTIONS", 405, preflight],
      ["GET", 401, { origin }],
    ] as const) {
      const response = await sent(url, method, headers);
      expect(response.status).toBe(status);
      expect(Object.keys(response).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
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
