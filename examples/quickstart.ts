/**
 * A tour of the client: reads accounts receivable, creates a report, submits an invoice, and lists settlements.
 *
 * Runs in a sandbox. With AMILI_CLIENT_ID and AMILI_CLIENT_SECRET set, and AMILI_BASE_URLS not set, it runs against Amili's
 * staging systems and only reads. Then AMILI_CLIENT_NO and AMILI_ORGANIZATION_ID are required; AMILI_AR_ITEM_ID is optional.
 */
import { Amili, type AmiliOptions } from "amili-client";
import { startSandbox } from "amili-client/sandbox";

const { AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, AMILI_BASE_URLS, ...env } = process.env;
// With AMILI_BASE_URLS, the credentials are a sandbox's and must not be sent to Amili.
const isStaging = Boolean(AMILI_CLIENT_ID && AMILI_CLIENT_SECRET && !AMILI_BASE_URLS);
if (isStaging && !(env.AMILI_CLIENT_NO && env.AMILI_ORGANIZATION_ID)) {
  console.error("To read from staging, set AMILI_CLIENT_NO and AMILI_ORGANIZATION_ID.");
  process.exit(1);
}
const sandbox = isStaging ? undefined : await startSandbox();
const system: AmiliOptions = sandbox
  ? { baseUrls: sandbox.baseUrls, ...sandbox.credentials }
  : { environment: "staging" };
const { clientNo, organizationId, arItemId } = sandbox
  ? { clientNo: 2218, organizationId: "3fa85f64-5717-4562-b3fc-2c963f66afa6", arItemId: "2218-500002-35078-0" }
  : {
      clientNo: Number(env.AMILI_CLIENT_NO),
      organizationId: env.AMILI_ORGANIZATION_ID ?? "",
      arItemId: env.AMILI_AR_ITEM_ID,
    };

const print = (label: string, text = "") => console.log(label.padEnd(13) + text);
const amount = (value = 0) => value.toFixed(2).padStart(9);

const amili = new Amili({
  ...system,
  hooks: { onToken: ({ expiresIn = 0 }) => print("Token", `expires in ${Math.round(expiresIn / 1000)} s`) },
});
const client = amili.accountsReceivable.client(clientNo);
const org = amili.debtCollection.organization(organizationId);

try {
  print(sandbox ? "Sandbox" : "Staging", sandbox ? sandbox.url : "read only");

  if (arItemId) {
    const { currency, currencyAmount, currencyBalance, dueDate } = await client.arItems.get(arItemId);
    print("AR item", `${arItemId}: ${currencyBalance} of ${currencyAmount} ${currency} open, due ${dueDate}`);
  }

  print("GL movements", "account                opening  movement   closing");
  const period = { glyearfrom: 2025, glperiodfrom: 2, glyearto: 2025, glperiodto: 3 };
  const { glMovements = [] } = await client.glMovements.list(period);
  for (const { glYear, glPeriod, glAccountName = "", balanceIn, movement, balanceOut } of glMovements) {
    const month = `${glYear}-${String(glPeriod).padStart(2, "0")}`;
    print(`  ${month}`, `${glAccountName.padEnd(20)} ${[balanceIn, movement, balanceOut].map(amount).join(" ")}`);
  }

  const { adb } = await client.insights.adbIntervals();
  print("ADB", `as of ${adb?.cachedTime}`);
  for (const { description, itemCount, sumGlBalance } of adb?.intervals ?? []) {
    print(`  ${description}`, `${String(itemCount).padStart(2)} items ${amount(sumGlBalance)}`);
  }

  if (sandbox) {
    const job = await client.actions.createReport("adb", {
      metadata: { userId: "quickstart" },
      action: { report: { adb: { intervals: [{ intervalNo: 1, intervalLength: 20 }] } } },
    });
    print("Report", `job ${job.jobQueueId} is ${job.status}`);

    const { data } = await org.invoices.create([
      {
        type: "NOTICE",
        invoiceNumber: "INV-2026-00123",
        originalInvoiceAmount: 4500,
        currency: "NOK",
        invoiceDate: "2026-01-15",
        dueDate: "2026-02-15",
        uniqueSourceInvoiceId: "erp-order-9981",
      },
    ]);
    const batch = await org.batches.waitFor(data.batchId);
    print("Batch", `${batch.data.status}, ${batch.data.succeeded.length} of 1 invoice created`);
  }

  let pages = 0;
  let settlements = 0;
  for await (const { items } of org.settlements.list({ fromDate: "2026-01-01" }).pages()) {
    pages++;
    settlements += items.length;
  }
  print("Settlements", `${settlements} on ${pages} pages`);
} finally {
  await sandbox?.close();
}
