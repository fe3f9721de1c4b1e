import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const DEBIAN = "/usr/lib/postgresql";

/** The directory of PostgreSQL's programs; `undefined` where it is not installed. */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const directories = [...versions.map((version) => join(DEBIAN, version, "bin")), "/usr/local/bin", "/usr/bin"];
  return directories.find((directory) => ["initdb", "postgres"].every((name) => existsSync(join(directory, name))));
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const [, , uid, gid] = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody") ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** How a server ends: closes the connections, or stops dead and recovers at the next start. */
const SIGNALS = { fast: "SIGINT", immediate: "SIGQUIT" } as const;

export interface PostgresServer {
  /** The directory of the socket, which `pg` takes as the host. */
  host: string;
  connect(max?: number): pg.Pool;
  restart(how: keyof typeof SIGNALS): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server of its own, which listens on a socket in a temporary directory only and does not sync to the disk. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPostgres();
  if (!programs) throw new Error("PostgreSQL is not installed: there are no initdb and postgres.");
  const user = ordinaryUser();
  const directory = mkdtempSync(join(tmpdir(), "amili-pg-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(directory, user.uid, user.gid);
  const data = join(directory, "data");
  const options = { cwd: directory, ...user, stdio: "ignore" } as const;
  const initdb = [
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
  ];
  execFileSync(join(programs, "initdb"), initdb, options);
  const pools: pg.Pool[] = [];
  let child: ChildProcess;

  async function start(): Promise<void> {
    const settings = ["fsync=off", "listen_addresses=", `unix_socket_directories=${directory}`, "shared_buffers=64MB"];
    const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
    child = spawn(join(programs ?? "", "postgres"), args, options);
    for (let tries = 0; ; tries++) {
      const client = new pg.Client({ host: directory, user: "postgres", database: "postgres" });
      try {
        await client.connect();
        return await client.end();
      } catch (error) {
        if (child.exitCode !== null || tries === 300) throw error;
        await sleep(50);
      }
    }
  }

  async function end(how: keyof typeof SIGNALS): Promise<void> {
    const exit = once(child, "exit");
    child.kill(SIGNALS[how]);
    await exit;
  }

  await start();
  return {
    host: directory,
    connect(max = 10) {
      const pool = new pg.Pool({ host: directory, user: "postgres", database: "postgres", max });
      // Of connections that a restart closes.
      pool.on("error", () => {});
      pools.push(pool);
      return pool;
    },
    async restart(how) {
      await end(how);
      await start();
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await end("immediate");
      rmSync(directory, { recursive: true });
    },
  };
}
