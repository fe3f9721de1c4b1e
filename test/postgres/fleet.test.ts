import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPostgres, type PostgresServer, startPostgres } from "../../scripts/postgres-server.js";
import { countByStatus, runFleet } from "./fleet.js";

describe.skipIf(!findPostgres())("a fleet of 3 workers", { timeout: 120_000 }, () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it("sends each of 300 invoices once, although workers are killed and paused and PostgreSQL restarts", async () => {
    const result = await runFleet(postgres, "small", {
      seed: 1,
      count: 300,
      workers: 3,
      work: { chunkSize: 10, concurrency: 2, lease: 1_000, visibilityDelay: 1_000 },
      writes: ["closed before the work", "closed after the work", "503 with Retry-After after the work"],
      writeRate: 0.25,
      accidents: [
        { at: 0.1, what: "kill" },
        { at: 0.3, what: "pause" },
        { at: 0.6, what: "kill" },
      ],
      restarts: [{ at: 0.45, how: "immediate" }],
    });
    expect(result.notOnce).toEqual([]);
    expect(new Set(result.outcomes.map(({ sourceId }) => sourceId)).size).toBe(300);
    const { accepted, exists } = countByStatus(result.outcomes);
    expect(accepted + exists).toBe(300);
    expect(result.exitCodes).toEqual([0, 0, 0]);
  });
});
