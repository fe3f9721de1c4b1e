/** The accounts of the general ledger that the sandbox posts to. Only the first one stands in the documentation. */
export const GL_ACCOUNTS = {
  bank: { no: 1030, name: "Bank" },
  receivables: { no: 1500, name: "Accounts receivable" },
  equity: { no: 2050, name: "Equity" },
  vat: { no: 2700, name: "VAT payable" },
  sales: { no: 3000, name: "Sales" },
  losses: { no: 7830, name: "Losses on receivables" },
} as const;

export type GlAccount = keyof typeof GL_ACCOUNTS;

export const GL_ACCOUNT_NAMES = Object.keys(GL_ACCOUNTS) as GlAccount[];

/** A period of the ledger as a number that counts on over years. */
export const periodOf = (year: number, period: number): number => year * 12 + period - 1;

export const yearAndPeriod = (period: number) => ({ glYear: Math.floor(period / 12), glPeriod: (period % 12) + 1 });
