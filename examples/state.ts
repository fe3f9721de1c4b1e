import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OWN_SANDBOX } from "./connect.js";
import { lock } from "./lock.js";

/** What a program keeps to go on from. */
export interface State {
  path(name: string): string;
  load<T>(name: string): Promise<T | undefined>;
  /** In one step: after a crash there is the old value or the new one. */
  save(name: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}

/**
 * The state of a file that a program writes: a directory beside it, which one process at a time has open. It says whose data
 * the file holds, since how far a program came for one organisation says nothing of another.
 */
export async function openState(file: string, whose: string): Promise<State> {
  const directory = `${file}.state`;
  const path = (name: string) => join(directory, name);
  async function load<T>(name: string): Promise<T | undefined> {
    return existsSync(path(name)) ? JSON.parse(await readFile(path(name), "utf8")) : undefined;
  }
  async function save(name: string, value: unknown): Promise<void> {
    await writeFile(path(`${name}.new`), JSON.stringify(value), { flush: true, mode: 0o600 });
    await rename(path(`${name}.new`), path(name));
  }

  if (existsSync(file)) {
    if (!existsSync(path("whose"))) {
      throw new Error(`${file} is there, and ${directory}, which would say whose it is, is not: name another file.`);
    }
    // One that may not be written is found before any work is done.
    await (await open(file, "r+")).close();
  }
  await mkdir(directory, { mode: 0o700 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  const close = await lock(directory);
  const known = await load<string>("whose");
  if (known !== undefined && known !== whose) {
    await close();
    throw new Error(`${file} holds data of ${known}, and this run is for ${whose}: name another file.`);
  }
  if (whose === OWN_SANDBOX) {
    // The sandbox of the run before has ended, and what is known of it with it.
    const names = (await readdir(directory)).filter((name) => name !== "whose" && !name.startsWith("lock-"));
    await Promise.all(names.map((name) => rm(path(name))));
  }
  await save("whose", whose);
  return { path, load, save, close };
}
