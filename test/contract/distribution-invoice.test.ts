import type { operations } from "../../generated/distribution-invoice.js";
import { type Calls, describeContract } from "../support/contract.js";

const BASE = "https://distribution.example/api";

const calls: Calls<operations> = {
  createEhfCreditNote: (amili, { body }) => amili.distribution.invoice.send.createEhfCreditNote(body),
  createEhfInvoice: (amili, { body }) => amili.distribution.invoice.send.createEhfInvoice(body),
  createB2cInvoice: (amili, { body }) => amili.distribution.invoice.send.createB2cInvoice(body),
  createB2cLetter: (amili, { body }) => amili.distribution.invoice.send.createB2cLetter(body),
  createSwedishInvoice: (amili, { body }) => amili.distribution.invoice.send.createSwedishInvoice(body),
  createDanishInvoice: (amili, { body }) => amili.distribution.invoice.send.createDanishInvoice(body),
  queryInvoiceStatus: (amili, { body }) => amili.distribution.invoice.send.queryInvoiceStatus(body),
  registerBankAgreement: (amili, { body }) => amili.distribution.invoice.bankAgreement.register(body),
  queryBankAgreementStatus: (amili, { body }) => amili.distribution.invoice.bankAgreement.queryStatus(body),
};

describeContract("distribution-invoice", BASE, calls, {
  baseUrls: { distributionInvoice: BASE },
  auth: { distributionInvoice: { headers: { "x-api-key": "key" } } },
});
