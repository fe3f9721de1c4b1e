/**
 * Exports the AR items of a client to a file, a line of JSON each.
 *
 *   tsx examples/export-ar-items.ts aritems.ndjson [maxItems]
 *
 * A run that was stopped, or that had its maxItems, leaves a cursor file: the next run goes on there. Without one the export
 * begins anew.
 */
import { existsSync } from "node:fs";
import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "./connect.js";

const [file, maxItems] = process.argv.slice(2);
if (!file) throw new Error("Usage: tsx examples/export-ar-items.ts aritems.ndjson [maxItems]");

const { client, where, close } = await connect();
const cursorFile = `${file}.${where}.cursor`;
const { cursor, bytes } = existsSync(cursorFile) ? JSON.parse(await readFile(cursorFile, "utf8")) : { bytes: 0 };

const out = await open(file, "a", 0o600);
// What was written after the cursor was saved comes once more.
await out.truncate(Math.min(bytes, (await out.stat()).size));
let count = 0;
try {
  const options = { ...(cursor && { cursor }), ...(maxItems && { maxItems: Number(maxItems) }) };
  // The next page is fetched while this one is written, and none beyond it: a slow disk holds up the export, not the memory.
  for await (const page of client.arItems.list({ pagesize: 1000 }, options).pages()) {
    await out.appendFile(page.items.map((item) => `${JSON.stringify(item)}\n`).join(""));
    await out.sync();
    count += page.items.length;
    if (page.cursor) {
      const state = { cursor: page.cursor, bytes: (await out.stat()).size };
      await writeFile(`${cursorFile}.new`, JSON.stringify(state), { flush: true });
      await rename(`${cursorFile}.new`, cursorFile);
      continue;
    }
    await rm(cursorFile, { force: true });
    const { totalCount = 0, maximumCount = 10_000 } = page.body.summary ?? {};
    if (totalCount >= maximumCount) {
      console.error(`A search finds ${maximumCount} items at most: there may be more.`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  // The server keeps a query for a time that is not documented.
  if (cursor && count === 0) console.error(`If the cursor is too old, delete ${cursorFile} to begin anew.`);
  throw error;
} finally {
  await out.close();
  await close();
}
console.log(`${count} AR items${existsSync(cursorFile) ? ", and more to come" : ""}`);
