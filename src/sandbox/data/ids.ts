import { digest } from "./random.js";

const SPAN = 2 ** 48;

/** UUIDs of one kind of record. The last twelve digits hold the record's index, shifted, so that an id needs no lookup. */
export class Ids {
  readonly #prefix: string;
  readonly #offset: number;

  constructor(...parts: (string | number)[]) {
    const bytes = digest(...parts, "uuid");
    const hex = bytes.toString("hex");
    this.#prefix = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-`;
    this.#offset = bytes.readUIntLE(26, 6);
  }

  at(index: number): string {
    return this.#prefix + ((index + this.#offset) % SPAN).toString(16).padStart(12, "0");
  }

  /** The index of a record that may not exist; -1 for an id of another kind. */
  indexOf(id: string): number {
    if (id.length !== 36 || !id.startsWith(this.#prefix)) return -1;
    return (Number.parseInt(id.slice(this.#prefix.length), 16) - this.#offset + SPAN) % SPAN;
  }
}

/** No leading zero: "01" is another number than "1". No record has a longer one. */
const DIGITS = /^(0|[1-9]\d{0,14})$/;

/** How far a number, given as digits, is from the first one; -1 for any other string. */
export const indexFrom = (digits: string, first: number): number => (DIGITS.test(digits) ? Number(digits) - first : -1);
