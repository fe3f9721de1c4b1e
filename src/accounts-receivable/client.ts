import { checkCount } from "../http/checks.js";
import { Actions } from "./actions.js";
import { ArItems } from "./ar-items.js";
import { Customers } from "./customers.js";
import { GlMovements } from "./gl-movements.js";
import type { AccountsReceivableCall } from "./index.js";
import { Insights } from "./insights.js";

/** What belongs to one ARM client. */
export class ArmClient {
  readonly actions: Actions;
  readonly arItems: ArItems;
  readonly customers: Customers;
  readonly glMovements: GlMovements;
  readonly insights: Insights;

  /** @internal */
  constructor(call: AccountsReceivableCall, clientno: number) {
    checkCount("clientno", clientno, 1);
    this.actions = new Actions(call, clientno);
    this.arItems = new ArItems(call, clientno);
    this.customers = new Customers(call, clientno);
    this.glMovements = new GlMovements(call, clientno);
    this.insights = new Insights(call, clientno);
  }
}
