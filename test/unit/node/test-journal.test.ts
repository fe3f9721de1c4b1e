import { type Journal, type JournalOwner, type JournalRecord, testJournal } from "amili-client/node";
import { describe, expect, it, vi } from "vitest";

interface Storage {
  owner: JournalOwner | undefined;
  isOpen: boolean;
  records: Map<string, JournalRecord>;
}

/** A correct journal in memory. Broken ones override a part. */
class MemoryJournal implements Journal {
  protected isOpen = false;
  constructor(protected readonly storage: Storage) {}

  async open(owner: JournalOwner): Promise<void> {
    if (this.storage.isOpen) throw new Error("The journal is open.");
    this.checkOwner(owner);
    this.storage.owner = owner;
    this.storage.isOpen = true;
    this.isOpen = true;
  }

  protected checkOwner(owner: JournalOwner): void {
    const [a, b] = [this.storage.owner ?? owner, owner].map((o) => JSON.stringify(Object.entries(o).sort()));
    if (a !== b) throw new Error("The journal belongs to another owner.");
  }

  async read(keys: readonly string[]): Promise<JournalRecord[]> {
    return structuredClone(keys.flatMap((key) => this.storage.records.get(key) ?? []));
  }

  async write(records: readonly JournalRecord[]): Promise<void> {
    for (const record of records) this.storage.records.set(record.key, structuredClone(record));
  }

  async close(): Promise<void> {
    if (this.isOpen) this.storage.isOpen = false;
    this.isOpen = false;
  }
}

/** For `testJournal`: journals over storages by name. */
function journals(type: typeof MemoryJournal): (name: string) => Journal {
  const storages = new Map<string, Storage>();
  return (name) => {
    const storage = storages.get(name) ?? { owner: undefined, isOpen: false, records: new Map() };
    storages.set(name, storage);
    return new type(storage);
  };
}

/** The names of the checks that fail. */
async function failedChecks(create: (name: string) => Journal | Promise<Journal>): Promise<string[]> {
  const error = await testJournal(create).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof AggregateError)) return [];
  return error.errors.map(({ message }: Error) => message.split(":")[0] ?? "");
}

it("passes a correct journal, created at once or later", async () => {
  await testJournal(journals(MemoryJournal));
  const create = journals(MemoryJournal);
  await testJournal(async (name) => create(name));
});

it("passes a journal that gives the fields without a value, as a database does", async () => {
  class WithUndefined extends MemoryJournal {
    override async read(keys: readonly string[]) {
      return (await super.read(keys)).map((record) => ({ batchId: undefined, ...record }) as JournalRecord);
    }
  }
  await testJournal(journals(WithUndefined));
});

it("uses names of letters, digits and hyphens, and a new one each time", async () => {
  const names = new Set<string>();
  const create = journals(MemoryJournal);
  const run = () =>
    testJournal((name) => {
      names.add(name);
      return create(name);
    });
  await run();
  const { size } = names;
  await run();
  expect(names.size).toBe(2 * size);
  for (const name of names) expect(name).toMatch(/^[a-z\d-]{1,60}$/);
});

const BROKEN: Record<string, { failed: string; type: typeof MemoryJournal }> = {
  "numbers as text": {
    failed: "records are read as written",
    type: class extends MemoryJournal {
      override async read(keys: readonly string[]) {
        const text = (value: unknown) => (typeof value === "number" ? String(value) : value);
        return (await super.read(keys)).map((record) => mapFields(record, text));
      }
    },
  },
  "times as dates": {
    failed: "records are read as written",
    type: class extends MemoryJournal {
      override async read(keys: readonly string[]) {
        return (await super.read(keys)).map((record) =>
          mapFields(record, (value, name) => (name === "since" ? new Date(String(value)) : value)),
        );
      }
    },
  },
  "null for absent fields": {
    failed: "records are read as written",
    type: class extends MemoryJournal {
      override async read(keys: readonly string[]) {
        return (await super.read(keys)).map((record) => ({ batchId: null, ...record }) as unknown as JournalRecord);
      }
    },
  },
  "the first record counts": {
    failed: "the last record of a key counts",
    type: class extends MemoryJournal {
      override async write(records: readonly JournalRecord[]) {
        await super.write(records.filter(({ key }) => !this.storage.records.has(key)));
      }
    },
  },
  "fields of earlier records remain": {
    failed: "the last record of a key counts",
    type: class extends MemoryJournal {
      override async write(records: readonly JournalRecord[]) {
        for (const record of records) {
          await super.write([{ ...this.storage.records.get(record.key), ...record } as JournalRecord]);
        }
      }
    },
  },
  "all records of a key are read": {
    failed: "the last record of a key counts",
    type: class extends MemoryJournal {
      readonly #all: JournalRecord[] = [];
      override async write(records: readonly JournalRecord[]) {
        this.#all.push(...structuredClone(records));
        await super.write(records);
      }
      override async read(keys: readonly string[]) {
        return this.#all.filter(({ key }) => keys.includes(key));
      }
    },
  },
  "a record for unknown keys": {
    failed: "unknown keys are absent",
    type: class extends MemoryJournal {
      override async read(keys: readonly string[]) {
        return keys.map((key) => this.storage.records.get(key) ?? { key, state: "notSent" as const });
      }
    },
  },
  "an empty list means all": {
    failed: "unknown keys are absent",
    type: class extends MemoryJournal {
      override read(keys: readonly string[]) {
        return super.read(keys.length > 0 ? keys : [...this.storage.records.keys()]);
      }
    },
  },
  ...Object.fromEntries(
    Object.entries({
      case: (key: string) => key.toLowerCase(),
      "spaces at the end": (key: string) => key.trimEnd(),
      normalization: (key: string) => key.normalize("NFC"),
      accents: (key: string) => key.normalize("NFD").replace(/\p{M}/gu, ""),
      length: (key: string) => key.slice(0, 254),
      "characters outside ASCII": (key: string) => key.replace(/[^\0-\x7f]/g, "?"),
    }).map(([name, change]) => [
      `keys without ${name}`,
      {
        failed: "keys are compared exactly",
        type: class extends MemoryJournal {
          override async read(keys: readonly string[]) {
            return super.read(keys.map(change));
          }
          override async write(records: readonly JournalRecord[]) {
            await super.write(records.map((record) => ({ ...record, key: change(record.key) })));
          }
        },
      },
    ]),
  ),
  "1,000 keys at most": {
    failed: "many records at once",
    type: class extends MemoryJournal {
      override async read(keys: readonly string[]) {
        return super.read(keys.slice(0, 1_000));
      }
    },
  },
  "65,535 bytes at most": {
    failed: "long reasons are kept",
    type: class extends MemoryJournal {
      override async write(records: readonly JournalRecord[]) {
        if (JSON.stringify(records[0])?.length > 65_535) throw new Error("value too long");
        await super.write(records);
      }
    },
  },
  "later writes may be earlier": {
    failed: "writes keep their order",
    type: class extends MemoryJournal {
      override async write(records: readonly JournalRecord[]) {
        const copy = structuredClone(records);
        for (const _ of copy) await undefined;
        await super.write(copy);
      }
    },
  },
  "records of one object": {
    failed: "another journal of the same storage reads the records",
    type: class extends MemoryJournal {
      constructor(storage: Storage) {
        super({ ...storage, records: new Map() });
      }
    },
  },
  "records are deleted on close": {
    failed: "another journal of the same storage reads the records",
    type: class extends MemoryJournal {
      override async close() {
        if (this.isOpen) this.storage.records.clear();
        await super.close();
      }
    },
  },
  "any owner": {
    failed: "another owner is refused",
    type: class extends MemoryJournal {
      protected override checkOwner() {}
    },
  },
  "no kind in the owner": {
    failed: "another owner is refused",
    type: class extends MemoryJournal {
      protected override checkOwner(owner: JournalOwner) {
        super.checkOwner({ ...owner, kind: this.storage.owner?.kind ?? owner.kind });
      }
    },
  },
  "the last owner": {
    failed: "another owner is refused",
    type: class extends MemoryJournal {
      protected override checkOwner(owner: JournalOwner) {
        const before = this.storage.owner;
        this.storage.owner = owner;
        if (before) super.checkOwner({ ...before });
        if (before && before.kind !== owner.kind) throw new Error("The journal belongs to another owner.");
      }
    },
  },
  "a refusal that keeps the claim": {
    failed: "another owner is refused",
    type: class extends MemoryJournal {
      protected override checkOwner(owner: JournalOwner) {
        this.storage.isOpen = true;
        super.checkOwner(owner);
      }
    },
  },
  "no claim": {
    failed: "a second open is refused while the journal is open",
    type: class extends MemoryJournal {
      override async open(owner: JournalOwner) {
        this.storage.isOpen = false;
        await super.open(owner);
      }
    },
  },
  "open twice by one object": {
    failed: "a second open is refused while the journal is open",
    type: class extends MemoryJournal {
      override async open(owner: JournalOwner) {
        if (!this.isOpen) await super.open(owner);
      }
    },
  },
  "close ends the claim of another": {
    failed: "a second open is refused while the journal is open",
    type: class extends MemoryJournal {
      override async close() {
        this.storage.isOpen = false;
      }
    },
  },
  "close keeps the claim": {
    failed: "a second open is refused while the journal is open",
    type: class extends MemoryJournal {
      override async close() {}
    },
  },
  "looks, then claims": {
    failed: "one of many concurrent opens succeeds",
    type: class extends MemoryJournal {
      override async open(owner: JournalOwner) {
        if (this.storage.isOpen) throw new Error("The journal is open.");
        await undefined;
        this.storage.isOpen = false;
        await super.open(owner);
      }
    },
  },
  "one table for all names": {
    failed: "journals with different names are separate",
    type: class extends MemoryJournal {
      static readonly records = new Map<string, JournalRecord>();
      constructor(storage: Storage) {
        storage.records = new.target.records;
        super(storage);
      }
    },
  },
  "keeps the record that was passed": {
    failed: "records are copied",
    type: class extends MemoryJournal {
      override async write(records: readonly JournalRecord[]) {
        for (const record of records) this.storage.records.set(record.key, record);
      }
    },
  },
  "copies the list late": {
    failed: "records are copied",
    type: class extends MemoryJournal {
      override async write(records: readonly JournalRecord[]) {
        await undefined;
        await super.write(records);
      }
    },
  },
  "gives the stored record": {
    failed: "records are copied",
    type: class extends MemoryJournal {
      override async read(keys: readonly string[]) {
        return keys.flatMap((key) => this.storage.records.get(key) ?? []);
      }
    },
  },
};

const mapFields = (record: JournalRecord, map: (value: unknown, name: string) => unknown) =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, map(value, name)]),
  ) as unknown as JournalRecord;

describe("a broken journal fails its check", () => {
  it.each(Object.entries(BROKEN))("%s", async (_, { failed, type }) => {
    expect(await failedChecks(journals(type))).toContain(failed);
  });
});

describe("the error", () => {
  it("lists what was done, expected and read, and keeps the errors", async () => {
    const cause = new Error("relation does not exist");
    class Failing extends MemoryJournal {
      override async read(keys: readonly string[]): Promise<JournalRecord[]> {
        if (keys.length > 1000) throw cause;
        return keys.includes("__proto__") ? [] : super.read(keys);
      }
    }
    const error = await testJournal(journals(Failing)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(AggregateError);
    const { message, errors } = error as AggregateError;
    expect(message.split("\n")).toEqual([
      "The journal fails 2 of 13 checks:",
      expect.stringMatching(
        /^- keys are compared exactly: write\(\) of keys with .*, then read\(\): expected \{"key":"A".*\}, but got nothing$/,
      ),
      "- many records at once: relation does not exist",
    ]);
    expect(errors[1].cause).toBe(cause);
  });

  it("says that all checks fail if no journal can be created", async () => {
    const failed = await failedChecks(() => Promise.reject(new Error("no database")));
    expect(failed).toHaveLength(13);
  });
});

describe("a journal that waits for ever", () => {
  it("fails after 30 s", async () => {
    vi.useFakeTimers();
    class Waiting extends MemoryJournal {
      override open(owner: JournalOwner) {
        return this.storage.isOpen ? new Promise<never>(() => {}) : super.open(owner);
      }
    }
    const failed = failedChecks(journals(Waiting));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await failed).toEqual([
      "a second open is refused while the journal is open",
      "one of many concurrent opens succeeds",
    ]);
  });
});
