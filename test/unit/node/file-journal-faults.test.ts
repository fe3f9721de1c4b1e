import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileJournal, type Journal, type JournalRecord } from "amili-client/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { disk, type Fault } from "./faulty-disk.js";
import { OWNER } from "./owner.js";
import { temporaryFolder } from "./temporary-folder.js";

vi.mock("node:fs/promises", async (importOriginal) => {
  const { disk } = await import("./faulty-disk.js");
  return disk.wrap(await importOriginal());
});

const SINCE = "2026-01-31T12:00:00.000Z";
const sending = (key: string): JournalRecord => ({ key, state: "sending", since: SINCE });
const accepted = (key: string): JournalRecord => ({ key, state: "accepted" });
const rejected = (key: string): JournalRecord => ({ key, state: "rejected", reason: "x".repeat(100) });

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), "journal");
  disk.paths = [path];
  disk.reset();
  disk.reset();
});

/** Every record that was passed to `write`, by key, and which of them must be found again. */
class Expected {
  readonly #passed = new Map<string, JournalRecord[]>();
  readonly #stored = new Map<string, number>();

  async write(journal: Journal, records: JournalRecord[], isDurable: boolean): Promise<void> {
    const counts = records.map((record) => {
      const passed = this.#passed.get(record.key) ?? [];
      this.#passed.set(record.key, [...passed, record]);
      return [record.key, passed.length + 1] as const;
    });
    await journal.write(records);
    if (isDurable) for (const [key, count] of counts) this.#stored.set(key, count);
  }

  /** Each key has the last record whose write resolved, or a later one. */
  async verify(journal: Journal): Promise<void> {
    const read = new Map((await journal.read([...this.#passed.keys()])).map((record) => [record.key, record]));
    for (const [key, passed] of this.#passed) {
      const allowed: (JournalRecord | undefined)[] = passed.slice(Math.max(0, (this.#stored.get(key) ?? 0) - 1));
      if (!this.#stored.has(key)) allowed.push(undefined);
      expect(allowed).toContainEqual(read.get(key));
    }
  }
}

const created: Journal[] = [];

function newJournal(): Journal {
  const journal = fileJournal(path);
  created.push(journal);
  return journal;
}

afterEach(async () => {
  disk.reset();
  for (const journal of created.splice(0)) await journal.close();
});

function makeLocksStale(): void {
  const time = Date.now() / 1000 - 31;
  const locks = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.lock`));
  for (const name of locks) utimesSync(join(dirname(path), name), time, time);
}

/** Another process, when the claim of the one before is stale. */
async function reopen(): Promise<Journal> {
  makeLocksStale();
  const journal = newJournal();
  await journal.open(OWNER);
  return journal;
}

async function run(expected: Expected, survivesPowerFailure: boolean): Promise<void> {
  const journal = await reopen();
  try {
    await expected.write(journal, [sending("a"), sending("b")], true);
    await expected.write(journal, [accepted("a"), rejected("b")], survivesPowerFailure);
    const writes = await Promise.allSettled([
      expected.write(journal, [sending("c")], true),
      expected.write(journal, [accepted("c")], survivesPowerFailure),
      expected.write(journal, [sending("old 1")], true),
    ]);
    for (const write of writes) if (write.status === "rejected") throw write.reason;
  } finally {
    await journal.close();
  }
}

/** A journal with more outdated records than others, which the next open rewrites. */
async function outdatedJournal(expected: Expected): Promise<void> {
  const journal = await reopen();
  for (const state of [sending, rejected, accepted]) {
    await expected.write(journal, ["old 1", "old 2", "old 3"].map(state), true);
  }
  await journal.close();
}

describe.each(["kill", "tear", "lose"] as Fault[])("a process that ends at any step (%s)", (fault) => {
  it.each(["a new journal", "a journal that is rewritten"])("leaves %s with all records", async (start) => {
    let isDone = false;
    for (let at = 1; !isDone; at++) {
      path = join(temporaryFolder(), "journal");
      disk.paths = [path];
      disk.reset();
      const expected = new Expected();
      if (start !== "a new journal") await outdatedJournal(expected);
      disk.reset(fault, at);
      isDone = await run(expected, fault !== "lose").then(
        () => true,
        () => false,
      );
      expect(isDone).toBe(!disk.isDead);
      disk.reset();
      const journal = await reopen();
      await expected.verify(journal);
      await expected.write(journal, [sending("d")], true);
      await journal.close();
      const again = await reopen();
      await expected.verify(again);
      await again.close();
    }
  });
});

describe("a disk that is full", () => {
  it.each([false, true])("leaves no incomplete line in the middle (open again: %s)", async (again) => {
    let isDone = false;
    for (let at = 1; !isDone; at++) {
      path = join(temporaryFolder(), "journal");
      disk.reset("full", at);
      const expected = new Expected();
      const journal = newJournal();
      const failures: unknown[] = [];
      const note = (error: unknown) => void failures.push(error);
      await journal.open(OWNER).catch(note);
      isDone = disk.steps.length < at;
      if (failures.length > 0) {
        await outdatedJournal(expected);
        continue;
      }
      // The second is shorter than the first, so that the rest of the first would remain.
      for (const list of [[sending("a")], [rejected("b"), sending("c")], [accepted("d")]]) {
        await expected.write(journal, list, true).catch(note);
      }
      isDone = disk.steps.length < at;
      for (const error of failures) expect(error).toMatchObject({ code: "ENOSPC" });
      if (!again) await expected.verify(journal);
      await journal.close();
      const next = await reopen();
      await expected.verify(next);
      await next.close();
    }
  });

  it("fails one write, not the next", async () => {
    const journal = await reopen();
    disk.reset("full", 1);
    await expect(journal.write([rejected("a")])).rejects.toMatchObject({ code: "ENOSPC" });
    await journal.write([accepted("b")]);
    expect(await journal.read(["a", "b"])).toEqual([accepted("b")]);
    expect(readFileSync(path, "utf8").split("\n").slice(1)).toEqual([JSON.stringify(accepted("b")), ""]);
    await journal.close();
  });
});

it("a sync that fails ends the journal: what is stored is not known any more", async () => {
  const journal = await reopen();
  disk.reset("unsynced", 2);
  await expect(journal.write([sending("a")])).rejects.toMatchObject({ code: "EIO" });
  await expect(journal.write([accepted("b")])).rejects.toMatchObject({ code: "EIO" });
  await journal.close();
  expect(await (await reopen()).read(["a", "b"])).toEqual([sending("a")]);
});

it("writes that wait for one another share one append and one sync; only a record with sending is synced", async () => {
  const journal = await reopen();
  disk.reset();
  const keys = Array.from({ length: 100 }, (_, at) => `key-${at}`);
  await Promise.all(keys.map((key) => journal.write([sending(key)])));
  expect(disk.steps).toEqual(["append", "datasync", "append", "datasync"]);
  disk.reset();
  await journal.write([accepted("a"), rejected("b")]);
  expect(disk.steps).toEqual(["append"]);
  await journal.close();
});

it("a new journal is synced with its directory before open resolves", async () => {
  await reopen();
  const opens = disk.steps.filter((step) => !step.startsWith("writeFile"));
  expect(opens).toEqual(["open a+", "open ax+", "append", "sync", "rename", "open r", "sync"]);
});

describe.each(["a new journal", "the journal of a killed process"])(
  "a process that sleeps at any step of %s",
  (start) => {
    it("neither sends what the next process does not know, nor changes what that one writes", async () => {
      let isDone = false;
      for (let at = 1; !isDone; at++) {
        path = join(temporaryFolder(), "journal");
        disk.reset();
        const expected = new Expected();
        if (start !== "a new journal") {
          await expected.write(await reopen(), [sending("old 1")], true);
          makeLocksStale();
        }
        let next: Journal | undefined;
        const former = new Expected();
        disk.reset("sleep", at);
        disk.onSleep = async () => {
          next = await reopen();
          await former.verify(next);
          await expected.write(next, [sending("x"), { key: "a", state: "notSent" }, rejected("b")], true);
        };
        const result = await run(former, true).catch((error: unknown) => error);
        isDone = !next;
        if (!next) continue;
        // After its last write it has nothing more to do, so it need not learn that it slept.
        if (disk.slept !== "rm") expect(result).toMatchObject({ code: "invalid_option" });
        // Its claim is deleted by one that slept while it released its own. Then it may not write.
        const write = expected.write(next, [accepted("y")], true);
        if (disk.slept === "rm") await write.catch((error) => expect(error).toMatchObject({ code: "invalid_option" }));
        else await write;
        await next.close();
        const last = await reopen();
        await expected.verify(last);
        await last.close();
      }
    });
  },
);
