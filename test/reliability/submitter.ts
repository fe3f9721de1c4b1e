/**
 * Submits invoices from a process of its own, which can be killed. Arguments: the number of invoices, the journal's file, the
 * server's URL. Prints a line for each outcome.
 */
import { Amili } from "amili-client";
import { fileJournal } from "amili-client/node";
import { invoice } from "./items.js";
import { ORGANIZATION } from "./server/collection-server.js";

const [count, path, url] = process.argv.slice(2) as [string, string, string];
const amili = new Amili({
  clientId: "reliability",
  clientSecret: "secret",
  baseUrls: { identity: url, debtCollection: url },
});
const { invoices } = amili.debtCollection.organization(ORGANIZATION);
const items = Array.from({ length: Number(count) }, (_, n) => invoice(n));
const options = { chunkSize: 100, visibilityDelay: 2_000, journal: fileJournal(path) };
for await (const { status, key } of invoices.submit(items, options)) console.log(JSON.stringify({ status, key }));
