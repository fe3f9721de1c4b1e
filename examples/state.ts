import { existsSync, statSync } from "node:fs";
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
 * The state of a file that a program writes: a directory beside it, which one process at a time has open. It says what the
 * file holds and whose, since how far a program came for one organisation says nothing of another, nor of another program.
 */
export async function openState(file: string, what: string, whose: string): Promise<State> {
  const data = `${what} of ${whose}`;
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
  const names = (await readdir(directory)).filter((name) => name !== "whose" && !name.startsWith("lock-"));
  const known = await load<string>("whose");
  // A first run that came to nothing, for a wrong id say, has no claim to the file.
  const claimed = () => [file, ...names.map(path)].some((name) => statSync(name, { throwIfNoEntry: false })?.size);
  if (known !== undefined && known !== data && claimed()) {
    await close();
    throw new Error(`${file} holds ${known}, and this run is for ${data}: name another file.`);
  }
  if (whose === OWN_SANDBOX) {
    // The sandbox of the run before has ended, and what is known of it with it.
    await Promise.all(names.map((name) => rm(path(name))));
  }
  await save("whose", data);
  return { path, load, save, close };
}
