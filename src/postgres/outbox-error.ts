import { AmiliError, type OutboxErrorCode } from "../errors.js";

/** How many source ids a message names. */
const MAX_NAMED = 10;

/** The outbox refused items (`content_conflict`, `wrong_state`), or a worker cannot continue (the other codes). */
export class OutboxError extends AmiliError {
  declare readonly code: OutboxErrorCode;
  /** The items that were refused. */
  readonly sourceIds: readonly string[];

  static {
    // On the prototype, so that a minifier that renames the class does not change what logs say.
    Object.defineProperty(OutboxError.prototype, "name", { value: "OutboxError", configurable: true, writable: true });
  }

  constructor(code: OutboxErrorCode, message: string, sourceIds: readonly string[] = []) {
    super(code, message);
    this.sourceIds = sourceIds;
  }
}

/** Source ids for a message. */
export function listIds(sourceIds: readonly string[]): string {
  const named = sourceIds.slice(0, MAX_NAMED).map((id) => JSON.stringify(id));
  const rest = sourceIds.length - named.length;
  return named.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
