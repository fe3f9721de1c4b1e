import { createServer } from "node:http";
import { spread } from "./statistics.mjs";

const LATENCY = 50;
const PAGES = 81;
const RUNS = 7;
const PAGE_ITEMS = Array.from({ length: 100 }, (_, n) => ({ customerNo: `K-${n}`, name: "Kari", creditLimit: n }));

/** ms to read 81 pages, by how many are fetched at a time, and the limit: the latency of each round of requests. */
export async function measureLists(project) {
  const { Amili } = await project.import("amili-client/dist/index.js");
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url, "http://localhost").searchParams.get("pageno") ?? 1);
    const nextPage = page < PAGES ? `/customers?query=q&pageno=${page + 1}` : null;
    const summary = { queryId: "q", page, totalPages: PAGES, totalCount: PAGES * PAGE_ITEMS.length, nextPage };
    const body = JSON.stringify({ summary, customers: PAGE_ITEMS });
    setTimeout(() => response.setHeader("content-type", "application/json").end(body), LATENCY);
  }).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    const baseUrl = `http://127.0.0.1:${server.address().port}`;
    const amili = new Amili({ accessToken: "token", baseUrls: { accountsReceivable: baseUrl } });
    const read = async (prefetch) => {
      const begun = performance.now();
      const items = await amili.accountsReceivable
        .client(1)
        .customers.list({ maximumcount: 100_000 }, { prefetch })
        .toArray();
      if (items.length !== PAGES * PAGE_ITEMS.length) throw new Error(`The list has ${items.length} items`);
      return performance.now() - begun;
    };
    await read(8);
    const results = [];
    for (const prefetch of [1, 4, 8]) {
      const times = [];
      for (let run = 0; run < RUNS; run++) times.push(await read(prefetch));
      // The first page tells the query; the others are fetched so many at a time.
      const limit = LATENCY * (1 + Math.ceil((PAGES - 1) / prefetch));
      const { median } = spread(times);
      results.push({ prefetch, limit, ms: median, ratio: median / limit });
    }
    return results;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
