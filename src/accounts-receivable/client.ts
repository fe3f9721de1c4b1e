import { checkCount } from "../http/checks.js";
import { Actions } from "./actions.js";
import { ArItems } from "./ar-items.js";
import { AutoPostings } from "./auto-postings.js";
import { Batches } from "./batches.js";
import { ClientConfigs } from "./client-configs.js";
import { Customers } from "./customers.js";
import { DocumentBundles } from "./document-bundles.js";
import { Documents } from "./documents.js";
import { Files } from "./files.js";
import { GlItems } from "./gl-items.js";
import { GlMovements } from "./gl-movements.js";
import type { AccountsReceivableCall } from "./index.js";
import { Insights } from "./insights.js";
import { LogItems } from "./log-items.js";
import { PaymentReservations } from "./payment-reservations.js";

/** What belongs to one ARM client. */
export class ArmClient {
  readonly actions: Actions;
  readonly arItems: ArItems;
  readonly autoPostings: AutoPostings;
  readonly batches: Batches;
  readonly clientConfigs: ClientConfigs;
  readonly customers: Customers;
  readonly documentBundles: DocumentBundles;
  readonly documents: Documents;
  readonly files: Files;
  readonly glItems: GlItems;
  readonly glMovements: GlMovements;
  readonly insights: Insights;
  readonly logItems: LogItems;
  readonly paymentReservations: PaymentReservations;

  /** @internal */
  constructor(call: AccountsReceivableCall, clientno: number) {
    checkCount("clientno", clientno, 1);
    this.actions = new Actions(call, clientno);
    this.arItems = new ArItems(call, clientno);
    this.autoPostings = new AutoPostings(call, clientno);
    this.batches = new Batches(call, clientno);
    this.clientConfigs = new ClientConfigs(call, clientno);
    this.customers = new Customers(call, clientno);
    this.documentBundles = new DocumentBundles(call, clientno);
    this.documents = new Documents(call, clientno);
    this.files = new Files(call, clientno);
    this.glItems = new GlItems(call, clientno);
    this.glMovements = new GlMovements(call, clientno);
    this.insights = new Insights(call, clientno);
    this.logItems = new LogItems(call, clientno);
    this.paymentReservations = new PaymentReservations(call, clientno);
  }
}
