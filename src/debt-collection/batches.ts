import type { Batch, BatchList, BatchResponse, operations } from "../../generated/debt-collection.js";
import { BatchError } from "../errors.js";
import { checkCallOptions } from "../http/checks.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { onAbort, sleep } from "../http/signals.js";
import { type ListOptions, Pager, pagesByToken } from "../pagination.js";
import type { DebtCollectionCall } from "./index.js";

const PAGES = pagesByToken<Batch, BatchList>("PageToken", (body) => body.data);

/** The statuses that the guide calls final. Any other, known or not, is waited through. */
export const FINAL = new Set<string | undefined>(["SUCCESS", "PARTIAL", "FAILED"]);

/** The first wait between two looks at a batch and the longest, in ms. Each is half as long again as the one before. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

export interface WaitOptions extends Omit<CallOptions, "timeout"> {
  /** Limit of the whole wait, in ms. Default 300 000 (five minutes). */
  timeout?: number;
}

/** What became of writes, which the API takes in batches and works through later. */
export class Batches {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
  ) {}

  /**
   * One batch, with the items that went through and those that failed.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/getbatchbyid-4148060e0
   */
  get(batchId: string, options?: CallOptions): Promise<BatchResponse> {
    return this.call("getBatch", { path: { organizationId: this.organizationId, batchId } }, options);
  }

  /**
   * Lists the organisation's batches.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page token came twice
   * @see https://docs.amili.dev/getbatchesbyorganization-4148061e0
   */
  list(query?: Omit<QueryOf<operations["listBatches"]>, "PageToken">, options?: ListOptions): Pager<Batch, BatchList> {
    const path = { organizationId: this.organizationId };
    return new Pager(PAGES, (page, o) => this.call("listBatches", { path, query: page }, o), query, options);
  }

  /**
   * Looks at a batch, less and less often, until it has ended, and gives it as `get` does. `SUCCESS`, `PARTIAL` and `FAILED`
   * are ends alike: read `data.status`, `data.succeeded` and `data.failed`.
   *
   * @throws {BatchError} `timeout` passed first; the batch goes on and can be waited for again
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/example-workflow-359631m0
   */
  async waitFor(batchId: string, options: WaitOptions = {}): Promise<BatchResponse> {
    const { timeout = 300_000, signal, ...callOptions } = options;
    checkCallOptions({ ...callOptions, timeout, signal });
    let status: string | undefined;
    const controller = new AbortController();
    const off = onAbort(signal ? [signal] : [], (reason) => controller.abort(reason));
    const timer = setTimeout(() => {
      const was = status === undefined ? "had told no status" : `was still ${status}`;
      const message = `Batch ${batchId} ${was} after ${timeout} ms. It goes on; wait for it again with the same id.`;
      controller.abort(new BatchError("batch_timeout", message, { batchId, status }));
    }, timeout);
    try {
      for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
        const batch = await this.get(batchId, { ...callOptions, signal: controller.signal });
        // An answer that does not tell is no end.
        status = batch?.data?.status ?? status;
        if (FINAL.has(status)) return batch;
        await sleep(wait, [controller.signal]);
      }
    } finally {
      clearTimeout(timer);
      off();
    }
  }
}
