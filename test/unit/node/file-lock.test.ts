import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { ConfigurationError } from "../../../src/errors.js";
import { FileLock } from "../../../src/node/file-lock.js";
import { temporaryFolder } from "./temporary-folder.js";

const TOKEN = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), "journal.lock");
});

async function acquire(): Promise<FileLock> {
  const lock = await FileLock.acquire(path);
  onTestFinished(() => lock.release());
  return lock;
}

/** Changes fields of the lock file, as another process would have written it. */
function writtenBy(fields: Record<string, unknown>): void {
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), token: TOKEN, ...fields }));
}

/** Lets the last refresh of a file be some seconds ago. */
function age(file: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(file, time, time);
}

/** The id of a process that has ended. */
const endedProcess = () => spawnSync(process.execPath, ["--version"]).pid;

const refusal = expect.objectContaining({
  code: "invalid_option",
  message: expect.stringMatching(
    /another submit has the journal open\. Wait .* or give this submit a journal of its own/,
  ),
});

describe("acquire", () => {
  it("creates a file for its owner only, and release removes it", async () => {
    const lock = await FileLock.acquire(path);
    expect(lock.takenOver).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await lock.release();
    expect(readdirSync(join(path, ".."))).toEqual([]);
  });

  it("refuses while this process holds the lock, and names the holder", async () => {
    await acquire();
    const error = await FileLock.acquire(path).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toEqual(refusal);
    expect(String(error)).toContain(`process ${process.pid} on `);
  });

  it("lets one of many concurrent calls win", async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquire()));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toEqual(refusal);
  });

  it("takes over at once from a process of this machine that has ended", async () => {
    await acquire();
    writtenBy({ pid: endedProcess() });
    expect((await acquire()).takenOver).toBe(true);
  });

  it.each([
    ["another host", { host: "other" }],
    ["another container or boot with the same host name", { machine: "other" }],
  ])("takes over from %s 30 s after its last refresh, not before", async (_, fields) => {
    await acquire();
    writtenBy({ ...fields, pid: endedProcess() });
    await expect(acquire()).rejects.toEqual(refusal);
    age(path, 28);
    await expect(acquire()).rejects.toEqual(refusal);
    age(path, 31);
    expect((await acquire()).takenOver).toBe(true);
  });

  it("takes over a lock whose process id belongs to another process by now, once it is stale", async () => {
    await acquire();
    writtenBy({ pid: process.ppid });
    await expect(acquire()).rejects.toEqual(refusal);
    age(path, 31);
    expect((await acquire()).takenOver).toBe(true);
  });

  it.each([
    ["empty", ""],
    ["not JSON", "{"],
    ["null", "null"],
    ["with a path as token", JSON.stringify({ token: "../../x", host: "h", machine: "m", pid: 1 })],
    ["with a process group as id", JSON.stringify({ token: TOKEN, host: "h", machine: "m", pid: -1 })],
  ])("takes over a lock file that is %s after the time that writing one takes", async (_, content) => {
    writeFileSync(path, content);
    await expect(acquire()).rejects.toEqual(refusal);
    age(path, 2);
    expect((await acquire()).takenOver).toBe(true);
    expect(readdirSync(join(path, ".."))).toEqual(["journal.lock"]);
  });

  it("lets one of many concurrent calls take over", async () => {
    writeFileSync(path, "");
    age(path, 31);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquire()));
    const locks = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(locks).toHaveLength(1);
    await expect(locks[0]?.check()).resolves.toBeUndefined();
    expect(readdirSync(join(path, ".."))).toEqual(["journal.lock"]);
  });

  it("continues a takeover that was killed halfway, once it is stale", async () => {
    const stale = await acquire();
    writtenBy({ host: "other" });
    age(path, 31);
    const successor = `${path}.${TOKEN}`;
    writeFileSync(successor, "");
    await expect(acquire()).rejects.toEqual(refusal);
    age(successor, 31);
    expect((await acquire()).takenOver).toBe(true);
    await expect(stale.check()).rejects.toThrow(ConfigurationError);
  });
});

it("continues the takeover of a process that was killed halfway, at once on this machine", async () => {
  await acquire();
  writtenBy({ pid: endedProcess() });
  const killed = readFileSync(path, "utf8").replace(TOKEN, TOKEN.replace("3", "4"));
  writeFileSync(`${path}.${TOKEN}`, killed);
  expect((await acquire()).takenOver).toBe(true);
  expect(readdirSync(join(path, ".."))).toEqual(["journal.lock"]);
});

describe("check", () => {
  it("passes while the lock is held", async () => {
    const lock = await acquire();
    await expect(lock.check()).resolves.toBeUndefined();
  });

  it("rejects after a takeover, and the former holder does not release the new lock", async () => {
    const former = await acquire();
    age(path, 31);
    const next = await acquire();
    await expect(former.check()).rejects.toThrow(/was taken over by another process, or deleted/);
    await former.release();
    await expect(next.check()).resolves.toBeUndefined();
  });

  it("rejects after the lock was deleted", async () => {
    const lock = await acquire();
    rmSync(path);
    await expect(lock.check()).rejects.toThrow(/was taken over by another process, or deleted/);
  });
});

describe("refresh", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  it("keeps a lock from getting stale, until it is released", async () => {
    const lock = await FileLock.acquire(path);
    age(path, 29);
    const before = statSync(path).mtimeMs;
    vi.advanceTimersByTime(5_000);
    await expect.poll(() => statSync(path).mtimeMs).toBeGreaterThan(before + 20_000);
    await lock.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("neither restores a lock that was deleted nor touches one that was taken over", async () => {
    const lock = await FileLock.acquire(path);
    const own = readFileSync(path, "utf8");
    writtenBy({ host: "other" });
    age(path, 10);
    const { mtimeMs } = statSync(path);
    vi.advanceTimersByTime(5_000);
    // The next acquire waits for as many file operations as the refresh takes, and more.
    await expect(FileLock.acquire(path)).rejects.toEqual(refusal);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(readFileSync(path, "utf8")).not.toBe(own);

    rmSync(path);
    vi.advanceTimersByTime(5_000);
    await expect(lock.check()).rejects.toThrow(ConfigurationError);
    expect(existsSync(path)).toBe(false);
    await lock.release();
  });
});
