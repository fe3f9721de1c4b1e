import { Amili, type JournalOwner, type JournalRecord, type Outcome, type SubmitOptions } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { expect, vi } from "vitest";
// Otherwise loaded on first use, which fake time does not wait for.
import "../../src/debt-collection/submit/run.js";
import type { FakeCollection, Fault } from "./fake-collection.js";

export const invoices = (count: number): InvoiceInput[] =>
  Array.from({ length: count }, (_, i) => ({ uniqueSourceInvoiceId: `source-${i}`, invoiceNumber: `number-${i}` }));

export const orgOn = (api: Pick<FakeCollection, "fetch">, maxRetries = 0) =>
  new Amili({ accessToken: "T", fetch: api.fetch, maxRetries, timeout: 5_000 }).debtCollection.organization("org");

/** Reads outcomes until they end or throw. Fake time runs meanwhile, until `isOver` gives up the reading. */
export async function collect<Item>(submitted: AsyncIterable<Outcome<Item>>, isOver: () => boolean = () => false) {
  const result: { outcomes: Outcome<Item>[]; error: unknown } = { outcomes: [], error: undefined };
  let isDone = false;
  void (async () => {
    try {
      for await (const outcome of submitted) result.outcomes.push(outcome);
    } catch (error) {
      result.error = error;
    }
    isDone = true;
  })();
  while (!isDone && !isOver()) await vi.advanceTimersByTimeAsync(250);
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

/** Expects that the API accepted no invoice twice, and that the outcomes agree with the API. */
export function expectExactlyOnce(api: FakeCollection, input: InvoiceInput[], outcomes: Outcome<InvoiceInput>[]): void {
  const accepted = api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
  expect(accepted.length, "an invoice was accepted twice").toBe(new Set(accepted).size);
  expect(outcomes.map(({ key }) => key).toSorted()).toEqual(input.map((i) => i.uniqueSourceInvoiceId).toSorted());
  const arrived = [...byStatus(outcomes, "accepted"), ...byStatus(outcomes, "exists")];
  expect(arrived.toSorted()).toEqual(accepted.toSorted());
}

/** Faults for the first writes, in order. */
export function onWrites(...faults: (Fault | undefined)[]) {
  let count = 0;
  return ({ method }: { method: string }) => (method === "POST" ? faults[count++] : undefined);
}
