import { randomUUID } from "node:crypto";
import { open, readFile, readlink, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { ConfigurationError } from "../errors.js";
import { hasCode, ignoreMissing } from "./file-errors.js";

const REFRESH_INTERVAL = 5_000;
/** How long a lock holds without a refresh, in ms. */
const STALE_AFTER = 30_000;
/** How long a process takes to write its lock file, in ms, at most. If it takes longer, `check()` fails. */
const CREATION_TIME = 1_000;
/** Takeovers by others between two steps of this process. */
const MAX_ATTEMPTS = 10;
const TOKEN = /^[\da-f-]{36}$/;

/** The content of a lock file. */
interface Holder {
  token: string;
  host: string;
  /** Tells containers and boots of one host name apart: process ids are comparable within one machine only. */
  machine: string;
  pid: number;
}

/**
 * An exclusive lock for one process at a time: a file that its holder refreshes. The lock of a process that has ended is taken
 * over at once if it ran on this machine, otherwise 30 s after the last refresh.
 *
 * A process that did not run for 30 s can lose its lock unnoticed, so it calls `check()` before it acts on it.
 */
// No library fits: proper-lockfile's last release is of 2021, and two processes can take over one stale lock;
// cross-process-lock creates its file non-exclusively; flock, in native add-ons, does not cover volumes shared by containers.
export class FileLock {
  /** Whether the lock was taken over from a holder that did not release it. */
  readonly takenOver: boolean;
  readonly #path: string;
  readonly #content: string;
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(path: string, content: string, takenOver: boolean) {
    this.#path = path;
    this.#content = content;
    this.takenOver = takenOver;
    // A refresh that fails leaves the lock to others, which `check()` notices.
    this.#timer = setInterval(() => this.#refresh().catch(() => {}), REFRESH_INTERVAL);
    this.#timer.unref();
  }

  /** @throws {ConfigurationError} when another process, or this one, holds the lock */
  static async acquire(path: string): Promise<FileLock> {
    const own: Holder = { token: randomUUID(), host: hostname(), machine: await machineId(), pid: process.pid };
    const content = JSON.stringify(own);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (await createExclusively(path, content)) return new FileLock(path, content, false);
      const holder = await readHolder(path);
      if (!holder) continue;
      if (holder.token === own.token) return new FileLock(path, content, true);
      if (!(await isStale(path, holder, own))) throw inUse(path, holder);
      await replace(path, holder, own);
    }
    throw inUse(path, { host: "", pid: 0 });
  }

  /** @throws {ConfigurationError} when another process has taken over the lock, or it was deleted */
  async check(): Promise<void> {
    const content = await readFile(this.#path, "utf8").catch(ignoreMissing);
    if (content === this.#content) return;
    const message =
      `${this.#path} was taken over by another process, or deleted: this process did not refresh it for ` +
      `${STALE_AFTER / 1000} s or more. Let the other process finish, then submit the same items with the same journal.`;
    throw new ConfigurationError("invalid_option", message);
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const content = await readFile(this.#path, "utf8").catch(ignoreMissing);
    if (content === this.#content) await rm(this.#path, { force: true });
  }

  async #refresh(): Promise<void> {
    const file = await open(this.#path, "r+");
    try {
      // Through one handle: a lock that is replaced meanwhile is not overwritten.
      if ((await file.readFile("utf8")) === this.#content) await file.write(this.#content, 0);
    } finally {
      await file.close();
    }
  }
}

/** Whether the file was created. */
async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/**
 * Replaces a stale lock, unless another process does; the lock file tells afterwards. Only the process that creates the file
 * named after the stale lock may replace it, and only while the stale lock is still there.
 */
async function replace(path: string, stale: Holder, own: Holder): Promise<void> {
  const successor = `${path}.${stale.token}`;
  if (await createExclusively(successor, JSON.stringify(own))) {
    // It is missing if this process slept and another one removed it.
    if ((await readHolder(path))?.token === stale.token) await rename(successor, path).catch(ignoreMissing);
    else await rm(successor, { force: true });
    return;
  }
  // Of a process that was killed between the two steps?
  const other = await readHolder(successor);
  if (other && (await isStale(successor, other, own))) await rm(successor, { force: true });
}

/** Of a lock file that is not, or not yet, written completely. */
const INCOMPLETE: Holder = { token: "incomplete", host: "", machine: "", pid: 0 };

/** `undefined` if there is no lock. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const content = await readFile(path, "utf8").catch(ignoreMissing);
  if (content === undefined) return undefined;
  try {
    const { token, host, machine, pid } = JSON.parse(content);
    const isValid = [host, machine].every((text) => typeof text === "string") && Number.isSafeInteger(pid) && pid > 0;
    return TOKEN.test(token) && isValid ? { token, host, machine, pid } : INCOMPLETE;
  } catch {
    return INCOMPLETE;
  }
}

async function isStale(path: string, holder: Holder, own: Holder): Promise<boolean> {
  const isLocal = holder.host === own.host && holder.machine === own.machine;
  if (isLocal && !isRunning(holder.pid)) return true;
  // The process id may belong to another process by now.
  return (await ageOf(path)) > (holder === INCOMPLETE ? CREATION_TIME : STALE_AFTER);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** The time since a file was written, in ms, by the clock of its file system: those of two hosts can differ. */
async function ageOf(path: string): Promise<number> {
  const probe = `${path}.${randomUUID()}`;
  await writeFile(probe, "", { flag: "wx", mode: 0o600 });
  try {
    const [now, file] = await Promise.all([stat(probe), stat(path).catch(ignoreMissing)]);
    return file ? now.mtimeMs - file.mtimeMs : 0;
  } finally {
    await rm(probe, { force: true });
  }
}

/** Linux: the boot and the namespace of process ids. Elsewhere empty. */
async function machineId(): Promise<string> {
  const sources = [readFile("/proc/sys/kernel/random/boot_id", "utf8"), readlink("/proc/self/ns/pid")];
  const parts = await Promise.all(sources.map((source) => source.catch(() => "")));
  return parts.map((part) => part.trim()).join(" ");
}

function inUse(path: string, { host, pid }: Pick<Holder, "host" | "pid">): ConfigurationError {
  const holder = host ? `process ${pid} on ${host}` : "another process";
  const message =
    `${path} is held by ${holder}: another submit has the journal open. Wait until it has finished, or give this submit a ` +
    `journal of its own. The lock of a process that has ended expires after ${STALE_AFTER / 1000} s.`;
  return new ConfigurationError("invalid_option", message);
}
