import type { Fetch, Journal, JournalRecord, Outcome } from "amili-client";
import type { PaymentInput } from "amili-client/debt-collection";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions, type Fault } from "../../../support/fake-collection.js";
import {
  byStatus,
  collect,
  expectExactlyOnce,
  expectNoContradiction,
  invoices,
  memoryJournal,
  onWrites,
  orgOn,
} from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
type MemoryJournal = ReturnType<typeof memoryJournal>;
type Org = ReturnType<typeof orgOn>;
type Submit<Item> = (org: Org, journal: Journal) => AsyncIterable<Outcome<Item>>;

/** A process that is killed at one of its crash points: before or after a request or a journal write takes effect. */
class KillableProcess {
  /** The last step of each key (of a journal record) or invoice id (of a request), in order. */
  readonly lastSteps = new Map<string, string>();
  isKilled = false;
  #points = 0;

  constructor(
    readonly api: FakeCollection,
    readonly journal: MemoryJournal,
    readonly killAt: number,
  ) {}

  run<Item>(submit: Submit<Item>) {
    const fetch: Fetch = (url, init) =>
      this.#step(String(init.method), invoiceIdsIn(init.body), () => this.api.fetch(url, init));
    const write = (records: readonly JournalRecord[]) => {
      const keys = records.map(({ key }) => key);
      return this.#step(records[0]?.state ?? "nothing", keys, () => this.journal.write(records));
    };
    return collect(submit(orgOn({ fetch }), { ...this.journal, write }), () => this.isKilled);
  }

  async #step<Result>(name: string, ids: string[], effect: () => Promise<Result>): Promise<Result> {
    const mark = (when: string) => {
      for (const id of this.isKilled ? [] : ids) {
        this.lastSteps.delete(id);
        this.lastSteps.set(id, `${when} ${name}`);
      }
    };
    mark("before");
    if (this.#isKilledHere()) return NEVER;
    mark("after");
    const [result] = await Promise.allSettled([effect()]);
    if (this.#isKilledHere()) return NEVER;
    if (result.status === "rejected") throw result.reason;
    return result.value;
  }

  #isKilledHere(): boolean {
    this.isKilled ||= ++this.#points === this.killAt;
    return this.isKilled;
  }
}

/** A killed process does not continue. */
const NEVER = new Promise<never>(() => {});

const invoiceIdsIn = (body: unknown): string[] =>
  [...String(body).matchAll(/"invoiceId":"([^"]+)"/g)].map((m) => m[1] ?? "");

/** Kills one process after the other at the given points, then lets the last one finish. */
async function runKilledAt<Item>(api: FakeCollection, submit: Submit<Item>, ...kills: number[]) {
  const journal = memoryJournal();
  const killed: KillableProcess[] = [];
  for (const killAt of kills) {
    const process = new KillableProcess(api, journal, killAt);
    const result = await process.run(submit);
    if (!process.isKilled) return { ...result, killed };
    killed.push(process);
  }
  return { ...(await new KillableProcess(api, journal, Number.POSITIVE_INFINITY).run(submit)), killed };
}

/** Repeats a scenario with a kill at each crash point in turn. */
async function atEveryCrashPoint(scenario: (killAt: number) => Promise<{ killed: unknown[] }>): Promise<void> {
  let points = 0;
  while ((await scenario(points + 1)).killed.length > 0) points++;
  expect(points).toBeGreaterThan(8);
}

describe("a process that is killed at any point and run again", { timeout: 60_000 }, () => {
  // The client gives up after 5 s. The first request is processed after 6 s, while the second is in flight.
  const overtaken = () => onWrites({ kind: "late", ms: 6_000 }, { kind: "late", ms: 2_000 });

  it.each<[string, () => FakeOptions]>([
    ["was sent again before the first request was processed", () => ({ fault: overtaken(), unique: true })],
    [
      "was sent again and met a conflict",
      () => ({
        fault: onWrites({ kind: "late", ms: 6_000 }, { kind: "status", status: 409, ms: 2_000 }),
        unique: true,
      }),
    ],
    ["was lost and sent again", () => ({ fault: onWrites({ kind: "close before processing" }), unique: true })],
    ["was accepted without a response", () => ({ fault: onWrites({ kind: "close after processing" }) })],
    ["met a rate limit", () => ({ fault: onWrites({ kind: "status", status: 429, retryAfter: 1 }) })],
    [
      "met a rate limit after it was accepted",
      () => ({ fault: onWrites({ kind: "status", status: 429, after: true }) }),
    ],
    ["was refused with others", () => ({ fault: onWrites({ kind: "status", status: 422 }) })],
  ])("accepts an invoice that %s", async (_, options) => {
    await atEveryCrashPoint(async (killAt) => {
      const api = new FakeCollection(options());
      const result = await runKilledAt(
        api,
        (org, journal) => org.invoices.submit(invoices(2), { journal, visibilityDelay: 0 }),
        killAt,
      );
      expectExactlyOnce(api, invoices(2), result.outcomes);
      return result;
    });
  });

  // By its number alone, an invoice of an earlier process cannot be told from those that this one has not read yet.
  it("sends no invoice twice where lists do not identify invoices", async () => {
    await atEveryCrashPoint(async (killAt) => {
      const api = new FakeCollection({ fault: overtaken(), unique: true, filters: false, listsSourceIds: false });
      const result = await runKilledAt(
        api,
        (org, journal) => org.invoices.submit(invoices(1), { journal, visibilityDelay: 0 }),
        killAt,
      );
      expectNoContradiction(api, invoices(1), result.outcomes);
      if (result.killed.length === 0) expectExactlyOnce(api, invoices(1), result.outcomes);
      return result;
    });
  });

  /** The steps after which nobody can know whether the request was processed. */
  const AMBIGUOUS = new Set(["after sending", "before POST", "after POST", "before sent", "before notSent"]);
  const unconnected: Fault = { kind: "refuse connection" };
  const invalid: Fault = { kind: "status", status: 400 };

  it.each<[string, (Fault | undefined)[]]>([
    ["are accepted at once", []],
    ["find no connection", [unconnected, unconnected]],
    ["are divided", [invalid]],
    ["are divided, and a part finds no connection", [invalid, unconnected]],
  ])("sends payments once that %s, and all that were not in flight", async (_, faults) => {
    const options = (journal: Journal) => ({ journal, visibilityDelay: 1_000 });
    const payments: PaymentInput[] = ["a", "b", "c"].map((invoiceId) => ({ invoiceId, amount: 1, currency: "NOK" }));
    await atEveryCrashPoint(async (killAt) => {
      const api = new FakeCollection({ fault: onWrites(...faults) });
      const result = await runKilledAt(api, (org, journal) => org.payments.submit(payments, options(journal)), killAt);
      const paid = api.payments.map(({ invoiceId }) => invoiceId);
      expect(paid.length, "a payment was made twice").toBe(new Set(paid).size);
      expect(result.outcomes).toHaveLength(payments.length);
      for (const { status, key, item } of result.outcomes) {
        const steps = [...(result.killed[0]?.lastSteps ?? [])].filter(([id]) => id === key || id === item.invoiceId);
        const lastStep = steps.at(-1)?.[1] ?? "none";
        expect([lastStep, status]).toEqual([lastStep, AMBIGUOUS.has(lastStep) ? "unknown" : "accepted"]);
        if (status === "accepted") expect(paid).toContain(item.invoiceId);
      }
      return result;
    });
  });

  it("accepts every invoice once, whatever fails", async () => {
    const fault = fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      fc.constantFrom<Fault>(
        { kind: "refuse connection" },
        { kind: "close before processing" },
        { kind: "close after processing" },
        { kind: "late", ms: 1_000 },
        { kind: "late", ms: 15_000 },
        { kind: "status", status: 500 },
        { kind: "status", status: 429, retryAfter: 1 },
        { kind: "status", status: 503 },
        { kind: "status", status: 503, retryAfter: 1, after: true },
        { kind: "status", status: 422 },
        { kind: "invalid json" },
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { minLength: 200, maxLength: 200 }),
        fc.record({
          count: fc.integer({ min: 1, max: 40 }),
          chunkSize: fc.integer({ min: 1, max: 12 }),
          concurrency: fc.integer({ min: 1, max: 4 }),
        }),
        fc.record({ filters: fc.boolean(), batchesNameItems: fc.boolean(), listsSourceIds: fc.boolean() }),
        fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
        async (faults, { count, ...sizes }, server, kills) => {
          const rejects = (invoice: Record<string, string>) =>
            invoice.uniqueSourceInvoiceId?.endsWith("5") ? "invalid" : undefined;
          const api = new FakeCollection({ ...server, rejects, fault: (request) => faults[request.count % 200] });
          const options = { ...sizes, visibilityDelay: 30_000, maxWait: 1_000_000_000 };
          const { outcomes, error } = await runKilledAt(
            api,
            (org, journal) => org.invoices.submit(invoices(count), { ...options, journal }),
            ...kills,
          );
          expect(error).toBeUndefined();
          expectNoContradiction(api, invoices(count), outcomes);
          if (!server.listsSourceIds && kills.length > 0) return;
          expectExactlyOnce(api, invoices(count), outcomes);
          expect(byStatus(outcomes, "unknown")).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
