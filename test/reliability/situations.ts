import { WRITE_FAULTS, type WriteFault } from "./faults.js";
import { invoice } from "./items.js";
import type { Item, Kind, Situation } from "./test-bed.js";

/** A row of the matrix: a situation, and what may follow from it besides `accepted` and `exists`. */
export interface Row extends Situation {
  name: string;
  /** Default: both. */
  uniqueInvoices?: boolean;
  mayBeUnknown?: boolean;
  mayBeRejected?: (item: Item) => boolean;
  /** The server accepts items twice by its own doing, whatever the client does. */
  remainingRisk?: string;
  /** No faults of the network are expected. */
  isFaultless?: boolean;
}

export interface Group {
  title: string;
  text: string;
  rows: Row[];
}

const isAnItem = () => true;
const isNegative = ({ originalInvoiceAmount }: Item) => Number(originalInvoiceAmount) < 0;

/** A gateway that refuses a request of one item refuses the item, as far as anyone can tell. */
const REFUSING = /^4(00|09|13|22) /;

const ALL_WRITE_FAULTS = Object.keys(WRITE_FAULTS) as WriteFault[];
const isOf = (pattern: RegExp) => (name: string) => pattern.test(name);

/** Those whose status concerns all items are no passing faults. */
const PASSING = ALL_WRITE_FAULTS.filter((name) => !/^40[34] /.test(name));
const CONNECTION = PASSING.filter(isOf(/^(connection|closed|cut|invalid|empty|202|50[0-9] (before|after))/));
const GATEWAY = PASSING.filter(isOf(/^(503 with|4)/));

const rowsOf = (faults: readonly WriteFault[], more: Partial<Row> = {}): Row[] =>
  faults.map((fault) => ({
    name: fault,
    faults: { writes: [fault] },
    ...(REFUSING.test(fault) && { mayBeRejected: isAnItem }),
    ...more,
  }));

/** An ambiguous failure from time to time, which makes the client reconcile. */
const AMBIGUOUS: WriteFault[] = ["closed before the work", "closed after the work", "503 with Retry-After after the work"];
const ambiguous = { faults: { writes: AMBIGUOUS } };
const withoutNumber = (n: number) => ({ ...invoice(n), invoiceNumber: undefined });
const withSharedNumber = (n: number) => ({ ...invoice(n), invoiceNumber: `INV-${n >> 1}` });

const byInvoice = (kind: Kind): Row[] =>
  rowsOf(PASSING, { kind, uniqueInvoices: false, count: 500, mayBeUnknown: true }).map((row) => ({
    ...row,
    name: `${kind}s: ${row.name}`,
  }));

export const GROUPS: Group[] = [
  {
    title: "Connections and server errors",
    text: "One fault in 5 % of the writes.",
    rows: [{ name: "no fault", isFaultless: true }, ...rowsOf(CONNECTION)],
  },
  {
    title: "Statuses of a gateway",
    text: "In 5 % of the writes, before or after the server did the work.",
    rows: rowsOf(GATEWAY),
  },
  {
    title: "Requests that arrive twice",
    text: "A proxy delivers 5 % of the writes twice. The client sends them once.",
    rows: rowsOf(["delivered twice"], { remainingRisk: "Without unique source ids, the proxy itself doubles." }),
  },
  {
    title: "Known invoices",
    text: "The server has every 20th invoice before the submit.",
    rows: [
      { name: "listed in `failed`", isKnown: (n) => n % 20 === 0, uniqueInvoices: true, ...ambiguous },
      {
        name: "409 for the whole request",
        isKnown: (n) => n % 20 === 0,
        uniqueInvoices: true,
        server: { knownInvoice: "conflict" },
        ...ambiguous,
      },
      {
        name: "listed in `failed` as an empty object",
        isKnown: (n) => n % 20 === 0,
        uniqueInvoices: true,
        server: { failedEntries: "empty" },
        ...ambiguous,
      },
      {
        name: "looked up first",
        isKnown: (n) => n % 20 === 0,
        options: { existing: "lookup" },
        ...ambiguous,
      },
    ],
  },
  {
    title: "Invalid invoices",
    text: "Every 50th invoice is invalid.",
    rows: [
      { name: "listed in `failed`", server: { invalidInvoice: "failed" } },
      { name: "400 for the whole request", server: { invalidInvoice: "badRequest" } },
      { name: "listed in `failed` as an empty object", server: { failedEntries: "empty" } },
    ].map((row): Row => ({
      ...row,
      item: (n) => ({ ...invoice(n), originalInvoiceAmount: n % 50 === 7 ? -1 : 100 }),
      mayBeRejected: isNegative,
      ...ambiguous,
    })),
  },
  {
    title: "Source ids that come back changed",
    text: "The server stores the source ids in another form.",
    rows: [
      {
        name: "trimmed",
        item: (n) => ({ ...invoice(n), uniqueSourceInvoiceId: ` erp-${n} ` }),
        server: { storedId: (id) => id.trim() },
        mayBeUnknown: true,
        mayBeRejected: isAnItem,
        ...ambiguous,
      },
      { name: "in upper case", server: { storedId: (id) => id.toUpperCase() }, mayBeUnknown: true, ...ambiguous },
    ],
  },
  {
    title: "Delays",
    text: "Batches and invoices can be read some time after they exist.",
    rows: [
      { name: "invoices after 10 minutes, batches at once", server: { invoiceDelay: [600_000, 600_000] }, ...ambiguous },
      {
        name: "both after 5 to 40 s, visibilityDelay 120 s",
        server: { batchDelay: [5_000, 40_000], invoiceDelay: [5_000, 40_000] },
        ...ambiguous,
      },
      {
        name: "both after 5 to 40 s, visibilityDelay 30 s",
        server: { batchDelay: [5_000, 40_000], invoiceDelay: [5_000, 40_000] },
        options: { visibilityDelay: 30_000 },
        ...ambiguous,
      },
      { name: "batches end after 5 minutes", server: { workTime: [240_000, 300_000] }, ...ambiguous },
      { name: "server's clock 30 h ahead", server: { clockAhead: 30 * 3_600_000 }, ...ambiguous },
      { name: "server's clock 30 h behind", server: { clockAhead: -30 * 3_600_000 }, ...ambiguous },
    ],
  },
  {
    title: "Lists",
    text: "The invoice list does less than its description.",
    rows: [
      { name: "filter ignored", server: { sourceIdFilter: "ignored" }, count: 400, ...ambiguous },
      { name: "filter matches parts", server: { sourceIdFilter: "contains" }, count: 400, ...ambiguous },
      { name: "no source ids", server: { listsSourceIds: false }, ...ambiguous },
      {
        name: "no source ids, filter ignored",
        server: { listsSourceIds: false, sourceIdFilter: "ignored" },
        count: 400,
        mayBeUnknown: true,
        ...ambiguous,
      },
      {
        name: "no source ids, filter matches parts",
        server: { listsSourceIds: false, sourceIdFilter: "contains" },
        count: 400,
        mayBeUnknown: true,
        ...ambiguous,
      },
      { name: "invoice numbers shared", item: withSharedNumber, ...ambiguous },
      { name: "invoice numbers absent", item: withoutNumber, ...ambiguous },
      {
        name: "invoice numbers shared, no source ids, filter ignored",
        item: withSharedNumber,
        server: { listsSourceIds: false, sourceIdFilter: "ignored" },
        count: 400,
        mayBeUnknown: true,
        ...ambiguous,
      },
      { name: "batch filters ignored", server: { batchFilters: "ignored" }, ...ambiguous },
      { name: "`State` of a batch has other values", server: { batchFilters: "unknownValue" }, ...ambiguous },
      ...(["newest", "oldest", "unsorted"] as const).map((batchOrder) => ({
        name: `10,000 earlier batches, ${batchOrder === "unsorted" ? batchOrder : `${batchOrder} first`}`,
        earlierBatches: 10_000,
        count: 400,
        server: { batchOrder },
        ...ambiguous,
      })),
    ],
  },
  {
    title: "Reads",
    text: "Reads fail, or their responses are malformed, besides ambiguous failures of writes.",
    rows: [
      { name: "one stray 404", faults: { writes: AMBIGUOUS, reads: ["404"], readRate: 0.01 } },
      { name: "`data: 5`", faults: { writes: AMBIGUOUS, reads: ["data: 5"] } },
      { name: "`data: null`", faults: { writes: AMBIGUOUS, reads: ["data: null"] } },
      { name: "`{}`", faults: { writes: AMBIGUOUS, reads: ["{}"] } },
      { name: "repeated page token", faults: { writes: AMBIGUOUS, reads: ["repeated page token"] } },
      { name: "20 % fail", faults: { writes: AMBIGUOUS, reads: ["500", "closed"], readRate: 0.2 } },
    ],
  },
  {
    title: "Payments and corrections",
    text: "The API lists neither, so nothing is sent again after an ambiguous failure.",
    rows: [...byInvoice("payment"), ...byInvoice("correction")],
  },
];
