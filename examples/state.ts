import { existsSync, statSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TEMPORARY_SANDBOX } from "./connect.js";
import { lock } from "./lock.js";

/** What a program saves to resume from. */
export interface State {
  path(name: string): string;
  load<T>(name: string): Promise<T | undefined>;
  /** Atomic: after a crash, the old value or the new one is there. */
  save(name: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the state of an output file: a locked directory beside it, which also records what the file holds and whose data
 * it is. Progress for one organization or client says nothing about another's.
 */
export async function openState(file: string, content: string, owner: string): Promise<State> {
  const data = `${content} of ${owner}`;
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
    if (!existsSync(path("owner"))) {
      throw new Error(`${file} exists, but its state in ${directory} does not. Choose another file name.`);
    }
    // Fails before any work is done if the file is not writable.
    await (await open(file, "r+")).close();
  }
  await mkdir(directory, { mode: 0o700 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  const close = await lock(directory);
  const names = (await readdir(directory)).filter((name) => name !== "owner" && !name.startsWith("lock-"));
  const recorded = await load<string>("owner");
  // A first run that wrote nothing, because of a wrong id for example, does not reserve the file.
  const hasData = () => [file, ...names.map(path)].some((name) => statSync(name, { throwIfNoEntry: false })?.size);
  if (recorded !== undefined && recorded !== data && hasData()) {
    await close();
    throw new Error(`${file} holds ${recorded}; this run is for ${data}. Choose another file name.`);
  }
  if (owner === TEMPORARY_SANDBOX) {
    // The last run's sandbox is gone, so its state is stale.
    await Promise.all(names.map((name) => rm(path(name))));
  }
  await save("owner", data);
  return { path, load, save, close };
}
