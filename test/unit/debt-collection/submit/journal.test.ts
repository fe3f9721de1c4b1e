import { ApiError, ConfigurationError, type Journal, type JournalEntry, type Outcome } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type Fault } from "../../../support/fake-collection.js";
import {
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
afterEach(() => {
  vi.useRealTimers();
});

describe("a journal", () => {
  const since = "2026-01-01T00:00:00Z";

  it.each<unknown>([
    null,
    {},
    { state: "sent", keys: ["source-0"], since, resent: false },
    { state: "sent", keys: ["source-0"], since, resent: false, batchId: "" },
    { state: "sent", keys: ["source-0"], since, batchId: "batch-1" },
    { state: "sent", keys: ["source-0"], resent: false, batchId: "batch-1" },
    { state: "sending", keys: ["source-0"] },
    { state: "notProcessed", keys: ["source-0"] },
    { state: "sending", keys: ["source-0"], since: "yesterday" },
    { state: "sending", keys: "source-0", since },
    { state: "sending", keys: [7], since },
    { state: "of a later version", keys: ["source-0"] },
    { keys: ["source-0"] },
  ])("with an invalid entry is refused before anything is sent: %j", async (entry) => {
    const api = new FakeCollection();
    const { error } = await run(api, invoices(1), { journal: memoryJournal(entry) });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining("Entry 1") });
    expect(api.requests).toEqual([]);
  });

  it.each([{}, null, 5])("without its methods is refused: %j", async (journal) => {
    const { error } = await run(new FakeCollection(), invoices(1), { journal: journal as unknown as Journal });
    expect(error).toMatchObject({ code: "invalid_option", message: "journal must have the methods load and save." });
  });

  it.each(["load", "save"] as const)("whose %s hangs does not delay an abort", async (method) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 1_000);
    const journal = { ...memoryJournal(), [method]: () => new Promise<never>(() => {}) };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(1), { journal, signal: controller.signal });
    expect(error).toEqual(new Error("enough"));
    expect(outcomes).toMatchObject(method === "save" ? [{ status: "unknown", sent: false }] : []);
    expect(api.requests).toEqual([]);
  });

  it("stores the message, status and body of a rejection", async () => {
    const journal = memoryJournal();
    const fault = () => ({ kind: "status", status: 422 }) as const;
    const first = await run(new FakeCollection({ fault }), invoices(1), { journal });
    expect(first.outcomes).toMatchObject([{ status: "rejected", reason: expect.any(ApiError) }]);
    const { outcomes } = await run(new FakeCollection(), invoices(1), { journal });
    expect(outcomes).toMatchObject([
      {
        status: "rejected",
        reason: { name: "ApiError", status: 422, message: expect.stringContaining("failed with 422"), body: {} },
      },
    ]);
  });

  it("stores the outcomes of a chunk concurrently", async () => {
    const journal = memoryJournal();
    const slow = async (entry: JournalEntry) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await journal.save(entry);
    };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(50), { journal: { ...journal, save: slow }, maxWait: 20_000 });
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(50), outcomes);
  });

  it("that fails after a request leaves the batch in the outcome", async () => {
    const journal = memoryJournal();
    const save = (entry: JournalEntry) =>
      entry.state === "sent" ? Promise.reject(new Error("disk full")) : journal.save(entry);
    const { outcomes, error } = await run(new FakeCollection(), invoices(1), { journal: { ...journal, save } });
    expect(error).toEqual(new Error("disk full"));
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true, batchId: "batch-1", lookUp: expect.stringContaining('batches.get("batch-1")') },
    ]);
  });

  it("with a batch that does not exist makes submit look the invoices up, and send the missing ones", async () => {
    const keys = ["source-0", "source-1"];
    const api = new FakeCollection();
    await run(api, invoices(1));
    const journal = memoryJournal({ state: "sent", keys, since, resent: false, batchId: "elsewhere" });
    const { outcomes } = await run(api, invoices(2), { journal, visibilityDelay: 5_000 });
    expect(outcomes).toMatchObject([
      { status: "accepted", batchId: undefined, invoiceId: "invoice-1" },
      { status: "accepted", batchId: "batch-2" },
    ]);
    expectExactlyOnce(api, invoices(2), outcomes);
  });
});

describe("a chunk that is resumed when some of its items have outcomes", () => {
  const since = "2026-01-01T00:00:00.000Z";
  const journal = () =>
    memoryJournal(
      { state: "sent", keys: ["source-0", "source-1"], since, batchId: "batch-1", resent: false },
      { state: "accepted", keys: ["source-0"], batchId: "batch-1", invoiceId: "invoice-1" },
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
    expect(outcomes).toMatchObject([{ status: "accepted" }, { status: "unknown", batchId: "batch-1" }]);
  });

  it("does not show the entries of other items in a reason", async () => {
    const batch = { status: "PARTIAL", succeeded: [], failed: [{ invoiceNumber: "number-0", name: "Kari" }] };
    const { outcomes } = await run(server(batch), invoices(2), { journal: journal() });
    expect(outcomes[1]).toMatchObject({ status: "rejected", reason: { batchStatus: "PARTIAL" } });
    expect(JSON.stringify(outcomes[1])).not.toContain("Kari");
  });
});

describe("an entry that a request was not processed", () => {
  const [since, later] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"];

  // An aborted run may store it late, when the next run has sent the item.
  it.each<[string, string[], boolean]>([
    ["makes the item new", [`sending ${since}`, `notProcessed ${since}`], true],
    ["does not cancel another request", [`sending ${later}`, `notProcessed ${since}`], false],
    ["cancels one request only", [`sending ${since}`, `sending ${since}`, `notProcessed ${since}`], false],
    ["leaves an earlier request", [`sending ${later}`, `sending ${since}`, `notProcessed ${since}`], false],
    ["does not cancel a request that is stored after it", [`notProcessed ${since}`, `sending ${since}`], false],
  ])("%s", async (_, entries, isNew) => {
    const keys: string[] = [];
    const payments = [{ invoiceId: "a", amount: 1, currency: "NOK" }];
    const recorder = { load: () => [], save: async (entry: JournalEntry) => void keys.push(...entry.keys) };
    await collect(orgOn(new FakeCollection()).payments.submit(payments, { journal: recorder }));
    const journal = memoryJournal(
      ...entries.map((entry) => {
        const [state, time] = entry.split(" ");
        return { state, keys: keys.slice(0, 1), since: time };
      }),
    );
    const api = new FakeCollection();
    const { outcomes } = await collect(orgOn(api).payments.submit(payments, { journal }));
    expect(outcomes).toMatchObject([{ status: isNew ? "accepted" : "unknown" }]);
    expect(api.payments).toHaveLength(isNew ? 1 : 0);
  });
});

describe("a payment that was certainly not processed", () => {
  const payments = [{ invoiceId: "a", amount: 1, currency: "NOK" }];
  const limited: Fault = { kind: "status", status: 429, retryAfter: 30 };

  /** Expects that the first run sent nothing that was processed, and that the next one sends it. */
  async function expectResumable(journal: Journal, submitted: AsyncIterable<Outcome<unknown>>) {
    const { outcomes } = await collect(submitted);
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false }]);
    const resumed = await collect(orgOn(new FakeCollection()).payments.submit(payments, { journal }));
    expect(resumed.outcomes).toMatchObject([{ status: "accepted" }]);
  }

  it.each<[string, Fault]>([
    ["is aborted during the backoff after 429", limited],
    ["is aborted during the backoff after a refused connection", { kind: "refuse connection" }],
    ["ends with 403", { kind: "status", status: 403 }],
  ])("is sent by the next run if the first %s", async (_, fault) => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    for (const maxRetries of [0, 2]) {
      const journal = memoryJournal();
      const controller = new AbortController();
      const api = new FakeCollection({
        fault(request) {
          setTimeout(() => controller.abort(new Error("stopped")), 10);
          return onWrites(fault)(request);
        },
      });
      await expectResumable(
        journal,
        orgOn(api, maxRetries).payments.submit(payments, { journal, signal: controller.signal }),
      );
      expect(api.requests).toEqual(["POST /payments"]);
    }
  });

  it("is sent by the next run if the first is aborted while the journal is written", async () => {
    const journal = memoryJournal();
    const controller = new AbortController();
    const save = async (entry: JournalEntry) => {
      controller.abort(new Error("stopped"));
      await journal.save(entry);
    };
    const api = new FakeCollection();
    const submitted = orgOn(api).payments.submit(payments, {
      journal: { ...journal, save },
      signal: controller.signal,
    });
    await expectResumable(journal, submitted);
    expect(api.requests).toEqual([]);
  });

  it("is sent by the next run if another ends the first while the journal is written", async () => {
    const journal = memoryJournal();
    const two = [...payments, { invoiceId: "b", amount: 1, currency: "NOK" }];
    const save = async (entry: JournalEntry) => {
      if (entry.state === "sending" && journal.lines.length > 0)
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      await journal.save(entry);
    };
    const api = new FakeCollection({ fault: onWrites({ kind: "status", status: 403 }) });
    const options = { journal: { ...journal, save }, chunkSize: 1, concurrency: 2 };
    const { outcomes } = await collect(orgOn(api).payments.submit(two, options));
    expect(outcomes).toMatchObject([{ sent: false }, { sent: false }]);
    expect(api.requests).toEqual(["POST /payments"]);
    const resumed = await collect(orgOn(new FakeCollection()).payments.submit(two, { journal }));
    expect(resumed.outcomes).toMatchObject([{ status: "accepted" }, { status: "accepted" }]);
  });
});

it("an invoice that was resent stays ambiguous when its last request was not processed", async () => {
  const journal = memoryJournal();
  const faults = onWrites({ kind: "late", ms: 60_000 }, { kind: "status", status: 429, retryAfter: 30 });
  const api = new FakeCollection({ fault: faults, unique: true });
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("stopped")), 20_000);
  const { outcomes } = await run(api, invoices(1), { journal, visibilityDelay: 0, signal: controller.signal });
  expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
  await vi.advanceTimersByTimeAsync(60_000);

  const resumed = await run(api, invoices(1), { journal, visibilityDelay: 0 });
  expectExactlyOnce(api, invoices(1), resumed.outcomes);
  expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(2);
});
