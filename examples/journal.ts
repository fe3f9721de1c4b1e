import { open } from "node:fs/promises";
import type { Journal, JournalEntry } from "amili-client";

/**
 * A journal for `submit`: a file of JSON lines, which only its owner may read. One process at a time may have it open.
 */
export async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, "a+", 0o600);
  let last = Promise.resolve();

  async function write(entry: JournalEntry): Promise<void> {
    await file.appendFile(`${JSON.stringify(entry)}\n`);
    // Whether an invoice may have been sent must outlive a power cut. What became of it can be asked again.
    if (entry.state === "sending" || entry.state === "sent") await file.sync();
  }

  return {
    async load() {
      const bytes = await file.readFile();
      // A process that was killed may have left half a line. It was not saved, so nothing was done upon it.
      const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
      await file.truncate(whole.length);
      return whole
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JournalEntry);
    },
    save(entry) {
      // One after the other. After a failure none: it ends the run.
      last = last.then(() => write(entry));
      return last;
    },
  };
}
