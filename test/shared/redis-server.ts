import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { closedPort } from "../support/server.js";

const PROGRAM = "/usr/bin/redis-server";

export const hasRedis = existsSync(PROGRAM);

/** Starts a server of its own on loopback, which stores nothing on the disk. */
export async function startRedis() {
  const port = await closedPort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(PROGRAM, args, { stdio: "ignore" });
  const exit = once(child, "exit");
  const clients: Redis[] = [];
  const connect = () => {
    const client = new Redis(port, "127.0.0.1", { lazyConnect: true });
    clients.push(client);
    return client;
  };
  for (let tries = 0; ; tries++) {
    const client = new Redis(port, "127.0.0.1", { lazyConnect: true, retryStrategy: () => null });
    client.on("error", () => {});
    try {
      await client.ping();
      client.disconnect();
      break;
    } catch (error) {
      if (child.exitCode !== null || tries === 300) throw error;
      await sleep(50);
    }
  }
  return {
    port,
    connect,
    /** Stops answering, without closing a connection. */
    suspend: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    async crash() {
      child.kill("SIGKILL");
      await exit;
    },
    async stop() {
      for (const client of clients) client.disconnect();
      await this.crash();
    },
  };
}

export type RedisServer = Awaited<ReturnType<typeof startRedis>>;
