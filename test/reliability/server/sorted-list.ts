/** A list that stays sorted by a number that each item has of its own. */
export class SortedList<Item> {
  readonly #items: Item[] = [];
  readonly #orderOf: (item: Item) => number;

  constructor(orderOf: (item: Item) => number) {
    this.#orderOf = orderOf;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  add(item: Item): void {
    this.#items.splice(this.indexAfter(this.#orderOf(item)), 0, item);
  }

  /** Removes and returns the first item, unless its order is above the limit. */
  takeUpTo(limit: number): Item | undefined {
    const first = this.#items[0];
    return first === undefined || this.#orderOf(first) > limit ? undefined : this.#items.shift();
  }

  /** The index of the first item whose order is above the given one. */
  indexAfter(order: number): number {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle];
      if (item !== undefined && this.#orderOf(item) <= order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
