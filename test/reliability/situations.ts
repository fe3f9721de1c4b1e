import { WRITE_FAULTS, type WriteFault } from "./faults.js";
import { invoice } from "./items.js";
import type { Item, Kind, Situation } from "./test-bed.js";

/** A row of the matrix: a situation, and what may follow from it besides `accepted` and `exists`. */
export interface Row extends Situation {
  name: string;
  /** Default: both. */
  uniqueInvoices?: boolean;
  /** "resumed": only after a process was stopped. */
  mayBeUnknown?: true | "resumed";
  mayBeRejected?: (item: Item) => boolean;
  /** No item is sent twice, also by another process. */
  sendsOnce?: boolean;
  /** The remaining risk: items may be doubled without unique source ids. */
  mayDouble?: boolean;
  /** At most so many requests for lists of batches, in all runs of the row. */
  maxBatchLists?: number;
  /** At most so many requests with items, in all runs of the row. */
  maxWrites?: number;
  isFaultless?: boolean;
}

export interface Group {
  title: string;
  text: string;
  rows: Row[];
}

const isAnItem = () => true;
const isNegative = ({ originalInvoiceAmount }: Item) => Number(originalInvoiceAmount) < 0;
const isNth = (divisor: number) => (n: number) => (n % divisor === 0 ? invoice(n) : undefined);

/** Statuses that may be about the items. A gateway that sends one for a request of one item refuses the item. */
const REFUSING = /^4(00|09|13|22) /;

/** Statuses that concern all requests are a test of their own. */
const PASSING = (Object.keys(WRITE_FAULTS) as WriteFault[]).filter((name) => !/^40[34] /.test(name));
const ofGateways = PASSING.filter((name) => /^(503 with|4)/.test(name));
const ofConnections = PASSING.filter((name) => !ofGateways.includes(name) && name !== "delivered twice");

const rowsOf = (faults: readonly WriteFault[], more: Partial<Row> = {}): Row[] =>
  faults.map((fault) => ({
    name: fault,
    // A second 401 in a row means wrong credentials.
    faults: { writes: [fault], ...(fault.startsWith("401") && { neverInSuccession: true }) },
    ...(REFUSING.test(fault) && { mayBeRejected: isAnItem }),
    ...more,
  }));

/** Ambiguous failures, which make the client reconcile. */
const AMBIGUOUS: WriteFault[] = [
  "closed before the work",
  "closed after the work",
  "503 with Retry-After after the work",
];
const ambiguous = { faults: { writes: AMBIGUOUS } };

export const WRITE_GROUPS: Group[] = [
  {
    title: "Connections and server errors",
    text: "In 20 % of the writes.",
    rows: [{ name: "no fault", isFaultless: true }, ...rowsOf(ofConnections)],
  },
  {
    title: "Statuses of a gateway",
    text: "In 20 % of the writes, before or after the server did the work.",
    rows: rowsOf(ofGateways),
  },
  {
    title: "Requests that arrive twice",
    text: "A proxy delivers 20 % of the writes twice, which doubles without unique source ids. The client adds nothing to it.",
    rows: rowsOf(["delivered twice"]),
  },
];

const withoutNumber = (n: number) => ({ ...invoice(n), invoiceNumber: undefined });
const withSharedNumber = (n: number) => ({ ...invoice(n), invoiceNumber: `INV-${n >> 1}` });
const withOtherSourceId = (n: number) => ({
  ...invoice(n),
  type: "PAYMENT_REMINDER",
  uniqueSourceInvoiceId: `old-${n}`,
});

export const SERVER_GROUPS: Group[] = [
  {
    title: "Known invoices",
    text: "The server has every 20th invoice before the submit.",
    rows: [
      { name: "listed in `failed`" },
      { name: "listed in `failed` as an empty object", server: { failedEntries: "empty" as const } },
      {
        name: "409 for the whole request",
        server: { knownInvoice: "conflict" as const },
      },
    ].map((row): Row => ({ ...row, earlier: isNth(20), uniqueInvoices: true, ...ambiguous })),
  },
  {
    title: "Invoices that are looked up first",
    text: 'The option `existing` is "lookup", and the server has some of the invoices.',
    rows: [
      { name: "every 20th is known", earlier: isNth(20), options: { existing: "lookup" }, ...ambiguous },
      {
        name: "every 20th has the number of another invoice of the last hour",
        earlier: (n) => (n % 20 === 0 ? withOtherSourceId(n) : undefined),
        options: { existing: "lookup" },
        mayBeUnknown: true,
        ...ambiguous,
      },
    ],
  },
  {
    title: "Invalid invoices",
    text: "Every 50th invoice is invalid.",
    rows: [
      { name: "listed in `failed`" },
      { name: "listed in `failed` as an empty object", server: { failedEntries: "empty" as const } },
      {
        name: "400 for the whole request",
        server: { invalidInvoice: "badRequest" as const },
        // With so many faults an item can meet five of them.
        mayBeUnknown: true as const,
      },
    ].map(
      (row): Row => ({
        ...row,
        item: (n) => ({ ...invoice(n), originalInvoiceAmount: n % 50 === 7 ? -1 : 100 }),
        mayBeRejected: isNegative,
        ...ambiguous,
      }),
    ),
  },
  {
    title: "Source ids that come back changed",
    text: "The server stores the source ids in another form.",
    rows: [
      {
        name: "trimmed",
        item: (n) => ({ ...invoice(n), uniqueSourceInvoiceId: ` erp-${n} ` }),
        server: { storedId: (id) => id.trim() },
        ...ambiguous,
      },
      { name: "in upper case", server: { storedId: (id) => id.toUpperCase() }, mayBeUnknown: true, ...ambiguous },
    ],
  },
  {
    title: "Delays",
    text:
      "Batches and invoices can be read some time after they exist. Where that is later than `visibilityDelay`, an invoice can be " +
      "doubled before the client has seen how late they are.",
    rows: [
      {
        name: "invoices after 10 minutes, batches at once",
        server: { invoiceDelay: [600_000, 600_000] },
        mayBeUnknown: "resumed",
        ...ambiguous,
      },
      {
        name: "both after 5 to 40 s, `visibilityDelay` 120 s",
        server: { batchDelay: [5_000, 40_000], invoiceDelay: [5_000, 40_000] },
        ...ambiguous,
      },
      {
        name: "both after 5 to 40 s, `visibilityDelay` 30 s",
        server: { batchDelay: [5_000, 40_000], invoiceDelay: [5_000, 40_000] },
        options: { visibilityDelay: 30_000 },
        mayDouble: true,
        mayBeUnknown: "resumed",
        ...ambiguous,
      },
      {
        name: "batches end after 5 minutes",
        server: { workTime: [240_000, 300_000] },
        mayBeUnknown: "resumed",
        ...ambiguous,
      },
      { name: "the server's clock is 30 h ahead", server: { clockAhead: 30 * 3_600_000 }, ...ambiguous },
      { name: "the server's clock is 30 h behind", server: { clockAhead: -30 * 3_600_000 }, ...ambiguous },
    ],
  },
];

export const LIST_GROUPS: Group[] = [
  {
    title: "Lists",
    text: "The lists do less than their description.",
    rows: [
      { name: "filter ignored", server: { sourceIdFilter: "ignored" }, ...ambiguous },
      { name: "filter matches parts", server: { sourceIdFilter: "contains" }, ...ambiguous },
      { name: "no source ids", server: { listsSourceIds: false }, mayBeUnknown: "resumed", ...ambiguous },
      {
        name: "no source ids, filter ignored",
        server: { listsSourceIds: false, sourceIdFilter: "ignored" },
        mayBeUnknown: true,
        ...ambiguous,
      },
      {
        name: "no source ids, filter matches parts",
        server: { listsSourceIds: false, sourceIdFilter: "contains" },
        mayBeUnknown: true,
        ...ambiguous,
      },
      {
        name: "invoice numbers shared by two",
        item: withSharedNumber,
        mayBeUnknown: true,
        maxWrites: 110,
        ...ambiguous,
      },
      { name: "invoice numbers absent", item: withoutNumber, ...ambiguous },
      {
        name: "invoice numbers shared by two, no source ids, filter ignored",
        item: withSharedNumber,
        server: { listsSourceIds: false, sourceIdFilter: "ignored" },
        mayBeUnknown: true,
        ...ambiguous,
      },
      {
        name: "invoice numbers of other invoices, sent 2 s before",
        earlier: withOtherSourceId,
        earlierAge: 2_000,
        mayBeUnknown: true,
        ...ambiguous,
      },
      { name: "batch filters ignored", server: { batchFilters: "ignored" }, ...ambiguous },
      { name: "`State` of a batch has other values", server: { batchFilters: "unknownValue" }, ...ambiguous },
      ...(["newest", "oldest", "unsorted"] as const).map(
        (batchOrder): Row => ({
          name: `10,000 earlier batches, ${batchOrder === "unsorted" ? batchOrder : `${batchOrder} first`}`,
          earlierBatches: 10_000,
          count: 90,
          uniqueInvoices: false,
          server: { batchOrder },
          maxBatchLists: batchOrder === "newest" ? 200 : 3_000,
          ...ambiguous,
        }),
      ),
    ],
  },
  {
    title: "Reads",
    text: "Reads fail, or their responses are malformed, besides ambiguous failures of writes.",
    rows: [
      { name: "a stray 404", faults: { writes: AMBIGUOUS, reads: ["404"], readRate: 0.02 } },
      { name: "`data: 5`", faults: { writes: AMBIGUOUS, reads: ["data: 5"], readRate: 0.1 } },
      { name: "`data: null`", faults: { writes: AMBIGUOUS, reads: ["data: null"], readRate: 0.1 } },
      { name: "`{}`", faults: { writes: AMBIGUOUS, reads: ["{}"], readRate: 0.1 } },
      { name: "a repeated page token", faults: { writes: AMBIGUOUS, reads: ["repeated page token"], readRate: 0.1 } },
      { name: "one of five fails", faults: { writes: AMBIGUOUS, reads: ["500", "closed"], readRate: 0.2 } },
    ],
  },
];

const ofKind = (kind: Kind, faults: readonly WriteFault[]): Row[] =>
  rowsOf(faults, { kind, uniqueInvoices: false, count: 150, mayBeUnknown: true }).map((row) => ({
    ...row,
    faults: { ...row.faults, writeRate: 0.3 },
    sendsOnce: !REFUSING.test(row.name) && row.name !== "connection refused",
  }));

export const PAYMENT_GROUPS: Group[] = [
  {
    title: "Payments",
    text: "The API does not list them. After an ambiguous failure the outcome is `unknown`, and nothing is sent again.",
    rows: ofKind("payment", PASSING),
  },
  {
    title: "Corrections",
    text: "As payments.",
    rows: ofKind("correction", [
      "closed during the work",
      "closed after the work",
      "429 after the work",
      "400 after the work",
    ]),
  },
];
