/** A copy of plain data, for a caller who changes it while something is loaded. Other values are passed as they are. */
export function snapshot<Value>(value: Value): Value {
  try {
    return copy(value) as Value;
  } catch {
    // A cycle, or a getter that throws: for the serializer to report.
    return value;
  }
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copy(field)]));
}

/** Whether an object is a literal, of this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) === null;
}
