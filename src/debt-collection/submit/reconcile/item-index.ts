import { foldId, normalizeId } from "../ids.js";
import type { Listing } from "../types.js";
import type { Wanted } from "./wanted.js";

interface Match<Item> {
  one: Wanted<Item>;
  /** Whether the entry is about this item and no other one. */
  isCertain: boolean;
}

/** Finds the items that an entry of the API may be about. */
export class ItemIndex<Item> {
  readonly #listing: Listing<Item>;
  readonly #byKey = new Map<string, Wanted<Item>[]>();
  readonly #byNumber = new Map<string, Wanted<Item>[]>();
  readonly #unnumbered = new Set<Wanted<Item>>();

  constructor(wanted: Wanted<Item>[], listing: Listing<Item>) {
    this.#listing = listing;
    for (const one of wanted) {
      add(this.#byKey, foldId(one.item.key), one);
      const number = listing.numberOf(one.item.content);
      if (number === undefined) this.#unnumbered.add(one);
      else add(this.#byNumber, foldId(number), one);
    }
  }

  /** @param unidentified the items that an entry can be about which has neither the source's id nor a number to compare */
  find(entry: Record<string, unknown>, unidentified: Wanted<Item>[]): Match<Item>[] {
    const sourceId = normalizeId(entry.uniqueSourceInvoiceId);
    if (sourceId !== undefined) {
      const candidates = this.#byKey.get(foldId(sourceId)) ?? [];
      const exact = candidates.find(({ item }) => item.key === sourceId);
      return exact ? [{ one: exact, isCertain: true }] : uncertain(candidates);
    }
    const number = normalizeId(entry.invoiceNumber);
    if (number === undefined) return uncertain(unidentified);
    const isUnique = this.#listing.isUnique(number);
    const matches = (this.#byNumber.get(foldId(number)) ?? []).map((one) => ({
      one,
      // An earlier submit may have sent others with this number, which this one has not read yet.
      isCertain: isUnique && one.waits && !one.item.isResumed && this.#listing.numberOf(one.item.content) === number,
    }));
    return [...matches, ...uncertain(unidentified.filter((one) => this.#unnumbered.has(one)))];
  }
}

const uncertain = <Item>(wanted: Wanted<Item>[]): Match<Item>[] => wanted.map((one) => ({ one, isCertain: false }));

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
