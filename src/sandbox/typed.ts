import type { Operation } from "openapi-backend";

const number = (text: string) =>
  /^-?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? Number(text) : text;

/** How a path or a query writes what is no text. All else, as an empty one, 0x10 or 1e20, stays a text and does not fit. */
const READERS: Record<string, (text: string) => unknown> = {
  integer: number,
  number,
  boolean: (text) => ({ true: true, false: false })[text] ?? text,
};

type Values = Record<string, unknown>;

/** Values of a path or a query in the types that the operation's parameters have. */
export function typed(values: Values, place: "path" | "query", { parameters = [] }: Operation): Values {
  const read = parameters.flatMap((parameter) => {
    if ("$ref" in parameter || parameter.in !== place) return [];
    const { type } = (parameter.schema ?? {}) as { type?: string | string[] };
    const reader = READERS[[type].flat()[0] ?? ""];
    const value = values[parameter.name];
    return reader && typeof value === "string" ? [[parameter.name, reader(value)]] : [];
  });
  return { ...values, ...Object.fromEntries(read) };
}
