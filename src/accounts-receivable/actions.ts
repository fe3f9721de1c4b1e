import type { ReportsActionRequest, ReportsActionResult } from "../../generated/accounts-receivable.js";
import type { CallOptions } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Work that ARM is asked to do. */
export class Actions {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Asks for a report. It is made later: the answer has the number of a job in the queue, not the report. What the body
   * must hold depends on the type; only `adb` has been seen.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-a-reports-actiongenerate-a-report-4205259e0
   */
  createReport(
    reporttype: "adb" | (string & {}),
    body: ReportsActionRequest,
    options?: CallOptions,
  ): Promise<ReportsActionResult> {
    return this.call("createReportsAction", { path: { clientno: this.clientno, reporttype }, body }, options);
  }
}
