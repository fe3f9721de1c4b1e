/** Sums of amounts up to this one stay exact. */
const MAX_AMOUNT = 1e12;

/** An amount in whole hundredths, which add up exactly. */
export const cents = (amount: number): number => Math.round(amount * 100);

export const amount = (hundredths: number): number => hundredths / 100;

/** Whether a value is an amount other than 0 that the sandbox can calculate with. */
export const isAmount = (value: unknown): value is number =>
  typeof value === "number" && Math.abs(value) <= MAX_AMOUNT && cents(value) !== 0;
