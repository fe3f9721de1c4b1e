/**
 * Brings the customers of an ARM client in step with a CSV, and writes a line for each: its number and what was done.
 *
 *   npx tsx examples/sync-customers.ts customers.csv
 *
 * Customers that do not exist are created. Of the others a column that the file does not have keeps its value, and an empty
 * cell clears it. Running it again changes nothing. Ends with 0 if every customer is in step.
 */
import { ApiError } from "amili-client";
import { connectClient } from "./connect.js";
import { readCsv } from "./csv.js";

const AT_ONCE = 4;
const FIELDS = ["name", "customerCategory", "phoneNo", "organizationNo", "ssn", "ssnCountry", "language"];
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

async function* customers(rows: AsyncIterable<Record<string, string>>) {
  const seen = new Set<string>();
  for await (const row of rows) {
    const { customerNo = "" } = row;
    // Nobody would know which of the two came last.
    if (seen.has(customerNo)) throw new Error(`Customer ${customerNo} stands in the file twice`);
    seen.add(customerNo);
    const some = (names: string[]) => names.filter((name) => name in row).map((name) => [name, row[name]]);
    const postalAddress = Object.fromEntries(some(ADDRESS));
    yield Object.fromEntries([
      ...some(["customerNo", ...FIELDS]),
      ...("addressLine1" in row ? [["postalAddress", postalAddress]] : []),
    ]);
  }
}

const [csvFile] = process.argv.slice(2);
if (!csvFile) throw new Error("Usage: npx tsx examples/sync-customers.ts customers.csv");

const rows = await readCsv(csvFile, (header) => ({
  needed: ["customerNo", ...(header.some((name) => ADDRESS.includes(name)) ? ADDRESS : [])],
  optional: FIELDS,
  others: "refused",
}));
const { client, close } = await connectClient();

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

const source = customers(rows);
await Promise.all(Array.from({ length: AT_ONCE }, () => worker(source))).finally(close);
