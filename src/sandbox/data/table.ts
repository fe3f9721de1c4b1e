/**
 * Records by index. Records of the data set are created when they are read; changed and added ones are stored. An index
 * is never used twice.
 */
export class Table<T extends object> {
  readonly #seeded: number;
  readonly #create: (index: number) => T | undefined;
  readonly #stored = new Map<number, T | undefined>();
  #length: number;

  constructor(seeded = 0, create: (index: number) => T | undefined = () => undefined) {
    this.#seeded = seeded;
    this.#length = seeded;
    this.#create = create;
  }

  /** One above the highest index. */
  get length(): number {
    return this.#length;
  }

  /** How many records were added, changed or deleted. */
  get touched(): number {
    return this.#stored.size;
  }

  at(index: number): T | undefined {
    if (this.#stored.has(index)) return this.#stored.get(index);
    return this.has(index) ? this.#create(index) : undefined;
  }

  has(index: number): boolean {
    return this.isStored(index) ? this.#stored.get(index) !== undefined : index >= 0 && index < this.#seeded;
  }

  /** Whether a record was added, changed or deleted. */
  isStored(index: number): boolean {
    return this.#stored.has(index);
  }

  /** A record to change; it is stored from now on. */
  change(index: number): T {
    const record = this.at(index);
    if (!record) throw new RangeError(`No record ${index}`);
    this.#stored.set(index, record);
    return record;
  }

  /** Adds a record and returns its index. */
  add(record: T): number {
    this.#stored.set(this.#length, record);
    return this.#length++;
  }

  delete(index: number): void {
    this.#stored.set(index, undefined);
  }

  /** The indices of all records, in order. */
  *existing(): Generator<number> {
    for (const index of this.indices()) if (this.has(index)) yield index;
  }

  /** The indices from one on, in either direction; a record may have been deleted. */
  *indices(from = 0, descending = false): Generator<number> {
    if (descending) for (let i = Math.min(from, this.#length - 1); i >= 0; i--) yield i;
    else for (let i = from; i < this.#length; i++) yield i;
  }
}
