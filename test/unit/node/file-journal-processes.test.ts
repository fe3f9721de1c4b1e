import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileJournal } from "amili-client/node";
import { expect, it, onTestFinished } from "vitest";
import { programOf } from "../../support/programs.js";
import { OWNER } from "./owner.js";
import { temporaryFolder } from "./temporary-folder.js";

interface Writer {
  process: ChildProcess;
  /** The first line, once printed: "open", or why not. */
  first: Promise<string>;
  /** The keys whose write has resolved. */
  keys: string[];
  /** Resolves when this many lines were printed. */
  printed(count: number): Promise<void>;
}

/** A process that opens the journal and writes, until it has written the lists. */
function startWriter(path: string, lists = Number.POSITIVE_INFINITY): Writer {
  const child = spawn(process.execPath, [programOf("test/unit/node/journal-writer.ts"), path, String(lists)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  const first = once(lines, "line").then(([line]) => String(line));
  const keys: string[] = [];
  lines.on("line", (line) => {
    if (line !== "open") keys.push(line);
  });
  const printed = async (count: number) => {
    await expect.poll(() => keys.length, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  };
  return { process: child, first, keys, printed };
}

async function kill({ process }: Writer): Promise<void> {
  const ended = once(process, "close");
  process.kill("SIGKILL");
  await ended;
}

it("a killed process leaves every record whose write resolved, and its claim is free at once", async () => {
  const path = join(temporaryFolder(), "journal");
  const keys: string[] = [];
  for (const count of [1, 100, 500]) {
    const writer = startWriter(path);
    expect(await writer.first).toBe("open");
    await writer.printed(count);
    await kill(writer);
    keys.push(...writer.keys);
  }
  const journal = fileJournal(path);
  await journal.open(OWNER);
  const read = await journal.read(keys);
  expect(new Set(read.map(({ key }) => key))).toEqual(new Set(keys));
  await journal.close();
});

it("of several processes on one file one opens it; the others say what to do", async () => {
  const path = join(temporaryFolder(), "journal");
  const writers = Array.from({ length: 4 }, () => startWriter(path, 5));
  const first = await Promise.all(writers.map((writer) => writer.first));
  expect(first.filter((line) => line === "open")).toHaveLength(1);
  for (const line of first.filter((line) => line !== "open")) {
    expect(line).toMatch(
      /is held by process \d+ on .*another submit has the journal open\. Wait until it has finished/,
    );
  }

  // The claim of a killed process is taken over by one of several, too.
  const winner = writers[first.indexOf("open")] as Writer;
  await winner.printed(100);
  await kill(winner);
  const next = await Promise.all(Array.from({ length: 4 }, () => startWriter(path, 5).first));
  expect(next.filter((line) => line === "open")).toHaveLength(1);
});
