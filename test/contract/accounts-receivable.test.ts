import { describeContract } from "../support/contract.js";

const CLIENT = 2218;

describeContract("accounts-receivable", "https://api.amili.no/arm/v1", {
  getArItem: {
    call: (amili) =>
      amili.accountsReceivable.client(CLIENT).arItems.get("2218-500002-35078-0", { expand: "x", userid: "u" }),
  },
  listGlMovements: {
    call: (amili) =>
      amili.accountsReceivable
        .client(CLIENT)
        .glMovements.list({ glyearfrom: 2025, glperiodfrom: 2, glyearto: 2025, glperiodto: 3, glaccountno: 1030 }),
  },
  listAdbIntervals: {
    call: (amili) => amili.accountsReceivable.client(CLIENT).insights.adbIntervals({ customerno: "543210" }),
  },
  createReportsAction: {
    call: (amili) =>
      amili.accountsReceivable.client(CLIENT).actions.createReport("adb", {
        metadata: { userId: "TestUser" },
        action: { report: { includeSum: "includeSum", adb: { intervals: [{ intervalNo: 1, intervalLength: 20 }] } } },
      }),
  },
  listCustomers: {
    call: async (amili) => {
      for await (const { body } of amili.accountsReceivable
        .client(CLIENT)
        .customers.list({ pagesize: 2, maximumcount: 10_000 }, { prefetch: 0 })
        .pages()) {
        return body;
      }
    },
  },
});
