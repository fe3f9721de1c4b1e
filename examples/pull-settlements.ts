/**
 * Appends the settlements since the last run to a file, a line of JSON each.
 *
 *   tsx examples/pull-settlements.ts settlements.ndjson 2026-01-01 [2026-03-31]
 *
 * The first date is where the very first run begins. The second is the last day that is pulled: by default the day before
 * yesterday, so that what is booked late on a day is there. The file beside the settlements tells how far it came.
 */
import { existsSync } from "node:fs";
import { open, readFile, rename, writeFile } from "node:fs/promises";
import { connect } from "./connect.js";

const DAY = 86_400_000;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

const [file, first, last] = process.argv.slice(2);
if (!file || !first) throw new Error("Usage: tsx examples/pull-settlements.ts settlements.ndjson first-day [last-day]");

// Never a day that is not over.
const until = day(last ? Math.min(Date.parse(last), Date.now() - DAY) : Date.now() - 2 * DAY);

const { org, where, close } = await connect();

// Nothing is lost and nothing doubled, since each run pulls the days after those of the run before, and counts only when
// its state is saved: after its items were written, in one step. A run that was stopped before is done again from its first
// day, and what it had written is cut off. It does not go on from a cursor, since how long one lives is not documented.
// Nor does it sort out doubles itself: newer settlements have no id, and a case may have several.
// A settlement that Amili enters later than the last day under an earlier date would be missed.
const stateFile = `${file}.${where}.state`;
async function save(state: { until: string; bytes: number }): Promise<void> {
  await writeFile(`${stateFile}.new`, JSON.stringify(state), { flush: true });
  await rename(`${stateFile}.new`, stateFile);
}
if (!existsSync(stateFile)) {
  // A file without its state is not overwritten.
  await writeFile(file, "", { flag: "wx", mode: 0o600 });
  await save({ until: day(Date.parse(first) - DAY), bytes: 0 });
}
const state = JSON.parse(await readFile(stateFile, "utf8"));
const from = day(Date.parse(state.until) + DAY);

if (from <= until) {
  const out = await open(file, "a", 0o600);
  // The file may have been taken away since.
  await out.truncate(Math.min(state.bytes, (await out.stat()).size));
  let count = 0;
  // Times, since a bare date might mean the beginning of the last day. Which of them Amili takes is not documented.
  const days = { fromDate: `${from}T00:00:00.000Z`, toDate: `${until}T23:59:59.999Z` };
  for await (const { items } of org.settlements.list(days).pages()) {
    for (const item of items) await out.appendFile(`${JSON.stringify(item)}\n`);
    count += items.length;
  }
  await out.sync();
  await save({ until, bytes: (await out.stat()).size });
  await out.close();
  console.log(`${count} settlements from ${from} to ${until}`);
} else console.log(`Nothing to do: pulled up to ${state.until}`);
await close();
