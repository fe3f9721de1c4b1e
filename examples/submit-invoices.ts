/**
 * Submits the invoices of a CSV file and writes each outcome to a file, one JSON object a line.
 *
 *   npx tsx examples/submit-invoices.ts invoices.csv outcomes.ndjson [--resubmit]
 *
 * If it is stopped, run it again: it resumes from the journal in the directory beside the outcomes and writes all outcomes
 * anew. Rejected invoices are sent again with --resubmit, after a correction in the CSV file. The exit code is 0 if no
 * outcome is unknown. Use new file names for new invoices.
 */
import { open } from "node:fs/promises";
import type { Outcome } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { fileJournal } from "amili-client/node";
import { connectOrganization } from "./connect.js";
import { readCsv } from "./csv.js";
import { openState } from "./state.js";

const [csvFile, outcomesFile, flag] = process.argv.slice(2);
if (!csvFile || !outcomesFile || (flag !== undefined && flag !== "--resubmit"))
  throw new Error("Usage: npx tsx examples/submit-invoices.ts invoices.csv outcomes.ndjson [--resubmit]");

const COLUMNS = [
  "uniqueSourceInvoiceId",
  "type",
  "invoiceNumber",
  "originalInvoiceAmount",
  "currency",
  "invoiceDate",
  "dueDate",
];

/** Only the columns above are sent; empty cells are left out. */
async function* toInvoices(rows: AsyncIterable<Record<string, string>>): AsyncGenerator<InvoiceInput> {
  for await (const row of rows) {
    const { uniqueSourceInvoiceId, originalInvoiceAmount = "" } = row;
    if (!/^-?\d+(\.\d+)?$/.test(originalInvoiceAmount)) {
      const given = `the originalInvoiceAmount of ${uniqueSourceInvoiceId} is "${originalInvoiceAmount}"`;
      throw new Error(`Invalid amount: ${given}, expected a number such as 4500.50.`);
    }
    const cells = COLUMNS.filter((name) => row[name]).map((name) => [name, row[name]]);
    yield { ...Object.fromEntries(cells), originalInvoiceAmount: Number(originalInvoiceAmount) };
  }
}

// No personal data: the invoice and a batch's reason for a rejection may hold some. The reason is in the journal.
const OUTCOME_FIELDS = ["status", "key", "batchId", "invoiceId", "sent", "reason", "lookUp"];

function toLine(outcome: Outcome<unknown>): string {
  const reason = "reason" in outcome && outcome.reason instanceof Error ? outcome.reason.message : undefined;
  return `${JSON.stringify({ ...outcome, reason }, OUTCOME_FIELDS)}\n`;
}

const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort(new Error("Interrupted. Run it again to resume.")));

const rows = await readCsv(csvFile, () => ({ required: COLUMNS, unknown: "ignore" }));
const { org, owner, close } = await connectOrganization();
const state = await openState(outcomesFile, "outcomes", owner);
const outcomes = await open(outcomesFile, "w");
const options = {
  journal: fileJournal(state.path("journal")),
  resubmit: ({ status }: Outcome<unknown>) => flag !== undefined && status === "rejected",
  signal: interrupt.signal,
};
const counts: Partial<Record<Outcome<unknown>["status"], number>> = {};
try {
  for await (const outcome of org.invoices.submit(toInvoices(rows), options)) {
    counts[outcome.status] = (counts[outcome.status] ?? 0) + 1;
    await outcomes.appendFile(toLine(outcome));
  }
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
const summary = Object.entries(counts)
  .sort()
  .map(([status, count]) => `${count} ${status}`);
console.log(summary.join(", ") || "No outcomes");
if (counts.rejected) {
  console.log("To submit corrected invoices, correct them in the CSV file and run it again with --resubmit.");
}
if (counts.unknown) process.exitCode = 1;
await outcomes.close();
await state.close();
await close();
