import { Amili } from "amili-client";
import type { Sandbox } from "amili-client/sandbox";

/** Invoices whose numbers differ from those of the data set. */
export const invoices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    type: "NOTICE",
    uniqueSourceInvoiceId: `submitted-${i}`,
    invoiceNumber: `SUB-${i}`,
    originalInvoiceAmount: 100 + i,
    currency: "NOK",
    invoiceDate: "2026-01-15",
    dueDate: "2026-02-15",
  }));

export const submitOptions = { visibilityDelay: 150, chunkSize: 100 };

export const organizationIn = ({ baseUrls, credentials }: Pick<Sandbox, "baseUrls" | "credentials">) =>
  new Amili({ baseUrls, ...credentials, timeout: 5_000 }).debtCollection.organization(
    "7bc05553-4b68-44e8-b7bc-37be63c6d9e9",
  );
