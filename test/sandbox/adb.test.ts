import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { intervalOf, matchCredits } from "../../src/sandbox/accounts-receivable/adb.js";
import { type Caller, Clock, callerWith, DAY } from "./support.js";

describe("the ADB intervals", () => {
  let clock: Clock;
  let caller: Caller;
  beforeEach(async () => {
    clock = new Clock("2026-03-16T06:00:00Z");
    caller = await callerWith({ now: clock.now });
  });
  const adb = async (query = {}) => (await caller.client("listAdbIntervals", { query })).body.adb;

  it("have the documented lengths", async () => {
    const { intervals } = await adb();
    const facts = intervals.map((row: Record<string, unknown>) => [
      row.intervalNo,
      row.daysInInterval,
      row.lowestDayNo,
      row.highestDayNo,
      row.oldestDate,
      row.newestDate,
    ]);
    expect(facts).toEqual([
      [0, 0, 0, 0, "2026-03-16", "2100-01-01"],
      [1, 30, 1, 30, "2026-02-14", "2026-03-15"],
      [2, 30, 31, 60, "2026-01-15", "2026-02-13"],
      [3, 30, 61, 90, "2025-12-16", "2026-01-14"],
      [4, 90, 91, 180, "2025-09-17", "2025-12-15"],
      [5, 180, 181, 360, "2025-03-21", "2025-09-16"],
      [6, null, 361, null, null, "2025-03-20"],
    ]);
  });

  it("contain the documented sample", async () => {
    expect((await adb()).intervals.slice(0, 2)).toMatchObject([
      { itemCount: 7, sumGlBalance: 537.25, description: "Not due" },
      { itemCount: 13, sumGlBalance: 1337.55, description: "1 - 30" },
    ]);
  });

  it("add up to the open items, and to the items of each interval", async () => {
    const { arItems } = (await caller.client("listArItems", { query: { pagesize: 1000 } })).body;
    const open = arItems.reduce((sum: number, { glBalance }: { glBalance: number }) => sum + glBalance, 0);
    const { intervals } = await adb();
    expect(arItems.some(({ glBalance }: { glBalance: number }) => glBalance < 0)).toBe(true);
    expect(intervals.reduce((sum: number, row: { sumGlBalance: number }) => sum + row.sumGlBalance, 0)).toBeCloseTo(
      open,
      6,
    );
    for (const { intervalNo, itemCount, sumGlBalance } of intervals) {
      const query = { reporttype: "adbdetails", adbinterval: intervalNo, pagesize: 5 };
      const first = (await caller.client("listArItems", { query })).body;
      const items = [...first.arItems];
      for (let pageno = 2; pageno <= first.summary.totalPages; pageno++) {
        const page = await caller.client("listArItems", { query: { query: first.summary.queryId, pageno } });
        items.push(...page.body.arItems);
      }
      expect(items).toHaveLength(itemCount);
      expect(items.reduce((sum, { adbGlBalance }) => sum + adbGlBalance, 0)).toBeCloseTo(sumGlBalance, 6);
    }
    const wrong = await caller.client("listArItems", { query: { reporttype: "adbdetails", adbinterval: 7 } });
    expect(wrong.status).toBe(400);
  });

  it("can be those of one customer or account", async () => {
    const items = async (query: object) =>
      (await adb(query)).intervals.map(({ itemCount }: { itemCount: number }) => itemCount);
    const one = await items({ customerno: "543211" });
    expect(one).toEqual([1, 0, 0, 0, 0, 0, 0]);
    expect(await items({ accountno: 500_003 })).toEqual(one);
    expect(await items({ customerno: "543211", accountno: 500_002 })).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await items({ customerno: "none" })).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it("are computed by the first request of a day, and cached for the day", async () => {
    const first = await adb();
    const document = { customerNo: "543211", dueDate: "2026-03-16", currencyAmounts: { inclVat: 1000 } };
    await caller.client("createDocument", { body: { document } });
    clock.forward(DAY / 2);
    expect(await adb()).toEqual(first);
    clock.forward(DAY / 2);
    const next = await adb();
    expect(first.cachedTime).toBe("2026-03-16T06:00:00.000Z");
    expect(next.cachedTime).toBe("2026-03-17T06:00:00.000Z");
    const total = ({ intervals }: typeof first) =>
      intervals.reduce((sum: number, row: { sumGlBalance: number }) => sum + row.sumGlBalance, 0);
    expect(total(next) - total(first)).toBeCloseTo(1000, 6);
  });
});

describe("matching of credits", () => {
  const today = 1000;
  const item = (no: number, overdue: number, balance: number) => ({ item: no, due: today - overdue, balance });

  it("begins with the oldest debits", () => {
    const open = [item(1, 10, 100), item(2, 50, 100), item(3, 5, -150)];
    expect(matchCredits(open, today)).toEqual([item(1, 10, 50)]);
  });

  it("counts a remaining credit as not due", () => {
    const left = matchCredits([item(1, 50, 100), item(2, 400, -150)], today);
    expect(left).toEqual([{ item: 2, due: today, balance: -50 }]);
    expect(left.map(({ due }) => intervalOf(due, today))).toEqual([0]);
  });

  it.each([
    [-1, 0],
    [0, 0],
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [90, 3],
    [91, 4],
    [180, 4],
    [181, 5],
    [360, 5],
    [361, 6],
    [5000, 6],
  ])("assigns an item that is %i days overdue to interval %i", (overdue, interval) => {
    expect(intervalOf(today - overdue, today)).toBe(interval);
  });

  it("preserves the sum, leaves only debits or only credits, and reduces older debits before younger ones", () => {
    const items = fc.array(
      fc.record({ due: fc.integer({ min: 0, max: 2000 }), balance: fc.integer({ min: -500, max: 500 }) }),
    );
    fc.assert(
      fc.property(items, (given) => {
        const open = given.map((of, index) => ({ item: index, ...of })).filter(({ balance }) => balance !== 0);
        const left = matchCredits(open, today);
        const sum = (of: { balance: number }[]) => of.reduce((total, { balance }) => total + balance, 0);
        expect(sum(left)).toBe(sum(open));
        expect(new Set(left.map(({ balance }) => Math.sign(balance))).size).toBeLessThanOrEqual(1);
        const touched = open.filter(
          ({ item: no, balance }) => balance > 0 && left.find((of) => of.item === no)?.balance !== balance,
        );
        const whole = left.filter(
          ({ item: no, balance }) => balance > 0 && open[open.findIndex((of) => of.item === no)]?.balance === balance,
        );
        for (const taken of touched) for (const kept of whole) expect(taken.due).toBeLessThanOrEqual(kept.due);
      }),
    );
  });
});
