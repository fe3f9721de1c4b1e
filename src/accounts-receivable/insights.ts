import type { AdbIntervalsResponse, operations } from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Figures over the whole ledger. */
export class Insights {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Age distributed balance: how many items and how much balance are overdue for how long, in intervals 0 (not due) to 6
   * (no upper end). Made at the first request of a day and kept for that day.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/get-a-list-of-adb-intervals-4205288e0
   */
  adbIntervals(query?: QueryOf<operations["listAdbIntervals"]>, options?: CallOptions): Promise<AdbIntervalsResponse> {
    return this.call("listAdbIntervals", { path: { clientno: this.clientno }, query }, options);
  }
}
