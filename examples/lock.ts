import { readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Locks a directory for this process and returns a function that releases it. Each process first writes its own lock file
 * and then looks for others, so of two that start at once at most one continues, and a stale lock can be deleted at any time.
 */
export async function lock(directory: string): Promise<() => Promise<void>> {
  const own = `lock-${hostname()}-${process.pid}`;
  const release = () => rm(join(directory, own), { force: true });
  await writeFile(join(directory, own), "");
  for (const name of await readdir(directory)) {
    const [, host, pid] = /^lock-(.*)-(\d+)$/.exec(name) ?? [];
    if (!pid || name === own) continue;
    const file = join(directory, name);
    if (host === hostname() && !isRunning(Number(pid))) {
      await rm(file, { force: true });
      continue;
    }
    await release();
    throw new Error(`${directory} is in use by process ${pid} on ${host}. If that process has ended, delete ${file}`);
  }
  return release;
}
