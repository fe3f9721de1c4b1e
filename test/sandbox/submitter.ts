/**
 * Submits invoices from a process of its own, which can be killed. Arguments: the number of invoices, the journal, the
 * sandbox. Prints a line for each outcome.
 */
import { fileJournal } from "amili-client/node";
import { invoices, organizationIn, submitOptions } from "./submit-data.js";

const [count, file, sandbox] = process.argv.slice(2) as [string, string, string];
const org = organizationIn(JSON.parse(sandbox));
const options = { ...submitOptions, journal: fileJournal(file) };
for await (const { status, item } of org.invoices.submit(invoices(Number(count)), options)) {
  console.log(JSON.stringify({ status, item }));
}
