const CLIENT_DIGITS = 6;
const ACCOUNT_DIGITS = 6;
const REFERENCE_DIGITS = 7;

/**
 * A payment reference in the form of the documented one: client, AR account and reference. Its last digit, a check digit of
 * undocumented kind, is always that of the documented reference.
 */
export const kidOf = (clientNo: number, accountNo: number, referenceNo: number): string =>
  `5${[
    String(clientNo).padStart(CLIENT_DIGITS, "0"),
    String(accountNo).padStart(ACCOUNT_DIGITS, "0"),
    String(referenceNo).padStart(REFERENCE_DIGITS, "0"),
  ].join("")}6`;

/** The AR account in a payment reference of a client. */
export const accountNoIn = (kid: string, clientNo: number): number =>
  Number(kid.slice(1 + Math.max(CLIENT_DIGITS, String(clientNo).length), -(REFERENCE_DIGITS + 1)));
