import type { JournalEntry, Outcome, SubmitOptions } from "amili-client";
import type { CorrectionInput } from "amili-client/debt-collection";
import { describe, expect, it } from "vitest";
import { clientWith, json, networkError, type Sent, status } from "../../../support/stub.js";

const payment = (invoiceId: string, amount: number) => ({ invoiceId, amount, currency: "NOK", type: "DIRECT_PAYMENT" });
const PAYMENTS = [payment("a", 1), payment("b", 2), payment("a", 3)];

/** Accepts writes; `batch` is how the batch ends. */
const server = (batch: (sent: Sent) => object) => (sent: Sent) =>
  sent.method === "POST"
    ? json({ data: { batchId: "batch" } }, { status: 202 })
    : json({ data: { batchId: "batch", createdAt: "2026-01-01T00:00:00Z", failed: [], ...batch(sent) } });

async function all<Item>(outcomes: AsyncIterable<Outcome<Item>>): Promise<Outcome<Item>[]> {
  const found: Outcome<Item>[] = [];
  for await (const outcome of outcomes) found.push(outcome);
  return found;
}

type Org = ReturnType<typeof clientWith>["org"];
type Outcomes = AsyncGenerator<Outcome<CorrectionInput>>;
const submit = (
  org: Org,
  name: "payments" | "corrections",
  items: typeof PAYMENTS,
  options?: SubmitOptions,
): Outcomes =>
  name === "payments" ? org.payments.submit(items, options) : org.corrections.submit<CorrectionInput>(items, options);

const sentBodies = (sent: Sent[]) =>
  sent.flatMap(({ method, body }) => (method === "POST" ? [JSON.parse(body ?? "")] : []));

describe.each(["payments", "corrections"] as const)("%s.submit", (name) => {
  it("sends items on the same invoice in different requests, since a batch names items by their invoice", async () => {
    const { org, sent } = clientWith(
      {},
      server(() => ({ status: "SUCCESS", succeeded: [] })),
    );
    const outcomes = await all(submit(org, name, PAYMENTS, { concurrency: 1 }));
    expect(outcomes.map(({ status, item }) => [status, item])).toEqual(PAYMENTS.map((item) => ["accepted", item]));
    expect(sentBodies(sent)).toEqual([{ [name]: PAYMENTS.slice(0, 2) }, { [name]: PAYMENTS.slice(2) }]);
  });

  it("matches the items of a partly accepted batch by their invoice", async () => {
    const { org } = clientWith(
      {},
      server(() => ({ status: "PARTIAL", succeeded: [{ invoiceId: "b" }], failed: [{ invoiceId: "a" }] })),
    );
    const outcomes = await all(submit(org, name, PAYMENTS.slice(0, 2)));
    expect(outcomes).toMatchObject([
      { status: "rejected", item: PAYMENTS[0], reason: { invoiceId: "a" } },
      { status: "accepted", item: PAYMENTS[1], invoiceId: "b" },
    ]);
  });

  it("leaves items unknown if the batch does not name them or the failure was ambiguous, and sends none again", async () => {
    const vague = clientWith(
      {},
      server(() => ({ status: "PARTIAL", succeeded: [{}], failed: [{}] })),
    );
    expect(await all(submit(vague.org, name, PAYMENTS.slice(0, 2)))).toMatchObject([
      { status: "unknown", sent: true, batchId: "batch", lookUp: expect.stringContaining('batches.get("batch")') },
      { status: "unknown", sent: true, batchId: "batch" },
    ]);

    const lost = clientWith(
      {},
      networkError("ECONNRESET", "read"),
      server(() => ({ status: "SUCCESS", succeeded: [] })),
    );
    const outcomes = await all(submit(lost.org, name, PAYMENTS, { concurrency: 1 }));
    expect(outcomes).toMatchObject([
      {
        status: "unknown",
        item: PAYMENTS[0],
        sent: true,
        lookUp: expect.stringMatching(/^batches\.list\(\) for batches since \d{4}-\d\d-\d\dT.* on the invoice\.$/),
      },
      { status: "unknown", item: PAYMENTS[1] },
      { status: "accepted", item: PAYMENTS[2] },
    ]);
    expect(sentBodies(lost.sent)).toHaveLength(2);
  });

  it("resumes from a journal by content, in any order", async () => {
    const entries: JournalEntry[] = [];
    const journal = { load: () => entries.splice(0), save: async (entry: JournalEntry) => void entries.push(entry) };
    const answer = server(() => ({ status: "SUCCESS", succeeded: [] }));
    const twice = [...PAYMENTS, payment("a", 1)];

    // The second chunk, with the second payment on "a", fails.
    const first = clientWith({}, answer, answer, networkError("ECONNRESET", "read"), answer);
    await all(submit(first.org, name, twice, { journal, concurrency: 1 }));
    expect(entries.filter(({ state }) => state === "accepted")).toHaveLength(3);

    const second = clientWith({}, answer);
    const more = [
      payment("c", 4),
      ...twice.toReversed().map((item) => Object.fromEntries(Object.entries(item).reverse())),
    ];
    const outcomes = await all(submit(second.org, name, more as typeof PAYMENTS, { journal, concurrency: 1 }));
    expect(outcomes.map(({ status, item }) => [status, item.invoiceId, item.amount])).toEqual([
      ["accepted", "c", 4],
      ["accepted", "a", 1],
      ["unknown", "a", 3],
      ["accepted", "b", 2],
      ["accepted", "a", 1],
    ]);
    expect(sentBodies(second.sent)).toEqual([{ [name]: [payment("c", 4)] }]);
  });

  it("fills the next request after it separated items", async () => {
    const { org, sent } = clientWith(
      {},
      server(() => ({ status: "SUCCESS", succeeded: [] })),
    );
    await all(submit(org, name, [payment("a", 1), payment("b", 2), payment("a", 3), payment("b", 4)]));
    expect(sentBodies(sent).map((body) => body[name].length)).toEqual([2, 2]);
  });

  it("has keys that differ from those of the other kind", async () => {
    const entries: JournalEntry[] = [];
    const journal = { load: () => [...entries], save: async (entry: JournalEntry) => void entries.push(entry) };
    const answer = server(() => ({ status: "SUCCESS", succeeded: [] }));
    for (const kind of ["payments", "corrections"] as const) {
      const { org, sent } = clientWith({}, answer);
      await all(submit(org, kind, PAYMENTS.slice(0, 1), { journal }));
      expect(sentBodies(sent)).toHaveLength(1);
    }
  });

  it("ends before anything is sent if the journal cannot be written", async () => {
    const journal = { load: () => [], save: () => Promise.reject(new Error("disk full")) };
    const { org, sent } = clientWith({}, status(500));
    const outcomes: Outcome<unknown>[] = [];
    const reading = (async () => {
      for await (const outcome of submit(org, name, PAYMENTS.slice(0, 1), { journal })) outcomes.push(outcome);
    })();
    await expect(reading).rejects.toThrow("disk full");
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false }]);
    expect(sent).toEqual([]);
  });
});
