/** A million invoices through `submit`, against an API in the same process that answers at once. Run with `--expose-gc`. */
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COUNT = 1_000_000;
const [dist, chunkSize, withJournal] = process.argv.slice(2);
const { Amili } = await import(`${dist}/index.js`);
const { fileJournal } = await import(`${dist}/node.js`);

/** The batches that the client still waits for. */
const batches = new Map();
let accepted = 0;

async function fetch(url, { method, body }) {
  const { pathname } = new URL(url);
  if (method === "POST") {
    const { invoices } = JSON.parse(body);
    accepted += invoices.length;
    const batchId = crypto.randomUUID();
    batches.set(batchId, invoices);
    return Response.json({ data: { batchId } }, { status: 202 });
  }
  const batchId = pathname.split("/batches/")[1];
  if (!batchId) return Response.json({ summary: {}, data: [] });
  const succeeded = batches
    .get(batchId)
    .map(({ invoiceNumber }) => ({ invoiceId: crypto.randomUUID(), invoiceNumber }));
  batches.delete(batchId);
  return Response.json({ data: { batchId, status: "SUCCESS", type: "INVOICE", succeeded, failed: [] } });
}

function* invoices() {
  for (let n = 0; n < COUNT; n++) {
    yield {
      type: "NOTICE",
      uniqueSourceInvoiceId: `s-${n}`,
      invoiceNumber: `${n}`,
      originalInvoiceAmount: 100,
      currency: "NOK",
    };
  }
}

const amili = new Amili({ accessToken: "token", baseUrls: { debtCollection: "http://localhost" }, fetch });
const { invoices: resource } = amili.debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");
const file = join(tmpdir(), `amili-submit-${process.pid}.jsonl`);
const begun = performance.now();
let outcomes = 0;
let rss = 0;
let heap = 0;
try {
  const journal = withJournal === "true" ? { journal: fileJournal(file) } : {};
  for await (const { status } of resource.submit(invoices(), { chunkSize: Number(chunkSize), ...journal })) {
    if (status !== "accepted") throw new Error(`An invoice is ${status}`);
    if (++outcomes % 50_000 === 0) {
      rss = Math.max(rss, process.memoryUsage().rss);
      globalThis.gc();
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    }
  }
} finally {
  await rm(file, { force: true });
}
if (outcomes !== COUNT || accepted !== COUNT) throw new Error(`${outcomes} outcomes, ${accepted} accepted`);
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ seconds, perSecond: COUNT / seconds, rss, heap }));
