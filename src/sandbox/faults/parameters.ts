/** Reads a fault's parameter, from JSON or from the text of a command line; throws what is expected instead. */
export type Parameter = (value: unknown) => unknown;

const number = (value: unknown): number =>
  typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;

export function whole(minimum: number, maximum: number): Parameter {
  return (value) => {
    const read = number(value);
    if (Number.isInteger(read) && read >= minimum && read <= maximum) return read;
    throw new TypeError(`a whole number from ${minimum} to ${maximum}`);
  };
}

/** What a header may hold. */
export function text(value: unknown): string {
  if (["string", "number"].includes(typeof value) && /^[\x20-\x7e]+$/.test(String(value))) return String(value);
  throw new TypeError("a text of printable ASCII characters");
}

export function origin(value: unknown): string {
  const url = typeof value === "string" && value !== "" ? (value.includes("://") ? value : `https://${value}`) : "";
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin;
  throw new TypeError("a host, or an origin such as https://foreign.example");
}

/** A chance: above 0, at most 1. */
export function chance(value: unknown): number {
  const read = number(value);
  if (read > 0 && read <= 1) return read;
  throw new TypeError("a number above 0 and at most 1");
}
