import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "amili-client";
import { fileJournal, type Journal, type JournalRecord, testJournal } from "amili-client/node";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { OWNER } from "./owner.js";
import { temporaryFolder } from "./temporary-folder.js";

const SINCE = "2026-01-31T12:00:00.000Z";
const sending = (key: string): JournalRecord => ({ key, state: "sending", since: SINCE });
const accepted = (key: string): JournalRecord => ({ key, state: "accepted", invoiceId: "i-1" });

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), "journal.jsonl");
});

async function opened(file = path, owner = OWNER): Promise<Journal> {
  const journal = fileJournal(file);
  await journal.open(owner);
  onTestFinished(() => journal.close());
  return journal;
}

/** Opens the journal, writes each list, and closes it. */
async function writeAll(...lists: JournalRecord[][]): Promise<void> {
  const journal = await opened();
  for (const list of lists) await journal.write(list);
  await journal.close();
}

const text = () => readFileSync(path, "utf8");
const lines = () =>
  text()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Opens the journal although another one has it open, as a host does that sees no refresh. */
async function takeOver(): Promise<Journal> {
  const time = Date.now() / 1000 - 31;
  utimesSync(`${path}.lock`, time, time);
  return opened();
}

it("keeps the contract of a journal", { timeout: 60_000 }, async () => {
  await testJournal((name) => fileJournal(join(dirname(path), name)));
});

describe("the file", () => {
  it("has the owner in its first line, then a record a line, and is readable by its owner only", async () => {
    await writeAll([sending("a"), accepted("b")]);
    expect(lines()).toEqual([{ journal: "amili-client 1", ...OWNER }, sending("a"), accepted("b")]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(["journal.jsonl"]);
  });

  it("holds no fields but those of the contract", async () => {
    const record = { ...accepted("a"), item: { name: "Kari Nordmann" }, since: SINCE };
    await writeAll([record]);
    expect(lines()[1]).toEqual(accepted("a"));
  });

  it("refuses a record that could not be read back, and continues", async () => {
    const journal = await opened();
    const invalid = [{ key: "a", state: "sending", since: "soon" }] as const;
    await expect(journal.write(invalid)).rejects.toThrow(
      "The journal cannot store a record with missing or invalid fields.",
    );
    const long: JournalRecord = { key: "a", state: "rejected", reason: "x".repeat(2 ** 20) };
    await expect(journal.write([long])).rejects.toThrow(
      "The journal cannot store a record of more than 1048576 bytes.",
    );
    await journal.write([accepted("b")]);
    expect(lines()).toEqual([expect.anything(), accepted("b")]);
  });

  it("is found under each of its names", async () => {
    await opened();
    const link = join(dirname(path), "link");
    symlinkSync(path, link);
    await expect(fileJournal(link).open(OWNER)).rejects.toThrow(/another submit has the journal open/);
    const folder = join(dirname(path), "folder");
    symlinkSync(dirname(path), folder);
    await expect(fileJournal(join(folder, "journal.jsonl")).open(OWNER)).rejects.toThrow(ConfigurationError);
  });

  it("must be in a directory that exists", async () => {
    await expect(fileJournal(join(path, "missing", "journal")).open(OWNER)).rejects.toThrow(/ENOENT/);
  });
});

describe("what is not a journal", () => {
  it.each([
    ["a journal of an older version", '{"state":"sending","keys":["a"],"since":"2026-01-31T12:00:00.000Z"}\n'],
    ["a journal of a newer version", `${JSON.stringify({ journal: "amili-client 2", ...OWNER })}\n`],
    ["a header without an owner", '{"journal":"amili-client 1"}\n'],
    ["a text", "Dear customer,\n"],
    ["a text without a newline", "Dear customer"],
    ["an empty line", "\n"],
    ["null", "null\n"],
    ["bytes without a newline", "\0".repeat(3 * 2 ** 20)],
  ])("is refused and not changed: %s", async (_, content) => {
    writeFileSync(path, content);
    const error = await fileJournal(path)
      .open(OWNER)
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`${path} is not a journal in the format of this version. Nothing was sent`);
    expect(text()).toBe(content);
    expect(readdirSync(dirname(path))).toEqual(["journal.jsonl"]);
  });

  it("is refused although the claim was taken over", async () => {
    await opened();
    writeFileSync(path, "Dear customer,\n");
    await expect(takeOver()).rejects.toThrow(/is not a journal/);
    expect(text()).toBe("Dear customer,\n");
  });

  it("is an argument that is no path", () => {
    expect(() => fileJournal("")).toThrow(ConfigurationError);
  });

  it("is a directory", async () => {
    mkdirSync(path);
    await expect(fileJournal(path).open(OWNER)).rejects.toThrow(/EISDIR/);
    expect(readdirSync(dirname(path))).toEqual(["journal.jsonl"]);
  });
});

it("an empty file becomes a journal", async () => {
  writeFileSync(path, "");
  await writeAll([accepted("a")]);
  expect(lines()).toEqual([expect.objectContaining(OWNER), accepted("a")]);
});

it("another owner's journal is refused with the names of the fields, not their values", async () => {
  await writeAll([accepted("a")]);
  const before = text();
  const other = { ...OWNER, organizationId: "another", kind: "payment" } as const;
  const error = await fileJournal(path)
    .open(other)
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toContain("belongs to a submit with another organizationId, kind. Nothing was sent.");
  expect(String(error)).not.toContain(OWNER.organizationId);
  expect(text()).toBe(before);
});

describe("a damaged file", () => {
  it.each(["{", "", "null", "[]", "7", '{"key":"a"}', '{"key":7,"state":"notSent"}', '{"key":"a","state":"sending"}'])(
    "is refused with the number of the line: %s",
    async (line) => {
      await writeAll([sending("a")]);
      appendFileSync(path, `${line}\n${JSON.stringify(accepted("b"))}\n`);
      const before = text();
      const error = await fileJournal(path)
        .open(OWNER)
        .catch((error: unknown) => error);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain(`Line 3 of the journal ${path} is not a valid record`);
      expect(text()).toBe(before);
      expect(readdirSync(dirname(path))).toEqual(["journal.jsonl"]);
    },
  );

  it("is refused when a line is too long", async () => {
    await writeAll([sending("a")]);
    appendFileSync(path, `${JSON.stringify({ key: "b", state: "rejected", reason: "x".repeat(2 ** 21) })}\n`);
    await expect(fileJournal(path).open(OWNER)).rejects.toThrow(/Line 3 of the journal/);
  });

  it("is refused when it changes while it is open", async () => {
    const journal = await opened();
    await journal.write([sending("a")]);
    writeFileSync(path, text().replace("sending", "SENDING"));
    await expect(journal.read(["a"])).rejects.toThrow(/The line at byte \d+ of the journal .* is not a valid record/);
  });

  it("loses its last line if that is incomplete, at any length", async () => {
    await writeAll([sending("a")]);
    const complete = text();
    const last = `${JSON.stringify(accepted("a"))}\n`;
    for (let length = 0; length < last.length; length++) {
      writeFileSync(path, complete + last.slice(0, length));
      const journal = await opened();
      expect(await journal.read(["a"])).toEqual([sending("a")]);
      await journal.write([{ key: "b", state: "notSent" }]);
      await journal.close();
      expect(text()).toBe(`${complete}{"key":"b","state":"notSent"}\n`);
    }
  });
});

describe("read", () => {
  it("reads lines that are far apart and longer than what is read at once", async () => {
    const records = Array.from({ length: 300 }, (_, at): JournalRecord => {
      return { key: `key-${at}`, state: "rejected", reason: "ø".repeat(at % 3 ? 10 : 90_000) };
    });
    await writeAll(records.slice(0, 150), records.slice(150));
    const journal = await opened();
    const read = await journal.read([...records].reverse().map(({ key }) => key));
    expect(new Map(read.map((record) => [record.key, record]))).toEqual(
      new Map(records.map((record) => [record.key, record])),
    );
    expect((await journal.read(["key-299", "none", "key-0", "key-0"])).map(({ key }) => key)).toEqual([
      "key-0",
      "key-299",
    ]);
  });

  it("needs an open journal, as write does", async () => {
    const journal = fileJournal(path);
    await expect(journal.read(["a"])).rejects.toThrow(`The journal ${path} is not open.`);
    await expect(journal.write([])).rejects.toThrow(ConfigurationError);
    await journal.close();
    await journal.open(OWNER);
    await journal.close();
    await expect(journal.read(["a"])).rejects.toThrow(ConfigurationError);
  });
});

describe("outdated records", () => {
  const keys = Array.from({ length: 10 }, (_, at) => `key-${at}`);

  it("are removed when they are more than half", async () => {
    await writeAll(keys.map(sending), keys.map(accepted), [sending("key-3")]);
    chmodSync(path, 0o644);
    const journal = await opened();
    const last = [...keys.filter((key) => key !== "key-3").map(accepted), sending("key-3")];
    expect(lines()).toEqual([expect.objectContaining(OWNER), ...last]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await journal.write([accepted("key-3"), accepted("new")]);
    expect(await journal.read(["key-3", "key-4", "new"])).toEqual([
      accepted("key-4"),
      accepted("key-3"),
      accepted("new"),
    ]);
  });

  it("are kept when they are not more than half", async () => {
    await writeAll(keys.map(sending), keys.map(accepted));
    const before = text();
    await opened();
    expect(text()).toBe(before);
  });

  it("are removed with what a killed process left", async () => {
    const leftover = `${path}.3fa85f64-5717-4562-b3fc-2c963f66afa6.tmp`;
    const other = `${path}.other.tmp`;
    for (const file of [leftover, other]) writeFileSync(file, "{");
    await writeAll([accepted("a")]);
    expect(readdirSync(dirname(path)).sort()).toEqual(["journal.jsonl", "journal.jsonl.other.tmp"]);
  });
});

describe("a claim that another process has taken over", () => {
  it("writes nothing more, and the records before are kept", async () => {
    const former = await opened();
    await former.write([sending("a")]);
    const next = await takeOver();
    await expect(former.write([sending("b")])).rejects.toThrow(/was taken over by another process/);
    await expect(former.write([{ key: "a", state: "notSent" }])).rejects.toThrow(ConfigurationError);
    await former.close();
    await next.write([accepted("c")]);
    expect(await next.read(["a", "b", "c"])).toEqual([sending("a"), accepted("c")]);
    await expect(fileJournal(path).open(OWNER)).rejects.toThrow(/another submit has the journal open/);
  });

  it("appends to the replaced file, if it was just about to", async () => {
    const former = await opened();
    await former.write([sending("a")]);
    const { ino } = statSync(path);
    await takeOver();
    expect(statSync(path).ino).not.toBe(ino);
  });
});

it("closes after the writes that were not awaited", async () => {
  const journal = await opened();
  const writes = Promise.all([journal.write([sending("a")]), journal.write([accepted("a")])]);
  await journal.close();
  await writes;
  expect(lines().slice(1)).toEqual([sending("a"), accepted("a")]);
});
