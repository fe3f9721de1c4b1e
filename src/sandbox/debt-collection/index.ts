import type { operations as Types } from "../../../generated/debt-collection.js";
import { ok, problem, Refusal, type SandboxAnswer } from "../answer.js";
import { begin, timeOf } from "../data/dates.js";
import { amount } from "../data/money.js";
import type { OperationsOf, SandboxRequest } from "../operation.js";
import type { World } from "../world.js";
import { AllBatches } from "./all-batches.js";
import { updateCase } from "./case-status.js";
import { BATCH_FILTERS, CASE_FILTERS, checkDates, INVOICE_FILTERS, matcher, SETTLEMENT_FILTERS } from "./filters.js";
import type { Invoice } from "./model.js";
import { indexOfCase, Organization } from "./organization.js";
import { pageOf } from "./pages.js";
import { CORRECTIONS, INVOICES, PAYMENTS } from "./take.js";
import { batchWire, caseWire, invoiceWire, settlementWire } from "./wire.js";
import { writeOf } from "./write.js";

type Events = "onBatchCompleted" | "onSettlementCreated" | "onCase" | "onCaseUpdated";

const one = (data: unknown): SandboxAnswer => ok({ summary: { status: "SUCCESS" }, data });
/** A list of invoices takes no page size. */
const INVOICE_PAGE = 100;

const isDescending = ({ SortDirection = "" }: SandboxRequest["query"]) => /^desc/i.test(String(SortDirection));

const text = (value: unknown) => (value === undefined || value === "" ? undefined : String(value));

const keysIn = ({ UniqueSourceInvoiceId, InvoiceNumber, CustomerNumber }: SandboxRequest["query"]) => ({
  source: text(UniqueSourceInvoiceId),
  number: text(InvoiceNumber),
  customer: text(CustomerNumber),
});

/** The cases among which those with these keys are, if that is known without reading all. */
function casesIn(org: Organization, query: SandboxRequest["query"]): number[] | undefined {
  const number = text(query.CaseNumber);
  if (number !== undefined) return [indexOfCase(number)];
  const invoices = org.candidates(keysIn({ ...query, InvoiceNumber: undefined }));
  return invoices && [...new Set(invoices.map((index) => org.invoices.at(index)?.case ?? -1))];
}

/** All organisations. Each has its data set from the first request that names it. */
class DebtCollection {
  readonly #world: World;
  readonly #organizations = new Map<string, Organization>();
  readonly operations: OperationsOf<Types, Events>;

  constructor(world: World) {
    this.#world = world;
    const of = (id: unknown) => this.#organization(String(id));
    this.operations = {
      createInvoices: writeOf(INVOICES, world, of),
      createPayments: writeOf(PAYMENTS, world, of),
      createCorrections: writeOf(CORRECTIONS, world, of),

      getBatch: ({ path }) => this.#batch([of(path.organizationId)], path.batchId),
      getBatchLegacy: ({ path }) => this.#batch(this.#organizations.values(), path.batchId),
      listBatches: (request) => this.#batches(request, of(request.path.organizationId)),
      listAllBatches: (request) => this.#allBatches(request),

      listCases: (request) => {
        const { query, path } = request;
        const org = of(path.organizationId);
        checkDates(query, "FromCreatedAt", "ToCreatedAt");
        const matches = matcher(CASE_FILTERS, query);
        return pageOf(request, {
          name: "cases",
          records: org.cases,
          candidates: casesIn(org, query),
          matches: (record, index) => matches({ org, index, record }),
          wire: (index, record) => caseWire(org, index, record),
          size: query.PageSize,
        });
      },

      listInvoices: (request) => {
        const { query, path } = request;
        const org = of(path.organizationId);
        checkDates(query, "From", "To");
        return pageOf(request, {
          name: "invoices",
          records: org.invoices,
          candidates: org.candidates(keysIn(query)),
          matches: matcher(INVOICE_FILTERS, query),
          wire: (index, invoice) => invoiceWire(org, index, invoice),
          size: INVOICE_PAGE,
        });
      },

      getInvoice: (request) => this.#onInvoice(request, (org, index, invoice) => one(invoiceWire(org, index, invoice))),
      // No operation in view gives an invoice a document.
      listInvoiceDocuments: (request) => this.#onInvoice(request, () => one([])),
      listInvoiceHistory: (request) =>
        this.#onInvoice(request, (_, __, { history }) =>
          one(
            history.map(({ at, event, amount: of }) => ({
              at: timeOf(at),
              event,
              ...(of !== undefined && { amount: amount(of) }),
            })),
          ),
        ),
      listInvoicePayments: (request) =>
        this.#onInvoice(request, (org, _, { payments, currency }) =>
          one(
            payments.map(({ settlement, batch, at, type, amount: of }) => ({
              paymentId: org.ids.payment.at(settlement),
              settlementId: org.ids.settlement.at(settlement),
              ...(batch !== undefined && { batchId: org.ids.batch.at(batch) }),
              type,
              amount: amount(of),
              currency,
              registeredAt: timeOf(at),
            })),
          ),
        ),

      pauseInvoice: (request) => this.#move(request, "PAUSED", ["OPEN"]),
      resumeInvoice: (request) => this.#move(request, "OPEN", ["PAUSED"]),
      withdrawInvoice: (request) => this.#move(request, "WITHDRAWN", ["OPEN", "PAUSED"]),

      listSettlements: (request) => {
        const { query, path } = request;
        const org = of(path.organizationId);
        checkDates(query, "fromDate", "toDate");
        return pageOf(request, {
          name: "settlements",
          records: org.settlements,
          first: text(query.fromDate) === undefined ? 0 : org.settlementFrom(begin(String(query.fromDate))),
          matches: matcher(SETTLEMENT_FILTERS, query),
          wire: (index, settlement) => settlementWire(org, index, settlement),
          parameter: "pageToken",
          size: query.pageSize,
        });
      },
      getSettlement: ({ path }) => {
        const org = of(path.organizationId);
        const index = org.ids.settlement.indexOf(String(path.settlementId));
        const settlement = org.settlements.at(index);
        return settlement ? one(settlementWire(org, index, settlement)) : problem(404, "No such settlement.");
      },
    };
  }

  /** How many records of each kind were written or changed. */
  counts(): Record<string, number> {
    const organizations = [...this.#organizations.values()];
    const sum = (table: "invoices" | "cases" | "settlements" | "batches") =>
      organizations.reduce((total, org) => total + org[table].touched, 0);
    return {
      organizations: organizations.length,
      invoices: sum("invoices"),
      cases: sum("cases"),
      settlements: sum("settlements"),
      batches: sum("batches"),
    };
  }

  #organization(id: string): Organization {
    const found = this.#organizations.get(id) ?? new Organization(id, this.#world);
    this.#organizations.set(id, found);
    return found;
  }

  #batch(organizations: Iterable<Organization>, batchId: unknown): SandboxAnswer {
    for (const org of organizations) {
      const index = org.ids.batch.indexOf(String(batchId));
      const batch = org.batches.at(index);
      if (batch) return one(batchWire(org, index, batch));
    }
    return problem(404, "No such batch.");
  }

  #batches(request: SandboxRequest, org: Organization): SandboxAnswer {
    const { query } = request;
    const matches = matcher(BATCH_FILTERS, query);
    return pageOf(request, {
      name: "batches",
      records: org.batches,
      matches: (batch) => matches({ org, batch }),
      wire: (index, batch) => batchWire(org, index, batch),
      descending: isDescending(query),
      size: query.PageSize,
    });
  }

  #allBatches(request: SandboxRequest): SandboxAnswer {
    const { query } = request;
    const matches = matcher(BATCH_FILTERS, query);
    return pageOf(request, {
      name: "all-batches",
      records: new AllBatches([...this.#organizations.values()]),
      matches,
      wire: (_, { org, index, batch }) => batchWire(org, index, batch),
      descending: isDescending(query),
      size: query.PageSize,
    });
  }

  #onInvoice(
    { path }: SandboxRequest,
    answer: (org: Organization, index: number, invoice: Invoice) => SandboxAnswer,
  ): SandboxAnswer {
    const org = this.#organization(String(path.organizationId));
    const found = org.invoice(String(path.invoiceId));
    return found ? answer(org, found.index, found.invoice) : problem(404, "No such invoice.");
  }

  /** Moves an invoice to another status. The page of the one such operation that was read lists 400 as its only error. */
  #move(request: SandboxRequest, to: Invoice["status"], from: Invoice["status"][]): SandboxAnswer {
    const moved = this.#onInvoice(request, (org, index, { status }) => {
      if (!from.includes(status)) throw new Refusal(400, `The invoice is not ${from.join(" or ")}.`);
      const invoice = org.invoices.change(index);
      invoice.status = to;
      invoice.history.push({ at: this.#world.now(), event: to === "OPEN" ? "RESUMED" : to });
      updateCase(org, invoice.case, this.#world);
      return { status: 202 };
    });
    return moved.status === 404 ? problem(400, "No such invoice.") : moved;
  }
}

/** The Debt Collection API. */
export function debtCollection(world: World) {
  const state = new DebtCollection(world);
  return { operations: state.operations, counts: () => state.counts() };
}
