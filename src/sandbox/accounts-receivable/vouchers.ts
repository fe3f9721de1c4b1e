/** Kinds of vouchers. Only that 3 is an invoice is documented. */
const INVOICE = { code: 3, text: "Invoice" };
const CREDIT_NOTE = { code: 4, text: "Credit note" };

/** A voucher of a negative amount is a credit. */
export const voucherTypeOf = (amount: number) => (amount < 0 ? CREDIT_NOTE : INVOICE);
