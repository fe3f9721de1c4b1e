import { randomUUID } from "node:crypto";
import { existsSync, fstatSync, linkSync, renameSync, statSync, truncateSync } from "node:fs";
import type * as fs from "node:fs/promises";

/**
 * kill: the process ends before the step. tear: it ends, and half of the bytes were written. lose: the power fails; what is
 * not synced is lost, renames included. full: the disk is full once, and half of the bytes were written. unsynced: a sync fails.
 * sleep: the process sleeps before the step, while `onSleep` runs.
 */
export type Fault = "kill" | "tear" | "lose" | "full" | "unsynced" | "sleep";

interface Rename {
  from: string;
  to: string;
  /** The file that was replaced. */
  backup: string;
}

/** A disk under `node:fs/promises` with one fault at one of its steps. A step is a call that changes files. */
export class FaultyDisk {
  readonly steps: string[] = [];
  isDead = false;
  /** Files that lose what is not synced, besides renamed ones. */
  paths: string[] = [];
  onSleep = async () => {};
  /** The step before which the process slept. */
  slept: string | undefined;
  #fault: Fault | undefined;
  #at = Number.POSITIVE_INFINITY;
  /** By inode: how many bytes survive a power failure. */
  readonly #synced = new Map<number, number>();
  #renames: Rename[] = [];

  /** Starts anew: as another process, with what is on the disk. */
  reset(fault?: Fault, at = Number.POSITIVE_INFINITY): void {
    this.steps.length = 0;
    this.isDead = false;
    this.slept = undefined;
    this.#fault = fault;
    this.#at = at;
    this.#synced.clear();
    this.#renames = [];
  }

  /** The module `node:fs/promises`, with faults. */
  wrap(real: typeof fs): typeof fs {
    return {
      ...real,
      open: (...args) =>
        this.#step(`open ${args[1]}`, async () => this.#handle(await real.open(...args), String(args[0]))),
      writeFile: (...args) => this.#step("writeFile", () => real.writeFile(...args)),
      rm: (...args) => this.#step("rm", () => real.rm(...args)),
      rename: (from, to) =>
        this.#step("rename", async () => {
          const rename = { from: String(from), to: String(to), backup: `${from}.${randomUUID()}` };
          if (existsSync(to)) linkSync(to, rename.backup);
          this.#renames.push(rename);
          await real.rename(from, to);
        }),
    };
  }

  #handle(handle: fs.FileHandle, path: string): fs.FileHandle {
    const { ino, size } = fstatSync(handle.fd);
    if (!this.#synced.has(ino)) this.#synced.set(ino, size);
    const sync = (name: "sync" | "datasync") => () =>
      this.#step(name, async () => {
        await handle[name]();
        this.#synced.set(ino, fstatSync(handle.fd).size);
        if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) this.#renames = [];
      });
    const appendFile = (text: string) =>
      this.#step(
        "append",
        () => handle.appendFile(text),
        () => handle.appendFile(text.slice(0, text.length / 2)),
      );
    const truncate = (length: number) => this.#step("truncate", () => handle.truncate(length));
    const wrapped = { sync: sync("sync"), datasync: sync("datasync"), appendFile, truncate };
    return new Proxy(handle, {
      get(target, name) {
        if (Object.hasOwn(wrapped, name)) return Reflect.get(wrapped, name);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  async #step<Result>(name: string, effect: () => Promise<Result>, half?: () => Promise<void>): Promise<Result> {
    if (this.isDead) throw new Error("the process has ended");
    this.steps.push(name);
    if (this.steps.length !== this.#at) return effect();
    if (this.#fault === "full" && half) {
      await half();
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    }
    if (this.#fault === "unsynced" && name.endsWith("sync"))
      throw Object.assign(new Error("i/o error"), { code: "EIO" });
    if (this.#fault === "sleep") {
      this.slept = name;
      await this.onSleep();
      return effect();
    }
    if (this.#fault === "full" || this.#fault === "unsynced") return effect();
    this.isDead = true;
    if (this.#fault === "tear") await half?.();
    if (this.#fault === "lose") this.#losePower();
    throw new Error("the process has ended");
  }

  #losePower(): void {
    for (const { from, to, backup } of this.#renames.reverse()) {
      renameSync(to, from);
      if (existsSync(backup)) renameSync(backup, to);
    }
    const files = this.#renames.flatMap(({ from, to }) => [from, to]);
    for (const file of new Set([...files, ...this.paths])) {
      const stat = statSync(file, { throwIfNoEntry: false });
      const synced = stat && this.#synced.get(stat.ino);
      if (synced !== undefined) truncateSync(file, Math.min(stat?.size ?? 0, synced));
    }
  }
}

export const disk = new FaultyDisk();
