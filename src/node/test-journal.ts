import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Journal, JournalOwner, JournalRecord } from "../debt-collection/submit/journal.js";

/** For one check, in ms. A second `open` that waits instead of rejecting never ends. */
const TIME_LIMIT = 30_000;
const MANY = 10_000;
/** Characters of a value that a message shows. */
const MAX_SHOWN = 200;

const OWNER: JournalOwner = {
  address: "https://api.example.com",
  environment: "staging",
  organizationId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  kind: "invoice",
};
const OTHER_OWNERS: JournalOwner[] = [
  { ...OWNER, address: "https://other.example.com" },
  { ...OWNER, environment: "production" },
  { ...OWNER, organizationId: "00000000-0000-4000-8000-000000000000" },
  { ...OWNER, kind: "payment" },
];
const SINCE = "2026-01-31T12:00:00.000Z";

/** Each state with all of its fields, and with none that is optional. */
const RECORDS: JournalRecord[] = [
  { key: "sending", state: "sending", since: SINCE },
  { key: "sending with key", state: "sending", since: SINCE, idempotencyKey: "k-1" },
  { key: "notSent", state: "notSent" },
  { key: "sent", state: "sent", since: SINCE, batchId: "b-1", size: 100 },
  { key: "sent with key", state: "sent", since: SINCE, batchId: "b-1", size: 100, idempotencyKey: "k-1" },
  { key: "accepted", state: "accepted" },
  { key: "accepted with ids", state: "accepted", batchId: "b-1", invoiceId: "i-1" },
  { key: "exists", state: "exists", batchId: "b-1", invoiceId: "i-1" },
  { key: "rejected", state: "rejected" },
  {
    key: "rejected with reason",
    state: "rejected",
    batchId: "b-1",
    reason: { errors: [{ code: 7, field: null }, "ø"] },
  },
  { key: "rejected with null", state: "rejected", reason: null },
];

/** Pairs that a database may take for the same, and characters that it may not store as they are. */
const SPECIAL_KEYS = [
  ..."Aa",
  ..."éÉe",
  "e\u0301",
  ...["key", "key ", " key", "key\t", "KEY"],
  ...["1", "01", "1.0"],
  ...["'", '"', "''", "`", "\\", "\\n", "\n", "\r\n", ";--", "{}", "[]", "null"],
  ...["%", "_", "*", "?", ":", "a:b", "a/b", "a,b", "../a"],
  ...["ß", "ss", "😀", "\u2028", "ﬁ", "Ａ"],
  ...["__proto__", "constructor", "toString"],
  "x".repeat(255),
];

/** A journal's storage under test. Each call gives a new journal, which is closed after the check. */
type Create = (storage?: string) => Promise<Journal>;

/** What a journal must do. Each check has a storage of its own. */
const CHECKS: Record<string, (create: Create) => Promise<void>> = {
  "records are read as written": async (create) => {
    const journal = await openNew(create);
    await journal.write(RECORDS);
    await expectRead(journal, RECORDS, "write() of a record of each state");
  },

  "the last record of a key counts": async (create) => {
    const journal = await openNew(create);
    const sent: JournalRecord = {
      key: "a",
      state: "sent",
      since: SINCE,
      batchId: "b-1",
      size: 2,
      idempotencyKey: "k-1",
    };
    await journal.write([
      { key: "a", state: "sending", since: SINCE },
      sent,
      accepted("b"),
      { key: "b", state: "notSent" },
    ]);
    await expectRead(journal, [sent, { key: "b", state: "notSent" }], "write() of two records of each key in one list");
    await journal.write([accepted("a")]);
    await expectRead(journal, [accepted("a")], 'write() of "sent", then of "accepted" with fewer fields');
    await journal.write([{ key: "a", state: "notSent" }]);
    await expectRead(journal, [{ key: "a", state: "notSent" }], 'write() of "accepted", then of "notSent"');
  },

  "unknown keys are absent": async (create) => {
    const journal = await openNew(create);
    expectRecords(await journal.read(["a"]), [], 'read(["a"]) of an empty journal');
    await journal.write([accepted("a")]);
    expectRecords(await journal.read(["b", "a", "c"]), [accepted("a")], 'write() of "a", then read(["b", "a", "c"])');
    expectRecords(await journal.read([]), [], "read([])");
    await journal.write([]);
    await expectRead(journal, [accepted("a")], "write([])");
  },

  "keys are compared exactly": async (create) => {
    const journal = await openNew(create);
    const records = SPECIAL_KEYS.map((key, at): JournalRecord => ({ key, state: "accepted", invoiceId: `i-${at}` }));
    await journal.write(records.slice(0, 1));
    const others = SPECIAL_KEYS.slice(1);
    expectRecords(
      await journal.read(others),
      [],
      `write() of ${show(SPECIAL_KEYS[0])}, then read() of other special keys`,
    );
    await journal.write(records.slice(1));
    await expectRead(journal, records, "write() of keys with special characters, case, accents and spaces");
  },

  "many records at once": async (create) => {
    const journal = await openNew(create);
    const records = Array.from({ length: MANY }, (_, at) => accepted(`key-${at}`));
    await journal.write(records);
    await expectRead(journal, records, `write() and read() of ${MANY} keys`);
  },

  "long reasons are kept": async (create) => {
    const journal = await openNew(create);
    const reason = { text: 'ø"\\\n'.repeat(16_000), list: Array.from({ length: 1_000 }, (_, at) => at / 7) };
    const record: JournalRecord = { key: "a", state: "rejected", reason };
    await journal.write([record]);
    await expectRead(journal, [record], "write() of a reason of about 80 KB");
  },

  "writes keep their order": async (create) => {
    const journal = await openNew(create);
    const sizes = Array.from({ length: 50 }, (_, at) => at + 1);
    const record = (key: string, size: number): JournalRecord => ({
      key,
      state: "sent",
      since: SINCE,
      batchId: "b",
      size,
    });
    // The first writes are larger, so that a journal which runs them at once finishes them later.
    const lists = sizes.map((size) => Array.from({ length: 51 - size }, (_, at) => record(`key-${at}`, size)));
    await Promise.all(lists.map((list) => journal.write(list)));
    const last = sizes.map((_, at) => record(`key-${at}`, 50 - at));
    await expectRead(journal, last, "50 calls of write() with the same keys, none awaited before the next");
  },

  "another journal of the same storage reads the records": async (create) => {
    const first = await openNew(create);
    await first.write(RECORDS);
    await first.close();
    const second = await openNew(create);
    await expectRead(second, RECORDS, "write(), close(), then open() of a new journal with the same name");
    await second.write([accepted("sending")]);
    await second.close();
    await second.open(OWNER);
    const expected = RECORDS.map((record) => (record.key === "sending" ? accepted("sending") : record));
    await expectRead(second, expected, "write(), close() and open() of the same journal");
  },

  "another owner is refused": async (create) => {
    const first = await openNew(create);
    await first.write([accepted("a")]);
    await first.close();
    for (const owner of OTHER_OWNERS) {
      const journal = await create();
      await expectRefusal(journal.open(owner), `close(), then open() with another owner: ${show(owner)}`);
    }
    const again = await openNew(create);
    await expectRead(again, [accepted("a")], "open() with the first owner after others were refused");
  },

  "a second open is refused while the journal is open": async (create) => {
    const first = await openNew(create);
    await expectRefusal((await create()).open(OWNER), "open() of a second journal while the first is open");
    await expectRefusal(first.open(OWNER), "open() of a journal that is open");
    const second = await create();
    await second.open(OWNER).catch(() => {});
    await second.close().catch(() => {});
    await expectRefusal(
      second.open(OWNER),
      "open() and close() of a second journal, then its open() while the first is open",
    );
    await first.write([accepted("a")]);
    await expectRead(first, [accepted("a")], "write() after a second open() was refused");
    await first.close();
    await second.open(OWNER);
    await expectRead(second, [accepted("a")], "open() of the second journal after close() of the first");
  },

  "one of many concurrent opens succeeds": async (create) => {
    const journals = await Promise.all(Array.from({ length: 10 }, () => create()));
    const results = await Promise.allSettled(journals.map((journal) => journal.open(OWNER)));
    const count = results.filter(({ status }) => status === "fulfilled").length;
    if (count !== 1) throw new Error(`10 concurrent calls of open(): expected that 1 succeeds, but ${count} did`);
  },

  "records are copied": async (create) => {
    const journal = await openNew(create);
    const record = { key: "a", state: "accepted" as const, invoiceId: "i-1" };
    const list: JournalRecord[] = [record];
    const written = journal.write(list);
    record.invoiceId = "changed";
    list.length = 0;
    await written;
    const expected: JournalRecord = { key: "a", state: "accepted", invoiceId: "i-1" };
    await expectRead(journal, [expected], "write(), then a change of the record and the list that were passed");
    for (const read of await journal.read(["a"])) Object.assign(read, { invoiceId: "changed" });
    await expectRead(journal, [expected], "read(), then a change of the record that it returned");
  },

  "journals with different names are separate": async (create) => {
    const first = await openNew(create);
    await first.write([accepted("a")]);
    const second = await create("other");
    await second.open({ ...OWNER, kind: "payment" });
    expectRecords(await second.read(["a"]), [], 'write() of "a" to one journal, then read(["a"]) of another name');
    await second.write([{ key: "a", state: "notSent" }]);
    await expectRead(first, [accepted("a")], 'write() of "a" to a journal of another name');
  },
};

/**
 * Checks that a journal of your own, such as a table of a database, keeps the contract of {@link Journal}. It needs no test
 * framework: await it in a test or a script. It writes to storages with names of its own and deletes nothing.
 *
 * It cannot check that records survive a power failure, nor that the claim of a killed process can be taken over.
 *
 * @param create gives a new journal; the same name means the same storage. Names are at most 60 letters, digits and hyphens.
 * @throws {AggregateError} when checks fail; the message lists each with what was done and expected
 */
export async function testJournal(create: (name: string) => Journal | Promise<Journal>): Promise<void> {
  const failures: Error[] = [];
  for (const [at, [name, check]] of Object.entries(CHECKS).entries()) {
    const storage = `test-${randomUUID()}-${at}`;
    const created: Journal[] = [];
    const createIn: Create = async (suffix = "") => {
      const journal = await create(storage + suffix);
      created.push(journal);
      return journal;
    };
    try {
      await withTimeLimit(check(createIn));
    } catch (error) {
      failures.push(new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error }));
    }
    // Those that are not open may reject.
    await withTimeLimit(Promise.allSettled(created.map(async (journal) => journal.close()))).catch(() => {});
  }
  if (failures.length === 0) return;
  const list = failures.map(({ message }) => `\n- ${message}`).join("");
  throw new AggregateError(
    failures,
    `The journal fails ${failures.length} of ${Object.keys(CHECKS).length} checks:${list}`,
  );
}

const accepted = (key: string): JournalRecord => ({
  key,
  state: "accepted",
  invoiceId: `invoice of ${key.slice(0, 20)}`,
});

async function openNew(create: Create): Promise<Journal> {
  const journal = await create();
  await journal.open(OWNER);
  return journal;
}

async function expectRefusal(promise: Promise<unknown>, done: string): Promise<void> {
  const accepted = await promise.then(
    () => true,
    () => false,
  );
  if (accepted) throw new Error(`${done}: expected a rejection, but it resolved`);
}

async function expectRead(journal: Journal, expected: readonly JournalRecord[], done: string): Promise<void> {
  expectRecords(await journal.read(expected.map(({ key }) => key)), expected, `${done}, then read()`);
}

function expectRecords(actual: readonly JournalRecord[], expected: readonly JournalRecord[], done: string): void {
  const found = new Map(actual.map((record) => [record.key, record]));
  for (const record of expected) {
    if (!isDeepStrictEqual(withoutUndefined(found.get(record.key)), record)) {
      throw new Error(`${done}: expected ${show(record)}, but got ${show(found.get(record.key))}`);
    }
  }
  if (actual.length !== expected.length) {
    throw new Error(`${done}: expected ${expected.length} records, but got ${actual.length}: ${show(actual)}`);
  }
}

/** A record may name the fields that it does not have, and its class may be the database driver's. */
const withoutUndefined = (record: object | undefined) =>
  record && Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

async function withTimeLimit<Result>(promise: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not finish within ${TIME_LIMIT / 1000} s`)), TIME_LIMIT);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
