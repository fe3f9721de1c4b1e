import type { CaseUpdatedEvent } from "../../../generated/debt-collection.js";
import { dateOf, dayOf } from "../data/dates.js";
import type { SandboxContext } from "../server/context.js";
import type { Batch, Case, Invoice, Settlement } from "./model.js";
import { caseNumberOf, type Organization } from "./organization.js";

// The four documented events.

export function emitBatchCompleted({ emit }: SandboxContext, org: Organization, index: number): void {
  const { status } = org.batches.at(index) as Batch;
  emit({
    type: "BATCH_COMPLETED",
    data: { batchId: org.ids.batch.at(index), organizationId: org.id, status: status as "SUCCESS" },
  });
}

export function emitSettlementCreated({ emit }: SandboxContext, org: Organization, index: number): void {
  const { invoice, date } = org.settlements.at(index) as Settlement;
  const { number, case: caseIndex } = org.invoices.at(invoice) as Invoice;
  emit({
    type: "SETTLEMENT_CREATED",
    data: {
      settlementId: org.ids.settlement.at(index),
      organizationId: org.id,
      settlementDate: dateOf(dayOf(date)),
      invoiceId: org.ids.invoice.at(invoice),
      ...(number !== undefined && { invoiceNumber: number }),
      caseNumber: caseNumberOf(caseIndex),
    },
  });
}

const caseData = (org: Organization, index: number) => {
  const { type, status, invoices } = org.cases.at(index) as Case;
  return {
    orgId: org.id,
    caseId: org.ids.case.at(index),
    caseNumber: caseNumberOf(index),
    type,
    status,
    invoices: invoices.map((invoice) => org.ids.invoice.at(invoice)),
  };
};

export function emitCaseCreated({ emit }: SandboxContext, org: Organization, index: number): void {
  emit({ eventType: "CASE", data: caseData(org, index) });
}

type CaseField = NonNullable<CaseUpdatedEvent["data"]["fields"]>[number];

/** Updates the status of a case after its invoices, and emits an event if a field has changed. */
export function updateCase(context: SandboxContext, org: Organization, index: number, fields: CaseField[]): void {
  const record = org.cases.change(index);
  const status = statusOf(record, org);
  const changed: CaseField[] = status === record.status ? fields : [...fields, "status"];
  record.status = status;
  if (status === "CLOSED") record.closedAt ??= context.now();
  if (changed.length > 0) {
    context.emit({ eventType: "CASE_UPDATED", data: { ...caseData(org, index), fields: changed } });
  }
}

/** A case is closed when no invoice is left to collect, and paused when all that are left are paused. */
function statusOf({ invoices }: Case, org: Organization): Case["status"] {
  const left = invoices
    .map((index) => (org.invoices.at(index) as Invoice).status)
    .filter((status) => status !== "CLOSED" && status !== "WITHDRAWN");
  if (left.length === 0) return "CLOSED";
  return left.every((status) => status === "PAUSED") ? "PAUSED" : "OPEN";
}
