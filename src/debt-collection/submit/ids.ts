export const isNonEmptyString = (value: unknown): value is string => typeof value === "string" && value !== "";

/** An id for comparing: APIs trim ids and normalise their characters. `undefined` if there is none. */
export function normalizeId(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value).normalize("NFC").trim() || undefined;
}

/** An id without case: two that differ in case only may be the same one or not. */
export const foldId = (id: string): string => id.toLowerCase();
