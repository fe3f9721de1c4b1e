/**
 * A tour of what the client does: a token, an AR item, GL movements, ADB intervals, a report, a batch followed to its end,
 * and settlements over several pages.
 *
 * Runs in a sandbox of its own. With AMILI_CLIENT_ID and AMILI_CLIENT_SECRET set, and no AMILI_BASE_URLS, it runs its
 * reading part against Amili's staging systems instead: AMILI_CLIENT_NO and AMILI_ORGANIZATION_ID then say whose data is
 * read, and AMILI_AR_ITEM_ID, if set, which AR item.
 */
import { Amili, type AmiliOptions } from "amili-client";
import { startSandbox } from "amili-client/sandbox";

const { AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, AMILI_BASE_URLS, ...env } = process.env;
// Beside AMILI_BASE_URLS they are those of a sandbox, and Amili does not know them.
const onStaging = Boolean(AMILI_CLIENT_ID && AMILI_CLIENT_SECRET && !AMILI_BASE_URLS);
if (onStaging && !(env.AMILI_CLIENT_NO && env.AMILI_ORGANIZATION_ID)) {
  console.error("Staging needs AMILI_CLIENT_NO and AMILI_ORGANIZATION_ID: whose data is to be read?");
  process.exit(1);
}
const sandbox = onStaging ? undefined : await startSandbox();
console.log(sandbox ? `Sandbox at ${sandbox.url}` : "Amili staging, reading only");

const where: AmiliOptions = sandbox
  ? { baseUrls: sandbox.baseUrls, ...sandbox.credentials }
  : { environment: "staging" };
const amili = new Amili({
  ...where,
  hooks: {
    onToken: ({ expiresIn = 0 }) => console.log(`Token       ends in ${Math.round(expiresIn / 1000)} s`),
  },
});
const client = amili.accountsReceivable.client(Number(env.AMILI_CLIENT_NO ?? 2218));
const org = amili.debtCollection.organization(env.AMILI_ORGANIZATION_ID ?? "3fa85f64-5717-4562-b3fc-2c963f66afa6");
const arItemId = sandbox ? "2218-500002-35078-0" : env.AMILI_AR_ITEM_ID;

try {
  if (arItemId) {
    const item = await client.arItems.get(arItemId);
    console.log(
      `AR item     ${item.arItemId}: ${item.currencyBalance} of ${item.currencyAmount} ${item.currency} open, due ${item.dueDate}`,
    );
  }

  const { glMovements = [] } = await client.glMovements.list({
    glyearfrom: 2025,
    glperiodfrom: 2,
    glyearto: 2025,
    glperiodto: 3,
  });
  console.log("GL movements");
  console.table(
    glMovements.map(({ glYear, glPeriod, glAccountName, balanceIn, movement, balanceOut }) => ({
      period: `${glYear}-${String(glPeriod).padStart(2, "0")}`,
      account: glAccountName,
      in: balanceIn,
      movement,
      out: balanceOut,
    })),
  );

  const { adb } = await client.insights.adbIntervals();
  console.log(`ADB         as of ${adb?.cachedTime}`);
  for (const { description, itemCount, sumGlBalance } of adb?.intervals ?? []) {
    console.log(`            ${description}: ${itemCount} items, ${sumGlBalance}`);
  }

  if (sandbox) {
    const job = await client.actions.createReport("adb", {
      metadata: { userId: "quickstart" },
      action: { report: { adb: { intervals: [{ intervalNo: 1, intervalLength: 20 }] } } },
    });
    console.log(`Report      job ${job.jobQueueId} is ${job.status}`);

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
    console.log(`Batch       ${batch.data.status}, ${batch.data.succeeded.length} of 1 invoice taken`);
  }

  let pages = 0;
  let settlements = 0;
  for await (const { items } of org.settlements.list({ fromDate: "2026-01-01" }).pages()) {
    pages++;
    settlements += items.length;
  }
  console.log(`Settlements ${settlements} on ${pages} pages`);
} finally {
  await sandbox?.close();
}
