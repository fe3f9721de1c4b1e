import { appendFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import type { Sandbox } from "amili-client/sandbox";
import { describe, expect, it } from "vitest";
import { clientOf, sandboxWith } from "./sandbox.js";
import { directory, linesOf, ORGANIZATION, run, SLOW } from "./support.js";

const settlementsIn = (sandbox: Sandbox, fromDate: string, toDate: string) =>
  clientOf(sandbox).debtCollection.organization(ORGANIZATION).settlements.list({ fromDate, toDate }).toArray();

// The sandbox has one settlement a week, the first at midnight of 2026-01-01.
describe("pull-settlements", () => {
  it("writes each settlement in one run", SLOW, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const file = path("settlements.ndjson");

    for (const [until, text] of [
      ["2026-02-12", "7 settlements from 2026-01-01 to 2026-02-12\n"],
      ["2026-03-31", "6 settlements from 2026-02-13 to 2026-03-31\n"],
    ] as const) {
      expect(await run(sandbox, "pull-settlements", file, "2026-01-01", until)).toMatchObject({ code: 0, text });
    }
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-01-01", "2026-03-31"));

    // Moved away by its consumer.
    rmSync(file);
    const { text } = await run(sandbox, "pull-settlements", file, "2026-01-01", "2026-04-10");
    expect(text).toBe("2 settlements from 2026-04-01 to 2026-04-10\n");
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-04-01", "2026-04-10"));
  });

  it("repeats a failed run without duplicates", SLOW, async () => {
    const sandbox = await sandboxWith({ faults: "listSettlements:status=403:n=3" });
    const path = await directory();
    const file = path("settlements.ndjson");
    const pull = (until: string) => run(sandbox, "pull-settlements", file, "2026-01-01", until);

    expect(await pull("2026-01-20")).toMatchObject({ code: 0 });
    expect(await pull("2026-05-01")).toMatchObject({ code: 1, text: expect.stringContaining("failed with 403") });
    expect(linesOf(file)).toHaveLength(3 + 10);
    appendFileSync(file, '{"caseNum');

    expect(await pull("2026-05-01")).toMatchObject({ code: 0 });
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-01-01", "2026-05-01"));
  });

  it("pulls no unfinished day, and refuses a file that it did not write", SLOW, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    writeFileSync(path("other.ndjson"), "{}\n");
    const [ahead, other] = await Promise.all([
      run(sandbox, "pull-settlements", path("settlements.ndjson"), "2026-01-01", "2100-01-01"),
      run(sandbox, "pull-settlements", path("other.ndjson"), "2026-01-01"),
    ]);
    expect(ahead.text).toContain(` to ${yesterday}`);
    expect(other).toMatchObject({ code: 1, text: expect.stringContaining("other.ndjson exists, but") });
    expect(linesOf(path("other.ndjson"))).toEqual([{}]);
  });

  it("refuses invalid dates before it writes anything", SLOW, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const file = path("settlements.ndjson");
    const wrong = [
      ["12.01.2026"],
      ["2026-02-30"],
      ["2026-1-5"],
      ["20260105"],
      ["2026-01-01T00:00:00Z"],
      ["2026-01-01", "31.01.2026"],
    ];
    await Promise.all(
      wrong.map(async (days) => {
        const { code, text } = await run(sandbox, "pull-settlements", file, ...days);
        expect(text).toContain(`Error: "${days.at(-1)}" is not a date such as 2026-01-31.`);
        expect(code).toBe(1);
      }),
    );
    expect(readdirSync(path(""))).toEqual([]);

    // A first day in the future is not saved.
    expect((await run(sandbox, "pull-settlements", file, "2126-01-01")).text).toMatch(
      /^Nothing to pull: the next day is 2126-01-01/,
    );
    const { text } = await run(sandbox, "pull-settlements", file, "2026-01-01", "2026-01-31");
    expect(text).toBe("5 settlements from 2026-01-01 to 2026-01-31\n");
  });

  it("starts at the given day until a run has succeeded", SLOW, async () => {
    const sandbox = await sandboxWith();
    const file = (await directory())("settlements.ndjson");
    const pull = (first: string) => run(sandbox, "pull-settlements", file, first, "2026-05-01");
    for (const [page, written] of [
      [1, 0],
      [2, 10],
    ] as const) {
      sandbox.faults.set(`listSettlements:status=403:n=${page}`);
      expect(await pull("2026-01-15")).toMatchObject({ code: 1, text: expect.stringContaining("failed with 403") });
      expect(linesOf(file)).toHaveLength(written);
    }
    sandbox.faults.clear();
    expect(await pull("2026-01-01")).toMatchObject({ code: 0, text: "18 settlements from 2026-01-01 to 2026-05-01\n" });
    expect(linesOf(file)).toEqual(await settlementsIn(sandbox, "2026-01-01", "2026-05-01"));
    expect((await pull("2025-01-01")).text).toBe(
      "Nothing to pull: the next day is 2026-05-02, the last day 2026-05-01\n",
    );
  });

  it.each([
    ["fewer", "2026-03-31", 2],
    ["more", "2026-01-13", 3],
  ])(
    "repeats a run that failed after the file was moved away, having written %s than before",
    SLOW,
    async (_, first, page) => {
      const sandbox = await sandboxWith();
      const path = await directory();
      const file = path("settlements.ndjson");
      const pull = (until: string) => run(sandbox, "pull-settlements", file, "2026-01-01", until);
      expect(await pull(first)).toMatchObject({ code: 0 });
      const before = linesOf(file).length;
      rmSync(file);

      sandbox.faults.set(`listSettlements:status=403:n=${page}`);
      expect(await pull("2026-11-01")).toMatchObject({ code: 1, text: expect.stringContaining("failed with 403") });
      expect(linesOf(file).length > before).toBe(page === 3);
      sandbox.faults.clear();
      expect(await pull("2026-11-01")).toMatchObject({ code: 0 });
      const next = new Date(Date.parse(first) + 86_400_000).toISOString();
      expect(linesOf(file)).toEqual(await settlementsIn(sandbox, next, "2026-11-01"));
    },
  );
});
