/** Parses a parameter of a rule, from JSON or from text. Throws a `TypeError` that says what is expected. */
export type Parameter = (value: unknown) => unknown;

const toNumber = (value: unknown): number =>
  typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;

export const integer =
  (minimum: number, maximum: number): Parameter =>
  (value) => {
    const parsed = toNumber(value);
    if (Number.isInteger(parsed) && parsed >= minimum && parsed <= maximum) return parsed;
    throw new TypeError(`an integer from ${minimum} to ${maximum}`);
  };

/** A header value. */
export function text(value: unknown): string {
  if (["string", "number"].includes(typeof value) && /^[\x20-\x7e]+$/.test(String(value))) return String(value);
  throw new TypeError("a string of printable ASCII characters");
}

export function origin(value: unknown): string {
  const url = typeof value === "string" && value !== "" ? (value.includes("://") ? value : `https://${value}`) : "";
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin;
  throw new TypeError("a host, or an origin such as https://foreign.example");
}

export function probability(value: unknown): number {
  const parsed = toNumber(value);
  if (parsed > 0 && parsed <= 1) return parsed;
  throw new TypeError("a number above 0 and at most 1");
}
