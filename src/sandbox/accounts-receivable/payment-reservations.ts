import type { PaymentReservation } from "../../../generated/accounts-receivable.js";
import type { Client } from "./client.js";
import { accountNoOf, referenceNoOf } from "./seed.js";
import { type Outcome, rejected } from "./write-result.js";

/** The identifiers that a reservation may name a document by, and how each leads to its AR item. */
const DOCUMENT: { [Name in keyof PaymentReservation]?: (client: Client, value: string) => number } = {
  arItemId: (client, id) => client.itemIndex(id),
  documentNo: (client, no) => client.documentIndex(no),
  documentUuid: (client, uuid) => client.ids.document.indexOf(uuid),
  referenceNo: (client, no) => itemOfReference(client, Number(no)),
  kid: (client, kid) => client.itemIndexOfKid(kid),
};

/** The identifiers that it may name a customer by. A customer's KID is that of one of its documents here. */
const CUSTOMER: { [Name in keyof PaymentReservation]?: (client: Client, value: string) => number } = {
  customerNo: (client, no) => client.customerIndex(no),
  accountNo: (_, no) => Number(no) - accountNoOf(0),
};

function itemOfReference(client: Client, referenceNo: number): number {
  for (const index of client.items.indices(client.seed.items)) {
    if (client.items.at(index)?.referenceNo === referenceNo) return index;
  }
  return client.seed.itemsOf(referenceNo - referenceNoOf(0))[0] ?? -1;
}

/** Reserves a coming payment. Only the first identifier that is given counts. */
export function reserve(client: Client, reservation: PaymentReservation | undefined): Outcome {
  const { paymentId } = reservation ?? {};
  if (!paymentId) return rejected(422, "paymentReservation.paymentId is missing.");
  const given = (names: object) =>
    Object.entries(names as Record<string, (client: Client, value: string) => number>).find(
      ([name]) => reservation?.[name] !== undefined,
    );
  const document = given(DOCUMENT);
  const customer = given(CUSTOMER);
  if (!document && !customer) {
    const names = [...Object.keys(DOCUMENT), ...Object.keys(CUSTOMER)].join(", ");
    return rejected(422, `A reservation needs one of ${names}.`);
  }
  const [name, find] = (document ?? customer) as [string, (client: Client, value: string) => number];
  const index = find(client, String(reservation?.[name]));
  const exists = document ? client.items.has(index) : client.customers.has(index);
  if (!exists) return rejected(404, `${name} names none that exists.`);
  if (!client.addPayment(paymentId)) return rejected(422, "A reservation with this paymentId exists.");
  if (document) client.items.change(index).reservedStatus = "RESERVED";
  return { result: "CREATED", message: "Payment reservation created", paymentId };
}
