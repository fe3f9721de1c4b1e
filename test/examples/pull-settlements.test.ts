import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import type { Sandbox } from "amili-client/sandbox";
import { describe, expect, it } from "vitest";
import { clientOf, ORGANIZATION, sandboxWith } from "../sandbox/support.js";
import { directory, linesOf, PATIENT, run } from "./support.js";

const settlementsIn = (sandbox: Sandbox, fromDate: string, toDate: string) =>
  clientOf(sandbox).debtCollection.organization(ORGANIZATION).settlements.list({ fromDate, toDate }).toArray();

// The sandbox has one settlement a week, the first at midnight of 2026-01-01.
describe("pull settlements", () => {
  it("gives each settlement to one run", PATIENT, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const file = path("settlements.ndjson");

    for (const [until, text] of [
      ["2026-02-12", "7 settlements from 2026-01-01 to 2026-02-12\n"],
      ["2026-03-31", "6 settlements from 2026-02-13 to 2026-03-31\n"],
      ["2026-03-31", "Nothing to do: pulled up to 2026-03-31\n"],
    ] as const) {
      expect(await run(sandbox, "pull-settlements", file, "2026-01-01", until)).toMatchObject({ code: 0, text });
    }
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-01-01", "2026-03-31"));

    // Taken away by whoever reads it.
    rmSync(file);
    const { text } = await run(sandbox, "pull-settlements", file, "2026-01-01", "2026-04-10");
    expect(text).toBe("2 settlements from 2026-04-01 to 2026-04-10\n");
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-04-01", "2026-04-10"));
  });

  it("does again what a stopped run had begun, and doubles nothing", PATIENT, async () => {
    const sandbox = await sandboxWith({ faults: "listSettlements:status=403:n=3" });
    const path = await directory();
    const file = path("settlements.ndjson");
    const pull = (until: string) => run(sandbox, "pull-settlements", file, "2026-01-01", until);

    expect(await pull("2026-01-20")).toMatchObject({ code: 0 });
    expect(await pull("2026-05-01")).toMatchObject({ code: 1, text: expect.stringContaining("answered 403") });
    expect(linesOf(file)).toHaveLength(3 + 10);
    appendFileSync(file, '{"caseNum');

    expect(await pull("2026-05-01")).toMatchObject({ code: 0 });
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-01-01", "2026-05-01"));
  });

  it("takes no day that is not over, and overwrites no file that it did not write", PATIENT, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    writeFileSync(path("other.ndjson"), "{}\n");
    const [ahead, other] = await Promise.all([
      run(sandbox, "pull-settlements", path("settlements.ndjson"), "2026-01-01", "2100-01-01"),
      run(sandbox, "pull-settlements", path("other.ndjson"), "2026-01-01"),
    ]);
    expect(ahead.text).toContain(` to ${yesterday}`);
    expect(other).toMatchObject({ code: 1, text: expect.stringContaining("EEXIST") });
    expect(linesOf(path("other.ndjson"))).toEqual([{}]);
  });
});
