/** Values under keys, several under each: an index of a table. */
export class Groups<Key, Value> {
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
