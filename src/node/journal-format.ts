import { isRecord, type JournalOwner, type JournalRecord, recordFields } from "../debt-collection/submit/journal.js";
import { ConfigurationError } from "../errors.js";

/** In the first line of each journal file. A change of the format changes it. */
const FORMAT = "amili-client 1";

/** The longest line, in bytes. A reason is at most a response body of 64 KB, which JSON can make six times as long. */
export const MAX_LINE = 1024 * 1024;

const OWNER_FIELDS = ["address", "environment", "organizationId", "kind"] as const satisfies (keyof JournalOwner)[];

type OwnerFields = Record<keyof JournalOwner, string>;

/** The first line of a journal file. */
export function formatHeader(owner: JournalOwner): string {
  return `${JSON.stringify({ journal: FORMAT, ...pick({ ...owner }, OWNER_FIELDS) })}\n`;
}

/** `undefined` if the line is not the first line of a journal file in this format. */
export function parseHeader(line: string): OwnerFields | undefined {
  const { journal, ...owner } = parseObject(line) ?? {};
  return journal === FORMAT && isOwner(owner) ? owner : undefined;
}

/** The names of the fields in which two owners differ. */
export function ownerDifferences(a: OwnerFields, b: OwnerFields): string[] {
  return OWNER_FIELDS.filter((name) => a[name] !== b[name]);
}

/** @throws {ConfigurationError} when the record could not be read back */
export function formatRecord(record: JournalRecord): string {
  if (!isRecord(record)) {
    throw new ConfigurationError(
      "invalid_argument",
      "The journal cannot store a record with missing or invalid fields.",
    );
  }
  const line = `${JSON.stringify(recordFields(record))}\n`;
  if (Buffer.byteLength(line) > MAX_LINE) {
    throw new ConfigurationError(
      "invalid_argument",
      `The journal cannot store a record of more than ${MAX_LINE} bytes.`,
    );
  }
  return line;
}

/** `undefined` if the line is not a valid record. */
export function parseRecord(line: string): JournalRecord | undefined {
  const value = parseObject(line);
  return isRecord(value) ? value : undefined;
}

const isOwner = (value: Record<string, unknown>): value is OwnerFields =>
  OWNER_FIELDS.every((name) => typeof value[name] === "string");

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const pick = (value: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, value[name]]));
