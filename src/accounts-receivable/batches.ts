import type { UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Batches of customers and documents, worked through later. */
export class Batches {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * State and details of one batch. Its body was not seen. 200, 202 and 206 are all successes; what tells them apart is not
   * documented.
   *
   * @throws {ApiError} the API refused, or there is no such batch (404)
   * @see https://docs.amili.dev/get-one-batch-4205264e0
   */
  get(batchuuid: string, options?: CallOptions): Promise<UnseenObject> {
    return this.call("getBatch", { path: { clientno: this.clientno, batchuuid } }, options);
  }
}
