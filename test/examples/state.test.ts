import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { OWN_SANDBOX } from "../../examples/connect.js";
import { openState } from "../../examples/state.js";
import { directory } from "./support.js";

const lockOf = (pid: number | undefined, host = hostname()) => `lock-${host}-${pid}`;

describe("the state beside a file", () => {
  it("is there again", async () => {
    const path = await directory();
    const first = await openState(path("out"), "items", "A");
    expect(await first.load("progress")).toBeUndefined();
    await first.save("progress", { until: "2026-01-31" });
    writeFileSync(path("out"), "{}\n");
    await first.close();
    expect(readdirSync(path("out.state")).sort()).toEqual(["progress", "whose"]);

    const second = await openState(path("out"), "items", "A");
    expect(await second.load("progress")).toEqual({ until: "2026-01-31" });
    await second.close();
  });

  it("is not that of another owner", async () => {
    const path = await directory();
    const first = await openState(path("out"), "items", "A");
    await first.save("progress", 1);
    await first.close();
    for (const [what, whose] of [
      ["items", "B"],
      ["items", OWN_SANDBOX],
      ["outcomes", "A"],
    ] as const) {
      const message = `out holds items of A, and this run is for ${what} of ${whose}: name another file.`;
      await expect(openState(path("out"), what, whose)).rejects.toThrow(message);
    }
    // Nobody was kept out by the refusal.
    await (await openState(path("out"), "items", "A")).close();
  });

  it("is claimed by nobody who got nothing", async () => {
    const path = await directory();
    const open = async (whose: string) => (await openState(path("out"), "items", whose)).close();
    await open("A");
    await open("B");
    writeFileSync(path("out"), "");
    writeFileSync(path("out.state/part"), "");
    await open("C");
    writeFileSync(path("out"), "{}\n");
    await expect(open("A")).rejects.toThrow("out holds items of C, and this run is for items of A");
    await open("C");
  });

  it("ends with the sandbox that it speaks of", async () => {
    const path = await directory();
    const first = await openState(path("out"), "items", OWN_SANDBOX);
    await first.save("cursor", "a");
    await first.close();
    const second = await openState(path("out"), "items", OWN_SANDBOX);
    expect(await second.load("cursor")).toBeUndefined();
    await second.close();
  });

  it("must stand beside a file that is there", async () => {
    const path = await directory();
    writeFileSync(path("out"), "something\n");
    await expect(openState(path("out"), "items", "A")).rejects.toThrow(
      /out is there, and .*out\.state, .* is not: name another/,
    );
    expect(readFileSync(path("out"), "utf8")).toBe("something\n");
    expect(readdirSync(path(""))).toEqual(["out"]);
  });

  it("makes no directories on the way to the file", async () => {
    const path = await directory();
    await expect(openState(path("missing/out"), "items", "A")).rejects.toThrow(/ENOENT.*missing\/out\.state/);
  });

  it("is one process's at a time", async () => {
    const path = await directory();
    const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    await once(other, "spawn");
    mkdirSync(path("out.state"));
    const lock = path(`out.state/${lockOf(other.pid)}`);
    writeFileSync(lock, "");
    await expect(openState(path("out"), "items", "A")).rejects.toThrow(
      `Process ${other.pid} on ${hostname()} is at work here: wait for its end. If it has ended, delete ${lock}`,
    );
    expect(readdirSync(path("out.state"))).toEqual([lockOf(other.pid)]);

    other.kill("SIGKILL");
    await once(other, "exit");
    const state = await openState(path("out"), "items", "A");
    expect(readdirSync(path("out.state")).sort()).toEqual([lockOf(process.pid), "whose"]);
    await state.close();
    expect(existsSync(path(`out.state/${lockOf(process.pid)}`))).toBe(false);
  });

  it("is left to a process of another machine, of which nobody knows whether it has ended", async () => {
    const path = await directory();
    mkdirSync(path("out.state"));
    writeFileSync(path(`out.state/${lockOf(process.pid, "erp-2")}`), "");
    await expect(openState(path("out"), "items", "A")).rejects.toThrow(
      `Process ${process.pid} on erp-2 is at work here`,
    );
  });

  it("is not opened for a file that may not be written", async () => {
    const path = await directory();
    await (await openState(path("out"), "items", "A")).close();
    writeFileSync(path("out"), "");
    for (const [name, mode] of [
      ["", 0o777],
      ["out.state", 0o777],
      ["out", 0o444],
    ] as const) {
      chmodSync(path(name), mode);
    }
    // Root may write everywhere, nobody may not.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      await expect(openState(path("out"), "items", "A")).rejects.toThrow(/EACCES: permission denied, open '.*\/out'/);
    } finally {
      if (root) process.seteuid?.(0);
    }
  });
});
