import type { PaymentReservation, PaymentReservationRequest } from "../../../generated/accounts-receivable.js";
import { HttpError } from "../server/response.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import type { Written } from "./model.js";
import { indexOfAccountNo } from "./seed.js";

/** The documented identifiers, and the index that each leads to: of a document's AR item, or of a customer. */
const DOCUMENT: Record<string, (client: Client, value: unknown) => number> = {
  arItemId: (client, id) => client.itemIndex(id),
  documentNo: (client, no) => client.documentIndex(no),
  documentUuid: (client, uuid) => client.ids.document.indexOf(String(uuid)),
  referenceNo: (client, no) => client.itemIndexOfReference(no),
  kid: (client, kid) => client.itemIndexOfKid(kid),
};
const CUSTOMER: typeof DOCUMENT = {
  customerNo: (client, no) => client.customerIndex(no),
  accountNo: (_, no) => indexOfAccountNo(Number(no)),
};
const IDENTIFIERS = { ...DOCUMENT, ...CUSTOMER };

export const paymentReservationOperations = (clients: Clients) => ({
  createPaymentReservation: clients.write((client, { body }) =>
    reserve(client, (body as PaymentReservationRequest).paymentReservation ?? {}),
  ),
});

/** Reserves a coming payment. Only the first identifier that is given counts. */
function reserve(client: Client, reservation: Partial<PaymentReservation>): Written {
  const { paymentId } = reservation;
  const identifiers: Record<string, unknown> = { ...reservation };
  if (!paymentId) throw new HttpError(422, "paymentReservation.paymentId is missing.");
  const name = Object.keys(IDENTIFIERS).find((identifier) => identifiers[identifier] !== undefined);
  if (name === undefined) {
    throw new HttpError(422, `paymentReservation needs one of ${Object.keys(IDENTIFIERS).join(", ")}.`);
  }
  const index = IDENTIFIERS[name]?.(client, identifiers[name]) ?? -1;
  const records = name in DOCUMENT ? client.items : client.customers;
  if (!records.has(index)) throw new HttpError(404, `There is nothing with this ${name}.`);
  if (client.payments.has(paymentId.toLowerCase())) {
    throw new HttpError(422, "A reservation with this paymentId exists.");
  }
  client.payments.add(paymentId.toLowerCase());
  if (name in DOCUMENT) client.items.change(index).reservedStatus = "RESERVED";
  return { result: "CREATED", message: "Payment reservation created", paymentId };
}
