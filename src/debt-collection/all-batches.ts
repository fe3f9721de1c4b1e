import type { Batch2025, BatchList2025, BatchResponse, operations } from "../../generated/debt-collection.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByToken } from "../pagination.js";
import type { DebtCollectionCall } from "./index.js";

const PAGES = pagesByToken<Batch2025, BatchList2025>("PageToken", (body) => body.data);

/** Batches without their organisation, as the documentation had them before. */
export class AllBatches {
  /** @internal */
  constructor(private readonly call: DebtCollectionCall) {}

  /**
   * A batch by its id alone.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Announced for removal. Use `organization(…).batches.get`.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/getbatchbyid-3939029e0
   */
  get(batchId: string, options?: CallOptions): Promise<BatchResponse> {
    return this.call("getBatchLegacy", { path: { batchId } }, options);
  }

  /**
   * Lists the batches of all organisations.
   *
   * @deprecated Only the documentation of 2025 has it. `organization(…).batches.list` is the nearest.
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/get-all-batches-3939027e0
   */
  list(
    query?: Omit<QueryOf<operations["listAllBatches"]>, "PageToken">,
    options?: ListOptions,
  ): Pager<Batch2025, BatchList2025> {
    return new Pager(PAGES, (page, o) => this.call("listAllBatches", { query: page }, o), query, options);
  }
}
