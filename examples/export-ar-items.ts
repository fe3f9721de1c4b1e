/**
 * Exports the AR items of a client to a file, a line of JSON each.
 *
 *   npx tsx examples/export-ar-items.ts aritems.ndjson [maxItems]
 *
 * The file is there, in place of an older one, when all items are: until then they are kept beside it. After a run that was
 * stopped, or that had its maxItems, the next one goes on.
 */
import { open, rename, rm } from "node:fs/promises";
import { ApiError } from "amili-client";
import { connectClient } from "./connect.js";
import { openState } from "./state.js";

const [file, maxItems] = process.argv.slice(2);
if (!file) throw new Error("Usage: npx tsx examples/export-ar-items.ts aritems.ndjson [maxItems]");

const { client, whose, close } = await connectClient();
const state = await openState(file, "AR items", whose);
const [part, cursorFile] = [state.path("part"), state.path("cursor")];
const out = await open(part, "a", 0o600);
let saved = await state.load<{ cursor: string; bytes: number }>("cursor");
if (saved && saved.bytes > (await out.stat()).size) {
  // What came before the cursor is gone.
  await rm(cursorFile);
  saved = undefined;
}
// What was written after the cursor was saved comes once more.
await out.truncate(saved?.bytes ?? 0);

let count = 0;
let complete = false;
try {
  const options = { ...(saved && { cursor: saved.cursor }), ...(maxItems && { maxItems: Number(maxItems) }) };
  // The next page is fetched while this one is written, and none beyond it: a slow disk holds up the export, not the memory.
  for await (const page of client.arItems.list({ pagesize: 1000 }, options).pages()) {
    await out.appendFile(page.items.map((item) => `${JSON.stringify(item)}\n`).join(""));
    await out.sync();
    count += page.items.length;
    if (page.cursor) {
      await state.save("cursor", { cursor: page.cursor, bytes: (await out.stat()).size });
      continue;
    }
    complete = true;
    const { totalCount = 0, maximumCount = 10_000 } = page.body.summary ?? {};
    if (totalCount >= maximumCount) {
      console.error(`A search finds ${maximumCount} items at most: there may be more.`);
      process.exitCode = 1;
    }
  }
  await out.close();
  if (complete) {
    await rename(part, file);
    await rm(cursorFile, { force: true });
  }
  console.log(`${count} AR items${complete ? "" : `, and more to come: ${file} is written when all are there`}`);
} catch (error) {
  // The server keeps a query for a time that is not documented.
  if (saved && count === 0 && error instanceof ApiError) {
    console.error(`If the cursor is too old, delete ${cursorFile} to begin anew.`);
  }
  throw error;
} finally {
  await state.close();
  await close();
}
