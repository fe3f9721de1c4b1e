/**
 * Submits invoices from a process of its own, which can be killed: how many, with which journal, in which sandbox. Writes a
 * line for each outcome.
 */
import { openJournal } from "../../examples/journal.js";
import { invoices, organizationIn } from "./submitted.js";

const [count, file, sandbox] = process.argv.slice(2) as [string, string, string];
const org = organizationIn(JSON.parse(sandbox));
const journal = await openJournal(file);
for await (const { status, item } of org.invoices.submit(invoices(Number(count)), { visibilityDelay: 150, journal })) {
  console.log(JSON.stringify({ status, item }));
}
