import { additional } from "amili-client";
import { createOutbox, type Outbox } from "amili-client/postgres";
import type pg from "pg";

const organizationId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

/** What the compiler takes for an outbox's items, pools and clients. Compiled, not run. */
export async function typesOf(
  outbox: Outbox,
  client: pg.PoolClient,
  pool: pg.Pool,
  rows: { id: string; note: string }[],
) {
  createOutbox(pool);
  await outbox.enqueue(client, {
    organizationId,
    invoices: [{ uniqueSourceInvoiceId: "a", ...additional({ note: "a" }) }],
  });
  await outbox.enqueue(client, { organizationId, payments: [{ sourceId: "a", item: { amount: 1 } }] });
  const wide = rows.map(({ id, note }) => ({ uniqueSourceInvoiceId: id, note }));
  // @ts-expect-error: a field that the API does not document
  await outbox.enqueue(client, { organizationId, invoices: wide });
  // @ts-expect-error: the same
  await outbox.enqueue(client, { organizationId, payments: rows.map((row) => ({ sourceId: row.id, item: row })) });
  // @ts-expect-error: the same
  await outbox.retry({ organizationId, invoices: wide });
  await outbox.retry({ organizationId, kind: "payment", sourceIds: ["a"] });
}
