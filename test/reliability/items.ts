/** Source ids of different lengths, so that one is contained in another. */
export const invoice = (n: number) => ({
  type: "NOTICE",
  invoiceNumber: `INV-2026-${n}`,
  originalInvoiceAmount: 100 + (n % 900),
  currency: "NOK",
  invoiceDate: "2026-02-01",
  dueDate: "2026-02-15",
  uniqueSourceInvoiceId: `erp-${n}`,
});

const invoiceId = (n: number) => `1d000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

export const payment = (n: number) => ({
  invoiceId: invoiceId(n),
  type: "DIRECT_PAYMENT",
  amount: 10 + n,
  currency: "NOK",
});

export const correction = (n: number) => ({
  invoiceId: invoiceId(n),
  amount: 10 + n,
  currency: "NOK",
  date: "2026-02-01",
  description: "Credit note",
});
