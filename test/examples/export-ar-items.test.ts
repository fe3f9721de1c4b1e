import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientOf, sandboxWith } from "./sandbox.js";
import { CLIENT, directory, linesOf, run, SLOW } from "./support.js";

describe("export-ar-items", () => {
  it("resumes after it was stopped", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 2800 });
    const path = await directory();
    const file = path("aritems.ndjson");
    const part = path("aritems.ndjson.state/part");
    const later = `Run it again to resume; ${file} is written when all are exported.\n`;
    const exported = (...args: string[]) => run(sandbox, "export-ar-items", file, ...args);

    expect(await exported("1500")).toMatchObject({ code: 0, text: `1500 AR items. ${later}` });
    expect(linesOf(part)).toHaveLength(1500);

    // The rest of the second page arrives; the third fails.
    sandbox.faults.set("listArItems:status=403:n=2");
    expect(await exported()).toMatchObject({ code: 1, text: expect.stringContaining("failed with 403") });
    expect(linesOf(part)).toHaveLength(2000);
    expect(existsSync(file)).toBe(false);
    appendFileSync(part, '{"arItem');
    sandbox.faults.clear();

    expect(await exported()).toMatchObject({ code: 0, text: "1000 AR items\n" });
    const items = await clientOf(sandbox).accountsReceivable.client(CLIENT).arItems.list({ pagesize: 1000 }).toArray();
    expect(items).toHaveLength(3000);
    expect(linesOf(file)).toEqual(items);

    // The file is kept until the next export is complete.
    expect(await exported("10")).toMatchObject({ code: 0, text: `10 AR items. ${later}` });
    expect(linesOf(part)).toEqual(items.slice(0, 10));
    expect(linesOf(file)).toEqual(items);
  });

  it("warns about the search limit, and about a cursor that may have expired", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 11_200 });
    const path = await directory();
    const cursorFile = path("stopped.ndjson.state/cursor");
    expect(await run(sandbox, "export-ar-items", path("stopped.ndjson"), "10")).toMatchObject({ code: 0 });
    writeFileSync(cursorFile, JSON.stringify({ cursor: "query=forgotten&pageno=2", bytes: 0 }));
    const [many, stopped] = await Promise.all([
      run(sandbox, "export-ar-items", path("aritems.ndjson")),
      run(sandbox, "export-ar-items", path("stopped.ndjson")),
    ]);
    expect(many.text).toBe(
      "The export may be incomplete: the server returns only a part of this query.\n10000 AR items\n",
    );
    expect(many.code).toBe(1);
    expect(linesOf(path("aritems.ndjson"))).toHaveLength(10_000);
    expect(stopped.text).toContain(`If the cursor has expired, delete ${cursorFile} to start over.`);
    expect(stopped.code).toBe(1);
    expect(existsSync(cursorFile)).toBe(true);
  });

  it("keeps the previous export if it fails", SLOW, async () => {
    const sandbox = await sandboxWith();
    const file = (await directory())("aritems.ndjson");
    expect(await run(sandbox, "export-ar-items", file)).toMatchObject({ code: 0 });
    const before = readFileSync(file, "utf8");
    sandbox.faults.set("createToken:status=401");
    const { code, text } = await run(sandbox, "export-ar-items", file);
    expect(code).toBe(1);
    expect(text).toContain("AuthenticationError");
    expect(text).not.toContain("expired");
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("starts over if its items are lost, and again if it is stopped", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 2800 });
    const path = await directory();
    const file = path("aritems.ndjson");
    expect(await run(sandbox, "export-ar-items", file, "1500")).toMatchObject({ code: 0 });
    rmSync(path("aritems.ndjson.state/part"));

    sandbox.faults.set("listArItems:status=403:n=1");
    const stopped = await run(sandbox, "export-ar-items", file);
    expect(stopped).toMatchObject({ code: 1, text: expect.stringContaining("failed with 403") });
    expect(stopped.text).not.toContain("expired");
    // As after a kill in the middle of a page.
    appendFileSync(path("aritems.ndjson.state/part"), "{}\n".repeat(1_000_000));
    sandbox.faults.clear();
    expect(await run(sandbox, "export-ar-items", file)).toMatchObject({ code: 0, text: "3000 AR items\n" });
    expect(linesOf(file)).toHaveLength(3000);
    expect(linesOf(file)[0]).toHaveProperty("arItemId");
  });
});
