import { Amili, ConfigurationError, type Fetch } from "amili-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { wrapFetch } from "../../../src/http/wrap-fetch.js";
import { failure, json, ORG } from "../../support/stub.js";

const passOn =
  (fetch: Fetch): Fetch =>
  (url, init) =>
    fetch(url, init);
const create = (fetch: Fetch) =>
  new Amili({ accessToken: "T0", fetch, maxRetries: 0 }).debtCollection
    .organization(ORG)
    .invoices.create([{ invoiceNumber: "1", uniqueSourceInvoiceId: "1" } as never]);

afterEach(() => vi.unstubAllGlobals());

describe("a wrapped fetch", () => {
  it.each([
    { inner: "the platform's by default", fetch: () => wrapFetch(undefined, passOn) },
    { inner: "the platform's", fetch: () => wrapFetch(globalThis.fetch, passOn) },
    { inner: "a wrapper of the platform's", fetch: () => wrapFetch(wrapFetch(undefined, passOn), passOn) },
  ])("around $inner keeps writes from being sent where the platform may resend", async ({ fetch }) => {
    const send = vi.fn();
    vi.stubGlobal("fetch", send);
    const wrapped = fetch();
    // A browser.
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    expect(await failure(create(wrapped), ConfigurationError)).toMatchObject({ code: "platform_resend" });
    expect(send).not.toHaveBeenCalled();
  });

  it("looks up the platform's fetch when a call is made", async () => {
    const wrapped = wrapFetch(globalThis.fetch, passOn);
    const send = vi.fn(async () => json({ data: { batchId: "b" } }, { status: 202 }));
    vi.stubGlobal("fetch", send);
    await create(wrapped);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("around a fetch of the user's sends writes as that one would", async () => {
    const send = vi.fn(async () => json({ data: { batchId: "b" } }, { status: 202 }));
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await create(wrapFetch(send, passOn));
    expect(send).toHaveBeenCalledTimes(1);
  });
});
