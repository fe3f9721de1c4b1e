import {
  ApiError,
  AuthenticationError,
  BatchError,
  ConnectionError,
  PaginationError,
  TimeoutError,
} from "amili-client";
import type { Fault, FaultRule, Sandbox, SandboxOptions } from "amili-client/sandbox";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FAULT_KINDS } from "../../src/sandbox/faults/kinds.js";
import { allOf, Caller, CLIENT, Clock, callerWith, clientOf, DAY, ORGANIZATION, sandboxWith } from "./support.js";

// The delay before a retry is random, from 0.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const INVOICE = { invoiceNumber: "1", uniqueSourceInvoiceId: "erp-1", originalInvoiceAmount: 10 };

/** A sandbox with one fault, the client library on it, and the requests of an operation. */
async function faulty(fault: Fault, rule: Omit<FaultRule, "fault"> = {}, options: SandboxOptions = {}) {
  const sandbox = await sandboxWith({ batchTime: 0, faults: [{ ...rule, fault }], ...options });
  const amili = clientOf(sandbox, { maxRetries: 1 });
  return {
    sandbox,
    org: amili.debtCollection.organization(ORGANIZATION),
    client: amili.accountsReceivable.client(CLIENT),
    calls: (operationId: string) => sandbox.requests.filter((request) => request.operationId === operationId),
  };
}

const injectedOf = ({ requests }: Sandbox) => requests.map(({ injected }) => injected).filter(Boolean);

/** Whether a write was processed. */
async function isProcessed(sandbox: Sandbox): Promise<boolean> {
  sandbox.faults.clear();
  const query = { UniqueSourceInvoiceId: INVOICE.uniqueSourceInvoiceId };
  return (await new Caller(sandbox).org("listInvoices", { query })).body.data.length === 1;
}

/** Waits until no request is in flight. */
const allFinished = async (sandbox: Sandbox) => {
  await expect.poll(() => sandbox.requests.every(({ duration }) => duration !== undefined)).toBe(true);
};

describe("a read", () => {
  it.each<[string, Fault]>([
    ["a status", { kind: "status", status: 503, retryAfter: 0 }],
    ["a connection closed before", { kind: "close-before" }],
    ["a connection closed during", { kind: "close-during" }],
    ["a connection closed after", { kind: "close-after" }],
    ["a response cut off", { kind: "cut-off" }],
    ["half of the JSON", { kind: "truncated-json" }],
    ["invalid JSON", { kind: "invalid-json" }],
    ["a refused token", { kind: "token-refused" }],
    ["an expired token", { kind: "token-ended" }],
  ])("recovers from %s", async (_, fault) => {
    const { sandbox, client, calls } = await faulty(fault, { operation: "getArItem", nth: 1 });
    expect(await client.arItems.get("2218-500002-35078-0")).toMatchObject({ currencyBalance: 124.37 });
    expect(calls("getArItem")).toHaveLength(2);
    expect(injectedOf(sandbox)).toEqual([fault.kind]);
  });

  it.each<[string, Fault, object]>([
    ["a status", { kind: "status", status: 500 }, { constructor: ApiError, status: 500, attempts: 2 }],
    ["a status that is not retried", { kind: "status", status: 404 }, { constructor: ApiError, attempts: 1 }],
    ["a connection closed", { kind: "close-before" }, { constructor: ConnectionError, attempts: 2 }],
    ["a response cut off", { kind: "cut-off" }, { constructor: ConnectionError }],
    ["invalid JSON", { kind: "invalid-json" }, { constructor: ConnectionError, status: 200 }],
    ["half of the JSON", { kind: "truncated-json" }, { constructor: ConnectionError, status: 200 }],
    ["refused tokens", { kind: "token-refused" }, { constructor: AuthenticationError, code: "token_refused" }],
    [
      "a Retry-After that is too long",
      { kind: "status", status: 429, retryAfter: 3600 },
      { retryAfter: 3_600_000, attempts: 1 },
    ],
  ])("fails with the right error after repeated faults: %s", async (_, fault, expected) => {
    const { client } = await faulty(fault, { operation: "getArItem" });
    await expect(client.arItems.get("2218-500002-35078-0")).rejects.toMatchObject(expected);
  });

  it("parses JSON of any media type", async () => {
    const { client } = await faulty({ kind: "content-type", type: "text/plain" }, { operation: "getArItem" });
    expect(await client.arItems.get("2218-500002-35078-0")).toMatchObject({ currencyBalance: 124.37 });
  });

  it("returns undefined for an empty body", async () => {
    const { client } = await faulty({ kind: "empty-body" }, { operation: "getArItem" });
    expect(await client.arItems.get("2218-500002-35078-0")).toBeUndefined();
  });

  it("times out on a late response", async () => {
    const { client } = await faulty({ kind: "delay", ms: 2000 }, { operation: "getArItem" });
    const get = client.arItems.get("2218-500002-35078-0", undefined, { timeout: 50, maxRetries: 0 });
    await expect(get).rejects.toBeInstanceOf(TimeoutError);
  });

  it.each([204, 205, 304])(
    "gets neither body nor content length with %s, and a complete next response on the connection",
    async (status) => {
      const caller = await callerWith({ faults: `getArItem:status=${status}:n=1` });
      const path = { clientno: CLIENT, aritemid: "2218-500002-35078-0" };
      const bare = await caller.send("accountsReceivable", "getArItem", { path });
      expect([bare.status, bare.body, bare.headers.get("content-length")]).toEqual([status, undefined, null]);
      expect((await caller.client("getArItem", { path })).body.arItemId).toBe(path.aritemid);
    },
  );

  it("gets another token when the issued one has expired", async () => {
    const { sandbox, client, calls } = await faulty({ kind: "token-ended" }, { operation: "createToken", nth: 1 });
    await client.arItems.get("2218-500002-35078-0");
    expect(calls("createToken")).toHaveLength(2);
    expect(sandbox.requests.map(({ status }) => status)).toEqual([200, 401, 200, 200]);
  });
});

describe("a write", () => {
  it.each<[Fault, boolean]>([
    [{ kind: "status", status: 500 }, false],
    [{ kind: "close-before" }, false],
    [{ kind: "close-during" }, true],
    [{ kind: "close-during", ms: 20 }, true],
    [{ kind: "close-after" }, true],
    [{ kind: "cut-off" }, true],
    [{ kind: "truncated-json" }, true],
    [{ kind: "invalid-json" }, true],
  ])("with %j fails and is not retried; processed: %s", async (fault, expected) => {
    const { sandbox, org, calls } = await faulty(fault, { operation: "createInvoices" });
    await expect(org.invoices.create([INVOICE])).rejects.toThrow();
    await allFinished(sandbox);
    expect(calls("createInvoices")).toHaveLength(1);
    expect(await isProcessed(sandbox)).toBe(expected);
  });

  it.each<Fault>([{ kind: "delay", ms: 1 }, { kind: "empty-body" }, { kind: "content-type" }])(
    "is processed with %j",
    async (fault) => {
      const { sandbox, org } = await faulty(fault, { operation: "createInvoices" });
      await org.invoices.create([INVOICE]);
      expect(await isProcessed(sandbox)).toBe(true);
    },
  );

  it("that was not processed is retried", async () => {
    const { sandbox, org, calls } = await faulty({ kind: "status", status: 429, retryAfter: 0 }, { nth: 2 });
    await org.invoices.create([INVOICE]);
    expect(calls("createInvoices")).toHaveLength(2);
    expect(await isProcessed(sandbox)).toBe(true);
  });

  it("leaves a batch queued for ms, or forever", async () => {
    const clock = new Clock(new Date().toISOString());
    const rule = { operation: "createInvoices", nth: 1 };
    const { sandbox, org } = await faulty({ kind: "stuck-batch" }, rule, { now: clock.now, tokenLifetime: 2 ** 31 });
    const stuck = (await org.invoices.create([INVOICE])).data.batchId;
    const next = (await org.invoices.create([{ ...INVOICE, uniqueSourceInvoiceId: "erp-2" }])).data.batchId;
    expect((await org.batches.get(next)).data.status).toBe("SUCCESS");
    clock.forward(365 * DAY);
    await expect(org.batches.waitFor(stuck, { maxWait: 20 })).rejects.toBeInstanceOf(BatchError);
    sandbox.faults.set([{ operation: "create*Batch", fault: { kind: "stuck-batch", ms: 30 } }]);
    const caller = new Caller(sandbox);
    const { body } = await caller.client("createCustomersBatch", { body: { customers: [] } });
    const statusOfBatch = async () => (await caller.client("getBatch", { path: { batchuuid: body.batchUuid } })).status;
    expect(await statusOfBatch()).toBe(202);
    clock.forward(30);
    expect(await statusOfBatch()).toBe(200);
    expect(await isProcessed(sandbox)).toBe(false);
  });
});

describe("a list", () => {
  it("with a repeated page fails and does not loop", async () => {
    const { org, client } = await faulty({ kind: "duplicate-page-token" });
    await expect(org.settlements.list().toArray()).rejects.toBeInstanceOf(PaginationError);
    await expect(client.customers.list({ pagesize: 5 }).toArray()).rejects.toBeInstanceOf(PaginationError);
  });

  it("with an empty page token ends there, truncated where the total says more", async () => {
    const { org, client } = await faulty({ kind: "empty-page-token" });
    expect(await org.settlements.list().toArray()).toHaveLength(10);
    await expect(client.customers.list({ pagesize: 5 }).toArray()).rejects.toMatchObject({
      code: "truncated",
      read: 5,
      total: 28,
    });
    const options = { allowTruncated: true };
    expect(await client.customers.list({ pagesize: 5 }, options).toArray()).toHaveLength(5);
  });

  it("with links to another host is read from its own", async () => {
    const { sandbox, client } = await faulty({ kind: "foreign-link", host: "https://foreign.example" });
    const hosts = new Set<string>();
    const seen: (string | undefined)[] = [];
    for await (const { body, items } of client.customers.list({ pagesize: 10 }).pages()) {
      if (body.summary?.nextPage) hosts.add(new URL(body.summary.nextPage).host);
      seen.push(...items.map(({ customerNo }) => customerNo));
    }
    expect([...hosts]).toEqual(["foreign.example"]);
    expect(new Set(seen).size).toBe(28);
    expect(sandbox.requests.filter(({ operationId }) => operationId === "listCustomers")).toHaveLength(3);
  });
});

describe("a rule", () => {
  const get = async (caller: Caller) => {
    const { status } = await caller.send("accountsReceivable", "listClientConfigs", { path: { clientno: 1 } });
    return status === 418;
  };
  const teapot: Fault = { kind: "status", status: 418 };

  /** Which of the first twelve calls get a fault. */
  async function hits(rule: Omit<FaultRule, "fault">, options: SandboxOptions = {}) {
    const caller = await callerWith({
      ...options,
      faults: [{ operation: "listClientConfigs", ...rule, fault: teapot }],
    });
    await caller.token();
    const found: number[] = [];
    for (let no = 1; no <= 12; no++) if (await get(caller)) found.push(no);
    return found;
  }

  it("applies to the n-th call, several, every n-th, or all", async () => {
    expect(await hits({ nth: 3 })).toEqual([3]);
    expect(await hits({ nth: [2, 5] })).toEqual([2, 5]);
    expect(await hits({ nth: { every: 4 } })).toEqual([4, 8, 12]);
    expect(await hits({})).toHaveLength(12);
  });

  it("applies with a probability, to the same calls for the same seed", async () => {
    const first = await hits({ probability: 0.5 }, { seed: 7 });
    expect(first.length).toBeGreaterThan(1);
    expect(first.length).toBeLessThan(11);
    expect(await hits({ probability: 0.5 }, { seed: 7 })).toEqual(first);
    expect(await hits({ probability: 0.5 }, { seed: 8 })).not.toEqual(first);
  });

  it("applies to the same requests of an operation, whatever other operations are called meanwhile", async () => {
    const outcomes = async (order: ("listFiles" | "listClientConfigs")[]) => {
      const caller = await callerWith({ seed: 3, faults: "list*:status=418:p=0.5" });
      const statuses: Record<string, number[]> = { listFiles: [], listClientConfigs: [] };
      for (const id of order) {
        statuses[id]?.push((await caller.send("accountsReceivable", id, { path: { clientno: 1 } })).status);
      }
      return statuses;
    };
    const [a, b] = ["listFiles", "listClientConfigs"] as const;
    const alternating = await outcomes(Array(12).fill([a, b]).flat());
    expect(await outcomes([...Array(12).fill(b), ...Array(12).fill(a)])).toEqual(alternating);
    expect(new Set(Object.values(alternating).flat())).toEqual(new Set([200, 418]));
  });

  it("applies to as many concurrent requests of an operation as to consecutive ones", async () => {
    const injected = async (concurrent: boolean) => {
      const caller = await callerWith({ seed: 3, faults: "list*:status=418:p=0.5" });
      await caller.token();
      const send = (id: string) => caller.send("accountsReceivable", id, { path: { clientno: 1 } });
      const ids = Array(12).fill(["listFiles", "listClientConfigs"]).flat();
      if (concurrent) await Promise.all(ids.map(send));
      else for (const id of ids.toSorted()) await send(id);
      const counts: Record<string, number> = {};
      for (const { operationId = "", injected } of caller.sandbox.requests) {
        if (injected) counts[operationId] = (counts[operationId] ?? 0) + 1;
      }
      return counts;
    };
    expect(await injected(true)).toEqual(await injected(false));
  });

  it.each([
    ["list*", true],
    ["*Configs", true],
    ["accountsReceivable.list*", true],
    ["debtCollection.*", false],
    ["debtCollection.list*", false],
  ])("for %s matches listClientConfigs: %s", async (operation, expected) => {
    expect(await hits({ operation, nth: 1 })).toHaveLength(expected ? 1 : 0);
  });

  it("can match one method", async () => {
    expect(await hits({ method: "get", nth: 1 })).toEqual([1]);
    expect(await hits({ operation: "*", method: "POST", nth: 1 })).toEqual([]);
  });

  it("takes precedence by its position, while all rules count", async () => {
    const caller = await callerWith();
    await caller.token();
    caller.sandbox.faults.set("*:status=418:every=2,*:status=503:n=2+3");
    const statuses: number[] = [];
    for (let no = 1; no <= 4; no++) {
      statuses.push((await caller.send("accountsReceivable", "listClientConfigs", { path: { clientno: 1 } })).status);
    }
    expect(statuses).toEqual([200, 418, 503, 418]);
    expect(caller.sandbox.faults.inForce).toMatchObject([
      { text: "*:status=418:every=2", calls: 4, hits: 2 },
      { text: "*:status=503:n=2+3", calls: 4, hits: 1 },
    ]);
  });

  it("can be added and removed while the sandbox runs", async () => {
    const caller = await callerWith();
    expect(await get(caller)).toBe(false);
    caller.sandbox.faults.add([{ fault: teapot }]);
    expect(await get(caller)).toBe(true);
    expect(() => caller.sandbox.faults.set("*:nonsense")).toThrow("one of status");
    expect(await get(caller)).toBe(true);
    caller.sandbox.faults.clear();
    expect(await get(caller)).toBe(false);
  });
});

describe("a rule that matches no operation is refused", () => {
  it.each<[string, string]>([
    ["createInvoice:close-after", "there is no createInvoice; similar names are debtCollection.createInvoices."],
    ["getbatch:delay=5", "similar names are debtCollection.getBatch, accountsReceivable.getBatch, "],
    ["debtCollection.getCustomer:delay=5", "similar names are accountsReceivable.getCustomer."],
    ["everything:delay=5", "see amili-client/openapi for names."],
    ["GET/createInvoices:delay=5", "the method of createInvoices is POST, not GET."],
    ["FOO/*:delay=5", "the method of * is POST, GET, "],
    ["createCustomer:stuck-batch", "stuck-batch is for debtCollection.createCorrections, "],
    ["getArItem:duplicate-page-token", "duplicate-page-token is for debtCollection.listBatches, "],
    ["debtCollection.*:foreign-link", "foreign-link is for accountsReceivable.listArItems, "],
    ["listFiles:empty-page-token", "empty-page-token is for debtCollection.listBatches, "],
  ])("%s", async (text, message) => {
    const { faults } = await sandboxWith({ faults: "*:close-after:n=99" });
    for (const change of [() => faults.set(text), () => faults.add(`*:delay=1,${text}`)]) {
      expect(change).toThrow(expect.objectContaining({ code: "invalid_option" }));
      expect(change).toThrow(`fault "${text}" matches no operation: `);
      expect(change).toThrow(message);
    }
    await expect(sandboxWith({ faults: text })).rejects.toThrow(message);
    expect(faults.inForce.map((rule) => rule.text)).toEqual(["*:close-after:n=99"]);
  });

  it("but every rule in force can be set by its text", async () => {
    const { faults } = await sandboxWith();
    faults.set([{ operation: "list*", nth: [2], fault: { kind: "foreign-link", host: "http://127.0.0.1:9999" } }]);
    const before = faults.inForce;
    faults.set(before.map(({ text }) => text).join());
    expect(faults.inForce).toEqual(before);
  });
});

describe("a kind counts only requests that can get it", () => {
  const unpaged = (caller: Caller) =>
    Promise.all(["listFiles", "listClientConfigs", "listAdbIntervals"].map((id) => caller.client(id)));

  it.each<[Fault["kind"], string, (caller: Caller) => Promise<unknown>, number]>([
    ["foreign-link", "lists without pages", unpaged, 0],
    ["empty-page-token", "lists without pages", unpaged, 0],
    ["foreign-link", "a list with links", (caller) => caller.client("listCustomers"), 1],
    ["foreign-link", "a list with tokens", (caller) => caller.org("listInvoices"), 0],
    ["empty-page-token", "a list with tokens", (caller) => caller.org("listInvoices"), 1],
    ["duplicate-page-token", "a first page", (caller) => caller.org("listInvoices", { query: { PageToken: "" } }), 0],
    ["stuck-batch", "a batch", (caller) => caller.org("createInvoices", { body: { invoices: [] } }), 1],
    ["stuck-batch", "a single write", (caller) => caller.client("createCustomer", { body: { customer: {} } }), 0],
  ])("%s, %s", async (kind, _, call, calls) => {
    const caller = await callerWith({ faults: `*:${kind}` });
    await caller.token();
    await call(caller);
    expect(caller.sandbox.faults.inForce).toMatchObject([{ calls, hits: calls }]);
  });

  it("and a duplicate page token repeats the last page too", async () => {
    const caller = await callerWith({ faults: "*:duplicate-page-token" });
    const { summary } = (await caller.client("listCustomers", { query: { pagesize: 20 } })).body;
    const query = { query: summary.queryId, pageno: 2 };
    const last = (await caller.client("listCustomers", { query })).body;
    expect(last.summary).toMatchObject({ totalPages: 2, nextPage: summary.nextPage });
  });
});

it("survives all faults, and keeps what was processed", async () => {
  const caller = await callerWith({ batchTime: 0, size: 0, requestsKept: 1000 });
  const { sandbox } = caller;
  await caller.token();
  const parameters: Partial<Record<Fault["kind"], object>> = { status: { status: 503 }, delay: { ms: 1 } };
  const kinds = Object.keys(FAULT_KINDS).filter((kind) => kind !== "stuck-batch" && !kind.startsWith("token"));
  sandbox.faults.set(
    kinds.map((kind) => ({
      probability: 0.1,
      fault: { kind, ...parameters[kind as Fault["kind"]] } as Fault,
    })),
  );
  const calls = Array.from({ length: 300 }, (_, no) =>
    no % 3 === 0
      ? caller.org("createInvoices", { body: { invoices: [{ invoiceNumber: String(no) }] } })
      : caller.org("listInvoices", { query: { PageToken: "" } }),
  );
  await Promise.allSettled(calls);
  await allFinished(sandbox);
  expect(new Set(injectedOf(sandbox)).size).toBeGreaterThan(8);

  const done = sandbox.requests.filter(
    ({ operationId, injected }) =>
      operationId === "createInvoices" && injected !== "status" && injected !== "close-before",
  );
  sandbox.faults.clear();
  expect(await allOf(caller, "listInvoices")).toHaveLength(done.length);
});

it("has a test in this file for every kind", async () => {
  const { readFileSync } = await import("node:fs");
  const text = readFileSync(new URL(import.meta.url), "utf8");
  expect(Object.keys(FAULT_KINDS).filter((kind) => !text.includes(`kind: "${kind}"`))).toEqual([]);
});
