const CLIENT = 6;
const ACCOUNT = 6;
const REFERENCE = 7;

/** A payment reference: client, AR account and reference, and a check digit by the Luhn formula (MOD10). */
export function kidOf(clientNo: number, accountNo: number, referenceNo: number): string {
  const digits = (no: number, length: number) => String(no).padStart(length, "0");
  const number = `5${digits(clientNo, CLIENT)}${digits(accountNo, ACCOUNT)}${digits(referenceNo, REFERENCE)}`;
  return number + checkDigit(number);
}

/** The AR account in a payment reference of a client. */
export const accountNoIn = (kid: string, clientNo: number): number =>
  Number(kid.slice(1 + Math.max(CLIENT, String(clientNo).length), -(REFERENCE + 1)));

function checkDigit(number: string): number {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const weighted = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
