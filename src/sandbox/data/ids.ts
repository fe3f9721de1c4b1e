import { hash } from "./random.js";

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/**
 * UUIDs of one kind of record. The record's index stands, masked, in the last twelve digits, so that a record is found by
 * its id without a search.
 */
export class Ids {
  readonly #prefix: string;
  readonly #high: number;
  readonly #low: number;

  constructor(...parts: (string | number)[]) {
    const [a, b, c, high, low] = [0, 1, 2, 3, 4].map((n) => hash(...parts, "uuid", n)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    this.#prefix = `${hex(a, 8)}-${hex(b >>> 16, 4)}-4${hex(b & 0xfff, 3)}-${hex(0x8000 | (c & 0x3fff), 4)}-`;
    this.#high = high & 0xffff;
    this.#low = low;
  }

  at(index: number): string {
    const high = Math.floor(index / 2 ** 32) ^ this.#high;
    return `${this.#prefix}${hex(high, 4)}${hex((index ^ this.#low) >>> 0, 8)}`;
  }

  /** The index of a record that may or may not exist; -1 for an id of another kind. */
  indexOf(id: string): number {
    if (id.length !== 36 || !id.startsWith(this.#prefix)) return -1;
    const high = Number.parseInt(id.slice(24, 28), 16) ^ this.#high;
    const low = (Number.parseInt(id.slice(28), 16) ^ this.#low) >>> 0;
    return high * 2 ** 32 + low;
  }
}
