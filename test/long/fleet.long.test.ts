import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPostgres, type PostgresServer, startPostgres } from "../../scripts/postgres-server.js";
import { countByStatus, runFleet } from "../postgres/fleet.js";
import { Random } from "../reliability/random.js";

const COUNT = 20_000;
const ACCIDENTS = 20;

describe.skipIf(!findPostgres())("a fleet of 8 workers", { timeout: 1_800_000 }, () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it.each([1, 2])("sends each of 20,000 invoices once, with seed %i", async (seed) => {
    const random = new Random(seed);
    const result = await runFleet(postgres, `fleet_${seed}`, {
      seed,
      count: COUNT,
      workers: 8,
      work: { chunkSize: 50, concurrency: 4, lease: 3_000, visibilityDelay: 8_000 },
      writes: [
        "closed before the work",
        "closed during the work",
        "closed after the work",
        "cut-off body",
        "500 after the work",
        "503 with Retry-After after the work",
        "429 before the work",
      ],
      writeRate: 0.1,
      accidents: Array.from({ length: ACCIDENTS }, () => ({
        at: 0.9 * random.next(),
        what: random.chance(0.5) ? ("kill" as const) : ("pause" as const),
      })),
      restarts: [
        { at: 0.5, how: "immediate" },
        { at: 0.75, how: "fast" },
      ],
    });
    const { outcomes, ...figures } = result;
    console.log({ ...figures, ...countByStatus(outcomes) });
    expect(result.notOnce).toEqual([]);
    expect(new Set(outcomes.map(({ sourceId }) => sourceId)).size).toBe(COUNT);
    const { accepted, exists } = countByStatus(outcomes);
    expect(accepted + exists).toBe(COUNT);
    expect(result.exitCodes).toEqual(Array(8).fill(0));
  });
});
