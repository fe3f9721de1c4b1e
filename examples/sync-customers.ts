/**
 * Brings the customers of an ARM client in step with a CSV, and writes a line for each: its number and what was done.
 *
 *   tsx examples/sync-customers.ts customers.csv
 *
 * Customers that do not exist are created. Of the others a column that the file does not have keeps its value, and an empty
 * cell clears it. Running it again changes nothing. Ends with 0 if every customer is in step.
 */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { ApiError } from "amili-client";
import { parse } from "csv-parse";
import { connect } from "./connect.js";

const AT_ONCE = 4;
const FIELDS = ["customerNo", "name", "customerCategory", "phoneNo", "organizationNo", "ssn", "ssnCountry", "language"];
/** One group: who sends one of them rewrites all. So a file has all or none. */
const ADDRESS = [
  "addressLine1",
  "addressLine2",
  "addressLine3",
  "postalCode",
  "cityName",
  "countryText",
  "countryCode",
];

function columns(header: string[]): string[] {
  const hasAddress = header.some((name) => ADDRESS.includes(name));
  const missing = ["customerNo", ...(hasAddress ? ADDRESS : [])].filter((name) => !header.includes(name));
  const unknown = header.filter((name) => ![...FIELDS, ...ADDRESS].includes(name));
  if (missing.length + unknown.length === 0) return header;
  throw new Error(`The columns of the file do not fit; missing: ${missing}; not known: ${unknown}`);
}

async function* customers(file: string) {
  const rows = parse({ bom: true, columns, skip_empty_lines: true, trim: true });
  const seen = new Set<string>();
  for await (const row of pipeline(createReadStream(file), rows, () => {})) {
    // Nobody would know which of the two came last.
    if (seen.has(row.customerNo)) throw new Error(`Customer ${row.customerNo} stands in the file twice`);
    seen.add(row.customerNo);
    const some = (names: string[]) => names.filter((name) => name in row).map((name) => [name, row[name]]);
    const postalAddress = Object.fromEntries(some(ADDRESS));
    yield Object.fromEntries([...some(FIELDS), ...("addressLine1" in row ? [["postalAddress", postalAddress]] : [])]);
  }
}

const [csvFile] = process.argv.slice(2);
if (!csvFile) throw new Error("Usage: tsx examples/sync-customers.ts customers.csv");
const { client, close } = await connect();

/** One of several that read from one source. It writes neither rows nor answers, since they hold personal data. */
async function worker(source: AsyncIterable<{ customerNo?: string }>): Promise<void> {
  for await (const customer of source) {
    try {
      console.log(customer.customerNo, (await client.customers.create({ customer })).result ?? "PROCESSED");
    } catch (error) {
      // These speak of one customer; anything else all others would meet as well.
      if (!(error instanceof ApiError && [400, 404, 409, 422].includes(error.status))) throw error;
      console.log(customer.customerNo, "FAILED", error.message);
      process.exitCode = 1;
    }
  }
}

const source = customers(csvFile);
await Promise.all(Array.from({ length: AT_ONCE }, () => worker(source))).finally(close);
