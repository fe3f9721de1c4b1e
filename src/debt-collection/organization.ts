import { encodeSegment } from "../http/url.js";
import { Batches } from "./batches.js";
import { Cases } from "./cases.js";
import { Corrections } from "./corrections.js";
import type { DebtCollectionCall } from "./index.js";
import { Invoices } from "./invoices.js";
import { Payments } from "./payments.js";
import { Settlements } from "./settlements.js";

/** What belongs to one organisation. */
export class Organization {
  readonly batches: Batches;
  readonly cases: Cases;
  readonly corrections: Corrections;
  readonly invoices: Invoices;
  readonly payments: Payments;
  readonly settlements: Settlements;

  /** @internal */
  constructor(call: DebtCollectionCall, organizationId: string) {
    encodeSegment("organizationId", organizationId);
    this.batches = new Batches(call, organizationId);
    this.cases = new Cases(call, organizationId);
    this.corrections = new Corrections(call, organizationId, this.batches);
    this.invoices = new Invoices(call, organizationId, this.batches);
    this.payments = new Payments(call, organizationId, this.batches);
    this.settlements = new Settlements(call, organizationId);
  }
}
