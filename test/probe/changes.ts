/** A response on its way; `undefined` is no body. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of all operations
  body: any;
}

/** A way in which the API may differ from the specs. */
export interface Change {
  title: string;
  operation: string;
  /** The path, whose ids are `{}`. */
  at: string;
  change(reply: Reply): void;
  /** What `docs:check` says: kind, status and field. Nothing for what is no difference. */
  finds: string[];
  /** Where the probe says it in other words, or not at all. */
  probeFinds?: string[];
  /** Whether `docs:apply` leaves it to the user. */
  isLeft?: true;
  /** The generated type after `docs:apply`. */
  typed?: string;
  /** Of what that is the type; by default of what is found. */
  typedAt?: string;
  /** How the list ends, as `docs:check` says. */
  end?: "absent" | "null" | "empty";
  /** Whether nothing of the sandbox's own response is left. */
  isReplaced?: true;
}

const ORG = "/orgs/{}";
const CLIENT = "/clients/{}";
const ID = "11111111-2222-4333-8444-555555555555";

/** Changes a success only; the probe also sends requests that fail. */
const success = (change: (body: Reply["body"], reply: Reply) => void) => (reply: Reply) => {
  if (reply.status < 300) change(reply.body, reply);
};
const each = (list: string, change: (item: Reply["body"], index: number) => void) =>
  success((body) => void body[list].forEach(change));
const failure =
  (status: number, body: unknown, type = "application/json") =>
  (reply: Reply) => {
    if (reply.status === status) Object.assign(reply, { body, headers: { "content-type": type } });
  };
const always =
  (status: number, body?: unknown, type = "application/json") =>
  (reply: Reply) =>
    void Object.assign(reply, { status, body, headers: { "content-type": type } });

const DEBT: Change[] = [
  {
    title: "an item in a list that was always empty, with a new field",
    operation: "listAllBatches",
    at: "/batches",
    change: success((body) => {
      body.data = [{ batchId: ID, type: "INVOICE", status: "QUEUED", retryCount: 2 }];
    }),
    finds: ["field added 200 data[].retryCount"],
    typed: "number | undefined",
  },
  {
    title: "a list that ends with an empty token",
    operation: "listAllBatches",
    at: "/batches",
    change: success(({ summary }) => {
      summary.nextPageToken = "";
    }),
    finds: [],
    end: "empty",
  },
  {
    title: "a list that ends with null, as the spec says",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: success(({ summary }) => {
      summary.nextPageToken = null;
    }),
    finds: [],
    end: "null",
  },
  {
    title: "a new value of a value list",
    operation: "listBatches",
    at: `${ORG}/batches`,
    change: each("data", (item) => {
      item.status = "ON_HOLD";
    }),
    finds: ["enum added 200 data[].status ON_HOLD"],
    typed: '"QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED" | "ON_HOLD" | (string & {})',
  },
  {
    title: "a time that may be null",
    operation: "listBatches",
    at: `${ORG}/batches`,
    change: each("data", (item) => {
      item.finishedAt = null;
    }),
    finds: ["nullable 200 data[].finishedAt"],
    typed: "string | null | undefined",
  },
  {
    title: "a required field that has a new name",
    operation: "listBatches",
    at: `${ORG}/batches`,
    change: each("data", (item) => {
      item.createdByUser = item.createdBy;
    }),
    finds: ["field added 200 data[].createdByUser"],
    typed: "string | undefined",
  },
  {
    title: "a required field that has lost its old name",
    operation: "listBatches",
    at: `${ORG}/batches`,
    change: each("data", (item) => delete item.createdBy),
    finds: ["field required 200 data[].createdBy"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a list that ends without a token",
    operation: "listBatches",
    at: `${ORG}/batches`,
    change: success(({ summary }) => delete summary.nextPageToken),
    finds: [],
    end: "absent",
  },
  {
    title: "a new field in a list within an item",
    operation: "getBatch",
    at: `${ORG}/batches/{}`,
    change: success(({ data }) => {
      for (const item of data.succeeded) item.customerNumber = "7";
    }),
    finds: ["field added 200 data.succeeded[].customerNumber"],
    typed: "string | undefined",
  },
  {
    title: "the fields of an object that is undocumented",
    operation: "getBatch",
    at: `${ORG}/batches/{}`,
    change: success(({ data }) => {
      data.failed = [{ index: 1, errorCode: "X", details: { reason: "x" } }];
    }),
    finds: [
      "field added 200 data.failed[].details",
      "field added 200 data.failed[].errorCode",
      "field added 200 data.failed[].index",
    ],
    typedAt: "200 data.failed[].details.reason",
    typed: "string | undefined",
  },
  {
    title: "a time that is a number",
    operation: "getBatch",
    at: `${ORG}/batches/{}`,
    change: success(({ data }) => {
      data.createdAt = 1_763_719_200;
    }),
    finds: ["field type 200 data.createdAt"],
    isLeft: true,
  },
  {
    title: "the body of an error, as problem details",
    operation: "getBatch",
    at: `${ORG}/batches/{}`,
    change: failure(404, { title: "Not found", status: 404, traceId: "1" }, "application/problem+json"),
    finds: ["body added 404"],
    probeFinds: [],
    typedAt: "404 status",
    typed: "number | undefined",
  },
  {
    title: "an inferred path that is wrong: 404",
    operation: "getBatchLegacy",
    at: "/batches/{}",
    change: always(404),
    finds: ["path the inferred path may be wrong"],
    probeFinds: ["not there"],
    isLeft: true,
    isReplaced: true,
  },
  {
    title: "a new list, deep in an item",
    operation: "listCases",
    at: `${ORG}/cases`,
    change: each("data", ({ invoices }) => {
      for (const invoice of invoices) invoice.lineItems = [{ amount: 1.5, text: "x" }];
    }),
    finds: ["field added 200 data[].invoices[].lineItems"],
    typedAt: "200 data[].invoices[].lineItems[].amount",
    typed: "number | undefined",
  },
  {
    title: "a documented type in place of another",
    operation: "listCases",
    at: `${ORG}/cases`,
    change: each("data", (item) => {
      item.caseNumber = Number(item.caseNumber) || 7;
    }),
    finds: [],
  },
  {
    title: "a new value of a list, deep in an item",
    operation: "listCases",
    at: `${ORG}/cases`,
    change: each("data", ({ debtors }) => {
      for (const debtor of debtors) debtor.type = "COMPANY";
    }),
    finds: ["enum added 200 data[].debtors[].type COMPANY"],
    typed: '"PRIVATE" | "COMPANY" | (string & {}) | undefined',
  },
  {
    title: "null, deep in some items",
    operation: "listCases",
    at: `${ORG}/cases`,
    change: each("data", ({ debtors }, index) => {
      for (const debtor of debtors) if (index % 2) debtor.fullName = null;
    }),
    finds: ["nullable 200 data[].debtors[].fullName"],
    typed: "string | null | undefined",
  },
  {
    title: "a date where the spec has a time",
    operation: "listCases",
    at: `${ORG}/cases`,
    change: each("data", (item) => {
      item.registeredAt = item.registeredAt.slice(0, 10);
    }),
    finds: ["field type 200 data[].registeredAt (date-time)"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a new field of some items",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item, index) => {
      if (index % 3 === 0) item.riskScore = index;
    }),
    finds: ["field added 200 data[].riskScore"],
    typed: "number | undefined",
  },
  {
    title: "a required object that one item lacks",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item, index) => {
      if (index === 3) delete item.organization;
    }),
    finds: ["field required 200 data[].organization"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a field whose name may be personal",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item) => {
      item.Nordmann = 1;
    }),
    finds: ["field added 200 data[].{*}"],
    isLeft: true,
  },
  {
    title: "a map with names as keys",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item) => {
      item.shares = { OlaNordmann: 1, KariNordmann: 2 };
    }),
    finds: ["field added 200 data[].shares"],
    typed: "Record<string, number> | undefined",
  },
  {
    title: "a header with a rate limit",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: success((_, { headers }) => {
      headers["x-ratelimit-remaining"] = "9";
    }),
    finds: ["header added 200 x-ratelimit-remaining"],
    probeFinds: [],
    typed: "string | undefined",
  },
  {
    title: "a text that is a number",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item) => {
      item.collectionCaseNumber = 7;
    }),
    finds: ["field type 200 data[].collectionCaseNumber"],
    isLeft: true,
  },
  {
    title: "an undocumented status of an error",
    operation: "getInvoice",
    at: `${ORG}/invoices/{}`,
    change: (reply) => {
      if (reply.status === 404) reply.status = 410;
    },
    finds: ["status added 410"],
  },
  {
    title: "a value list whose field is null",
    operation: "getInvoice",
    at: `${ORG}/invoices/{}`,
    change: success(({ data }) => {
      data.type = null;
    }),
    finds: ["nullable 200 data.type"],
    typed: '"PAYMENT_REMINDER" | "NOTICE" | (string & {}) | null | undefined',
  },
  {
    title: "an inferred path that is right, with a body",
    operation: "listInvoiceDocuments",
    at: `${ORG}/invoices/{}/documents`,
    change: always(200, { summary: { status: "SUCCESS" }, data: [{ documentId: ID, pageCount: 2 }] }),
    finds: ["status added 200"],
    probeFinds: ["confirmed", "field added 200 data", "field added 200 summary"],
    isReplaced: true,
    typedAt: "200 data[].pageCount",
    typed: "number | undefined",
  },
  {
    title: "an inferred path that is refused",
    operation: "listInvoiceHistory",
    at: `${ORG}/invoices/{}/history`,
    change: always(403),
    finds: ["status added 403"],
    probeFinds: ["undecided"],
    isReplaced: true,
  },
  {
    title: "a list where the spec has an object",
    operation: "listInvoicePayments",
    at: `${ORG}/invoices/{}/payments`,
    change: always(200, [{ paymentId: ID }]),
    finds: ["body added 200"],
    probeFinds: ["field added 200 []", "field type 200"],
    isReplaced: true,
    typedAt: "200 [].paymentId",
    typed: "string | undefined",
  },
  {
    title: "the body of an error, for each field",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: failure(400, { errors: { From: ["is not a date"] } }),
    finds: ["body added 400"],
    probeFinds: [],
    typedAt: "400 errors.From[]",
    typed: "string",
  },
  {
    title: "amounts as text",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: each("data", (item) => {
      item.paymentAmount = item.paymentAmount.toFixed(2);
    }),
    finds: ["field type 200 data[].paymentAmount"],
    isLeft: true,
  },
  {
    title: "an object that may be null",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: each("data", (item, index) => {
      if (index > 0) item.invoice = null;
    }),
    finds: ["nullable 200 data[].invoice"],
    typedAt: "200 data[].invoice.status",
    typed: "string | undefined",
  },
  {
    title: "an optional field that is absent",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: each("data", (item) => delete item.vat),
    finds: [],
  },
  {
    title: "a new field of an object",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: each("data", ({ feeDistribution }) => {
      feeDistribution.agent = 0.5;
    }),
    finds: ["field added 200 data[].feeDistribution.agent"],
    typed: "number | undefined",
  },
  {
    title: "another media type",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: success((_, { headers }) => {
      headers["content-type"] = "text/json";
    }),
    finds: ["media type added 200"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "an empty body",
    operation: "getSettlement",
    at: `${ORG}/settlements/{}`,
    change: success((_, reply) => {
      reply.body = undefined;
    }),
    finds: ["body removed 200"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a list that may be null",
    operation: "listBatches",
    at: `${ORG}/batches`,
    change: each("data", (item) => {
      item.failed = null;
    }),
    finds: ["nullable 200 data[].failed"],
    typedAt: "200 data[].failed[].code",
    typed: "unknown",
  },
  {
    title: "an id that is no UUID",
    operation: "getInvoice",
    at: `${ORG}/invoices/{}`,
    change: success(({ data }) => {
      data.organization.id = "NO-7";
    }),
    finds: ["field type 200 data.organization.id (uuid)"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a list of lists",
    operation: "getInvoice",
    at: `${ORG}/invoices/{}`,
    change: success(({ data }) => {
      data.positions = [[1.5, 2]];
    }),
    finds: ["field added 200 data.positions"],
    typed: "number[][] | undefined",
  },
  {
    title: "a text in some items and an object in others",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item, index) => {
      item.disputeInfo = index % 2 ? "x" : { reason: "x" };
    }),
    finds: ["field added 200 data[].disputeInfo"],
    typed: "string | ({ reason?: string } & { [key: string]: unknown }) | undefined",
  },
  {
    title: "a new field that is always null",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item) => {
      item.remark = null;
    }),
    finds: ["field added 200 data[].remark"],
    typed: "null | undefined",
  },
  {
    title: "a new list that is always empty",
    operation: "listInvoices",
    at: `${ORG}/invoices`,
    change: each("data", (item) => {
      item.tags = [];
    }),
    finds: ["field added 200 data[].tags"],
    typed: "unknown[] | undefined",
  },
  {
    title: "a new field in one of two documented forms",
    operation: "listAllBatches",
    at: "/batches",
    change: success(({ data }) => {
      data.push({ status: { statuscode: 200, progress: 0.5 } });
    }),
    finds: ["field added 200 data[].status.progress"],
    typed: "number | undefined",
  },
  {
    title: "a name with a hyphen",
    operation: "getInvoice",
    at: `${ORG}/invoices/{}`,
    change: success(({ data }) => {
      data["net-amount"] = 2;
    }),
    finds: ["field added 200 data.net-amount"],
    typed: "number | undefined",
  },
  {
    title: "names that objects have in JavaScript",
    operation: "getInvoice",
    at: `${ORG}/invoices/{}`,
    change: success(({ data }) => {
      data.details = JSON.parse('{ "__proto__": 1, "constructor": 2 }');
    }),
    finds: ["field added 200 data.details"],
    typed: "Record<string, number> | undefined",
  },
  {
    title: "a new list beside that of a page",
    operation: "listSettlements",
    at: `${ORG}/settlements`,
    change: success((body) => {
      body.warnings = [{ code: 7 }];
    }),
    finds: ["field added 200 warnings"],
    typedAt: "200 warnings[].code",
    typed: "number | undefined",
  },
];

const RECEIVABLE: Change[] = [
  {
    title: "a new field of a page's items",
    operation: "listArItems",
    at: `${CLIENT}/aritems`,
    change: each("arItems", (item) => {
      item.disputeStatus = "NONE";
    }),
    finds: ["field added 200 arItems[].disputeStatus"],
    typed: "string | undefined",
  },
  {
    title: "a number that is text",
    operation: "listArItems",
    at: `${CLIENT}/aritems`,
    change: each("arItems", (item) => {
      item.voucherNo = String(item.voucherNo);
    }),
    finds: ["field type 200 arItems[].voucherNo"],
    isLeft: true,
  },
  {
    title: "fractions where the spec has integers",
    operation: "listArItems",
    at: `${CLIENT}/aritems`,
    change: each("arItems", (item) => {
      item.glPeriod = 1.5;
    }),
    finds: ["field type 200 arItems[].glPeriod"],
    isLeft: true,
  },
  {
    title: "a time where the spec has a date",
    operation: "listArItems",
    at: `${CLIENT}/aritems`,
    change: each("arItems", (item) => {
      item.dueDate = `${item.dueDate}T00:00:00Z`;
    }),
    finds: ["field type 200 arItems[].dueDate (date)"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a header with a count",
    operation: "listArItems",
    at: `${CLIENT}/aritems`,
    change: success((_, { headers }) => {
      headers["x-total-count"] = "28";
    }),
    finds: ["header added 200 x-total-count"],
    probeFinds: [],
    typed: "string | undefined",
  },
  {
    title: "a text that may be null",
    operation: "getArItem",
    at: `${CLIENT}/aritems/{}`,
    change: success((body) => {
      body.transactionText = null;
    }),
    finds: ["nullable 200 transactionText"],
    typed: "string | null | undefined",
  },
  {
    title: "the body of an error, as a list",
    operation: "getArItem",
    at: `${CLIENT}/aritems/{}`,
    change: failure(404, [{ code: "AR-404", message: "x" }]),
    finds: ["body added 404"],
    probeFinds: [],
    typedAt: "404 [].code",
    typed: "string | undefined",
  },
  {
    title: "null in a schema of requests",
    operation: "listCustomers",
    at: `${CLIENT}/customers`,
    change: each("customers", ({ postalAddress }) => {
      postalAddress.addressLine3 = null;
    }),
    finds: ["nullable 200 customers[].postalAddress.addressLine3"],
    isLeft: true,
  },
  {
    title: "a new value of a list that is in upper case letters",
    operation: "listCustomers",
    at: `${CLIENT}/customers`,
    change: each("customers", ({ distribution }) => {
      distribution.type = "E";
    }),
    finds: ["enum added 200 customers[].distribution.type E"],
    typed: '"H" | "M" | "E" | (string & {}) | undefined',
  },
  {
    title: "one text where the spec has a list",
    operation: "listCustomers",
    at: `${CLIENT}/customers`,
    change: each("customers", (item, index) => {
      if (index === 0) item.emailAddressDocument = "ola@eksempel.no";
    }),
    finds: ["field type 200 customers[].emailAddressDocument"],
    isLeft: true,
  },
  {
    title: "a link that is null at the end of a list",
    operation: "listCustomers",
    at: `${CLIENT}/customers`,
    change: success(({ summary }) => {
      summary.nextPage = null;
    }),
    finds: ["nullable 200 summary.nextPage"],
    end: "null",
    typed: "string | null | undefined",
  },
  {
    title: "a new object in an object",
    operation: "getCustomer",
    at: `${CLIENT}/customers/{}`,
    change: success(({ postalAddress }) => {
      postalAddress.location = { latitude: 59.9, longitude: 10.7 };
    }),
    finds: ["field added 200 postalAddress.location"],
    typedAt: "200 postalAddress.location.latitude",
    typed: "number | undefined",
  },
  {
    title: "a header of an error",
    operation: "getCustomer",
    at: `${CLIENT}/customers/{}`,
    change: (reply) => {
      if (reply.status === 404) Object.assign(reply, { body: "", headers: { "x-error-code": "7" } });
    },
    finds: ["header added 404 x-error-code"],
    probeFinds: [],
    typed: "string | undefined",
  },
  {
    title: "a success of another status",
    operation: "getDocument",
    at: `${CLIENT}/documents/{}`,
    change: success((_, reply) => always(206, { isPartial: true })(reply)),
    finds: ["status added 206"],
    isReplaced: true,
    probeFinds: ["status added 206", "field added 206 isPartial"],
    typedAt: "206 isPartial",
    typed: "boolean | undefined",
  },
  {
    title: "a success without a body",
    operation: "getGlItem",
    at: `${CLIENT}/glitems/{}`,
    change: success((_, reply) => always(204)(reply)),
    finds: ["status added 204"],
    isReplaced: true,
  },
  {
    title: "a required number that may be null",
    operation: "listGlMovements",
    at: `${CLIENT}/glmovements`,
    change: each("glMovements", (item) => {
      item.balanceOut = null;
    }),
    finds: ["nullable 200 glMovements[].balanceOut"],
    typed: "number | null",
  },
  {
    title: "a required number that is absent",
    operation: "listGlMovements",
    at: `${CLIENT}/glmovements`,
    change: each("glMovements", (item) => delete item.movement),
    finds: ["field required 200 glMovements[].movement"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "a new field beside a list",
    operation: "listAdbIntervals",
    at: `${CLIENT}/insights/adb/intervals`,
    change: success(({ adb }) => {
      adb.currency = "NOK";
    }),
    finds: ["field added 200 adb.currency"],
    typed: "string | undefined",
  },
  {
    title: "an inferred list that is right",
    operation: "listClientConfigs",
    at: `${CLIENT}/clientconfigs`,
    change: always(200, { clientConfigs: [{ key: "a", value: 1 }] }),
    finds: ["status added 200"],
    probeFinds: ["confirmed", "field added 200 clientConfigs"],
    isReplaced: true,
    typedAt: "200 clientConfigs[].value",
    typed: "number | undefined",
  },
  {
    title: "an inferred item that is right, by an id of that list",
    operation: "getClientConfig",
    at: `${CLIENT}/clientconfigs/{}`,
    change: always(200, { key: "a", value: 1 }),
    finds: ["status added 200"],
    probeFinds: ["confirmed", "field added 200 key", "field added 200 value"],
    typedAt: "200 value",
    typed: "number | undefined",
  },
  {
    title: "an inferred path without a read: 405",
    operation: "listFiles",
    at: `${CLIENT}/files`,
    change: always(405),
    finds: ["path the inferred path may be wrong"],
    probeFinds: ["not there"],
    isLeft: true,
    isReplaced: true,
  },
  {
    title: "a page of HTML under an inferred path",
    operation: "listLogItems",
    at: `${CLIENT}/logitems`,
    change: always(200, "<html></html>", "text/html"),
    finds: ["path the inferred path may be wrong"],
    probeFinds: ["undecided"],
    isLeft: true,
    isReplaced: true,
  },
  {
    title: "an inferred list that is right",
    operation: "listDocumentBundles",
    at: `${CLIENT}/documentbundles`,
    change: always(200),
    finds: ["status added 200"],
    probeFinds: ["confirmed"],
    isReplaced: true,
  },
  {
    title: "an inferred list that has no body",
    operation: "listDocumentBundles",
    at: `${CLIENT}/documentbundles`,
    change: always(200),
    finds: ["body removed 200"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "an error page in HTML",
    operation: "getDocument",
    at: `${CLIENT}/documents/{}`,
    change: failure(404, "<html></html>", "text/html"),
    finds: [],
  },
  {
    title: "a value of a list that is a name",
    operation: "listCustomers",
    at: `${CLIENT}/customers`,
    change: each("customers", (item) => {
      item.customerCategory = "Ola Nordmann";
    }),
    // Not recorded, so that there is nothing to apply.
    finds: [],
    probeFinds: ["enum added 200 customers[].customerCategory {}"],
  },
  {
    title: "a media type with a charset",
    operation: "listGlItems",
    at: `${CLIENT}/glitems`,
    change: success((_, { headers }) => {
      headers["content-type"] = "Application/JSON; charset=utf-8";
    }),
    finds: [],
  },
  {
    title: "a summary without a count",
    operation: "listAdbIntervals",
    at: `${CLIENT}/insights/adb/intervals`,
    change: success(({ summary }) => delete summary.totalCount),
    finds: ["field required 200 summary.totalCount"],
    probeFinds: [],
    isLeft: true,
  },
  {
    title: "an inferred list whose path is right",
    operation: "listDocuments",
    at: `${CLIENT}/documents`,
    change: always(200, { summary: { totalCount: 1 }, items: [{ documentNo: "7" }] }),
    finds: ["status added 200"],
    probeFinds: ["confirmed"],
    isReplaced: true,
    end: "absent",
  },
  {
    title: "an inferred list with another name",
    operation: "listDocuments",
    at: `${CLIENT}/documents`,
    change: success(() => {}),
    finds: ["field added 200 items"],
    typedAt: "200 items[].documentNo",
    typed: "string | undefined",
  },
];

/** What the test changes. The paths and names are written by hand, from nothing that reads the specs. */
export const CHANGES: readonly Change[] = [
  ...DEBT.map((row) => ({ ...row, operation: `debtCollection.${row.operation}` })),
  ...RECEIVABLE.map((row) => ({ ...row, operation: `accountsReceivable.${row.operation}` })),
];
