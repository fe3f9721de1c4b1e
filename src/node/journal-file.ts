import { type FileHandle, open } from "node:fs/promises";
import type { JournalOwner, JournalRecord } from "../debt-collection/submit/journal.js";
import { StringIndex } from "../debt-collection/submit/string-index.js";
import { ConfigurationError } from "../errors.js";
import type { FileLock } from "./file-lock.js";
import { formatHeader, formatRecord, ownerDifferences, parseHeader, parseRecord } from "./journal-format.js";
import { LineReader, lineBatches } from "./lines.js";
import { removeTemporaryFiles, replaceFile } from "./replace-file.js";

/** A write that waits for its turn. */
interface PendingWrite {
  lines: { key: string; text: string }[];
  /** Whether it must survive a power failure. */
  durable: boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** An open journal file. Memory holds the offset of each key's last line, not the records. */
export class JournalFile {
  readonly #path: string;
  readonly #lock: FileLock;
  #file: FileHandle;
  /** From each key to its last line. */
  readonly #offsets = new StringIndex();
  /** The end of the last complete line. */
  #size = 0;
  /** Whether an incomplete line may follow. */
  #torn = false;
  #failure: unknown;
  readonly #pending: PendingWrite[] = [];
  #flushing: Promise<void> | undefined;

  private constructor(path: string, lock: FileLock, file: FileHandle) {
    this.#path = path;
    this.#lock = lock;
    this.#file = file;
  }

  /** @throws {ConfigurationError} when the file is no journal, belongs to another owner, or is damaged */
  static async open(path: string, owner: JournalOwner, lock: FileLock): Promise<JournalFile> {
    await removeTemporaryFiles(path);
    const journal = new JournalFile(path, lock, await open(path, "a+", 0o600));
    try {
      await journal.#load(owner);
      return journal;
    } catch (error) {
      await journal.#file.close();
      throw error;
    }
  }

  async read(keys: readonly string[]): Promise<JournalRecord[]> {
    const reader = new LineReader(this.#file);
    const found = [...new Set(keys)]
      .map((key) => ({ key, offset: this.#offsets.get(key) ?? -1 }))
      .filter(({ offset }) => offset !== -1)
      .sort((a, b) => a.offset - b.offset);
    const records: JournalRecord[] = [];
    for (const { key, offset } of found) {
      const record = parseRecord(await reader.lineAt(offset));
      if (!record) throw this.#damaged(`The line at byte ${offset}`);
      // Two keys can have the same hash.
      if (record.key === key) records.push(record);
    }
    return records;
  }

  write(records: readonly JournalRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const lines = records.map((record) => ({ key: record.key, text: formatRecord(record) }));
      const durable = records.some(({ state }) => state === "sending");
      this.#pending.push({ lines, durable, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Waits for the writes. */
  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  /** Everything that waits becomes one append, with one sync. */
  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0);
      try {
        await this.#append(group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#flushing = undefined;
  }

  async #append(group: PendingWrite[]): Promise<void> {
    if (this.#failure) throw this.#failure;
    await this.#lock.check();
    if (this.#torn) await this.#file.truncate(this.#size);
    const lines = group.flatMap((write) => write.lines);
    this.#torn = true;
    await this.#file.appendFile(lines.map(({ text }) => text).join(""));
    this.#torn = false;
    for (const { key, text } of lines) {
      this.#offsets.set(key, this.#size);
      this.#size += Buffer.byteLength(text);
    }
    if (!group.some(({ durable }) => durable)) return;
    try {
      await this.#file.datasync();
    } catch (error) {
      // What the system has written of the lines before is unknown from now on, even if the next sync succeeds.
      this.#failure = error;
      throw error;
    }
    // Another process that takes over after this check reads these lines.
    await this.#lock.check();
  }

  async #load(owner: JournalOwner): Promise<void> {
    let count = 0;
    for await (const lines of lineBatches(this.#file)) {
      for (const { text, offset, end } of lines) {
        if (offset === 0) this.#checkOwner(text, owner);
        else {
          const record = parseRecord(text);
          if (!record) throw this.#damaged(`Line ${count + 2}`);
          this.#offsets.set(record.key, offset);
          count++;
        }
        this.#size = end;
      }
    }
    const { size } = await this.#file.stat();
    if (this.#size === 0 && size > 0) this.#checkOwner("", owner);
    // After a takeover too: what the former holder may still append goes to the replaced file.
    if (size === 0 || this.#lock.takenOver || this.#offsets.size < count / 2) await this.#rewrite(owner);
    else this.#torn = size > this.#size;
  }

  #checkOwner(header: string, owner: JournalOwner): void {
    const found = parseHeader(header);
    if (!found) {
      const message =
        `${this.#path} is not a journal in the format of this version. Nothing was sent, and the file was not changed. ` +
        "Pass the path of another file, or finish with the version that wrote this one.";
      throw new ConfigurationError("invalid_option", message);
    }
    const differences = ownerDifferences(found, owner);
    if (differences.length > 0) {
      const message =
        `The journal ${this.#path} belongs to a submit with another ${differences.join(", ")}. Nothing was sent. ` +
        "Use one journal for each organization, environment and kind of item.";
      throw new ConfigurationError("invalid_option", message);
    }
  }

  #damaged(line: string): ConfigurationError {
    const message =
      `${line} of the journal ${this.#path} is not a valid record, so what was sent is not known. Restore the file, or ` +
      "submit with a new journal and look up each item before it is sent.";
    return new ConfigurationError("invalid_option", message);
  }

  /** Replaces the file by one with the header and each key's last line. */
  async #rewrite(owner: JournalOwner): Promise<void> {
    this.#file = await replaceFile(this.#path, this.#lastLines(owner), () => this.#lock.check());
  }

  /** The content of the new file. Moves the offsets to it. */
  async *#lastLines(owner: JournalOwner): AsyncGenerator<string, void, undefined> {
    const header = formatHeader(owner);
    yield header;
    this.#size = Buffer.byteLength(header);
    for await (const lines of lineBatches(this.#file)) {
      let text = "";
      for (const line of lines) {
        const key = line.offset > 0 && parseRecord(line.text)?.key;
        if (typeof key !== "string" || this.#offsets.get(key) !== line.offset) continue;
        this.#offsets.set(key, this.#size);
        this.#size += line.end - line.offset;
        text += `${line.text}\n`;
      }
      yield text;
    }
    // Windows does not replace a file that is open.
    await this.#file.close();
  }
}
