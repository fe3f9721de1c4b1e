import { expect, it } from "vitest";
import type { NetworkFaults } from "./network.js";
import { countByStatus, findFalse, TestBed } from "./test-bed.js";

interface CallWideError {
  name: string;
  status: number;
  faults: NetworkFaults;
  maxWrites: number;
}

const always = { writeRate: 1, readRate: 1 };

it.each<CallWideError>([
  {
    name: "another client's organization: 404 for everything",
    status: 404,
    faults: { writes: ["404 before the work"], reads: ["404"], ...always },
    maxWrites: 1,
  },
  {
    name: "another client's organization: 403 for everything",
    status: 403,
    faults: { writes: ["403 before the work"], reads: ["403"], ...always },
    maxWrites: 1,
  },
  {
    name: "a missing scope: 403 for each write",
    status: 403,
    faults: { writes: ["403 before the work"], ...always },
    maxWrites: 1,
  },
  {
    name: "a malformed request: 400 for each write",
    status: 400,
    faults: { writes: ["400 before the work"], ...always },
    maxWrites: 15,
  },
])("ends at the first chunk after $name", async ({ status, faults, maxWrites }) => {
  const bed = new TestBed({ count: 3_000, faults, options: { chunkSize: 100 } }, 1);
  try {
    const { outcomes, error } = await bed.submit(bed.items);
    expect(error).toMatchObject({ status });
    expect(bed.network.writes.length).toBeLessThanOrEqual(maxWrites);
    expect(countByStatus(outcomes)).toMatchObject({ accepted: 0, exists: 0, rejected: 0 });
    expect(bed.disk.records.filter(({ state }) => state === "rejected")).toEqual([]);
    expect(findFalse(outcomes, bed)).toEqual([]);
  } finally {
    bed.close();
  }
});

it("submits everything although the first write is refused", async () => {
  const bed = new TestBed({ count: 100, faults: { sequence: ["400 before the work"] } }, 1);
  try {
    const { outcomes } = await bed.submit(bed.items);
    expect(countByStatus(outcomes)).toEqual({ accepted: 100, exists: 0, rejected: 0, unknown: 0 });
  } finally {
    bed.close();
  }
});
