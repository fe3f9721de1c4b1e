/**
 * Appends the settlements since the last run to a file, a line of JSON each.
 *
 *   npx tsx examples/pull-settlements.ts settlements.ndjson 2026-01-01 [2026-03-31]
 *
 * The first date is where to begin as long as no run has ended with 0. The second is the last day that is pulled: by default the day before
 * yesterday, so that what is booked late on a day is there. The directory beside the settlements tells how far it came. The
 * file may be taken away after a run that ended with 0; the next one begins a new file.
 */
import { open } from "node:fs/promises";
import { connectOrganization } from "./connect.js";
import { openState } from "./state.js";

const DAY = 86_400_000;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The time at which a day begins. */
function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time) && day(time) === text) return time;
  throw new Error(`${text} is not a day such as 2026-01-31`);
}

const [file, first, last] = process.argv.slice(2);
if (!file || !first)
  throw new Error("Usage: npx tsx examples/pull-settlements.ts settlements.ndjson first-day [last-day]");
const begin = timeOf(first);
// Never a day that is not over.
const until = day(last ? Math.min(timeOf(last), Date.now() - DAY) : Date.now() - 2 * DAY);

const { org, whose, close } = await connectOrganization();
const state = await openState(file, "settlements", whose);

// Nothing is lost and nothing doubled, since each run pulls the days after those of the run before, and counts only when
// its progress is saved: after its items were written, in one step. A run that was stopped before is done again from its
// first day, and what it had written is cut off. It does not go on from a cursor, since how long one lives is not
// documented. Nor does it sort out doubles itself: newer settlements have no id, and a case may have several.
// A settlement that Amili enters later than the last day under an earlier date would be missed.
const saved = await state.load<{ until: string; bytes: number }>("progress");
const done = saved ?? { until: day(begin - DAY), bytes: 0 };
const from = day(timeOf(done.until) + DAY);

try {
  if (from <= until) {
    const out = await open(file, "a", 0o600);
    // Shorter where the file was taken away. Saved before anything is written, or the next run would not know what to cut.
    const bytes = Math.min(done.bytes, (await out.stat()).size);
    // Not of a first run: nothing was pulled, and its first day may have been a slip.
    if (saved) await state.save("progress", { ...done, bytes });
    await out.truncate(bytes);
    let count = 0;
    // Times, since a bare date might mean the beginning of the last day. Which of them Amili takes is not documented.
    const days = { fromDate: `${from}T00:00:00.000Z`, toDate: `${until}T23:59:59.999Z` };
    for await (const { items } of org.settlements.list(days).pages()) {
      for (const item of items) await out.appendFile(`${JSON.stringify(item)}\n`);
      count += items.length;
    }
    await out.sync();
    await state.save("progress", { until, bytes: (await out.stat()).size });
    await out.close();
    console.log(`${count} settlements from ${from} to ${until}`);
  } else console.log(`Nothing to do: ${from} is the next day, and ${until} the last to be pulled`);
} finally {
  await state.close();
  await close();
}
