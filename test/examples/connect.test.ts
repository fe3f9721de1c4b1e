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

  it("nowhere if a variable is missing", PATIENT, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const missing = [
      ["AMILI_CLIENT_NO", "AMILI_CLIENT_NO is not set"],
      ["AMILI_CLIENT_SECRET", "clientSecret (AMILI_CLIENT_SECRET) missing"],
    ] as const;
    await Promise.all(
      missing.map(async ([without, message]) => {
        const { code, text } = await run({ ...sandbox, without }, "export-ar-items", path(without));
        expect(text).toContain(message);
        expect(code).toBe(1);
        expect(linesOf(path(without))).toEqual([]);
      }),
    );
  });
});
