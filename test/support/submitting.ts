import { createHash } from "node:crypto";
import { Amili, type JournalOwner, type JournalRecord, type Outcome, type SubmitOptions } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { expect, vi } from "vitest";
// Otherwise loaded on first use, which fake time does not wait for.
import "../../src/debt-collection/submit/run.js";
import type { InFlightItem } from "../../src/debt-collection/submit/types.js";
import type { FakeCollection, Fault } from "./fake-collection.js";

export const invoices = (count: number): InvoiceInput[] =>
  Array.from({ length: count }, (_, i) => ({ uniqueSourceInvoiceId: `source-${i}`, invoiceNumber: `number-${i}` }));

export const orgOn = (api: Pick<FakeCollection, "fetch">, maxRetries = 0) =>
  new Amili({ accessToken: "T", fetch: api.fetch, maxRetries, timeout: 5_000 }).debtCollection.organization("org");

/** An item before its first request, but for what is given. */
export const inFlightItem = <Item>(state: Partial<InFlightItem<Item>> = {}): InFlightItem<Item> => ({
  item: {} as Item,
  content: state.item ?? ({} as Item),
  key: "key",
  since: undefined,
  batchId: undefined,
  idempotencyKey: undefined,
  isResumed: false,
  isSent: false,
  throttledRequests: 0,
  lostRequests: 0,
  outcome: undefined,
  ...state,
});

/** The platform hashes in other threads, which fake time does not wait for. */
function hashAtOnce(): void {
  const digest = async (_: unknown, data: BufferSource) =>
    new Uint8Array(
      createHash("sha256")
        .update(new Uint8Array(data as Uint8Array))
        .digest(),
    ).buffer;
  vi.spyOn(crypto.subtle, "digest").mockImplementation(digest);
}

/** Reads outcomes until they end or throw. Fake time runs meanwhile, until `isOver` gives up the reading. */
export async function collect<Item>(submitted: AsyncIterable<Outcome<Item>>, isOver: () => boolean = () => false) {
  const result: { outcomes: Outcome<Item>[]; error: unknown } = { outcomes: [], error: undefined };
  let isDone = false;
  hashAtOnce();
  void (async () => {
    try {
      for await (const outcome of submitted) result.outcomes.push(outcome);
    } catch (error) {
      result.error = error;
    }
    isDone = true;
  })();
  // Short steps first, then longer ones.
  for (let time = 0, step = 250; !isDone && !isOver(); time += step) {
    step = Math.min(10_000, Math.max(250, Math.floor(time / 10)));
    await vi.advanceTimersByTimeAsync(step);
  }
  return result;
}

export const run = (
  api: Pick<FakeCollection, "fetch">,
  input: Iterable<InvoiceInput> | AsyncIterable<InvoiceInput>,
  options: SubmitOptions<InvoiceInput> = {},
  maxRetries = 0,
) => collect(orgOn(api, maxRetries).invoices.submit(input, options));

/** A journal in memory that stores records as JSON. */
export function memoryJournal(...records: unknown[]) {
  const lines = records.map((record) => JSON.stringify(record));
  const parse = () => lines.map((line): JournalRecord => JSON.parse(line));
  return {
    lines,
    owners: [] as JournalOwner[],
    open: async function (owner: JournalOwner) {
      this.owners.push(owner);
    },
    async read(keys: readonly string[]) {
      const last = new Map(parse().map((record) => [record.key, record]));
      return keys.flatMap((key) => last.get(key) ?? []);
    },
    async write(written: readonly JournalRecord[]) {
      lines.push(...written.map((record) => JSON.stringify(record)));
    },
    async close() {},
  };
}

export const byStatus = (outcomes: Outcome<InvoiceInput>[], status: string) =>
  outcomes.filter((outcome) => outcome.status === status).map(({ key }) => key);

/** Expects that the API accepted no invoice twice, and that no outcome contradicts the API. */
export function expectNoContradiction(
  api: FakeCollection,
  input: InvoiceInput[],
  outcomes: Outcome<InvoiceInput>[],
): void {
  const accepted = api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
  expect(accepted.length, "an invoice was accepted twice").toBe(new Set(accepted).size);
  expect(outcomes.map(({ key }) => key).toSorted()).toEqual(input.map((i) => i.uniqueSourceInvoiceId).toSorted());
  expect(accepted).toEqual(expect.arrayContaining(arrived(outcomes)));
  const rejected = byStatus(outcomes, "rejected");
  expect(accepted.filter((id) => rejected.includes(id))).toEqual([]);
}

/** Expects that the API accepted no invoice twice, and that the outcomes agree with the API. */
export function expectExactlyOnce(api: FakeCollection, input: InvoiceInput[], outcomes: Outcome<InvoiceInput>[]): void {
  expectNoContradiction(api, input, outcomes);
  const accepted = api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
  expect(arrived(outcomes).toSorted()).toEqual(accepted.toSorted());
}

/** The keys of the invoices that the API has, by their outcomes. */
const arrived = (outcomes: Outcome<InvoiceInput>[]) => [
  ...byStatus(outcomes, "accepted"),
  ...byStatus(outcomes, "exists"),
];

/** Faults for the first writes, in order. */
export function onWrites(...faults: (Fault | undefined)[]) {
  let count = 0;
  return ({ method }: { method: string }) => (method === "POST" ? faults[count++] : undefined);
}
