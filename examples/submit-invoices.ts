/**
 * Submits the invoices of a CSV and writes what became of each, a line of JSON an invoice.
 *
 *   npx tsx examples/submit-invoices.ts invoices.csv outcomes.ndjson
 *
 * Run it again after it was stopped, in whatever way: the journal in the directory beside the outcomes tells it where to go
 * on, and the outcomes are written anew, of all. Ends with 0 if nothing is unknown. Use new names for new invoices, and for
 * corrected ones: what was rejected stays so in the journal, and is not sent again. Its uniqueSourceInvoiceId can stay.
 */
import { open } from "node:fs/promises";
import type { Outcome } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { connectOrganization } from "./connect.js";
import { readCsv } from "./csv.js";
import { openJournal } from "./journal.js";
import { openState } from "./state.js";

const [csvFile, outcomesFile] = process.argv.slice(2);
if (!csvFile || !outcomesFile)
  throw new Error("Usage: npx tsx examples/submit-invoices.ts invoices.csv outcomes.ndjson");

const COLUMNS = [
  "uniqueSourceInvoiceId",
  "type",
  "invoiceNumber",
  "originalInvoiceAmount",
  "currency",
  "invoiceDate",
  "dueDate",
];

/** Only what is named here leaves the machine; an empty cell is left out. */
async function* invoices(rows: AsyncIterable<Record<string, string>>): AsyncGenerator<InvoiceInput> {
  for await (const row of rows) {
    const { uniqueSourceInvoiceId, originalInvoiceAmount = "" } = row;
    if (!/^-?\d+(\.\d+)?$/.test(originalInvoiceAmount)) {
      const given = `The originalInvoiceAmount of ${uniqueSourceInvoiceId} is "${originalInvoiceAmount}"`;
      throw new Error(`${given}, which is no number such as 4500.50`);
    }
    const cells = COLUMNS.filter((name) => row[name]).map((name) => [name, row[name]]);
    yield { ...Object.fromEntries(cells), originalInvoiceAmount: Number(originalInvoiceAmount) };
  }
}

/** Ids and no more. What a batch says of a rejected invoice may hold personal data; it stands in the journal. */
function lineOf({ item: _, reason, ...outcome }: Outcome<unknown> & { reason?: unknown }): string {
  return `${JSON.stringify({ ...outcome, ...(reason instanceof Error && { reason: reason.message }) })}\n`;
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("Stopped; run it again to go on.")));

const rows = await readCsv(csvFile, () => ({ needed: COLUMNS, others: "ignored" }));
const { org, whose, close } = await connectOrganization();
const state = await openState(outcomesFile, "outcomes", whose);
const journal = await openJournal(state.path("journal"));
const outcomes = await open(outcomesFile, "w");
const counts = { accepted: 0, rejected: 0, unknown: 0 };
try {
  for await (const outcome of org.invoices.submit(invoices(rows), { journal, signal: stop.signal })) {
    counts[outcome.status]++;
    await outcomes.appendFile(lineOf(outcome));
  }
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
console.log(`${counts.accepted} accepted, ${counts.rejected} rejected, ${counts.unknown} unknown`);
if (counts.rejected > 0) {
  const how = "Correct the rejected ones in a CSV of their own and submit that with an outcomes file of its own";
  console.log(`${how}: with this one they are not sent again. A new uniqueSourceInvoiceId is not needed.`);
}
if (counts.unknown > 0) process.exitCode = 1;
await outcomes.close();
await state.close();
await close();
