import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeCollection } from "../../../support/fake-collection.js";
import { collect, invoices, memoryJournal, orgOn } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const payments = [1, 1, 2].map((amount) => ({ invoiceId: "a", amount, currency: "NOK" }));
const ids = new Map(payments.map((payment, i) => [payment, `erp-${i}`]));

it("payments have the keys that the option gives them, also when they are resumed one by one", async () => {
  const api = new FakeCollection();
  const journal = memoryJournal();
  const options = { journal, key: (payment: (typeof payments)[0]) => ids.get(payment) ?? "" };
  const first = await collect(orgOn(api).payments.submit(payments.slice(1), options));
  expect(first.outcomes.map(({ key, status }) => [key, status]).sort()).toEqual([
    ["erp-1", "accepted"],
    ["erp-2", "accepted"],
  ]);
  const { outcomes } = await collect(orgOn(api).payments.submit(payments, options));
  expect(outcomes.map(({ key, status }) => [key, status]).sort()).toEqual([
    ["erp-0", "accepted"],
    ["erp-1", "accepted"],
    ["erp-2", "accepted"],
  ]);
  expect(api.payments.map(({ amount }) => amount).sort()).toEqual([1, 1, 2]);
});

it.each([
  ["", "gave no id"],
  ["\ud800", "gave no id"],
  [7, "gave no id"],
  ["same", "same key"],
])("a payment with the key %j is rejected", async (key, problem) => {
  const options = { key: () => key as string };
  const { outcomes } = await collect(orgOn(new FakeCollection()).payments.submit(payments.slice(0, 2), options));
  const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
  expect(reasons.at(-1)).toContain(problem);
});

it("an invoice has its own id", async () => {
  const submitted = orgOn(new FakeCollection()).invoices.submit(invoices(1), { key: () => "a" });
  expect((await collect(submitted)).error).toMatchObject({ code: "invalid_option" });
});
