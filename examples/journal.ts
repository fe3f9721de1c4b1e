import { open } from "node:fs/promises";
import type { Journal, JournalEntry } from "amili-client";

/** Opens a journal for `submit`: a file of JSON lines, readable by its owner only. One process at a time may use it. */
export async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, "a+", 0o600);
  let last = Promise.resolve();

  async function write(entry: JournalEntry): Promise<void> {
    await file.appendFile(`${JSON.stringify(entry)}\n`);
    // That an invoice may have been sent must survive a power failure. Its outcome can be queried again.
    if (entry.state === "sending" || entry.state === "sent") await file.sync();
  }

  return {
    async load() {
      const bytes = await file.readFile();
      // A killed process may have left an incomplete line. Nothing was done on the strength of it.
      const complete = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
      await file.truncate(complete.length);
      const lines = complete.toString().split("\n").filter(Boolean);
      return lines.map((line): JournalEntry => JSON.parse(line));
    },
    save(entry) {
      // One write at a time, and none after one that failed.
      last = last.then(() => write(entry));
      return last;
    },
  };
}
