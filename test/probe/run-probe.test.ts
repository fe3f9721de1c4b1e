import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { planProbe } from "../../src/probe/plan.js";
import { runProbe } from "../../src/probe/run-probe.js";
import { json, stubFetch } from "../support/stub.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("requests keep to the rate, that for the token included", async () => {
  vi.stubEnv("AMILI_CLIENT_ID", "id");
  vi.stubEnv("AMILI_CLIENT_SECRET", "s3cret");
  const { fetch, sent } = stubFetch(json({ access_token: "T", expires_in: 3600 }), () => json({ data: [] }));
  vi.stubGlobal("fetch", fetch);
  const options = { production: false, rate: 4, organization: "1", client: "1", onStep: () => {} };
  const done = runProbe(planProbe({}).slice(0, 5), options);
  await vi.runAllTimersAsync();
  await done;
  const [first = 0, ...others] = sent.map(({ at }) => at);
  expect(others.map((at) => at - first)).toEqual([250, 500, 750, 1_000, 1_250]);
});

test("the plan has no write, and no inferred operation unless it is asked for", () => {
  const all = planProbe({ inferred: true, errors: true });
  expect(all.map(({ operation }) => operation.method)).toEqual(all.map(() => "GET"));
  expect(all.filter(({ operation }) => operation.inferred)).not.toEqual([]);
  expect(planProbe({ errors: true }).filter(({ operation }) => operation.inferred)).toEqual([]);
});
