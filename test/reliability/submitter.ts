/**
 * Submits invoices from a process of its own, which can be killed. Arguments: the number of invoices, the journal's file, the
 * server's URL. Prints a line for each outcome.
 */
import { open } from "node:fs/promises";
import { Amili, type Journal, type JournalRecord } from "amili-client";
import { invoice } from "./items.js";
import { ORGANIZATION } from "./server/collection-server.js";

/** A line of JSON for each record. A line that was being written when the process died is cut off. */
async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, "a+");
  const lines = (await file.readFile("utf8")).split("\n");
  await file.truncate(
    Buffer.byteLength(
      lines
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(""),
    ),
  );
  const records = lines.slice(0, -1).map((line) => JSON.parse(line) as JournalRecord);
  const last = new Map(records.map((record) => [record.key, record]));
  let lastWrite: Promise<void> = Promise.resolve();

  async function store(added: readonly JournalRecord[]): Promise<void> {
    await file.appendFile(added.map((record) => `${JSON.stringify(record)}\n`).join(""));
    await file.datasync();
  }

  return {
    open: async () => {},
    read: async (keys) => keys.flatMap((key) => last.get(key) ?? []),
    write(added) {
      for (const record of added) last.set(record.key, record);
      lastWrite = lastWrite.then(() => store(added));
      return lastWrite;
    },
    close: async () => {
      await lastWrite;
      await file.close();
    },
  };
}

const [count, path, url] = process.argv.slice(2) as [string, string, string];
const amili = new Amili({
  clientId: "reliability",
  clientSecret: "secret",
  baseUrls: { identity: url, debtCollection: url },
});
const { invoices } = amili.debtCollection.organization(ORGANIZATION);
const items = Array.from({ length: Number(count) }, (_, n) => invoice(n));
const options = { chunkSize: 100, visibilityDelay: 2_000, journal: await openJournal(path) };
for await (const { status, key } of invoices.submit(items, options)) console.log(JSON.stringify({ status, key }));
