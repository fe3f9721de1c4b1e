import type { ArItem, operations } from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Items of the accounts-receivable ledger. */
export class ArItems {
  readonly #call: AccountsReceivableCall;
  readonly #clientno: number;

  /** @internal */
  constructor(call: AccountsReceivableCall, clientno: number) {
    this.#call = call;
    this.#clientno = clientno;
  }

  /**
   * One AR item. Amounts are in the currency that stands beside them.
   *
   * @param aritemid such as `2218-500002-35078-0`
   * @throws {ApiError} the API refused, or there is no such item (404)
   * @see https://docs.amili.dev/get-one-ar-item-3942664e0
   */
  get(aritemid: string, query?: QueryOf<operations["getArItem"]>, options?: CallOptions): Promise<ArItem> {
    return this.#call("getArItem", { path: { clientno: this.#clientno, aritemid }, query }, options);
  }
}
