/**
 * Appends the settlements since the last run to a file, one JSON object a line.
 *
 *   npx tsx examples/pull-settlements.ts settlements.ndjson 2026-01-01 [2026-03-31]
 *
 * The first date is where to start; it applies until a run has succeeded. The second is the last day to pull. Its default
 * is the day before yesterday, so that settlements booked late in the day are included. Progress is saved in the directory
 * beside the file. After a successful run the file may be moved away; the next run starts a new one.
 */
import { open } from "node:fs/promises";
import { connectOrganization } from "./connect.js";
import { openState } from "./state.js";

const DAY_MS = 86_400_000;
const formatDay = (time: number) => new Date(time).toISOString().slice(0, 10);

function parseDay(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time) && formatDay(time) === text) return time;
  throw new Error(`"${text}" is not a date such as 2026-01-31.`);
}

const [file, first, last] = process.argv.slice(2);
if (!file || !first)
  throw new Error("Usage: npx tsx examples/pull-settlements.ts settlements.ndjson first-day [last-day]");
const dayBeforeFirst = parseDay(first) - DAY_MS;
// Never a day that is not over.
const until = formatDay(last ? Math.min(parseDay(last), Date.now() - DAY_MS) : Date.now() - 2 * DAY_MS);

const { org, owner, close } = await connectOrganization();
const state = await openState(file, "settlements", owner);

// Each run pulls the days after the last successful run. Progress is saved in one step, after the items are on disk. After
// a failed run the next one truncates the file and pulls the same days again. It does not resume from a cursor, because a
// cursor's lifetime is undocumented. It does not deduplicate, because newer settlements have no id and a case may have
// several. A settlement that Amili backdates to a day already pulled is missed.
const saved = await state.load<{ until: string; bytes: number }>("progress");
const from = formatDay((saved ? parseDay(saved.until) : dayBeforeFirst) + DAY_MS);

try {
  if (from > until) {
    console.log(`Nothing to pull: the next day is ${from}, the last day ${until}`);
  } else {
    const out = await open(file, "a", 0o600);
    // The file is shorter if it was moved away. That is saved before anything is written: the next run truncates to it. A
    // first run saves nothing, so that its first day can still be corrected.
    const bytes = Math.min(saved?.bytes ?? 0, (await out.stat()).size);
    if (saved) await state.save("progress", { ...saved, bytes });
    await out.truncate(bytes);
    let count = 0;
    // Date-times, because a date alone might mean the start of the last day. Which of them Amili expects is undocumented.
    const period = { fromDate: `${from}T00:00:00.000Z`, toDate: `${until}T23:59:59.999Z` };
    for await (const { items } of org.settlements.list(period).pages()) {
      for (const item of items) await out.appendFile(`${JSON.stringify(item)}\n`);
      count += items.length;
    }
    await out.sync();
    await state.save("progress", { until, bytes: (await out.stat()).size });
    await out.close();
    console.log(`${count} settlements from ${from} to ${until}`);
  }
} finally {
  await state.close();
  await close();
}
