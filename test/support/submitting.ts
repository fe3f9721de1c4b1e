import { Amili, type JournalEntry, type Outcome, type SubmitOptions } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { expect, vi } from "vitest";
// Otherwise loaded on first use, which fake time does not wait for.
import "../../src/debt-collection/submit/submit.js";
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
  options: SubmitOptions = {},
  maxRetries = 0,
) => collect(orgOn(api, maxRetries).invoices.submit(input, options));

/** A journal in memory that stores entries as JSON. */
export function memoryJournal(...entries: unknown[]) {
  const lines = entries.map((entry) => JSON.stringify(entry));
  return {
    lines,
    load: () => lines.map((line) => JSON.parse(line) as JournalEntry),
    save: async (entry: JournalEntry) => void lines.push(JSON.stringify(entry)),
  };
}

export const byStatus = (outcomes: Outcome<InvoiceInput>[], status: string) =>
  outcomes.filter((outcome) => outcome.status === status).map(({ key }) => key);

/** Expects that the API accepted no invoice twice, and that the outcomes agree with the API. */
export function expectExactlyOnce(api: FakeCollection, input: InvoiceInput[], outcomes: Outcome<InvoiceInput>[]): void {
  const accepted = api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
  expect(accepted.length, "an invoice was accepted twice").toBe(new Set(accepted).size);
  expect(outcomes.map(({ key }) => key).toSorted()).toEqual(input.map((i) => i.uniqueSourceInvoiceId).toSorted());
  expect(byStatus(outcomes, "accepted").toSorted()).toEqual(accepted.toSorted());
}

/** Faults for the first writes, in order. */
export function onWrites(...faults: (Fault | undefined)[]) {
  let count = 0;
  return ({ method }: { method: string }) => (method === "POST" ? faults[count++] : undefined);
}
