import type { GlMovementList, operations } from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** What moved on the accounts of the general ledger, by period. */
export class GlMovements {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Movements and incoming and outgoing balances, by period and account. Name one period (`glyear`, `glperiod`) or a range
   * (`glyearfrom`, `glperiodfrom`, `glyearto`, `glperiodto`); `glaccountno` narrows it to one account.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/get-a-list-of-gl-movementsbalances-4205287e0
   */
  list(query?: QueryOf<operations["listGlMovements"]>, options?: CallOptions): Promise<GlMovementList> {
    return this.call("listGlMovements", { path: { clientno: this.clientno }, query }, options);
  }
}
