// A program of a user, as its compiler sees it: a few calls of each kind.
import { Amili, ApiError } from "amili-client";

const amili = new Amili({ environment: "staging" });
const client = amili.accountsReceivable.client(2218);
const org = amili.debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");

export async function main(): Promise<void> {
  const item = await client.arItems.get("2218-500002-35078-0");
  console.log(item.currencyBalance, item.dueDate);
  for await (const customer of client.customers.list({ pagesize: 1000 })) console.log(customer.customerNo);
  for await (const outcome of org.invoices.submit([{ type: "NOTICE", uniqueSourceInvoiceId: "1" }]))
    console.log(outcome.status);
  try {
    await org.settlements.list({ fromDate: "2026-01-01" }).toArray();
  } catch (thrown) {
    if (thrown instanceof ApiError) console.log(thrown.status);
  }
}
