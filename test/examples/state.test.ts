import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { TEMPORARY_SANDBOX } from "../../examples/connect.js";
import { openState } from "../../examples/state.js";
import { directory } from "./support.js";

const lockOf = (pid: number | undefined, host = hostname()) => `lock-${host}-${pid}`;

describe("the state of an output file", () => {
  it("persists", async () => {
    const path = await directory();
    const first = await openState(path("out"), "items", "A");
    expect(await first.load("progress")).toBeUndefined();
    await first.save("progress", { until: "2026-01-31" });
    writeFileSync(path("out"), "{}\n");
    await first.close();
    expect(readdirSync(path("out.state")).sort()).toEqual(["owner", "progress"]);

    const second = await openState(path("out"), "items", "A");
    expect(await second.load("progress")).toEqual({ until: "2026-01-31" });
    await second.close();
  });

  it("is refused to another owner or program", async () => {
    const path = await directory();
    const first = await openState(path("out"), "items", "A");
    await first.save("progress", 1);
    await first.close();
    for (const [content, owner] of [
      ["items", "B"],
      ["items", TEMPORARY_SANDBOX],
      ["outcomes", "A"],
    ] as const) {
      const message = `out holds items of A; this run is for ${content} of ${owner}. Choose another file name.`;
      await expect(openState(path("out"), content, owner)).rejects.toThrow(message);
    }
    // The refusal left no lock.
    await (await openState(path("out"), "items", "A")).close();
  });

  it("may change owner as long as there is no data", async () => {
    const path = await directory();
    const open = async (owner: string) => (await openState(path("out"), "items", owner)).close();
    await open("A");
    await open("B");
    writeFileSync(path("out"), "");
    writeFileSync(path("out.state/part"), "");
    await open("C");
    writeFileSync(path("out"), "{}\n");
    await expect(open("A")).rejects.toThrow("out holds items of C; this run is for items of A");
    await open("C");
  });

  it("is deleted if it belongs to an earlier temporary sandbox", async () => {
    const path = await directory();
    const first = await openState(path("out"), "items", TEMPORARY_SANDBOX);
    await first.save("cursor", "a");
    await first.close();
    const second = await openState(path("out"), "items", TEMPORARY_SANDBOX);
    expect(await second.load("cursor")).toBeUndefined();
    await second.close();
  });

  it("must exist if the file exists", async () => {
    const path = await directory();
    writeFileSync(path("out"), "something\n");
    await expect(openState(path("out"), "items", "A")).rejects.toThrow(
      /out exists, but its state in .*out\.state does not\. Choose another/,
    );
    expect(readFileSync(path("out"), "utf8")).toBe("something\n");
    expect(readdirSync(path(""))).toEqual(["out"]);
  });

  it("does not create the parent directory", async () => {
    const path = await directory();
    await expect(openState(path("missing/out"), "items", "A")).rejects.toThrow(/ENOENT.*missing\/out\.state/);
  });

  it("is locked by one process at a time", async () => {
    const path = await directory();
    const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    await once(other, "spawn");
    mkdirSync(path("out.state"));
    const lock = path(`out.state/${lockOf(other.pid)}`);
    writeFileSync(lock, "");
    await expect(openState(path("out"), "items", "A")).rejects.toThrow(
      `out.state is in use by process ${other.pid} on ${hostname()}. If that process has ended, delete ${lock}`,
    );
    expect(readdirSync(path("out.state"))).toEqual([lockOf(other.pid)]);

    other.kill("SIGKILL");
    await once(other, "exit");
    const state = await openState(path("out"), "items", "A");
    expect(readdirSync(path("out.state")).sort()).toEqual([lockOf(process.pid), "owner"]);
    await state.close();
    expect(existsSync(path(`out.state/${lockOf(process.pid)}`))).toBe(false);
  });

  it("stays locked by a process of another machine, which may be running", async () => {
    const path = await directory();
    mkdirSync(path("out.state"));
    writeFileSync(path(`out.state/${lockOf(process.pid, "erp-2")}`), "");
    await expect(openState(path("out"), "items", "A")).rejects.toThrow(`in use by process ${process.pid} on erp-2`);
  });

  it("is not opened if the file is not writable", async () => {
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
    // Root can write to any file.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      await expect(openState(path("out"), "items", "A")).rejects.toThrow(/EACCES: permission denied, open '.*\/out'/);
    } finally {
      if (root) process.seteuid?.(0);
    }
  });
});
