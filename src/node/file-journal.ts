import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Journal } from "../debt-collection/submit/journal.js";
import { ConfigurationError } from "../errors.js";
import { ignoreMissing } from "./file-errors.js";
import { FileLock } from "./file-lock.js";
import { JournalFile } from "./journal-file.js";

/**
 * A journal in a file of JSON lines, readable by its owner only. Its directory must exist; the file is created.
 *
 * One submit at a time can have it open, on this host or, where the file is on a shared volume, on others. The claim of a
 * process that was killed is taken over: at once on the same host, otherwise 30 s after its last sign of life.
 *
 * `open` reads the whole file and reduces it to the last record of each item if more than half of the records are outdated.
 * A record with "sending" is synced to the disk. Records contain keys, ids and reasons; a reason may contain personal data.
 *
 * Its methods throw a {@link ConfigurationError} when another submit has the journal open or has taken it over, when the
 * journal belongs to another owner, and when the file is damaged or not a journal.
 *
 * @throws {ConfigurationError} when `path` is empty
 */
export function fileJournal(path: string): Journal {
  if (typeof path !== "string" || path === "") {
    throw new ConfigurationError("invalid_argument", "fileJournal() needs the path of a file.");
  }
  let current: { file: JournalFile; lock: FileLock } | undefined;

  const opened = () => {
    if (current) return current.file;
    throw new ConfigurationError("invalid_argument", `The journal ${path} is not open.`);
  };

  return {
    async open(owner) {
      const file = await resolvePath(path);
      const lock = await FileLock.acquire(`${file}.lock`);
      try {
        current = { file: await JournalFile.open(file, owner, lock), lock };
      } catch (error) {
        await lock.release();
        throw error;
      }
    },
    read: async (keys) => opened().read(keys),
    write: async (records) => opened().write(records),
    async close() {
      const closing = current;
      current = undefined;
      try {
        await closing?.file.close();
      } finally {
        await closing?.lock.release();
      }
    },
  };
}

/** Without symbolic links, so that all names of a file have the same lock. */
async function resolvePath(path: string): Promise<string> {
  const existing = await realpath(path).catch(ignoreMissing);
  return existing ?? join(await realpath(dirname(path)), basename(path));
}
