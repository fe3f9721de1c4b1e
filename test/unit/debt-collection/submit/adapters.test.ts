import type { JournalRecord, Submission, SubmitOptions } from "amili-client";
import type { CorrectionInput } from "amili-client/debt-collection";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { invoiceAdapter, isSameInvoice } from "../../../../src/debt-collection/submit/adapters.js";
import { clientWith, json, networkError, type Reply, type Sent, status } from "../../../support/stub.js";
import { collect, memoryJournal } from "../../../support/submitting.js";

beforeEach(() => void vi.useFakeTimers());
describe("invoiceAdapter", () => {
  const adapter = () =>
    invoiceAdapter({ list: () => expect.unreachable("nothing is listed") }, () =>
      expect.unreachable("nothing is sent"),
    );

  it.each<[Record<string, unknown>, object]>([
    [{ uniqueSourceInvoiceId: "a-1" }, { key: "a-1" }],
    [{ uniqueSourceInvoiceId: " a-1\t" }, { key: "a-1" }],
    [{ uniqueSourceInvoiceId: "cafe\u0301" }, { key: "caf\u00e9" }],
    [{ uniqueSourceInvoiceId: "  " }, { problem: "it has no uniqueSourceInvoiceId" }],
    [{}, { problem: "it has no uniqueSourceInvoiceId" }],
    [{ uniqueSourceInvoiceId: 7 }, { problem: expect.stringContaining("is a number; pass it as a string") }],
  ])("the key of %j is %j", async (invoice, expected) => {
    expect(await adapter().key(invoice, "", invoice)).toEqual(expected);
  });

  it("tells numbers that one item only has", async () => {
    const { key, listing } = adapter();
    const numbers = ["1", " 1 ", "2", undefined];
    for (const [i, invoiceNumber] of numbers.entries()) {
      const invoice = { uniqueSourceInvoiceId: String(i), ...(invoiceNumber && { invoiceNumber }) };
      await key(invoice, "", invoice);
    }
    expect(["1", "2", "3"].map((number) => listing?.isUnique(number))).toEqual([false, true, false]);
    expect(listing?.numberOf({ invoiceNumber: " 7 " })).toBe("7");
    expect(listing?.numberOf({})).toBeUndefined();
  });

  it("separates invoices with the same number, and ids that differ in case only", () => {
    const marks = (uniqueSourceInvoiceId: string, invoiceNumber?: string) =>
      adapter().separateBy({ uniqueSourceInvoiceId, ...(invoiceNumber && { invoiceNumber }) });
    const share = (a: readonly unknown[], b: readonly unknown[]) => a.some((mark) => b.includes(mark));
    expect(share(marks("a", "1"), marks("b", " 1"))).toBe(true);
    expect(share(marks("a", "1"), marks("A", "2"))).toBe(true);
    expect(share(marks("a", "1"), marks("b", "2"))).toBe(false);
    expect(share(marks("a"), marks("b"))).toBe(false);
    // A number that is another invoice's id.
    expect(share(marks("a", "b"), marks("b", "c"))).toBe(false);
  });
});

describe("isSameInvoice", () => {
  const invoice = { uniqueSourceInvoiceId: " Source-1", invoiceNumber: "1 " };

  it.each<[object, boolean | undefined]>([
    [{ uniqueSourceInvoiceId: "source-1" }, true],
    [{ uniqueSourceInvoiceId: "source-2", invoiceNumber: "1" }, false],
    [{ uniqueSourceInvoiceId: null, invoiceNumber: "1" }, true],
    [{ invoiceNumber: 1 }, true],
    [{ invoiceNumber: "2" }, false],
    [{ invoiceId: "id" }, undefined],
    [{}, undefined],
  ])("%j: %j", (entry, expected) => {
    expect(isSameInvoice({ ...entry }, invoice)).toBe(expected);
  });

  it("does not compare with a number that the invoice does not have", () => {
    expect(isSameInvoice({ invoiceNumber: "1" }, { uniqueSourceInvoiceId: "source-1" })).toBeUndefined();
  });
});

const payment = (invoiceId: string, amount: number) => ({ invoiceId, amount, currency: "NOK", type: "DIRECT_PAYMENT" });
const PAYMENTS = [payment("a", 1), payment("b", 2), payment("a", 3)];

type Org = ReturnType<typeof clientWith>["org"];
type Name = "payments" | "corrections";

/** A server that lists no batches and replies to writes in order, the last reply again; `batch` is how batches end. */
function server(batch: object, ...writes: Reply[]) {
  let count = 0;
  const accepted = () => json({ data: { batchId: `batch-${count}` } }, { status: 202 });
  return (sent: Sent) => {
    if (sent.method === "POST") {
      const reply = writes[count++] ?? accepted;
      if (reply instanceof Error) throw reply;
      return typeof reply === "function" ? reply(sent) : reply;
    }
    if (sent.url.pathname.endsWith("/batches")) return json({ data: [] });
    return json({ data: { batchId: "batch", createdAt: "2026-01-01T00:00:00Z", failed: [], ...batch } });
  };
}

const SUCCESS = { status: "SUCCESS", succeeded: [] };

const submission = (org: Org, name: Name, items: typeof PAYMENTS, options?: SubmitOptions): Submission<unknown> =>
  name === "payments" ? org.payments.submit(items, options) : org.corrections.submit<CorrectionInput>(items, options);

const submit = (...args: Parameters<typeof submission>) =>
  collect(submission(...args)).then(({ outcomes }) => outcomes);

const sentBodies = (sent: Sent[]) =>
  sent.flatMap(({ method, body }) => (method === "POST" ? [JSON.parse(body ?? "")] : []));

describe.each(["payments", "corrections"] as const)("%s.submit", (name) => {
  it("sends items on the same invoice in different requests, since a batch names items by their invoice", async () => {
    const { org, sent } = clientWith({}, server(SUCCESS));
    const outcomes = await submit(org, name, PAYMENTS, { concurrency: 1 });
    expect(outcomes.map(({ status, item }) => [status, item])).toEqual(PAYMENTS.map((item) => ["accepted", item]));
    expect(sentBodies(sent)).toEqual([{ [name]: PAYMENTS.slice(0, 2) }, { [name]: PAYMENTS.slice(2) }]);
  });

  it("matches the items of a partly accepted batch by their invoice", async () => {
    const batch = { status: "PARTIAL", succeeded: [{ invoiceId: "b" }], failed: [{ invoiceId: "a" }] };
    const { org } = clientWith({}, server(batch));
    expect(await submit(org, name, PAYMENTS.slice(0, 2))).toMatchObject([
      { status: "rejected", item: PAYMENTS[0], reason: { invoiceId: "a" } },
      { status: "accepted", item: PAYMENTS[1], invoiceId: "b" },
    ]);
  });

  it("leaves items unknown that the batch does not name", async () => {
    const { org } = clientWith({}, server({ status: "PARTIAL", succeeded: [{}], failed: [{}] }));
    expect(await submit(org, name, PAYMENTS.slice(0, 2))).toMatchObject([
      { status: "unknown", sent: true, batchId: "batch-1", lookUp: expect.stringContaining('batches.get("batch-1")') },
      { status: "unknown", sent: true, batchId: "batch-1" },
    ]);
  });

  it.each<[string, Reply]>([
    ["a lost connection", networkError("ECONNRESET", "read")],
    ["500", status(500)],
    ["429", status(429, { "retry-after": "1" })],
    ["503 with Retry-After", status(503, { "retry-after": "1" })],
  ])("leaves items unknown after %s, and sends none again", async (_, reply) => {
    const { org, sent } = clientWith({}, server(SUCCESS, reply));
    const lookUp = /^batches\.list\(\) for batches since \d{4}-\d\d-\d\dT.* on the invoice\.$/;
    expect(await submit(org, name, PAYMENTS, { concurrency: 1 })).toMatchObject([
      { status: "unknown", item: PAYMENTS[0], sent: true, lookUp: expect.stringMatching(lookUp) },
      { status: "unknown", item: PAYMENTS[1] },
      { status: "accepted", item: PAYMENTS[2] },
    ]);
    expect(sentBodies(sent)).toHaveLength(2);
  });

  it("sends items again that were never connected, or were refused without a batch", async () => {
    const refused = server(SUCCESS, networkError("ECONNREFUSED", "connect"), status(400));
    const { org, sent } = clientWith({}, refused);
    const outcomes = await submit(org, name, PAYMENTS.slice(0, 2));
    expect(outcomes.map(({ status }) => status)).toEqual(["accepted", "accepted"]);
    expect(sentBodies(sent).map((body) => body[name].length)).toEqual([2, 2, 1, 1]);
  });

  it("leaves a refused request alone while a batch since then may contain its items", async () => {
    const batch = { batchId: "other", createdAt: new Date(Date.now() + 1_000).toISOString(), status: "SUCCESS" };
    const respond = server(SUCCESS, status(400));
    const { org, sent } = clientWith({}, (request) =>
      request.method === "GET" && request.url.pathname.endsWith("/batches")
        ? json({ data: [batch] })
        : respond(request),
    );
    const outcomes = await submit(org, name, PAYMENTS.slice(0, 2));
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true },
      { status: "unknown", sent: true },
    ]);
    expect(sentBodies(sent)).toHaveLength(1);
  });

  it("resumes from a journal by content, in any order", async () => {
    const journal = memoryJournal();
    const twice = [...PAYMENTS, payment("a", 1)];
    // The second request, with the second payment on "a", fails.
    const accepted = json({ data: { batchId: "batch-1" } }, { status: 202 });
    const first = clientWith({}, server(SUCCESS, accepted, networkError("ECONNRESET", "read")));
    const states = await submit(first.org, name, twice, { journal, concurrency: 1 });
    expect(states.map(({ status }) => status)).toEqual(["accepted", "accepted", "unknown", "accepted"]);

    const second = clientWith({}, server(SUCCESS));
    const backwards = twice.toReversed().map((item) => Object.fromEntries(Object.entries(item).reverse()));
    const more = [payment("c", 4), ...(backwards as typeof PAYMENTS)];
    const outcomes = await submit(second.org, name, more, { journal, concurrency: 1 });
    expect(
      new Set(
        outcomes.map(({ status, item }) => JSON.stringify([status, Object(item).invoiceId, Object(item).amount])),
      ),
    ).toEqual(new Set(['["accepted","c",4]', '["accepted","a",1]', '["unknown","a",3]', '["accepted","b",2]']));
    expect(outcomes).toHaveLength(5);
    expect(sentBodies(second.sent)).toEqual([{ [name]: [payment("c", 4)] }]);
  });

  it("sends an unknown item again if resubmit says so", async () => {
    const journal = memoryJournal();
    const lost = clientWith({}, server(SUCCESS, networkError("ECONNRESET", "read")));
    await submit(lost.org, name, PAYMENTS.slice(0, 2), { journal });
    const { org, sent } = clientWith({}, server(SUCCESS));
    const resubmit = vi.fn(({ item }: { item: unknown }) => Object(item).invoiceId === "a");
    const outcomes = await submit(org, name, PAYMENTS.slice(0, 2), { journal, resubmit });
    expect(outcomes.map(({ status, item }) => [status, Object(item).invoiceId]).toSorted()).toEqual([
      ["accepted", "a"],
      ["unknown", "b"],
    ]);
    expect(resubmit).toHaveBeenCalledTimes(2);
    expect(sentBodies(sent)).toEqual([{ [name]: PAYMENTS.slice(0, 1) }]);
  });

  it("fills the next request after it separated items", async () => {
    const { org, sent } = clientWith({}, server(SUCCESS));
    await submit(org, name, [payment("a", 1), payment("b", 2), payment("a", 3), payment("b", 4)]);
    expect(sentBodies(sent).map((body) => body[name].length)).toEqual([2, 2]);
  });

  it("has keys that differ from those of the other kind, in a journal of its own", async () => {
    const journal = memoryJournal();
    for (const kind of ["payments", "corrections"] as const) {
      const { org, sent } = clientWith({}, server(SUCCESS));
      await submit(org, kind, PAYMENTS.slice(0, 1), { journal });
      expect(sentBodies(sent)).toHaveLength(1);
    }
    expect(journal.owners.map(({ kind }) => kind)).toEqual(["payment", "correction"]);
  });

  it("ends before anything is sent if the journal cannot be written", async () => {
    const write = (_: readonly JournalRecord[]) => Promise.reject(new Error("disk full"));
    const { org, sent } = clientWith({}, server(SUCCESS));
    const journal = { ...memoryJournal(), write };
    const { outcomes, error } = await collect(submission(org, name, PAYMENTS.slice(0, 1), { journal }));
    expect(error).toEqual(new Error("disk full"));
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false }]);
    expect(sentBodies(sent)).toEqual([]);
  });
});
