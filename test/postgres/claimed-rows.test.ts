import type { JournalRecord } from "amili-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { findPostgres } from "../../scripts/postgres-server.js";
import { ClaimedRows } from "../../src/postgres/claimed-rows.js";
import { Lease } from "../../src/postgres/lease.js";
import { createStore } from "../../src/postgres/store.js";
import { invoice } from "../reliability/items.js";
import { ORGANIZATION } from "../reliability/server/collection-server.js";
import { toArray, useDatabase } from "./database.js";

const SINCE = "2026-01-31T12:00:00.123Z";
const stream = { organizationId: ORGANIZATION, kind: "invoice" as const };
const keys = (...numbers: number[]) => numbers.map((n) => `erp-${n}`);
const sending = (...numbers: number[]): JournalRecord[] =>
  keys(...numbers).map((key) => ({ key, state: "sending", since: SINCE }));
const accepted = (...numbers: number[]): JournalRecord[] => keys(...numbers).map((key) => ({ key, state: "accepted" }));

describe.skipIf(!findPostgres())("claimed rows", () => {
  const database = useDatabase();
  const leases: Lease[] = [];
  afterEach(async () => {
    vi.useRealTimers();
    await Promise.all(leases.splice(0).map((lease) => lease.release()));
  });

  /** An outbox with invoices, and a function that gives it one more worker. */
  async function setUp(count: number) {
    const { outbox, schema } = await database.newOutbox();
    const store = createStore(database.pool, { schema });
    const numbers = Array.from({ length: count }, (_, n) => n);
    await outbox.enqueue(database.pool, { organizationId: ORGANIZATION, invoices: numbers.map(invoice) });
    return {
      outbox,
      schema,
      store,
      async newWorker() {
        const lease = await Lease.acquire(store, 60_000);
        leases.push(lease);
        return { lease, rows: new ClaimedRows(store, lease, stream, () => false) };
      },
      /** Ends all leases, as the database does when they are not renewed. */
      async expireLeases() {
        await database.pool.query(`UPDATE ${schema}.lease SET expires_at = now() - interval '1 s'`);
        await Lease.expire(store);
      },
    };
  }

  it("belong to one worker each, in the order in which they were enqueued", async () => {
    const { newWorker } = await setUp(30);
    const workers = await Promise.all(Array.from({ length: 4 }, newWorker));
    const claimed = await Promise.all(workers.map(({ rows }) => rows.claim(10)));
    const ids = claimed.flatMap((rows) => rows.map(({ source_id }) => source_id));
    expect(new Set(ids).size).toBe(30);
    expect(ids).toHaveLength(30);
    for (const rows of claimed) {
      const order = rows.map(({ source_id }) => Number(source_id.slice(4)));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
  });

  it("are read by the next worker as they were written", async () => {
    const { newWorker, expireLeases } = await setUp(7);
    const first = await newWorker();
    await first.rows.claim(7);
    const records: JournalRecord[] = [
      { key: "erp-0", state: "sending", since: SINCE },
      { key: "erp-1", state: "sending", since: SINCE, idempotencyKey: "k-1" },
      { key: "erp-2", state: "sent", since: SINCE, batchId: "b-1", size: 2 },
      { key: "erp-3", state: "sent", since: SINCE, batchId: "b-1", size: 2, idempotencyKey: "k-1" },
    ];
    await first.rows.write([...sending(2, 3, 4), ...accepted(5), { key: "erp-4", state: "notSent" }]);
    await first.rows.write(records);
    await expireLeases();
    const second = await newWorker();
    const claimed = (await second.rows.claim(100)).map(({ source_id }) => source_id);
    expect(claimed).toEqual(keys(0, 1, 2, 3, 4, 6));
    expect(await second.rows.read(claimed)).toEqual(expect.arrayContaining(records));
    expect(await second.rows.read(keys(4, 6))).toEqual([]);
    expect(await second.rows.shared.recordedBatches(["b-1", "b-2"])).toEqual(["b-1"]);
  });

  it("cannot be changed by a worker whose lease has expired, whether another one has claimed them or not", async () => {
    const { newWorker, expireLeases, outbox } = await setUp(2);
    const [paused, next] = [await newWorker(), await newWorker()];
    await paused.rows.claim(2);
    await paused.rows.write(sending(0, 1));
    await expireLeases();
    const continuing = await newWorker();
    await expect(paused.rows.write(accepted(0))).rejects.toMatchObject({ code: "lease_lost" });
    await continuing.rows.claim(1);
    await expect(paused.rows.write(accepted(0))).rejects.toMatchObject({ code: "lease_lost" });
    await expect(paused.rows.read(keys(0))).rejects.toMatchObject({ code: "lease_lost" });
    expect(paused.lease.signal.aborted).toBe(true);
    expect(await outbox.stats()).toMatchObject({ inFlight: 2, accepted: 0 });
    await expect(next.rows.claim(1)).rejects.toMatchObject({ code: "lease_lost" });
    await continuing.rows.write(accepted(0));
    expect(await outbox.stats()).toMatchObject({ inFlight: 1, accepted: 1 });
  });

  it("cannot be sent by a worker that slept until its lease expired, although the database has not noticed", async () => {
    const { newWorker } = await setUp(1);
    const { rows, lease } = await newWorker();
    await rows.claim(1);
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 61_000);
    await expect(rows.write(sending(0))).rejects.toMatchObject({ code: "lease_lost" });
    expect(lease.signal.aborted).toBe(true);
  });

  it("of a batch that another one's response names are not taken for recorded ones", async () => {
    const { newWorker } = await setUp(2);
    const { rows } = await newWorker();
    await rows.claim(2);
    await rows.write(sending(0, 1));
    // Found in the list of batches: the batch may have other items, whose response was lost.
    await rows.write([{ key: "erp-0", state: "accepted", batchId: "b-lost" }]);
    expect(await rows.shared.recordedBatches(["b-lost"])).toEqual([]);
    await rows.write([{ key: "erp-1", state: "sent", since: SINCE, batchId: "b-own", size: 1 }]);
    await rows.write([{ key: "erp-1", state: "accepted", batchId: "b-own", invoiceId: "i-1" }]);
    expect(await rows.shared.recordedBatches(["b-lost", "b-own"])).toEqual(["b-own"]);
  });

  it("keep what is known of the request of an unknown outcome", async () => {
    const { newWorker, outbox, schema } = await setUp(1);
    const { rows } = await newWorker();
    await rows.claim(1);
    await rows.write([{ key: "erp-0", state: "sent", since: SINCE, batchId: "b-1", size: 1 }]);
    const reason = new Error("why\u0000");
    const unknown = {
      status: "unknown" as const,
      sent: true,
      lookUp: "",
      batchId: "b-1",
      item: {},
      key: "erp-0",
      reason,
    };
    await rows.writeUnknown([unknown]);
    const { rows: stored } = await database.pool.query(`SELECT state, batch_id, batch_size, since FROM ${schema}.item`);
    expect(stored).toEqual([{ state: "unknown", batch_id: "b-1", batch_size: 1, since: new Date(SINCE) }]);
    expect(await toArray(outbox.outcomes())).toMatchObject([{ status: "unknown", reason: { message: "why\u0000" } }]);
  });

  it("get outcome numbers in the order of commits: one waits for a transaction that has a lower number", async () => {
    const { newWorker, outbox, schema } = await setUp(2);
    const { rows } = await newWorker();
    await rows.claim(2);
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`${schema} outcomes`]);
    let isWritten = false;
    const written = rows.write(accepted(0)).then(() => {
      isWritten = true;
    });
    const text = "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    await vi.waitFor(async () => expect((await database.pool.query(text)).rows[0].count).toBe(1), { timeout: 20_000 });
    expect(isWritten).toBe(false);
    const values = `state = 'accepted', outcome_number = nextval('${schema}.outcome_number'), lease_id = NULL`;
    await client.query(`UPDATE ${schema}.item SET ${values} WHERE source_id = 'erp-1'`);
    expect(await toArray(outbox.outcomes())).toEqual([]);
    await client.query("COMMIT");
    client.release();
    await written;
    expect((await toArray(outbox.outcomes())).map(({ sourceId }) => sourceId)).toEqual(keys(1, 0));
  });
});
