import { type Sandbox, startSandbox } from "amili-client/sandbox";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { APIS, type Api, Caller, CLIENT, ORGANIZATION, specOf, type Values } from "./support.js";

let sandbox: Sandbox;
let caller: Caller;
beforeAll(async () => {
  sandbox = await startSandbox({ batchTime: 0, size: 60 });
  caller = new Caller(sandbox, Number.POSITIVE_INFINITY);
  return () => sandbox.close();
});

const org = (path: object = {}) => ({ organizationId: ORGANIZATION, ...path });
const client = (path: object = {}) => ({ clientno: CLIENT, ...path });

/** A successful request for each operation, with ids of existing records. */
const REQUESTS: { [A in Api]: Record<string, () => Values | Promise<Values>> } = {
  identity: {
    createToken: () => {
      const { clientId, clientSecret } = sandbox.credentials;
      return { body: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret } };
    },
  },
  debtCollection: {
    createInvoices: () => ({ path: org(), body: { invoices: [{ invoiceNumber: "1", uniqueSourceInvoiceId: "c-1" }] } }),
    createPayments: async () => ({ path: org(), body: { payments: [{ invoiceId: await openInvoice(), amount: 1 }] } }),
    createCorrections: async () => ({
      path: org(),
      body: { corrections: [{ invoiceId: await openInvoice(), amount: 1, currency: "NOK" }] },
    }),
    getBatch: async () => ({ path: org({ batchId: (await first("listBatches")).batchId }) }),
    getBatchLegacy: async () => ({ path: { batchId: (await first("listBatches")).batchId } }),
    listBatches: () => ({ path: org() }),
    listAllBatches: () => ({}),
    listCases: () => ({ path: org() }),
    listInvoices: () => ({ path: org() }),
    getInvoice: async () => ({ path: org({ invoiceId: await openInvoice() }) }),
    listInvoiceDocuments: async () => ({ path: org({ invoiceId: await openInvoice() }) }),
    listInvoiceHistory: async () => ({ path: org({ invoiceId: await openInvoice() }) }),
    listInvoicePayments: async () => ({ path: org({ invoiceId: await openInvoice() }) }),
    pauseInvoice: async () => ({ path: org({ invoiceId: await openInvoice() }) }),
    resumeInvoice: async () => {
      const path = { invoiceId: await openInvoice() };
      await caller.org("pauseInvoice", { path });
      return { path: org(path) };
    },
    withdrawInvoice: async () => ({ path: org({ invoiceId: await openInvoice() }) }),
    listSettlements: () => ({ path: org() }),
    getSettlement: async () => ({ path: org({ settlementId: (await first("listSettlements")).id }) }),
  },
  accountsReceivable: {
    createReportsAction: () => ({ path: client({ reporttype: "adb" }), body: { metadata: { userId: "T" } } }),
    listArItems: () => ({ path: client(), query: { reporttype: "adbdetails", adbinterval: 1 } }),
    updateArItem: () => ({
      path: client(),
      body: { arItem: { arItemId: "2218-500002-35078-0", creditNote: { currencyAmount: 1 } } },
    }),
    getArItem: () => ({ path: client({ aritemid: "2218-500002-35078-0" }) }),
    createAutoPostings: () => ({
      path: client({ autopostingmethod: "payment" }),
      body: { autoPostings: [{ arItemId: "2218-500002-35078-0", amount: 1 }] },
    }),
    getBatch: async () => {
      const { body } = await caller.client("createCustomersBatch", { body: { customers: [] } });
      return { path: client({ batchuuid: body.batchUuid }) };
    },
    listClientConfigs: () => ({ path: client() }),
    getClientConfig: () => ({ path: client({ key: "currency" }) }),
    createCustomer: () => ({ path: client(), body: { customer: { customerNo: "c-1", name: "Kari Testesen" } } }),
    updateCustomer: () => ({ path: client(), body: { customer: { customerNo: "543210", name: "Ola Testesen" } } }),
    listCustomers: () => ({ path: client() }),
    getCustomer: () => ({ path: client({ customerno: "543211" }) }),
    deleteCustomer: async () => {
      await caller.client("createCustomer", { body: { customer: { customerNo: "c-2", name: "Kari" } } });
      return { path: client({ customerno: "c-2" }) };
    },
    createCustomersBatch: () => ({ path: client(), body: { customers: [{ customerNo: "c-3", name: "Kari" }] } }),
    updateCustomersBatch: () => ({ path: client(), body: { customers: [{ customerNo: "543210", phoneNo: "1" }] } }),
    listDocumentBundles: () => ({ path: client() }),
    getDocumentBundle: () => ({ path: client({ documentbundleid: "1" }) }),
    createDocument: () => ({
      path: client(),
      body: { document: { customerNo: "543210", currencyAmounts: { inclVat: 125 } } },
    }),
    listDocuments: () => ({ path: client() }),
    getDocument: () => ({ path: client({ documentno: "88776655" }) }),
    createDocumentsBatch: () => ({
      path: client(),
      body: { documents: [{ customerNo: "543210", currencyAmounts: { inclVat: 125 } }] },
    }),
    listFiles: () => ({ path: client() }),
    uploadFiles: () => ({ path: client(), body: { files: [{ fileName: "a.pdf", content: "JVBERi0=" }] } }),
    getGlItem: () => ({ path: client({ glitemid: "2218-0" }) }),
    listGlItems: () => ({ path: client() }),
    listGlMovements: () => ({ path: client(), query: { glyear: 2025, glperiod: 2 } }),
    listAdbIntervals: () => ({ path: client() }),
    getLogItem: () => ({ path: client({ logitemid: "1" }) }),
    listLogItems: () => ({ path: client() }),
    createPaymentReservation: () => ({
      path: client(),
      body: { paymentReservation: { paymentId: "p-1", documentNo: "88776655" } },
    }),
  },
  autoCollectLegacy: {
    getBatch: () => ({ query: { senderid: "s", includeclosed: true } }),
    createBatch: () => ({ query: { senderid: "s" }, body: { case: [{ ledgerref: "1" }, {}] } }),
  },
  distributionInvoice: {
    createEhfCreditNote: () => ({ body: { Creditnote: { Identifier: "1" } } }),
    createEhfInvoice: () => ({ body: { Invoice: { Identifier: "2" } } }),
    createB2cInvoice: () => ({ body: { Invoice: { Identifier: "3" } } }),
    createB2cLetter: () => ({ body: { Letter: { Identifier: "4" } } }),
    createSwedishInvoice: () => ({ body: { Invoice: { Identifier: "5" } } }),
    createDanishInvoice: () => ({ body: { Invoice: { Identifier: "6" } } }),
    queryInvoiceStatus: () => ({ body: { Identifiers: ["3", "unknown"] } }),
    registerBankAgreement: () => ({ body: { Identifier: "a" } }),
    queryBankAgreementStatus: () => ({ body: ["a"] }),
  },
};

const first = async (operationId: string) => (await caller.org(operationId)).body.data[0];

/** The id of a new invoice. */
async function openInvoice(): Promise<string> {
  const { body } = await caller.org("createInvoices", { body: { invoices: [{ originalInvoiceAmount: 100 }] } });
  const batch = await caller.org("getBatch", { path: { batchId: body.data.batchId } });
  return batch.body.data.succeeded[0].invoiceId;
}

describe.each(APIS)("%s", (api) => {
  it("has a request in this test for every operation", () => {
    const all = specOf(api).operations.map(({ operation }) => operation.operationId);
    expect(Object.keys(REQUESTS[api]).toSorted()).toEqual(all.toSorted());
  });

  // Caller.call checks each response against the spec.
  it.each(Object.entries(REQUESTS[api]))("%s succeeds with a valid response", async (operationId, values) => {
    const { status } = await caller.call(api, operationId, await values());
    expect(Math.floor(status / 100)).toBe(2);
  });

  it.each(Object.keys(REQUESTS[api]))("%s has a valid response to any valid request", async (operationId) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { status } = await caller.call(
          api,
          operationId,
          specOf(api).generateRequest(operationId, seed) as Values,
        );
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 8 },
    );
  });
});
