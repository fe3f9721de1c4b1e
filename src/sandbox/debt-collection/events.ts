import type { CaseUpdatedEvent } from "../../../generated/debt-collection.js";
import { dateOf, dayOf } from "../data/dates.js";
import type { World } from "../world.js";
import type { Batch, Case, Settlement } from "./model.js";
import { caseNumber, type Organization } from "./organization.js";

// The four events of the documentation, as they are announced.

export function batchCompleted({ emit }: World, org: Organization, index: number): void {
  const { status } = org.batches.at(index) as Batch;
  emit({
    type: "BATCH_COMPLETED",
    data: { batchId: org.ids.batch.at(index), organizationId: org.id, status: status as "SUCCESS" },
  });
}

export function settlementCreated({ emit }: World, org: Organization, index: number): void {
  const { invoice, date } = org.settlements.at(index) as Settlement;
  const { number, case: of } = org.invoices.at(invoice) ?? { number: undefined, case: -1 };
  emit({
    type: "SETTLEMENT_CREATED",
    data: {
      settlementId: org.ids.settlement.at(index),
      organizationId: org.id,
      settlementDate: dateOf(dayOf(date)),
      invoiceId: org.ids.invoice.at(invoice),
      ...(number !== undefined && { invoiceNumber: number }),
      caseNumber: caseNumber(of),
    },
  });
}

const caseData = (org: Organization, index: number) => {
  const { type, status, invoices } = org.cases.at(index) as Case;
  return {
    orgId: org.id,
    caseId: org.ids.case.at(index),
    caseNumber: caseNumber(index),
    type,
    status,
    invoices: invoices.map((invoice) => org.ids.invoice.at(invoice)),
  };
};

export function caseCreated({ emit }: World, org: Organization, index: number): void {
  emit({ eventType: "CASE", data: caseData(org, index) });
}

export type CaseField = NonNullable<CaseUpdatedEvent["data"]["fields"]>[number];

export function caseChanged({ emit }: World, org: Organization, index: number, fields: CaseField[]): void {
  emit({ eventType: "CASE_UPDATED", data: { ...caseData(org, index), fields } });
}
