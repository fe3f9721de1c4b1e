import { Amili } from "amili-client";
import { parseWebhook } from "amili-client/webhooks";

const { baseUrls, credentials } = globalThis.sandbox;
const org = new Amili({ baseUrls, ...credentials }).debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");
const invoice = {
  invoiceNumber: "1",
  uniqueSourceInvoiceId: "1",
  originalInvoiceAmount: 1,
  currency: "NOK",
  type: "NOTICE",
};
globalThis.outcomes = org.invoices.submit([invoice]).toArray();
globalThis.event = parseWebhook({ id: "1", type: "NEW", data: {} });
