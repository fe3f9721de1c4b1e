import { Amili } from "amili-client";
import {
  createOutbox,
  type Outbox,
  type PostgresPool,
  type PostgresQuery,
  type WorkOptions,
} from "amili-client/postgres";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { findPostgres } from "../../scripts/postgres-server.js";
import { correction, invoice, payment } from "../reliability/items.js";
import { ORGANIZATION } from "../reliability/server/collection-server.js";
import { startApi } from "./api.js";
import { toArray, useDatabase } from "./database.js";

const organizationId = ORGANIZATION;
const invoices = (...numbers: number[]) => ({ organizationId, invoices: numbers.map(invoice) });
const payments = (...numbers: number[]) => ({
  organizationId,
  payments: numbers.map((n) => ({ sourceId: `payment-${n}`, item: payment(n) })),
});
const ids = (kind: "invoice" | "payment", ...sourceIds: string[]) => ({ organizationId, kind, sourceIds });

const FAST = { untilEmpty: true, visibilityDelay: 300, lease: 5_000 };

/** What the outcomes say of each item. */
const statuses = async (outbox: Outbox) =>
  Object.fromEntries((await toArray(outbox.outcomes())).map(({ sourceId, status }) => [sourceId, status]));

describe.skipIf(!findPostgres())("a worker", () => {
  const database = useDatabase();

  /** Works until the test ends. */
  function startWork(outbox: Outbox, options: WorkOptions): Promise<void> {
    const controller = new AbortController();
    const ended = outbox.work({ ...options, signal: controller.signal });
    onTestFinished(async () => {
      controller.abort();
      await ended;
    });
    return ended;
  }

  it("sends items of several organizations and kinds, and gives each an outcome", async () => {
    const { outbox } = await database.newOutbox();
    const { amili, server } = await startApi();
    await outbox.enqueue(database.pool, invoices(1, 2, 3));
    await outbox.enqueue(database.pool, payments(1, 2));
    const twice = ["a", "b"].map((sourceId) => ({ sourceId, item: correction(1) }));
    await outbox.enqueue(database.pool, { organizationId, corrections: twice });
    await outbox.work({ amili, ...FAST, chunkSize: 2 });
    expect(await outbox.stats()).toEqual({
      ...{ queued: 0, inFlight: 0, accepted: 7, exists: 0, rejected: 0, unknown: 0 },
      oldest: undefined,
    });
    expect([1, 2, 3].map((n) => server.acceptedCount(invoice(n)))).toEqual([1, 1, 1]);
    expect([1, 2].map((n) => server.acceptedCount(payment(n)))).toEqual([1, 1]);
    expect(server.acceptedCount(correction(1))).toBe(2);
    const outcomes = await toArray(outbox.outcomes());
    expect(outcomes[0]).toMatchObject({ organizationId, status: "accepted", settledAt: expect.any(Date) });
    expect(outcomes.find(({ sourceId }) => sourceId === "erp-1")).toMatchObject({
      kind: "invoice",
      batchId: expect.any(String),
      invoiceId: expect.any(String),
    });
    expect(await toArray(outbox.outcomes({ since: outcomes[4]?.cursor ?? "" }))).toEqual(outcomes.slice(5));
  });

  it("sends contents as they were enqueued", async () => {
    const { outbox } = await database.newOutbox();
    const { amili, network } = await startApi();
    const strange = { ...invoice(1), invoiceNumber: '\u0000 "\\ \u2028 ø 😀', originalInvoiceAmount: 0.1 + 0.2 };
    await outbox.enqueue(database.pool, { organizationId, invoices: [strange] });
    await outbox.work({ amili, ...FAST });
    expect(JSON.parse(network.writes[0]?.body ?? "")).toEqual({ invoices: [strange] });
  });

  it("is woken by what is enqueued, and looks for it itself when the connection that listens is closed", async () => {
    const { outbox, schema } = await database.newOutbox();
    const { amili } = await startApi();
    const isListening = async () => {
      const text = "SELECT pid FROM pg_stat_activity WHERE query = $1";
      return (await database.pool.query(text, [`LISTEN "${schema}"`])).rows[0]?.pid as number | undefined;
    };
    const settled = (count: number) =>
      vi.waitFor(async () => expect((await outbox.stats()).accepted).toBe(count), { timeout: 20_000 });
    startWork(outbox, { amili, pollInterval: 1_000_000_000 });
    await vi.waitFor(async () => expect(await isListening()).toBeDefined(), { timeout: 20_000 });
    await outbox.enqueue(database.pool, invoices(1));
    await settled(1);

    const polling = createOutbox(database.pool, { schema });
    startWork(polling, { amili, pollInterval: 200 });
    await database.pool.query("SELECT pg_terminate_backend($1)", [await isListening()]);
    await outbox.enqueue(database.pool, invoices(2));
    await settled(2);
  });

  it("finds what was enqueued while it connected to listen", async () => {
    const { outbox, schema } = await database.newOutbox();
    const { amili } = await startApi();
    const { pool } = database;
    let connect = () => {};
    const connected = new Promise<void>((resolve) => {
      connect = resolve;
    });
    const looked = vi.fn();
    const slow = {
      query: async (query: PostgresQuery) => {
        const result = await pool.query(query);
        if (query.text.includes("RECURSIVE")) looked();
        return result;
      },
      connect: (callback: Parameters<PostgresPool["connect"]>[0]) => void connected.then(() => pool.connect(callback)),
      on: pool.on.bind(pool),
      removeListener: pool.removeListener.bind(pool),
    };
    startWork(createOutbox(slow, { schema }), { amili, pollInterval: 1_000_000_000 });
    await vi.waitFor(() => expect(looked).toHaveBeenCalled(), { timeout: 20_000 });
    await outbox.enqueue(pool, invoices(1));
    connect();
    await vi.waitFor(async () => expect((await outbox.stats()).accepted).toBe(1), { timeout: 20_000 });
  });

  it("is not held up by a transaction that retries", async () => {
    const { outbox } = await database.newOutbox();
    const { amili } = await startApi();
    await outbox.enqueue(database.pool, { organizationId, invoices: [{ ...invoice(1), originalInvoiceAmount: -1 }] });
    await outbox.work({ amili, ...FAST });
    await outbox.enqueue(database.pool, invoices(2));
    await database.transaction("COMMIT", async (client) => {
      await outbox.retry(invoices(1), { client });
      await outbox.work({ amili, ...FAST });
      expect(await statuses(outbox)).toEqual({ "erp-1": "rejected", "erp-2": "accepted" });
    });
    await outbox.work({ amili, ...FAST });
    expect(await statuses(outbox)).toEqual({ "erp-1": "accepted", "erp-2": "accepted" });
  });

  it("leaves an unknown payment to a person", async () => {
    const { outbox } = await database.newOutbox();
    const { amili, server } = await startApi({}, { sequence: ["closed after the work", "closed before the work"] });
    await outbox.enqueue(database.pool, payments(1));
    await outbox.work({ amili, ...FAST });
    await outbox.enqueue(database.pool, payments(2));
    await outbox.work({ amili, ...FAST });
    expect(await statuses(outbox)).toEqual({ "payment-1": "unknown", "payment-2": "unknown" });
    expect(await toArray(outbox.outcomes())).toMatchObject([{ reason: { name: "ConnectionError" } }, {}]);

    await expect(outbox.retry(ids("payment", "payment-2"))).rejects.toMatchObject({ code: "wrong_state" });
    await expect(outbox.settle(ids("payment", "payment-9"), "exists")).rejects.toMatchObject({
      sourceIds: ["payment-9"],
    });
    await outbox.work({ amili, ...FAST });
    expect(server.acceptedCount(payment(2))).toBe(0);

    // A person has seen that Amili has the first one, and not the second.
    expect(await outbox.settle(ids("payment", "payment-1"), "exists")).toBe(1);
    expect(await outbox.retry(ids("payment", "payment-2"), { unknown: "resend" })).toBe(1);
    await outbox.work({ amili, ...FAST });
    expect(await statuses(outbox)).toEqual({ "payment-1": "exists", "payment-2": "accepted" });
    expect([1, 2].map((n) => server.acceptedCount(payment(n)))).toEqual([1, 1]);
  });

  it("reconciles an unknown invoice before anything is sent, if a person says so", async () => {
    const { outbox } = await database.newOutbox();
    const { amili, server } = await startApi({}, { sequence: ["closed after the work", "closed before the work"] });
    await outbox.enqueue(database.pool, invoices(1));
    await outbox.work({ amili, ...FAST, afterDelay: "unknown" });
    await outbox.enqueue(database.pool, invoices(2));
    await outbox.work({ amili, ...FAST, afterDelay: "unknown" });
    expect(await statuses(outbox)).toEqual({ "erp-1": "exists", "erp-2": "unknown" });
    const changed = { organizationId, invoices: [{ ...invoice(2), currency: "SEK" }] };
    await expect(outbox.retry(changed, { unknown: "reconcile" })).rejects.toThrow("cannot get another content");
    await outbox.retry(ids("invoice", "erp-2"), { unknown: "reconcile" });
    expect(await outbox.stats()).toMatchObject({ queued: 0, inFlight: 1 });
    await outbox.work({ amili, ...FAST });
    expect(await statuses(outbox)).toEqual({ "erp-1": "exists", "erp-2": "accepted" });
    expect([1, 2].map((n) => server.acceptedCount(invoice(n)))).toEqual([1, 1]);
  });

  it("sends a rejected invoice again after its correction", async () => {
    const { outbox } = await database.newOutbox();
    const { amili, server } = await startApi();
    const invalid = { ...invoice(1), originalInvoiceAmount: -1 };
    await outbox.enqueue(database.pool, { organizationId, invoices: [invalid, invoice(2)] });
    await outbox.work({ amili, ...FAST });
    expect(await statuses(outbox)).toEqual({ "erp-1": "rejected", "erp-2": "accepted" });
    const [first] = await toArray(outbox.outcomes());
    await expect(outbox.enqueue(database.pool, invoices(1))).rejects.toMatchObject({ code: "content_conflict" });
    await expect(outbox.retry(invoices(1, 2))).rejects.toMatchObject({ sourceIds: ["erp-2"] });
    await database.transaction("ROLLBACK", (client) => outbox.retry(invoices(1), { client }));
    expect(await outbox.stats()).toMatchObject({ queued: 0, rejected: 1 });
    expect(await outbox.retry(invoices(1))).toBe(1);
    await outbox.work({ amili, ...FAST });
    expect(await statuses(outbox)).toEqual({ "erp-1": "accepted", "erp-2": "accepted" });
    expect(server.acceptedCount(invoice(1))).toBe(1);
    // Its new outcome comes after all others.
    expect((await toArray(outbox.outcomes({ since: first?.cursor ?? "" }))).at(-1)).toMatchObject({
      sourceId: "erp-1",
    });
  });

  it("takes no invoice number for proof, since another worker may have sent an invoice with the same one", async () => {
    const { outbox } = await database.newOutbox();
    const { amili, server, network } = await startApi(
      { listsSourceIds: false },
      { sequence: ["closed before the work"] },
    );
    // Another worker sends the other one at the same time.
    const other = { ...invoice(2), invoiceNumber: invoice(1).invoiceNumber };
    await outbox.enqueue(database.pool, invoices(1));
    const working = outbox.work({ amili, ...FAST, visibilityDelay: 1_000 });
    await vi.waitFor(() => expect(network.writes).toHaveLength(1), { timeout: 20_000, interval: 5 });
    await amili.debtCollection.organization(organizationId).invoices.create([other]);
    await working;
    expect(server.acceptedCount(invoice(1))).toBe(0);
    expect(await statuses(outbox)).toEqual({ "erp-1": "unknown" });
  });

  it("does not wait for batches that another worker has recorded", async () => {
    const { outbox, schema } = await database.newOutbox();
    const { amili, network } = await startApi({ workTime: [100_000, 100_000] });
    await outbox.enqueue(database.pool, invoices(1, 2));
    const { data } = await amili.debtCollection.organization(organizationId).invoices.create([invoice(1)]);
    const { rows } = await database.pool.query(
      `INSERT INTO ${schema}.lease (expires_at) VALUES (now() + interval '1 h') RETURNING id`,
    );
    const since = new Date().toISOString();
    const row = "source_id = 'erp-1' THEN";
    await database.pool.query(
      `UPDATE ${schema}.item SET since = $1, state = CASE WHEN ${row} 'sent' ELSE 'sending' END,
        lease_id = CASE WHEN ${row} $2::bigint END, batch_id = CASE WHEN ${row} $3 END, batch_size = CASE WHEN ${row} 1 END`,
      [since, rows[0].id, data.batchId],
    );
    startWork(outbox, { amili, visibilityDelay: 300, drainTimeout: 1 });
    await vi.waitFor(() => expect(network.writes).toHaveLength(2), { timeout: 20_000 });
    expect(JSON.parse(network.writes[1]?.body ?? "")).toEqual({ invoices: [invoice(2)] });
  });

  it("is refused an outbox of another environment, tells of it, and tries again", async () => {
    const { outbox } = await database.newOutbox();
    const { amili } = await startApi();
    await outbox.enqueue(database.pool, invoices(1));
    await outbox.work({ amili, ...FAST });
    const other = new Amili({ accessToken: "T", baseUrls: { debtCollection: "http://127.0.0.1:9" } });
    await outbox.enqueue(database.pool, invoices(2));
    await expect(outbox.work({ amili: other, ...FAST })).rejects.toMatchObject({ code: "other_owner" });
    const errors: unknown[] = [];
    startWork(outbox, { amili: other, pollInterval: 50, onError: (error) => errors.push(error) });
    await vi.waitFor(() => expect(errors).toHaveLength(2), { timeout: 20_000 });
    expect(await outbox.stats()).toMatchObject({ queued: 1, accepted: 1 });
  });

  it("finishes what it has sent when it is stopped", async () => {
    const { outbox } = await database.newOutbox();
    const { amili } = await startApi({ workTime: [300, 300] });
    await outbox.enqueue(database.pool, invoices(...Array.from({ length: 50 }, (_, n) => n)));
    const controller = new AbortController();
    const working = outbox.work({ amili, chunkSize: 1, concurrency: 2, signal: controller.signal });
    await vi.waitFor(async () => expect((await outbox.stats()).accepted).toBeGreaterThan(0), { timeout: 20_000 });
    controller.abort();
    await working;
    const { inFlight, queued, accepted } = await outbox.stats();
    expect(inFlight).toBe(0);
    expect(queued).toBeGreaterThan(0);
    expect(accepted + queued).toBe(50);
    await outbox.work({ amili, ...FAST });
    expect(await outbox.stats()).toMatchObject({ accepted: 50 });
  });

  it("keeps old ids when contents are purged, and nothing when rows are", async () => {
    const { outbox, schema } = await database.newOutbox();
    const { amili } = await startApi({}, { sequence: [undefined, "closed after the work"] });
    const invalid = { ...invoice(2), originalInvoiceAmount: -1 };
    await outbox.enqueue(database.pool, { organizationId, invoices: [invoice(1), invalid] });
    await outbox.work({ amili, ...FAST });
    await outbox.enqueue(database.pool, payments(1));
    await outbox.work({ amili, ...FAST });
    await outbox.enqueue(database.pool, invoices(3));
    expect(await outbox.purge({ olderThan: 3_600_000 })).toBe(0);
    expect(await outbox.purge({ olderThan: 0 })).toBe(2);
    expect(await outbox.purge({ olderThan: 0 })).toBe(0);
    const text = `SELECT source_id FROM ${schema}.item WHERE payload IS NULL AND reason IS NULL ORDER BY source_id`;
    expect((await database.pool.query(text)).rows).toEqual([{ source_id: "erp-1" }, { source_id: "erp-2" }]);
    expect(await outbox.enqueue(database.pool, invoices(1))).toEqual({ added: 0, known: 1 });
    await expect(outbox.retry(ids("invoice", "erp-2"))).rejects.toMatchObject({ code: "wrong_state" });
    expect(await outbox.purge({ olderThan: 0, what: "rows" })).toBe(2);
    expect(await outbox.stats()).toMatchObject({ queued: 1, accepted: 0, unknown: 1 });
  });

  it("finds by polling what is enqueued without a notification", async () => {
    const { outbox, schema } = await database.newOutbox();
    const { amili } = await startApi();
    const silent = createOutbox(database.pool, { schema, notify: false });
    const listener = await database.pool.connect();
    const notified = vi.fn();
    listener.on("notification", notified);
    await listener.query(`LISTEN ${schema}`);
    startWork(outbox, { amili, pollInterval: 100 });
    await silent.enqueue(database.pool, invoices(1));
    await vi.waitFor(async () => expect((await outbox.stats()).accepted).toBe(1), { timeout: 20_000 });
    await listener.query("SELECT 1");
    listener.release(true);
    expect(notified).not.toHaveBeenCalled();
  });

  it("refuses a pool whose connections it would use up", async () => {
    const pool = new pg.Pool({ max: 2 });
    await expect(createOutbox(pool).work({ amili: new Amili({ accessToken: "T" }) })).rejects.toThrow(
      "The pool's max must be",
    );
    await pool.end();
  });

  it.each<[string, object]>([
    ["an unknown option", { chunksize: 1 }],
    ["no client", { amili: undefined }],
    ["a journal", { journal: {} }],
    ["a short lease", { lease: 999 }],
    ["no signal", { signal: "x" }],
  ])("refuses %s", async (_, options) => {
    const { outbox } = await database.newOutbox();
    const amili = new Amili({ accessToken: "T" });
    await expect(outbox.work({ amili, ...options })).rejects.toMatchObject({ code: "invalid_option" });
  });
});
