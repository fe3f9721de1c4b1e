import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashString, StringIndex } from "../../../../src/debt-collection/submit/string-index.js";

describe("StringIndex", () => {
  it("does what a Map does", () => {
    // Few different keys, so that many are set twice.
    const key = fc.oneof(fc.string({ maxLength: 2 }), fc.string({ unit: "binary", maxLength: 40 }));
    const value = fc.oneof(fc.maxSafeNat(), fc.constant(2 ** 53));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 500 }), fc.array(key), (entries, others) => {
        const map = new Map<string, number>();
        const index = new StringIndex();
        const sizes = entries.map(([key, value]) => {
          map.set(key, value);
          index.set(key, value);
          return [index.size, map.size];
        });
        expect(sizes.filter(([own, expected]) => own !== expected)).toEqual([]);
        expect([...map.keys(), ...others].filter((key) => index.get(key) !== map.get(key))).toEqual([]);
      }),
    );
  });

  it("tells 300,000 similar keys apart", () => {
    const count = 300_000;
    const index = new StringIndex();
    for (let at = 0; at < count; at++) index.set(`INV-2026-${at}`, at);

    let wrong = 0;
    for (let at = 0; at < count; at++) {
      if (index.get(`INV-2026-${at}`) !== at || index.get(`INV-2027-${at}`) !== undefined) wrong++;
    }
    expect({ size: index.size, wrong }).toEqual({ size: count, wrong: 0 });
  });
});

describe("hashString", () => {
  // The more a hash repeats itself, the more often two items share a record.
  it.each([
    ["numbers", (at: number) => String(at)],
    ["long keys that differ at the start", (at: number) => `${at}${"-invoice".repeat(8)}`],
    ["keys that differ in two places", (at: number) => `${at % 1000}/2026/${Math.floor(at / 1000)}`],
    ["two characters", (at: number) => String.fromCharCode(at % 65_536, Math.floor(at / 65_536))],
    ["one repeated character", (at: number) => "0".repeat(at % 1000) + Math.floor(at / 1000)],
  ])("spreads %s like random numbers, in each half", (_, keyOf) => {
    const count = 300_000;
    const hashes = Array.from({ length: count }, (_, at) => hashString(keyOf(at)));
    const collisions = (part: (hash: { high: number; low: number }) => number) =>
      count - new Set(hashes.map(part)).size;
    // 10.5 are expected among 300,000 random numbers of 32 bits. More than 30 have a probability of 1e-6.
    expect(collisions(({ high }) => high)).toBeLessThan(30);
    expect(collisions(({ low }) => low)).toBeLessThan(30);
    expect(collisions(({ high, low }) => (((high & 0xffff) << 16) | (low & 0xffff)) >>> 0)).toBeLessThan(30);
    expect(collisions(({ high, low }) => (high ^ low) >>> 0)).toBeLessThan(30);
  });
});
