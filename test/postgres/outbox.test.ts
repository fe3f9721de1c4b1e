import type { InvoiceInput } from "amili-client/debt-collection";
import { createOutbox, OutboxError, type OutboxItems } from "amili-client/postgres";
import { describe, expect, it } from "vitest";
import { findPostgres } from "../../scripts/postgres-server.js";
import { correction, invoice, payment } from "../reliability/items.js";
import { ORGANIZATION } from "../reliability/server/collection-server.js";
import { useDatabase } from "./database.js";

const organizationId = ORGANIZATION;
const invoices = (...numbers: number[]) => ({ organizationId, invoices: numbers.map(invoice) });
const corrected = (n: number) => ({ organizationId, invoices: [{ ...invoice(n), originalInvoiceAmount: 7 }] });

describe("createOutbox", () => {
  const pool = { query: () => {}, connect: () => {}, on: () => {}, removeListener: () => {} };

  it.each(["", "1a", "pg_x", "a b", 'a"; DROP TABLE x; --', "a.b", "é", "x".repeat(64), 7])(
    "refuses the schema %j",
    (schema) => {
      expect(() => createOutbox(pool as never, { schema: schema as string })).toThrow(/^schema must be/);
    },
  );

  it("refuses what is no pool, and unknown options", () => {
    expect(() => createOutbox({} as never)).toThrow("createOutbox() needs a Pool of pg; object was given.");
    expect(() => createOutbox(pool as never, { shema: "a" } as object)).toThrow("shema was given");
  });
});

describe.skipIf(!findPostgres())("an outbox", () => {
  const database = useDatabase();

  describe("migrate", () => {
    it("creates the tables once, however many processes call it at once", async () => {
      const outboxes = Array.from({ length: 8 }, () => createOutbox(database.pool, { schema: "At_Once" }));
      await Promise.all(outboxes.map((outbox) => outbox.migrate()));
      await outboxes[0]?.migrate();
      const { rows } = await database.pool.query('SELECT version FROM "At_Once".migration');
      expect(rows).toEqual([{ version: 1 }]);
    });

    it("refuses tables of a later version", async () => {
      const { outbox, schema } = await database.newOutbox();
      await database.pool.query(`INSERT INTO ${schema}.migration (version) VALUES (99)`);
      await expect(outbox.migrate()).rejects.toMatchObject({ code: "newer_schema" });
    });

    it("leaves nothing behind when it fails", async () => {
      await database.pool.query("CREATE SCHEMA half; CREATE TABLE half.item ()");
      await expect(createOutbox(database.pool, { schema: "half" }).migrate()).rejects.toThrow("already exists");
      const { rows } = await database.pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'half'");
      expect(rows).toEqual([{ tablename: "item" }]);
    });
  });

  describe("enqueue", () => {
    it("adds items once", async () => {
      const { outbox } = await database.newOutbox();
      expect(await outbox.enqueue(database.pool, invoices(1, 2))).toEqual({ added: 2, known: 0 });
      const [second] = invoices(2).invoices;
      const reordered = Object.fromEntries(Object.entries(second ?? {}).reverse()) as InvoiceInput;
      const again = { organizationId, invoices: [reordered, invoice(3), invoice(3)] };
      expect(await outbox.enqueue(database.pool, again)).toEqual({ added: 1, known: 2 });
      expect(await outbox.enqueue(database.pool, { organizationId, invoices: [] })).toEqual({ added: 0, known: 0 });
    });

    it("is a part of the caller's transaction", async () => {
      const { outbox } = await database.newOutbox();
      await database.transaction("ROLLBACK", (client) => outbox.enqueue(client, invoices(1, 2)));
      expect(await outbox.stats()).toMatchObject({ queued: 0 });
      await database.transaction("COMMIT", (client) => outbox.enqueue(client, invoices(1, 2)));
      expect(await outbox.stats()).toMatchObject({ queued: 2 });
    });

    it("refuses another content of the same id, stores nothing of the call, and lets the transaction continue", async () => {
      const { outbox } = await database.newOutbox();
      await outbox.enqueue(database.pool, invoices(1));
      const changed = {
        organizationId,
        invoices: [invoice(2), { ...invoice(1), originalInvoiceAmount: 7 }, invoice(3)],
      };
      const error = await database.transaction("COMMIT", async (client) => {
        const refusal = await outbox.enqueue(client, changed).catch((reason: unknown) => reason);
        await outbox.enqueue(client, invoices(4));
        return refusal;
      });
      expect(error).toBeInstanceOf(OutboxError);
      expect(error).toMatchObject({ code: "content_conflict", sourceIds: ["erp-1"] });
      expect(String(error)).toContain('"erp-1"');
      expect(await outbox.stats()).toMatchObject({ queued: 2 });
    });

    it("refuses two contents of one id in a call", async () => {
      const { outbox } = await database.newOutbox();
      const twice = { organizationId, invoices: [invoice(1), { ...invoice(1), currency: "SEK" }] };
      await expect(outbox.enqueue(database.pool, twice)).rejects.toMatchObject({ sourceIds: ["erp-1"] });
      expect(await outbox.stats()).toMatchObject({ queued: 0 });
    });

    it("notices another content that a transaction commits at the same time", async () => {
      const { outbox } = await database.newOutbox();
      const first = await database.pool.connect();
      await first.query("BEGIN");
      await outbox.enqueue(first, invoices(1));
      const second = outbox.enqueue(database.pool, corrected(1)).catch((reason: unknown) => reason);
      await waitForLock("transactionid");
      await first.query("COMMIT");
      first.release();
      expect(await second).toMatchObject({ code: "content_conflict" });
    });

    it("keeps organizations and kinds apart, and payments of the same content", async () => {
      const { outbox } = await database.newOutbox();
      const same = ["a", "b"].map((sourceId) => ({ sourceId, item: payment(1) }));
      await outbox.enqueue(database.pool, { organizationId, payments: same });
      await outbox.enqueue(database.pool, { organizationId: "other", payments: same });
      await outbox.enqueue(database.pool, { organizationId, corrections: [{ sourceId: "a", item: correction(1) }] });
      await outbox.enqueue(database.pool, { organizationId, invoices: [{ uniqueSourceInvoiceId: "a" }] });
      expect(await outbox.stats()).toMatchObject({ queued: 6 });
      expect(await outbox.stats({ organizationId, kind: "payment" })).toMatchObject({ queued: 2 });
    });

    it("refuses what is no client", async () => {
      const { outbox } = await database.newOutbox();
      const refused = outbox.enqueue(undefined as never, invoices(1));
      await expect(refused).rejects.toThrow("enqueue() needs a client of pg; undefined was given.");
    });

    it.each<[string, unknown, string]>([
      ["no list", { organizationId }, "one list: invoices, payments, corrections"],
      ["two lists", { organizationId, invoices: [], payments: [] }, "one list"],
      ["an unknown list", { organizationId, constructor: [] }, "one list"],
      ["no organization", { invoices: [] }, "organizationId must be a text"],
      [
        "no id",
        { organizationId, invoices: [{}] },
        "Item 0 of the list was not stored: it has no uniqueSourceInvoiceId.",
      ],
      ["no object", { organizationId, invoices: [null] }, "it has no uniqueSourceInvoiceId"],
      [
        "the character 0",
        { organizationId, invoices: [{ uniqueSourceInvoiceId: "a\0" }] },
        "The id of item 0 must be a text",
      ],
      ["a long id", { organizationId, invoices: [{ uniqueSourceInvoiceId: "a".repeat(501) }] }, "1 to 500 characters"],
      ["a BigInt", { organizationId, invoices: [{ uniqueSourceInvoiceId: "a", amount: 1n }] }, "JSON can represent"],
      ["a payment without id", { organizationId, payments: [payment(1)] }, "its sourceId is not a text"],
      ["a payment without content", { organizationId, payments: [{ sourceId: "a" }] }, "JSON can represent"],
      [
        "more beside the id",
        { organizationId, payments: [{ sourceId: "a", item: {}, id: 1 }] },
        "object of sourceId and item",
      ],
    ])("refuses %s", async (_, items, message) => {
      const { outbox } = await database.newOutbox();
      await expect(outbox.enqueue(database.pool, items as OutboxItems)).rejects.toThrow(message);
    });
  });

  /** Until a query waits for a lock. */
  async function waitForLock(type: string): Promise<void> {
    for (let waiting = 0; waiting === 0; ) {
      const text = "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = $1 AND NOT granted";
      waiting = (await database.pool.query(text, [type])).rows[0].count;
    }
  }
});
