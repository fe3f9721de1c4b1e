/**
 * Exports a client's AR items to a file, one JSON object a line.
 *
 *   npx tsx examples/export-ar-items.ts aritems.ndjson [maxItems]
 *
 * Items are collected in the directory beside the file. The file is replaced when the export is complete. A run that was
 * stopped, or that reached maxItems, is resumed by the next one.
 */
import { open, rename, rm } from "node:fs/promises";
import { ApiError } from "amili-client";
import { connectClient } from "./connect.js";
import { openState } from "./state.js";

const [file, maxItems] = process.argv.slice(2);
if (!file) throw new Error("Usage: npx tsx examples/export-ar-items.ts aritems.ndjson [maxItems]");

const { client, owner, close } = await connectClient();
const state = await openState(file, "AR items", owner);
const [partFile, cursorFile] = [state.path("part"), state.path("cursor")];
const part = await open(partFile, "a", 0o600);
let saved = await state.load<{ cursor: string; bytes: number }>("cursor");
if (saved && saved.bytes > (await part.stat()).size) {
  // The items before the cursor are lost: start over.
  await rm(cursorFile);
  saved = undefined;
}
// Items written after the cursor was saved are fetched again.
await part.truncate(saved?.bytes ?? 0);

let count = 0;
let complete = false;
try {
  const options = {
    // A part is exported too, with a warning.
    allowTruncated: true,
    ...(saved && { cursor: saved.cursor }),
    ...(maxItems && { maxItems: Number(maxItems) }),
  };
  // Only the next page is prefetched, so a slow disk slows the export down and does not fill the memory.
  for await (const page of client.arItems.list({ pagesize: 1000 }, options).pages()) {
    await part.appendFile(page.items.map((item) => `${JSON.stringify(item)}\n`).join(""));
    await part.sync();
    count += page.items.length;
    if (page.cursor) {
      await state.save("cursor", { cursor: page.cursor, bytes: (await part.stat()).size });
      continue;
    }
    complete = true;
    if (page.truncated) {
      console.error("The export may be incomplete: the server returns only a part of this query.");
      process.exitCode = 1;
    }
  }
  await part.close();
  if (complete) {
    await rename(partFile, file);
    await rm(cursorFile, { force: true });
  }
  console.log(
    `${count} AR items${complete ? "" : `. Run it again to resume; ${file} is written when all are exported.`}`,
  );
} catch (error) {
  // How long the server keeps a query is undocumented.
  if (saved && count === 0 && error instanceof ApiError) {
    console.error(`If the cursor has expired, delete ${cursorFile} to start over.`);
  }
  throw error;
} finally {
  await state.close();
  await close();
}
