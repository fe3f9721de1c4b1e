import { readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Keeps other processes out of a directory, and gives what lets them in again. Each first writes its own name and then looks
 * for others', so that of two at once none or one goes on, and the lock of a process that is gone can be taken away at any
 * time.
 */
export async function lock(directory: string): Promise<() => Promise<void>> {
  const own = `lock-${hostname()}-${process.pid}`;
  const release = () => rm(join(directory, own), { force: true });
  await writeFile(join(directory, own), "");
  for (const name of await readdir(directory)) {
    const [, host, pid] = /^lock-(.*)-(\d+)$/.exec(name) ?? [];
    if (!pid || name === own) continue;
    if (host === hostname() && !runs(Number(pid))) {
      await rm(join(directory, name), { force: true });
      continue;
    }
    await release();
    const file = join(directory, name);
    throw new Error(`Process ${pid} on ${host} is at work here: wait for its end. If it has ended, delete ${file}`);
  }
  return release;
}
