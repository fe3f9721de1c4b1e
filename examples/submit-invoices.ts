/**
 * Submits the invoices of a CSV and writes what became of each, a line of JSON an invoice.
 *
 *   tsx examples/submit-invoices.ts invoices.csv outcomes.ndjson
 *
 * Run it again after it was stopped, in whatever way: the journal beside the outcomes tells it where to go on, and the
 * outcomes are written anew, of all. Ends with 0 if nothing is unknown. Use new names for new invoices.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import type { Outcome } from "amili-client";
import { parse } from "csv-parse";
import { connect } from "./connect.js";
import { openJournal } from "./journal.js";

const [csvFile, outcomesFile] = process.argv.slice(2);
if (!csvFile || !outcomesFile) throw new Error("Usage: tsx examples/submit-invoices.ts invoices.csv outcomes.ndjson");

/** Read no faster than it is sent. Only what is named here leaves the machine; an empty cell is left out. */
async function* invoices(file: string) {
  const options = {
    bom: true,
    columns: true,
    skip_empty_lines: true,
    trim: true,
    cast: (cell: string) => cell || undefined,
  };
  for await (const row of pipeline(createReadStream(file), parse(options), () => {})) {
    const { uniqueSourceInvoiceId, type, invoiceNumber, originalInvoiceAmount, currency, invoiceDate, dueDate } = row;
    if (!/^-?\d+(\.\d+)?$/.test(originalInvoiceAmount)) {
      throw new Error(`The originalInvoiceAmount of ${uniqueSourceInvoiceId} is no number such as 4500.50`);
    }
    const amount = Number(originalInvoiceAmount);
    yield { uniqueSourceInvoiceId, type, invoiceNumber, originalInvoiceAmount: amount, currency, invoiceDate, dueDate };
  }
}

/** Ids and no more. What a batch says of a rejected invoice may hold personal data; it stands in the journal. */
function lineOf({ item: _, reason, ...outcome }: Outcome<unknown> & { reason?: unknown }): string {
  return `${JSON.stringify({ ...outcome, ...(reason instanceof Error && { reason: reason.message }) })}\n`;
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("Stopped; run it again to go on.")));

const { org, where, close } = await connect();
const journal = await openJournal(`${outcomesFile}.${where}.journal`);
const outcomes = await open(outcomesFile, "w");
const counts = { accepted: 0, rejected: 0, unknown: 0 };
try {
  for await (const outcome of org.invoices.submit(invoices(csvFile), { journal, signal: stop.signal })) {
    counts[outcome.status]++;
    await outcomes.appendFile(lineOf(outcome));
  }
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
console.log(`${counts.accepted} accepted, ${counts.rejected} rejected, ${counts.unknown} unknown`);
if (counts.unknown > 0) process.exitCode = 1;
await outcomes.close();
await close();
