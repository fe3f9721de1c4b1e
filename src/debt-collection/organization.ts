import { encodeSegment } from "../http/url.js";
import { Batches } from "./batches.js";
import type { DebtCollectionCall } from "./index.js";
import { Invoices } from "./invoices.js";
import { Settlements } from "./settlements.js";

/** What belongs to one organisation. */
export class Organization {
  readonly batches: Batches;
  readonly invoices: Invoices;
  readonly settlements: Settlements;

  /** @internal */
  constructor(call: DebtCollectionCall, organizationId: string) {
    encodeSegment("organizationId", organizationId);
    this.batches = new Batches(call, organizationId);
    this.invoices = new Invoices(call, organizationId);
    this.settlements = new Settlements(call, organizationId);
  }
}
