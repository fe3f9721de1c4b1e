import type { CallOptions } from "../../../call.js";
import type { BatchesApi, InFlightItem } from "../types.js";
import { readPages } from "./list-reader.js";
import type { ServerClock } from "./server-clock.js";

/** Finds the batch of a request by its idempotency key. How a write gets its key is undocumented, so each step is checked. */
export class BatchFinder {
  readonly #batches: BatchesApi;
  readonly #clock: ServerClock;
  #isFilterApplied: boolean | undefined;

  constructor(batches: BatchesApi, clock: ServerClock) {
    this.#batches = batches;
    this.#clock = clock;
  }

  /** The batch that the items were sent in; `undefined` if no list tells. */
  async find(
    items: InFlightItem<unknown>[],
    options: CallOptions & { signal: AbortSignal },
  ): Promise<string | undefined> {
    const [{ idempotencyKey = undefined, since = new Date(0) } = {}] = items;
    if (idempotencyKey === undefined) return undefined;
    // A server that ignores the filter lists other batches for a key that nobody has used.
    this.#isFilterApplied ??= (await this.#list(crypto.randomUUID(), options)).length === 0;
    if (!this.#isFilterApplied) return undefined;
    const [batch, ...others] = await this.#list(idempotencyKey, options);
    if (!batch || others.length > 0 || this.#clock.isOlder(batch.createdAt, since)) return undefined;
    return batch.batchId;
  }

  /** The first batches of a key: more than one prove nothing. */
  async #list(key: string, options: CallOptions & { signal: AbortSignal }) {
    const pages = readPages((o) => this.#batches.list({ IdempotencyKey: key }, o), options);
    for await (const page of pages) if (page.length > 0) return page;
    return [];
  }
}
