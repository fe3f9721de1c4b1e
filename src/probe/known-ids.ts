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
   * @param itemParameter what identifies an item. The list of an organization follows that of all, which may have items of others.
   */
  learn(body: unknown, itemParameter: string | undefined): void {
    const items = Object.values(asObject(body)).flatMap((list) => (Array.isArray(list) ? list : []));
    const fields = items.flatMap((item) => Object.entries(asObject(item)));
    if (itemParameter !== undefined) {
      const key = itemParameter.toLowerCase();
      const own = fields.find(([name, value]) => (name === "id" || name.toLowerCase() === key) && isId(value));
      if (own) this.#ids.set(key, String(own[1]));
    }
    for (const [name, value] of fields) this.#add(name, value);
  }

  #add(name: string, value: unknown): void {
    const key = name.toLowerCase();
    if (isId(value) && !this.#ids.has(key)) this.#ids.set(key, String(value));
  }
}

const isId = (value: unknown) => (typeof value === "string" && value !== "") || Number.isSafeInteger(value);

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
