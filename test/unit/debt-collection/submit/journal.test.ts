import { ApiError, ConfigurationError, type Journal, type JournalEntry } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection } from "../../../support/fake-collection.js";
import { expectTrue, invoices, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A journal in memory, as JSON keeps it. */
function memory(...entries: unknown[]) {
  const lines = entries.map((entry) => JSON.stringify(entry));
  return {
    lines,
    load: () => lines.map((line) => JSON.parse(line) as JournalEntry),
    save: async (entry: JournalEntry) => void lines.push(JSON.stringify(entry)),
  };
}

describe("a journal", () => {
  it.each<unknown>([
    null,
    {},
    { state: "sent", keys: ["source-0"] },
    { state: "sent", keys: ["source-0"], batchId: "" },
    { state: "sending", keys: "source-0", at: "2026-01-01T00:00:00Z" },
    { state: "sending", keys: [7], at: "2026-01-01T00:00:00Z" },
    { state: "of a later version", keys: ["source-0"] },
    { keys: ["source-0"] },
  ])("with an entry that is none is refused before anything is sent: %j", async (entry) => {
    const api = new FakeCollection();
    const { error } = await run(api, invoices(1), { journal: memory(entry) });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining("Entry 1") });
    expect(api.requests).toEqual([]);
  });

  it("without its methods is refused", async () => {
    const { error } = await run(new FakeCollection(), invoices(1), { journal: {} as Journal });
    expect(error).toMatchObject({ code: "invalid_option", message: "journal must have the methods load and save." });
  });

  it.each(["load", "save"] as const)("whose %s hangs does not keep an abort from ending the run", async (method) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 1_000);
    const journal = { ...memory(), [method]: () => new Promise<never>(() => {}) };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(1), { journal, signal: controller.signal });
    expect(error).toEqual(new Error("enough"));
    expect(outcomes).toMatchObject(method === "save" ? [{ status: "unknown", sent: false }] : []);
    expect(api.requests).toEqual([]);
  });

  it("keeps of a refusal what it says", async () => {
    const journal = memory();
    const trouble = () => ({ kind: "status", status: 422 }) as const;
    const first = await run(new FakeCollection({ trouble }), invoices(1), { journal });
    expect(first.outcomes).toMatchObject([{ status: "rejected", reason: expect.any(ApiError) }]);
    const { outcomes } = await run(new FakeCollection(), invoices(1), { journal });
    expect(outcomes).toMatchObject([
      {
        status: "rejected",
        reason: { name: "ApiError", status: 422, message: expect.stringContaining("answered 422"), body: {} },
      },
    ]);
  });

  it("writes outcomes of a chunk at once", async () => {
    const journal = memory();
    const slow = async (entry: JournalEntry) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await journal.save(entry);
    };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(50), { journal: { ...journal, save: slow }, timeout: 20_000 });
    expect(error).toBeUndefined();
    expectTrue(api, invoices(50), outcomes);
  });

  it("tells the batch of an unknown outcome also where it could not be written", async () => {
    const journal = memory();
    const save = (entry: JournalEntry) =>
      entry.state === "sent" ? Promise.reject(new Error("disk full")) : journal.save(entry);
    const { outcomes, error } = await run(new FakeCollection(), invoices(1), { journal: { ...journal, save } });
    expect(error).toEqual(new Error("disk full"));
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true, batchId: "batch-1", lookUp: expect.stringContaining('batches.get("batch-1")') },
    ]);
  });

  it("whose time cannot be read has all of the past looked through", async () => {
    const api = new FakeCollection();
    await run(api, invoices(1));
    const journal = memory({ state: "sending", keys: ["source-0"], at: "yesterday" });
    const { outcomes } = await run(api, invoices(1), { journal });
    expectTrue(api, invoices(1), outcomes);
  });

  it("of another system names a batch that is not here: the invoices are looked for, and sent where they are not", async () => {
    const keys = ["source-0", "source-1"];
    const api = new FakeCollection();
    await run(api, invoices(1));
    const journal = memory({ state: "sent", keys, batchId: "elsewhere" });
    const { outcomes } = await run(api, invoices(2), { journal, settle: 5_000 });
    expect(outcomes).toMatchObject([
      { status: "accepted", batchId: undefined, invoiceId: "invoice-1" },
      { status: "accepted", batchId: "batch-2" },
    ]);
    expectTrue(api, invoices(2), outcomes);
  });
});
