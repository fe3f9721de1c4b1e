import { ApiError, ConfigurationError, type Journal, type JournalRecord, type Outcome } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type Fault } from "../../../support/fake-collection.js";
import {
  byStatus,
  collect,
  expectExactlyOnce,
  invoices,
  memoryJournal,
  onWrites,
  orgOn,
  run,
} from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
const since = "2026-01-01T00:00:00.000Z";
const posts = (api: FakeCollection) => api.requests.filter((request) => request.startsWith("POST"));

describe("a journal", () => {
  it.each<unknown>([
    null,
    7,
    {},
    { key: "source-0" },
    { state: "sending", since },
    { key: 7, state: "sending", since },
    { key: "source-0", state: "sending" },
    { key: "source-0", state: "sending", since: "yesterday" },
    { key: "source-0", state: "sent", since, size: 1 },
    { key: "source-0", state: "sent", since, size: 1, batchId: "" },
    { key: "source-0", state: "sent", since, batchId: "batch-1" },
    { key: "source-0", state: "sent", size: 1, batchId: "batch-1" },
    { key: "source-0", state: "of a later version" },
    { key: "source-0", state: "toString" },
  ])("with an invalid record leaves the items unknown and ends the submit: %j", async (record) => {
    const api = new FakeCollection();
    const journal = { ...memoryJournal(), read: async () => [record as JournalRecord] };
    const { outcomes, error } = await run(api, invoices(1), { journal });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining("valid records") });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true, reason: error }]);
    expect(posts(api)).toEqual([]);
  });

  it("that gives no list leaves the items unknown", async () => {
    const journal = { ...memoryJournal(), read: async () => null as never };
    const { outcomes, error } = await run(new FakeCollection(), invoices(1), { journal });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(outcomes).toMatchObject([{ status: "unknown" }]);
  });

  it("whose read fails leaves its block unknown and ends the submit, after the items before it", async () => {
    const journal = memoryJournal();
    let reads = 0;
    const read = (keys: readonly string[]) =>
      ++reads === 2 ? Promise.reject(new Error("disk full")) : journal.read(keys);
    const api = new FakeCollection();
    const options = { chunkSize: 2, concurrency: 1, journal: { ...journal, read } };
    const { outcomes, error } = await run(api, [{}, ...invoices(7)], options);
    expect(error).toEqual(new Error("disk full"));
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0"]);
    expect(outcomes.filter(({ status }) => status === "unknown")).toMatchObject([
      { key: "source-1", sent: true, reason: error, lookUp: "Submit it again with the same journal." },
      { key: "source-2", sent: true },
    ]);
    expect(reads).toBe(2);
  });

  it("is opened for its owner before it is read, and closed at the end", async () => {
    const journal = memoryJournal();
    const calls: string[] = [];
    const record = <Args extends unknown[], Result>(name: string, call: (...args: Args) => Result) => {
      return (...args: Args) => {
        calls.push(name);
        return call(...args);
      };
    };
    const recorded: Journal = {
      open: record("open", (owner) => journal.open(owner)),
      read: record("read", (keys) => journal.read(keys)),
      write: record("write", (records) => journal.write(records)),
      close: record("close", () => journal.close()),
    };
    const { error } = await run(new FakeCollection(), invoices(1), { journal: recorded });
    expect(error).toBeUndefined();
    expect(calls).toEqual(["open", "read", "write", "write", "write", "close"]);
    expect(journal.lines.map((line) => JSON.parse(line).state)).toEqual(["sending", "sent", "accepted"]);
    expect(journal.owners).toEqual([
      { address: expect.stringMatching(/^https:/), environment: "production", organizationId: "org", kind: "invoice" },
    ]);
  });

  it("that cannot be opened ends the submit before anything is read or sent, and is not closed", async () => {
    const close = vi.fn(async () => {});
    const open = () => Promise.reject(new Error("another submit has it open"));
    const next = vi.fn(() => ({ done: true as const, value: undefined }));
    const api = new FakeCollection();
    const source = { [Symbol.iterator]: () => ({ next }) };
    const { error } = await run(api, source, { journal: { ...memoryJournal(), open, close } });
    expect(error).toEqual(new Error("another submit has it open"));
    expect(close).not.toHaveBeenCalled();
    expect(next).not.toHaveBeenCalled();
    expect(api.requests).toEqual([]);
  });

  it("is closed once when the consumer leaves or the submit fails", async () => {
    for (const fault of [undefined, () => ({ kind: "status", status: 403 }) as const]) {
      const close = vi.fn(async () => {});
      const journal = { ...memoryJournal(), close };
      const api = new FakeCollection(fault && { fault });
      const submission = orgOn(api).invoices.submit(invoices(4), { chunkSize: 1, journal });
      const ended = (async () => {
        for await (const _ of submission) break;
      })().catch(() => {});
      await vi.advanceTimersByTimeAsync(60_000);
      await ended;
      expect(close).toHaveBeenCalledTimes(1);
    }
  });

  it("that opens after an abort is closed", async () => {
    const close = vi.fn(async () => {});
    const open = () => new Promise<void>((resolve) => setTimeout(resolve, 30_000));
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 1_000);
    const options = { journal: { ...memoryJournal(), open, close }, signal: controller.signal };
    const { error } = await run(new FakeCollection(), invoices(1), options);
    expect(error).toEqual(new Error("enough"));
    expect(close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(close).toHaveBeenCalledTimes(1);
  });

  it("is closed once if the signal has aborted before", async () => {
    const close = vi.fn(async () => {});
    const options = { journal: { ...memoryJournal(), close }, signal: AbortSignal.abort(new Error("enough")) };
    const { error } = await run(new FakeCollection(), invoices(1), options);
    expect(error).toEqual(new Error("enough"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(close.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it("whose close fails does not hide what ended the submit", async () => {
    const close = () => Promise.reject(new Error("disk full"));
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 403 }) });
    const { error } = await run(api, invoices(1), { journal: { ...memoryJournal(), close } });
    expect(error).toMatchObject({ status: 403 });
  });

  it("whose close hangs ends the submit after some seconds", async () => {
    const close = () => new Promise<never>(() => {});
    const { outcomes, error } = await run(new FakeCollection(), invoices(1), {
      journal: { ...memoryJournal(), close },
    });
    expect(outcomes).toMatchObject([{ status: "accepted" }]);
    expect(error).toMatchObject({ code: "submit_timeout", message: expect.stringContaining("journal.close()") });
  });

  it.each(["open", "read", "write"] as const)("whose %s hangs does not delay an abort", async (method) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 1_000);
    const journal = { ...memoryJournal(), [method]: () => new Promise<never>(() => {}) };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(1), { journal, signal: controller.signal });
    expect(error).toEqual(new Error("enough"));
    const sent = { open: [], read: [true], write: [false] }[method];
    expect(outcomes).toMatchObject(sent.map((sent) => ({ status: "unknown", sent })));
    expect(posts(api)).toEqual([]);
  });

  it("stores the message, status and body of a rejection", async () => {
    const journal = memoryJournal();
    const fault: Fault = { kind: "status", status: 422 };
    const first = await run(new FakeCollection({ fault: onWrites(fault) }), invoices(1), { journal });
    expect(first.outcomes).toMatchObject([{ status: "rejected", reason: expect.any(ApiError) }]);
    const { outcomes } = await run(new FakeCollection(), invoices(1), { journal });
    expect(outcomes).toMatchObject([
      {
        status: "rejected",
        reason: { name: "ApiError", status: 422, message: expect.stringContaining("failed with 422"), body: {} },
      },
    ]);
  });

  it("stores the outcomes of a chunk together", async () => {
    const journal = memoryJournal();
    const write = async (records: readonly JournalRecord[]) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await journal.write(records);
    };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(50), { journal: { ...journal, write }, maxWait: 20_000 });
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(50), outcomes);
  });

  it("that fails after a request leaves the batch in the outcome", async () => {
    const journal = memoryJournal();
    const write = (records: readonly JournalRecord[]) =>
      records[0]?.state === "sent" ? Promise.reject(new Error("disk full")) : journal.write(records);
    const { outcomes, error } = await run(new FakeCollection(), invoices(1), { journal: { ...journal, write } });
    expect(error).toEqual(new Error("disk full"));
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true, batchId: "batch-1", lookUp: expect.stringContaining('batches.get("batch-1")') },
    ]);
  });

  it("with a batch that does not exist makes submit look the invoices up, and send the missing ones", async () => {
    const api = new FakeCollection();
    await run(api, invoices(1));
    const sent = { state: "sent", since, size: 2, batchId: "elsewhere" };
    const journal = memoryJournal({ key: "source-0", ...sent }, { key: "source-1", ...sent });
    const { outcomes } = await run(api, invoices(2), { journal, visibilityDelay: 5_000 });
    expectExactlyOnce(api, invoices(2), outcomes);
    expect(outcomes.toSorted((a, b) => a.key.localeCompare(b.key))).toMatchObject([
      { status: "exists", batchId: undefined, invoiceId: "invoice-1" },
      { status: "accepted", batchId: "batch-2" },
    ]);
  });

  it("that knows items leaves their places in a request to others", async () => {
    const known = invoices(20).filter((_, i) => i % 2 === 0);
    const journal = memoryJournal(...known.map((i) => ({ key: i.uniqueSourceInvoiceId, state: "accepted" })));
    const api = new FakeCollection();
    const { outcomes } = await run(api, invoices(20), { journal, chunkSize: 5 });
    expect(byStatus(outcomes, "accepted")).toHaveLength(20);
    expect(api.batches.map((batch) => batch.invoices.length)).toEqual([5, 5]);
  });

  it("whose rejected items resubmit chooses has them sent again", async () => {
    const rejected = (key: string) => ({ key, state: "rejected", batchId: "batch-0", reason: { error: "no debtor" } });
    const journal = memoryJournal(rejected("source-0"), rejected("source-1"), { key: "source-2", state: "accepted" });
    const resubmit = vi.fn(({ key }: { key: string }) => key === "source-0");
    const api = new FakeCollection();
    const { outcomes } = await run(api, invoices(3), { journal, resubmit });
    expect(resubmit.mock.calls.map(([{ key }]) => key)).toEqual(["source-0", "source-1"]);
    expect(outcomes.toSorted((a, b) => a.key.localeCompare(b.key))).toMatchObject([
      { status: "accepted", batchId: "batch-1" },
      { status: "rejected", batchId: "batch-0", reason: { error: "no debtor" } },
      { status: "accepted" },
    ]);
    const again = await run(api, invoices(3), { journal });
    expect(byStatus(again.outcomes, "accepted").toSorted()).toEqual(["source-0", "source-2"]);
    expect(api.accepted).toHaveLength(1);
  });

  it("resumes many chunks that were being sent within one delay", async () => {
    const api = new FakeCollection();
    const journal = memoryJournal(
      ...invoices(6).map((i) => ({ key: i.uniqueSourceInvoiceId, state: "sending", since: new Date().toISOString() })),
    );
    const start = Date.now();
    const { outcomes } = await run(api, invoices(6), { journal, chunkSize: 1, concurrency: 1 });
    expectExactlyOnce(api, invoices(6), outcomes);
    expect(Date.now() - start).toBeLessThan(2 * 120_000);
  });
});

describe("a chunk that is resumed when some of its items have outcomes", () => {
  const journal = () =>
    memoryJournal(
      { key: "source-0", state: "sent", since, batchId: "batch-1", size: 2 },
      { key: "source-1", state: "sent", since, batchId: "batch-1", size: 2 },
      { key: "source-0", state: "accepted", batchId: "batch-1", invoiceId: "invoice-1" },
    );
  /** A server whose batch has two items and ends as given, and whose lists are empty. */
  const server = (batch: object) => ({
    fetch: async (url: string) =>
      Response.json({
        data: /\/batches\/batch-1$/.test(url) ? { batchId: "batch-1", createdAt: since, ...batch } : [],
      }),
  });

  it("does not accept an item that a successful batch does not name", async () => {
    const succeeded = [{ invoiceId: "invoice-1", invoiceNumber: "number-0" }];
    const { outcomes } = await run(server({ status: "SUCCESS", succeeded }), invoices(2), { journal: journal() });
    // Another item of the batch is named, but this submit does not read it.
    expect(outcomes.find(({ key }) => key === "source-0")).toMatchObject({ status: "accepted" });
    expect(outcomes.find(({ key }) => key === "source-1")).toMatchObject({ status: "unknown", batchId: "batch-1" });
  });

  it("does not show the entries of other items in a reason", async () => {
    const batch = { status: "PARTIAL", succeeded: [], failed: [{ invoiceNumber: "number-0", name: "Kari" }] };
    const { outcomes } = await run(server(batch), invoices(2), { journal: journal() });
    expect(outcomes[1]).toMatchObject({ status: "rejected", reason: { batchStatus: "PARTIAL" } });
    expect(JSON.stringify(outcomes[1])).not.toContain("Kari");
  });
});

describe("the last record of a payment", () => {
  const payments = [{ invoiceId: "a", amount: 1, currency: "NOK" }];

  it.each<[string, boolean]>([
    ["sending, notSent", true],
    ["notSent, sending", false],
    ["sending", false],
    ["sending, notSent, sending, notSent", true],
  ])("counts: after %s it is sent: %j", async (states, isSent) => {
    const recorder = memoryJournal();
    await collect(orgOn(new FakeCollection()).payments.submit(payments, { journal: recorder }));
    const { key } = JSON.parse(recorder.lines[0] ?? "");
    const journal = memoryJournal(...states.split(", ").map((state) => ({ key, state, since })));
    const api = new FakeCollection();
    const { outcomes } = await collect(orgOn(api).payments.submit(payments, { journal }));
    expect(outcomes).toMatchObject([{ status: isSent ? "accepted" : "unknown" }]);
    expect(api.payments).toHaveLength(isSent ? 1 : 0);
  });
});

describe("a payment that was certainly not processed", () => {
  const payments = [{ invoiceId: "a", amount: 1, currency: "NOK" }];

  /** Expects that the first run sent nothing that was processed, and that the next one sends it. */
  async function expectResumable(journal: Journal, submitted: AsyncIterable<Outcome<unknown>>) {
    const { outcomes } = await collect(submitted);
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false }]);
    const resumed = await collect(orgOn(new FakeCollection()).payments.submit(payments, { journal }));
    expect(resumed.outcomes).toMatchObject([{ status: "accepted" }]);
  }

  it("is sent by the next run if the first is aborted during the backoff after a refused connection", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    for (const maxRetries of [0, 2]) {
      const journal = memoryJournal();
      const controller = new AbortController();
      const fault = onWrites({ kind: "refuse connection" });
      const api = new FakeCollection({
        fault(request) {
          if (request.method === "POST") setTimeout(() => controller.abort(new Error("stopped")), 10);
          return fault(request);
        },
      });
      const options = { journal, signal: controller.signal };
      await expectResumable(journal, orgOn(api, maxRetries).payments.submit(payments, options));
      expect(posts(api)).toEqual(["POST /payments"]);
    }
  });

  // A gateway can respond with any status after it forwarded the request.
  it.each([403, 429])("does not include one that met %i", async (status) => {
    const journal = memoryJournal();
    const api = new FakeCollection({ fault: onWrites({ kind: "status", status, retryAfter: 30 }) });
    const { outcomes } = await collect(orgOn(api).payments.submit(payments, { journal }));
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    const resumed = await collect(orgOn(api).payments.submit(payments, { journal }));
    expect(resumed.outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    expect(posts(api)).toEqual(["POST /payments"]);
  });

  it("is sent by the next run if the first is aborted while the journal is written", async () => {
    const journal = memoryJournal();
    const controller = new AbortController();
    const write = async (records: readonly JournalRecord[]) => {
      controller.abort(new Error("stopped"));
      await journal.write(records);
    };
    const api = new FakeCollection();
    const submitted = orgOn(api).payments.submit(payments, {
      journal: { ...journal, write },
      signal: controller.signal,
    });
    await expectResumable(journal, submitted);
    expect(posts(api)).toEqual([]);
  });
});

it("an invoice that was resent stays ambiguous when no connection is made for its last request", async () => {
  const journal = memoryJournal();
  const faults = onWrites({ kind: "late", ms: 60_000 }, ...Array<Fault>(20).fill({ kind: "refuse connection" }));
  const api = new FakeCollection({ fault: faults, unique: true });
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("stopped")), 20_000);
  const { outcomes } = await run(api, invoices(1), { journal, visibilityDelay: 0, signal: controller.signal });
  expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
  await vi.advanceTimersByTimeAsync(60_000);

  const resumed = await run(api, invoices(1), { journal, visibilityDelay: 0 });
  expectExactlyOnce(api, invoices(1), resumed.outcomes);
  expect(api.accepted).toHaveLength(1);
});
