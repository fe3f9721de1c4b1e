/** The most that the sandbox reckons with: sums of it stay exact. */
const MOST = 1e12;

/** An amount as whole hundredths, which add up exactly. */
export const cents = (amount: number): number => Math.round(amount * 100);

export const amount = (hundredths: number): number => hundredths / 100;

/** Whether an amount can be reckoned with: not 0, and not beyond all sense. */
export const isAmount = (value: unknown): value is number =>
  typeof value === "number" && Math.abs(value) <= MOST && cents(value) !== 0;

/** VAT of 25 % that is in an amount, both in hundredths. */
export const vatIn = (inclusive: number): number => Math.round(inclusive / 5);
