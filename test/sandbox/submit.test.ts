import { Amili, type JournalEntry, type Outcome } from "amili-client";
import { type FaultRule, type Sandbox, startSandbox } from "amili-client/sandbox";
import { describe, expect, it } from "vitest";

const ORGANIZATION = "7bc05553-4b68-44e8-b7bc-37be63c6d9e9";
const invoices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    type: "NOTICE",
    uniqueSourceInvoiceId: `submitted-${i}`,
    invoiceNumber: `SUB-${i}`,
    originalInvoiceAmount: 100 + i,
    currency: "NOK",
    invoiceDate: "2026-01-15",
    dueDate: "2026-02-15",
  }));

const KINDS: FaultRule["fault"][] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 502 },
  { kind: "status", status: 503, retryAfter: 0 },
  { kind: "status", status: 429, retryAfter: 0 },
  { kind: "delay", ms: 20 },
  { kind: "close-before" },
  { kind: "close-during", ms: 30 },
  { kind: "close-after" },
  { kind: "cut-off" },
  { kind: "truncated-json" },
  { kind: "invalid-json" },
  { kind: "empty-body" },
  { kind: "content-type" },
  { kind: "token-refused" },
  { kind: "token-ended" },
  { kind: "duplicate-page-token" },
  { kind: "stuck-batch", ms: 200 },
];

/** One call in ten fails, in any of the ways. */
const faults: FaultRule[] = KINDS.map((fault) => ({ operation: "*", probability: 0.1 / KINDS.length, fault }));

const connect = ({ baseUrls, credentials }: Sandbox) =>
  new Amili({ baseUrls, ...credentials, timeout: 5_000 }).debtCollection.organization(ORGANIZATION);

/** How often each invoice is there, asked when nothing fails any more. */
async function taken(sandbox: Sandbox): Promise<Map<string, number>> {
  sandbox.faults.clear();
  const counts = new Map<string, number>();
  for await (const { invoiceNumber = "" } of connect(sandbox).invoices.list({}, { prefetch: 0 })) {
    if (invoiceNumber.startsWith("SUB-")) counts.set(invoiceNumber, (counts.get(invoiceNumber) ?? 0) + 1);
  }
  return counts;
}

async function expectEachOnce(
  sandbox: Sandbox,
  count: number,
  outcomes: Outcome<{ invoiceNumber: string }>[],
): Promise<void> {
  const found = await taken(sandbox);
  expect(outcomes).toHaveLength(count);
  expect([...found].filter(([, times]) => times !== 1)).toEqual([]);
  const accepted = outcomes.filter(({ status }) => status === "accepted").map(({ item }) => item.invoiceNumber);
  expect(accepted.toSorted()).toEqual([...found.keys()].toSorted());
  expect(outcomes.filter(({ status }) => status === "unknown")).toEqual([]);
}

const start = (seed: number) => startSandbox({ seed, faults, size: 0, batchTime: 30, uniqueInvoices: false });

describe.concurrent("invoices.submit over real HTTP, where one call in ten fails in any way", () => {
  it.each([1, 2, 3])("takes each of 10 000 invoices once, with seed %i", { timeout: 240_000 }, async (seed) => {
    const sandbox = await start(seed);
    const outcomes = [];
    for await (const outcome of connect(sandbox).invoices.submit(invoices(10_000), { settle: 150 }))
      outcomes.push(outcome);
    await expectEachOnce(sandbox, 10_000, outcomes);
    await sandbox.close();
  });

  it("goes on where it was stopped in the middle", { timeout: 240_000 }, async () => {
    const sandbox = await start(4);
    const lines: string[] = [];
    const journal = {
      load: () => lines.map((line) => JSON.parse(line) as JournalEntry),
      save: async (entry: JournalEntry) => void lines.push(JSON.stringify(entry)),
    };
    const controller = new AbortController();
    let settled = 0;
    const first = connect(sandbox).invoices.submit(invoices(10_000), {
      settle: 150,
      journal,
      signal: controller.signal,
    });
    const stopped = (async () => {
      for await (const { status } of first)
        if (status !== "unknown" && ++settled === 3_000) controller.abort(new Error("stopped"));
    })();
    await expect(stopped).rejects.toThrow("stopped");

    const outcomes = [];
    const second = connect(sandbox).invoices.submit(invoices(10_000), { settle: 150, journal });
    for await (const outcome of second) outcomes.push(outcome);
    await expectEachOnce(sandbox, 10_000, outcomes);
    await sandbox.close();
  });
});
