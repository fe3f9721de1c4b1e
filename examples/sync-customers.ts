/**
 * Creates or updates a client's customers from a CSV file, and prints each customer number with the result.
 *
 *   npx tsx examples/sync-customers.ts customers.csv
 *
 * An existing customer keeps the values of columns that the file does not have; an empty cell clears the value. Running it
 * again changes nothing. The exit code is 0 if no customer failed.
 */
import { ApiError } from "amili-client";
import { connectClient } from "./connect.js";
import { readCsv } from "./csv.js";

const CONCURRENCY = 4;
const FIELDS = ["name", "customerCategory", "phoneNo", "organizationNo", "ssn", "ssnCountry", "language"];
/** All or none: the API replaces the whole address if one of them is sent. */
const ADDRESS_FIELDS = [
  "addressLine1",
  "addressLine2",
  "addressLine3",
  "postalCode",
  "cityName",
  "countryText",
  "countryCode",
];

type Row = Record<string, string>;
const pick = (row: Row, names: string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

async function* toCustomers(rows: AsyncIterable<Row>) {
  const seen = new Set<string>();
  for await (const row of rows) {
    const { customerNo = "" } = row;
    // The two would be sent concurrently, in no certain order.
    if (seen.has(customerNo)) throw new Error(`Customer ${customerNo} is in the file twice.`);
    seen.add(customerNo);
    const postalAddress = "addressLine1" in row && { postalAddress: pick(row, ADDRESS_FIELDS) };
    yield { customerNo, ...pick(row, FIELDS), ...postalAddress };
  }
}

const [csvFile] = process.argv.slice(2);
if (!csvFile) throw new Error("Usage: npx tsx examples/sync-customers.ts customers.csv");

const rows = await readCsv(csvFile, (header) => ({
  required: ["customerNo", ...(header.some((name) => ADDRESS_FIELDS.includes(name)) ? ADDRESS_FIELDS : [])],
  optional: FIELDS,
  unknown: "refuse",
}));
const { client, close } = await connectClient();
const customers = toCustomers(rows);

/** Several workers take customers from the same generator. They print no rows and no response bodies: personal data. */
async function work(): Promise<void> {
  for await (const customer of customers) {
    try {
      console.log(customer.customerNo, (await client.customers.create({ customer })).result ?? "PROCESSED");
    } catch (error) {
      // These statuses concern one customer. Any other error would occur for the rest too.
      if (!(error instanceof ApiError && [400, 404, 409, 422].includes(error.status))) throw error;
      console.log(customer.customerNo, "FAILED", error.message);
      process.exitCode = 1;
    }
  }
}

await Promise.all(Array.from({ length: CONCURRENCY }, work)).finally(close);
