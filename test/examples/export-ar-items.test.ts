import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLIENT, clientOf, sandboxWith } from "../sandbox/support.js";
import { directory, linesOf, PATIENT, run } from "./support.js";

describe("export AR items", () => {
  it("goes on where it was stopped", PATIENT, async () => {
    const sandbox = await sandboxWith({ size: 2800 });
    const path = await directory();
    const file = path("aritems.ndjson");
    const exported = (...args: string[]) => run(sandbox, "export-ar-items", file, ...args);

    expect(await exported("1500")).toMatchObject({ code: 0, text: "1500 AR items, and more to come\n" });
    expect(linesOf(file)).toHaveLength(1500);

    // The rest of the second page comes, the third does not.
    sandbox.faults.set("listArItems:status=403:n=2");
    expect(await exported()).toMatchObject({ code: 1, text: expect.stringContaining("answered 403") });
    expect(linesOf(file)).toHaveLength(2000);
    appendFileSync(file, '{"arItem');
    sandbox.faults.clear();

    expect(await exported()).toMatchObject({ code: 0, text: "1000 AR items\n" });
    const items = await clientOf(sandbox).accountsReceivable.client(CLIENT).arItems.list({ pagesize: 1000 }).toArray();
    expect(items).toHaveLength(3000);
    expect(linesOf(file)).toEqual(items);

    expect(await exported("10")).toMatchObject({ code: 0, text: "10 AR items, and more to come\n" });
    expect(linesOf(file)).toEqual(items.slice(0, 10));
  });

  it(
    "says where it cannot know that all is there, and what to do about a query that is forgotten",
    PATIENT,
    async () => {
      const sandbox = await sandboxWith({ size: 11_200 });
      const path = await directory();
      const cursorFile = path("stopped.ndjson.sandbox.cursor");
      writeFileSync(cursorFile, JSON.stringify({ cursor: "query=forgotten&pageno=2", bytes: 0 }));
      const [many, stopped] = await Promise.all([
        run(sandbox, "export-ar-items", path("aritems.ndjson")),
        run(sandbox, "export-ar-items", path("stopped.ndjson")),
      ]);
      expect(many.text).toBe("A search finds 10000 items at most: there may be more.\n10000 AR items\n");
      expect(many.code).toBe(1);
      expect(linesOf(path("aritems.ndjson"))).toHaveLength(10_000);
      expect(stopped.text).toContain(`If the cursor is too old, delete ${cursorFile} to begin anew.`);
      expect(stopped.code).toBe(1);
      expect(existsSync(cursorFile)).toBe(true);
    },
  );
});
