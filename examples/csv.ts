import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { parse } from "csv-parse";

export interface Columns {
  required: readonly string[];
  optional?: readonly string[];
  /** What to do with columns that are neither required nor optional. */
  unknown: "ignore" | "refuse";
}

const normalize = (name: string) => name.toLowerCase().replace(/[^a-z\d]/g, "");

function checkHeader(file: string, header: string[], { required, optional = [], unknown }: Columns): void {
  const known = [...required, ...optional];
  // A column whose name differs only in case or punctuation is a misspelling: its data would be lost.
  const isMisspelt = (name: string) => known.some((other) => normalize(other) === normalize(name));
  const problems = {
    missing: required.filter((name) => !header.includes(name)),
    unknown: header.filter((name) => !known.includes(name) && (unknown === "refuse" || isMisspelt(name))),
    duplicate: known.filter((name) => header.indexOf(name) !== header.lastIndexOf(name)),
  };
  const found = Object.entries(problems).filter(([, names]) => names.length > 0);
  if (found.length === 0) return;
  const text = found.map(([problem, names]) => `${problem}: ${names.join(", ")}`).join("; ");
  throw new Error(`Wrong columns in ${file}; ${text}. Its comma-separated columns: ${header.join(", ") || "none"}`);
}

/** Reads a file as bytes and fails if they are not UTF-8: in another encoding, letters would be replaced silently. */
async function* readUtf8(file: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) {
      decoder.decode(chunk, { stream: true });
      yield chunk;
    }
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`${file} is not UTF-8. Save it as CSV UTF-8.`, { cause: error });
  }
}

/** Checks the header of a CSV file and returns its rows, which are read as they are consumed. */
export async function readCsv(file: string, columnsFor: (header: string[]) => Columns) {
  const parser = parse({ bom: true, skip_empty_lines: true, trim: true });
  const records: AsyncIterableIterator<string[]> = pipeline(readUtf8(file), parser, () => {})[Symbol.asyncIterator]();
  const header: string[] = (await records.next()).value ?? [];
  checkHeader(file, header, columnsFor(header));
  async function* rows() {
    for await (const record of records) {
      // csv-parse refuses a record that lacks a cell.
      yield Object.fromEntries(header.map((name, index) => [name, record[index] ?? ""]));
    }
  }
  return rows();
}
