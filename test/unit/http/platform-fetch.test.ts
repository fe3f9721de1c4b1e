import { Amili, type AmiliOptions } from "amili-client";
import { expect, test, vi } from "vitest";
import { wrapFetch } from "../../../src/http/platform-fetch.js";
import { json, stubFetch } from "../../support/stub.js";

const wrap = (fetch?: AmiliOptions["fetch"]) => wrapFetch(fetch, (inner) => (url, init) => inner(url, init));
const { fetch: own } = stubFetch(() => json({}));

/** Creates a payment on a platform whose fetch may repeat it. */
function create(fetch: AmiliOptions["fetch"]) {
  const platform = stubFetch(() => json({}));
  vi.stubGlobal("process", { env: {} });
  vi.stubGlobal("navigator", undefined);
  vi.stubGlobal("fetch", platform.fetch);
  const { debtCollection } = new Amili({ accessToken: "T", ...(fetch && { fetch }) });
  return { call: debtCollection.organization("1").payments.create([]), ...platform };
}

const nested = wrap(wrap());
test.each([
  ["the platform's own fetch", undefined],
  ["a wrapper of it", wrap()],
  ["a wrapper of a wrapper", nested],
  ["a wrapper of the one that was passed", wrap(globalThis.fetch)],
])("%s does not send what the platform may repeat", async (_, fetch) => {
  const { call, sent } = create(fetch);
  await expect(call).rejects.toMatchObject({ code: "platform_resend" });
  expect(sent).toEqual([]);
});

test("a wrapper of the platform's fetch uses the one in force when a call is made", async () => {
  const { fetch, sent } = stubFetch(() => json({}));
  const wrapper = wrap();
  vi.stubGlobal("fetch", fetch);
  await wrapper("https://a.test/", {});
  expect(sent).toHaveLength(1);
});

test("a wrapper of a function of the user's own sends", async () => {
  await expect(create(wrap(own)).call).resolves.toEqual({});
});
