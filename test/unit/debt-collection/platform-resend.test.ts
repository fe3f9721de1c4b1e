import { Amili } from "amili-client";
import { beforeEach, expect, it, vi } from "vitest";
import { FakeCollection } from "../../support/fake-collection.js";
import { byStatus, collect, invoices } from "../../support/submitting.js";

// A browser, as far as the pipeline can tell.
vi.mock(import("../../../src/http/platform.js"), () => ({
  canPlatformResend: () => true,
  withoutPlatformResend: (init: RequestInit) => init,
}));

beforeEach(() => void vi.useFakeTimers());
/** Sends each POST twice and gives the second response, as browsers do when a connection closes before the response. */
async function submitTwice(api: FakeCollection) {
  const twice: typeof api.fetch = async (url, init) => {
    if (init.method === "POST") await api.fetch(url, init);
    return api.fetch(url, init);
  };
  vi.stubGlobal("fetch", twice);
  const amili = new Amili({ accessToken: "T", allowPlatformResend: true });
  return collect(amili.debtCollection.organization("org").invoices.submit(invoices(5)));
}

it("an invoice that was refused as a duplicate of the platform's first request is accepted", async () => {
  const api = new FakeCollection({ unique: true });
  const { outcomes, error } = await submitTwice(api);
  expect(error).toBeUndefined();
  expect(byStatus(outcomes, "accepted")).toHaveLength(5);
  expect(api.accepted).toHaveLength(5);
});

it("an invoice that the API really refuses is rejected", async () => {
  const api = new FakeCollection({ rejects: ({ invoiceNumber }) => (invoiceNumber === "number-2" ? "no" : undefined) });
  const { outcomes } = await submitTwice(api);
  expect(byStatus(outcomes, "rejected")).toEqual(["source-2"]);
});
