import { appendFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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
      ["2026-03-31", "Nothing to do: 2026-04-01 is the next day, and 2026-03-31 the last to be pulled\n"],
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
    expect(await pull("2026-05-01")).toMatchObject({ code: 1, text: expect.stringContaining("failed with 403") });
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
    expect(other).toMatchObject({ code: 1, text: expect.stringContaining("other.ndjson is there, and") });
    expect(linesOf(path("other.ndjson"))).toEqual([{}]);
  });

  it("takes days of the calendar only, and writes nothing before it has them", PATIENT, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const file = path("settlements.ndjson");
    const wrong = [
      ["12.01.2026"],
      ["foo"],
      ["2026-02-30"],
      ["2026-1-5"],
      ["20260105"],
      ["2026-01-01T00:00:00Z"],
      ["2026-01-01", "31.01.2026"],
    ];
    await Promise.all(
      wrong.map(async (days) => {
        const { code, text } = await run(sandbox, "pull-settlements", file, ...days);
        expect(text).toContain(`Error: ${days.at(-1)} is not a day such as 2026-01-31`);
        expect(code).toBe(1);
      }),
    );
    expect(readdirSync(path(""))).toEqual([]);

    // A day that is yet to come is not kept either.
    expect((await run(sandbox, "pull-settlements", file, "2126-01-01")).text).toMatch(
      /^Nothing to do: 2126-01-01 is the/,
    );
    const { text } = await run(sandbox, "pull-settlements", file, "2026-01-01", "2026-01-31");
    expect(text).toBe("5 settlements from 2026-01-01 to 2026-01-31\n");
  });

  it("begins where it is told as long as no run got to its end", PATIENT, async () => {
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
    expect((await pull("2025-01-01")).text).toMatch(/^Nothing to do: 2026-05-02 is the next day/);
  });

  it.each([
    ["fewer", "2026-03-31", 2],
    ["more", "2026-01-13", 3],
  ])(
    "after the file was taken away, and a run stopped that had written %s than there were",
    PATIENT,
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
