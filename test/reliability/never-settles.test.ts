import type { AmiliOptions, Journal } from "amili-client";
import { expect, it } from "vitest";
import type { ClientProcess } from "./client-process.js";
import { countByStatus, findFalse, type RunOptions, TestBed } from "./test-bed.js";

const MAX_WAIT = 600_000;
const never = () => new Promise<never>(() => {});

/** A fetch whose writes never settle from the second one on. */
function hangingClient(respond: (process: ClientProcess, url: string, init: RequestInit) => Promise<Response>) {
  let writes = 0;
  return (process: ClientProcess): AmiliOptions => ({
    timeout: MAX_WAIT * 2,
    fetch: (url, init) => {
      const isHanging = init.method === "POST" && !url.endsWith("/token") && ++writes > 1;
      return isHanging ? respond(process, url, init) : process.fetch(url, init);
    },
  });
}

async function withHangingBody(process: ClientProcess, url: string, init: RequestInit): Promise<Response> {
  const { status, headers } = await process.fetch(url, init);
  return new Response(new ReadableStream({ pull: never }), { status, headers });
}

const hangingJournal =
  (name: keyof Journal) =>
  (journal: Journal): Journal => ({ ...journal, [name]: never });

it.each<{ what: string; options: RunOptions }>([
  { what: "a request", options: { client: hangingClient(never) } },
  { what: "a body", options: { client: hangingClient(withHangingBody) } },
  { what: "journal.open", options: { wrapJournal: hangingJournal("open") } },
  { what: "journal.read", options: { wrapJournal: hangingJournal("read") } },
  { what: "journal.write", options: { wrapJournal: hangingJournal("write") } },
])("ends after maxWait although $what never settles", async ({ options }) => {
  const bed = new TestBed({ count: 200 }, 1);
  try {
    const start = performance.now();
    const { outcomes, error } = await bed.submit(bed.items, { maxWait: MAX_WAIT, ...options });
    expect(performance.now() - start).toBeLessThanOrEqual(MAX_WAIT + 10_000);
    bed.letServerFinish();
    expect(error).toMatchObject({ code: "submit_timeout" });
    expect(countByStatus(outcomes)).toMatchObject({ rejected: 0 });
    expect(findFalse(outcomes, bed)).toEqual([]);
    expect(new Set(outcomes.map(({ key }) => key)).size).toBe(outcomes.length);
  } finally {
    bed.close();
  }
});

it("ends although journal.close never settles", async () => {
  const bed = new TestBed({ count: 40 }, 1);
  try {
    const { outcomes } = await bed.submit(bed.items, { wrapJournal: hangingJournal("close") });
    expect(countByStatus(outcomes).accepted).toBe(40);
  } finally {
    bed.close();
  }
});
