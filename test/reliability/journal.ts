import type { Journal, JournalOwner, JournalRecord } from "amili-client";
import type { Random } from "./random.js";

/** What outlives a process: the records of a journal, and how many of them survive a power failure. */
export class JournalDisk {
  readonly records: JournalRecord[] = [];
  last = new Map<string, JournalRecord>();
  owner: JournalOwner | undefined;
  isClaimed = false;
  #synced = 0;

  append(records: readonly JournalRecord[], sync: boolean): void {
    for (const record of structuredClone(records)) {
      this.records.push(record);
      this.last.set(record.key, record);
    }
    if (sync) this.#synced = this.records.length;
  }

  /** The process that had the journal open is gone. A power failure also takes some of the records that were not synced. */
  recover(random: Random, isPowerFailure: boolean): void {
    this.isClaimed = false;
    if (isPowerFailure) this.records.length = random.in([this.#synced, this.records.length]);
    this.#synced = this.records.length;
    this.last = new Map(this.records.map((record) => [record.key, record]));
  }
}

/**
 * The journal of one process, as weak as the contract allows: only records with "sending" are synced.
 *
 * @param step called before and after records are stored. A process that has stopped never returns from it.
 */
export function journalOn(disk: JournalDisk, step: () => Promise<void>): Journal {
  let lastWrite: Promise<void> = Promise.resolve();

  async function store(records: readonly JournalRecord[]): Promise<void> {
    await step();
    disk.append(
      records,
      records.some(({ state }) => state === "sending"),
    );
    await step();
  }

  return {
    async open(owner) {
      if (disk.isClaimed) throw new Error("Another submit has the journal open.");
      const known = JSON.stringify(Object.entries(disk.owner ?? owner).sort());
      if (known !== JSON.stringify(Object.entries(owner).sort()))
        throw new Error("The journal belongs to another owner.");
      disk.owner = owner;
      disk.isClaimed = true;
    },
    async read(keys) {
      return keys.flatMap((key) => disk.last.get(key) ?? []);
    },
    write(records) {
      lastWrite = lastWrite.then(() => store(records));
      return lastWrite;
    },
    async close() {
      await lastWrite;
      disk.append([], true);
      disk.isClaimed = false;
    },
  };
}
