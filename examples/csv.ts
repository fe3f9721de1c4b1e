import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { parse } from "csv-parse";

export interface Columns {
  needed: readonly string[];
  optional?: readonly string[];
  /** What becomes of columns that are named in neither. */
  others: "ignored" | "refused";
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z\d]/g, "");

function check(file: string, header: string[], { needed, optional = [], others }: Columns): void {
  const known = [...needed, ...optional];
  const missing = needed.filter((name) => !header.includes(name));
  // An ignored column that is nearly a known one is a slip, and its data would be missed.
  const slips = (name: string) => others === "refused" || known.some((other) => plain(other) === plain(name));
  const unknown = header.filter((name) => !known.includes(name) && slips(name));
  const twice = known.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  const faults = { missing, "not known": unknown, "there twice": twice };
  const said = Object.entries(faults).filter(([, names]) => names.length > 0);
  if (said.length === 0) return;
  const text = said.map(([fault, names]) => `${fault}: ${names.join(", ")}`).join("; ");
  const first = header.join(", ") || "nothing";
  throw new Error(`The columns of ${file} do not fit; ${text}. Its first line has, with commas between: ${first}`);
}

/** The bytes of a file. Of another encoding letters would be lost without a word. */
async function* utf8(file: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) {
      decoder.decode(chunk, { stream: true });
      yield chunk;
    }
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`${file} is not UTF-8: save it as CSV UTF-8`, { cause: error });
  }
}

/**
 * The rows of a CSV, read no faster than they are used. Its first line is read and checked at once, before anything is done
 * with the rows.
 */
export async function readCsv(file: string, columnsFor: (header: string[]) => Columns) {
  const parser = parse({ bom: true, skip_empty_lines: true, trim: true });
  const records: AsyncIterator<string[]> = pipeline(utf8(file), parser, () => {})[Symbol.asyncIterator]();
  const { value: header = [] } = await records.next();
  check(file, header, columnsFor(header));
  async function* rows() {
    for await (const record of { [Symbol.asyncIterator]: () => records }) {
      yield Object.fromEntries(header.map((name: string, index: number) => [name, record[index]]));
    }
  }
  return rows();
}
