/**
 * Records by index. Those of the data set are made when they are looked at; those that were changed or added are kept.
 * An index is never given twice.
 */
export class Table<T extends object> {
  readonly #make: (index: number) => T | undefined;
  readonly #kept = new Map<number, T | undefined>();
  readonly #seeded: number;
  #length: number;

  constructor(seeded = 0, make: (index: number) => T | undefined = () => undefined) {
    this.#seeded = seeded;
    this.#length = seeded;
    this.#make = make;
  }

  /** One above the highest index. */
  get length(): number {
    return this.#length;
  }

  /** How many records there are beyond the data set, or differ from it. */
  get touched(): number {
    return this.#kept.size;
  }

  at(index: number): T | undefined {
    if (this.#kept.has(index)) return this.#kept.get(index);
    return index >= 0 && index < this.#seeded ? this.#make(index) : undefined;
  }

  /** Whether a record differs from the data set, or is none of it. */
  isKept(index: number): boolean {
    return this.#kept.has(index);
  }

  has(index: number): boolean {
    return this.#kept.has(index) ? this.#kept.get(index) !== undefined : index >= 0 && index < this.#seeded;
  }

  /** A record that is about to be changed: kept from now on. */
  change(index: number): T {
    const record = this.at(index);
    if (!record) throw new RangeError(`No record ${index}`);
    this.#kept.set(index, record);
    return record;
  }

  /** @returns the record's index */
  add(record: T): number {
    this.#kept.set(this.#length, record);
    return this.#length++;
  }

  delete(index: number): void {
    this.#kept.set(index, undefined);
  }

  /** Indices of records, in order. */
  *existing(): Generator<number> {
    for (let i = 0; i < this.#length; i++) if (this.has(i)) yield i;
  }

  /** Indices that may hold a record, the lowest first or the highest first. */
  *indices(from = 0, descending = false): Generator<number> {
    if (descending) for (let i = Math.min(from, this.#length - 1); i >= 0; i--) yield i;
    else for (let i = from; i < this.#length; i++) yield i;
  }
}
