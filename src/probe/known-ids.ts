/** The ids of one API that were passed or found in lists, by the name of a path parameter. They are never printed. */
export class KnownIds {
  readonly #ids = new Map<string, string>();

  constructor(given: Record<string, string | undefined>) {
    for (const [name, id] of Object.entries(given)) this.#add(name, id);
  }

  get(name: string): string | undefined {
    return this.#ids.get(name.toLowerCase());
  }

  /**
   * Learns ids from the items of a page: `batchId` is one of `{batchId}`.
   *
   * @param itemParameter what `id` of an item is
   */
  learn(body: unknown, itemParameter: string | undefined): void {
    const items = Object.values(asObject(body)).flatMap((list) => (Array.isArray(list) ? list : []));
    for (const [name, value] of items.flatMap((item) => Object.entries(asObject(item)))) {
      this.#add(name, value);
      if (name === "id" && itemParameter !== undefined) this.#add(itemParameter, value);
    }
  }

  #add(name: string, value: unknown): void {
    const key = name.toLowerCase();
    const isId = (typeof value === "string" && value !== "") || Number.isSafeInteger(value);
    if (isId && !this.#ids.has(key)) this.#ids.set(key, String(value));
  }
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
