import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

type Parts = (string | number)[];

/** 32 bytes that depend on every part. */
export const digest = (...parts: Parts): Buffer => createHash("sha256").update(JSON.stringify(parts)).digest();

/** A 32-bit seed that depends on every part. */
export const seedOf = (...parts: Parts): number => digest(...parts).readUInt32LE();

/** A number from 0 up to, but not including, 1 that depends on every part. */
export const fractionOf = (...parts: Parts): number => seedOf(...parts) / 2 ** 32;

/** An opaque string of at most 32 bytes, such as a token or a handle. */
export const opaque = (bytes: number, ...parts: Parts): string =>
  digest(...parts)
    .subarray(0, bytes)
    .toString("base64url");

/** Neighbouring seeds give similar numbers until the generator has mixed its state. */
const DISCARDED = 8;

/** Random numbers: the same sequence for the same seed. */
export class Random {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
    for (let i = 0; i < DISCARDED; i++) this.#generator.next();
  }

  /** From 0 up to, but not including, 1. */
  fraction(): number {
    return uniformFloat64(this.#generator);
  }

  /** Both ends are included. */
  integer(minimum: number, maximum: number): number {
    return uniformInt(this.#generator, minimum, maximum);
  }

  pick<const List extends readonly unknown[]>(list: List): List[number] {
    return list[this.integer(0, list.length - 1)];
  }
}
