import { Amili, type Outcome, type SubmitOptions } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { expect, vi } from "vitest";
// Loaded when it is first used otherwise, for which no clock of a test waits.
import "../../src/debt-collection/submit/kinds.js";
import type { FakeCollection, Trouble } from "./fake-collection.js";

export const invoices = (count: number): InvoiceInput[] =>
  Array.from({ length: count }, (_, i) => ({ uniqueSourceInvoiceId: `source-${i}`, invoiceNumber: `number-${i}` }));

export const orgOn = (api: Pick<FakeCollection, "fetch">, maxRetries = 0) =>
  new Amili({ accessToken: "T", fetch: api.fetch, maxRetries, timeout: 5_000 }).debtCollection.organization("org");

/** Submits, with the clock turned on whenever all wait. */
export async function run(
  api: Pick<FakeCollection, "fetch">,
  input: Iterable<InvoiceInput> | AsyncIterable<InvoiceInput>,
  options: SubmitOptions = {},
  maxRetries = 0,
) {
  const outcomes: Outcome<InvoiceInput>[] = [];
  let error: unknown;
  let done = false;
  const reading = (async () => {
    try {
      for await (const outcome of orgOn(api, maxRetries).invoices.submit(input, options)) outcomes.push(outcome);
    } catch (e) {
      error = e;
    }
    done = true;
  })();
  while (!done) await vi.advanceTimersByTimeAsync(250);
  await reading;
  return { outcomes, error };
}

export const byStatus = (outcomes: Outcome<InvoiceInput>[], status: string) =>
  outcomes.filter((outcome) => outcome.status === status).map(({ key }) => key);

/** Every invoice was taken at most once, and each outcome says what is so. */
export function expectTrue(api: FakeCollection, input: InvoiceInput[], outcomes: Outcome<InvoiceInput>[]): void {
  const taken = api.taken.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
  expect(taken.length, "an invoice was taken twice").toBe(new Set(taken).size);
  expect(outcomes.map(({ key }) => key).toSorted()).toEqual(input.map((i) => i.uniqueSourceInvoiceId).toSorted());
  expect(byStatus(outcomes, "accepted").toSorted()).toEqual(taken.toSorted());
}

/** Trouble with the first writes, one after the other. */
export function atPosts(...troubles: (Trouble | undefined)[]) {
  let count = 0;
  return ({ method }: { method: string }) => (method === "POST" ? troubles[count++] : undefined);
}
