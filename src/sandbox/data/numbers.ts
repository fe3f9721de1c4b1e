/** Numbers on the wire are texts: one with a zero before it is another one. Longer ones no record has. */
const DIGITS = /^(0|[1-9]\d{0,14})$/;

/** How far a number, given as its digits, is from the first one; -1 for any other text. */
export const indexFrom = (text: string, first: number): number => (DIGITS.test(text) ? Number(text) - first : -1);
