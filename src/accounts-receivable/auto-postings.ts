import type { AutoPostingsRequest, UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Composite debit and credit entries that arise from one event. */
export class AutoPostings {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Carries out auto postings. All or nothing: when one fails, all of the call fail, and a valid one is marked
   * `BATCH-REJECTED`. A posting may ask for `validateOnly`. Methods and fields were not seen, so any can be sent.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-one-or-more-auto-postings-4205263e0
   */
  create(autopostingmethod: string, body: AutoPostingsRequest, options?: CallOptions): Promise<UnseenObject> {
    return this.call("createAutoPostings", { path: { clientno: this.clientno, autopostingmethod }, body }, options);
  }
}
