import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { findPostgres, startPostgres } from "../../scripts/postgres-server.js";
import { postgresTokenStore } from "../../src/shared/index.js";
import { isFull } from "../support/full.js";
import { programOf } from "../support/programs.js";
import { serve } from "../support/server.js";
import { hasRedis, startRedis } from "./redis-server.js";

const PROCESSES = isFull ? 20 : 6;

/** An identity service and an API on one server, which counts token requests. */
async function startApi() {
  const valid = new Set<string>();
  let issued = 0;
  const { url } = await serve((request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/token") {
      const token = `T${++issued}`;
      valid.add(token);
      // Others have time to ask, too.
      setTimeout(() => send(200, { access_token: token, expires_in: 3600 }), 100);
      return;
    }
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    if (valid.has(token)) send(200, {});
    else send(401, { error: "unauthorized" });
  });
  return { url, issued: () => issued, revokeAll: () => valid.clear() };
}

/** Starts processes, and lets all of them call at the same time. */
async function startProcesses(kind: string, address: string, url: string) {
  const processes = Array.from({ length: PROCESSES }, () => {
    const child = spawn(process.execPath, [programOf("test/shared/token-process.ts"), kind, address, url], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    return { child, next: async () => (await lines.next()).value as string };
  });
  onTestFinished(() => processes.forEach(({ child }) => void child.kill("SIGKILL")));
  const nextLines = () => Promise.all(processes.map(({ next }) => next()));
  await nextLines();
  return {
    async callAll() {
      for (const { child } of processes) child.stdin.write("\n");
      const succeeded = await nextLines();
      return succeeded.reduce((sum, count) => sum + Number(count), 0);
    },
    async end() {
      for (const { child } of processes) child.stdin.end();
      await Promise.all(processes.map(({ child }) => once(child, "exit")));
    },
  };
}

async function countTokenRequests(kind: string, address: string) {
  const api = await startApi();
  const processes = await startProcesses(kind, address, api.url);
  const succeeded = await processes.callAll();
  const atStart = api.issued();
  api.revokeAll();
  const succeededLater = await processes.callAll();
  await processes.end();
  return { succeeded, atStart, succeededLater, afterRevocation: api.issued() - atStart };
}

describe(`${PROCESSES} processes of 10 calls make one token request at the start, and one after a revocation`, () => {
  const calls = PROCESSES * 10;
  const once = { succeeded: calls, atStart: 1, succeededLater: calls, afterRevocation: 1 };

  // Processes take long to start where several share a core.
  const timeout = 120_000;

  it.skipIf(!hasRedis)(
    "with redisTokenStore",
    async () => {
      const redis = await startRedis();
      onTestFinished(() => redis.stop());
      expect(await countTokenRequests("redis", String(redis.port))).toEqual(once);
      // What keeps the requests from growing is the lock.
      await redis.connect().flushall();
      expect((await countTokenRequests("withoutLock", String(redis.port))).atStart).toBeGreaterThan(1);
    },
    timeout,
  );

  it.skipIf(!findPostgres())(
    "with postgresTokenStore",
    async () => {
      const postgres = await startPostgres();
      onTestFinished(() => postgres.stop());
      await postgresTokenStore(postgres.connect()).migrate();
      expect(await countTokenRequests("postgres", postgres.host)).toEqual(once);
    },
    timeout,
  );
});
