import { describe, expect, it } from "vitest";
import { sandboxWith } from "../sandbox/support.js";
import { directory, linesOf, PATIENT, run } from "./support.js";

describe("where the examples work", () => {
  it("in a sandbox of their own", PATIENT, async () => {
    const file = (await directory())("aritems.ndjson");
    const { code, text } = await run(undefined, "export-ar-items", file);
    expect(text).toMatch(/^Sandbox at http:\/\/127\.0\.0\.1:\d+\n30 AR items\n$/);
    expect(code).toBe(0);
    expect(linesOf(file)).toHaveLength(30);
  });

  it.each([
    ["AMILI_CLIENT_NO", "AMILI_CLIENT_NO is not set"],
    ["AMILI_CLIENT_SECRET", "clientSecret (AMILI_CLIENT_SECRET) missing"],
  ])("not where %s is missing", PATIENT, async (name, message) => {
    const file = (await directory())("aritems.ndjson");
    const { code, text } = await run({ ...(await sandboxWith()), without: name }, "export-ar-items", file);
    expect(text).toContain(message);
    expect(code).toBe(1);
    expect(linesOf(file)).toEqual([]);
  });
});
