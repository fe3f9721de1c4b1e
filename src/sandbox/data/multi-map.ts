/** A map with several values for a key. */
export class MultiMap<Key, Value> {
  readonly #values = new Map<Key, Value[]>();

  add(key: Key, value: Value): void {
    const values = this.#values.get(key);
    if (values) values.push(value);
    else this.#values.set(key, [value]);
  }

  get(key: Key): readonly Value[] {
    return this.#values.get(key) ?? [];
  }
}
