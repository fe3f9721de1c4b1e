import type { Amili } from "amili-client";
import { describeContract } from "../support/contract.js";

const org = (amili: Amili) => amili.debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");
const BATCH = "ae257e86-dc53-4865-9c97-5b125a3a5ac2";

/** The body of a list's first page. */
async function firstPage<Body>(list: { pages(): AsyncIterable<{ body: Body }> }): Promise<Body | undefined> {
  for await (const { body } of list.pages()) return body;
  return undefined;
}

describeContract("debt-collection", "https://api.amili.no/collection/v1", {
  getBatch: { call: (amili) => org(amili).batches.get(BATCH) },
  listBatches: {
    call: (amili) =>
      firstPage(org(amili).batches.list({ State: "QUEUED", PageSize: 20, SortDirection: "x" }, { prefetch: 0 })),
  },
  createInvoices: {
    call: (amili) =>
      org(amili).invoices.create([
        {
          type: "NOTICE",
          invoiceNumber: "INV-2024-00123",
          originalInvoiceAmount: 4500,
          currency: "NOK",
          invoiceDate: "2024-01-15",
          dueDate: "2024-02-15T00:00:00Z",
          uniqueSourceInvoiceId: "erp-order-9981",
          aFieldThatWasNotSeen: { postalCode: "0001" },
        },
      ]),
    answer: { status: 202, body: { summary: { status: "SUCCESS" }, data: { batchId: BATCH } } },
  },
  listSettlements: {
    call: (amili) =>
      firstPage(
        org(amili).settlements.list({ fromDate: "2026-01-01", toDate: "2026-12-31", pageSize: 5 }, { prefetch: 0 }),
      ),
  },
});
