import { existsSync, readdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { progressOn } from "../../../../scripts/docs/progress.js";
import { MAX_BYTES } from "../../../../scripts/docs/read/source.js";
import { serve } from "../../../support/server.js";
import { apidogPage, printPage } from "./support/apidog-page.js";
import { type SpecSelection, workspace } from "./support/temp.js";

type Reply = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A site of pages by path, which handles conditional requests by ETag. */
async function site(pages: Record<string, Reply>) {
  const log: { url: string; status: number }[] = [];
  const handler: RequestListener = (request, response) => {
    const url = request.url ?? "";
    response.on("finish", () => log.push({ url, status: response.statusCode }));
    const reply = pages[url] ?? pages[url.split("?")[0] ?? ""];
    if (typeof reply === "function") return reply(request, response);
    if (reply === undefined) return response.writeHead(404).end();
    const etag = `"${Buffer.from(reply).length}"`;
    if (request.headers["if-none-match"] === etag) return response.writeHead(304, { etag }).end();
    return response.writeHead(200, { etag, "content-type": "text/markdown; charset=utf-8" }).end(reply);
  };
  return { ...(await serve(handler)), log };
}

/** A small spec: these tests are about fetching pages. */
const SPEC = "distribution-invoice";
const SELECTION: SpecSelection = [SPEC, "createB2cLetter", "createSwedishInvoice"];
const draft = apidogPage(SPEC, "createB2cLetter");
const PAGE = printPage(draft);
const URL_OF = `/${draft.slug}.md`;
const index = (...links: string[]) => `# Docs\n\n${links.map((link) => `- API [A page](${link}): text\n`).join("")}`;

describe("a site", () => {
  it("is read from llms.txt, with links of every form", async () => {
    const other = apidogPage(SPEC, "createSwedishInvoice");
    const listing = `# Docs\n\n## API Docs\n- Folder > [A](${draft.slug}.md): text\n- [B](</${other.slug}.md>)\n- [Guide](/guide-1m0.md)\n- [No page](/about)\n`;
    const { url, log } = await site({
      "/llms.txt": listing,
      [URL_OF]: PAGE,
      [`/${other.slug}.md`]: printPage(other),
    });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries.filter(({ status }) => status === "same").map(({ operation }) => operation)).toEqual([
      "distribution-invoice createB2cLetter",
      "distribution-invoice createSwedishInvoice",
    ]);
    const requested = ["/guide-1m0.md", "/llms.txt", URL_OF, `/${other.slug}.md`];
    expect(log.map((request) => request.url).toSorted()).toEqual(requested.toSorted());
  });

  it("has its schema and folder pages recognised, which are not requested", async () => {
    const { url, log } = await site({ "/llms.txt": index(URL_OF, "/case-12d0.md", "/cases-13f0.md"), [URL_OF]: PAGE });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    const other = entries.filter(({ status }) => status === "other");
    expect(other.map(({ page, reason }) => [page, reason])).toEqual([
      [`${url}/case-12d0.md`, "a schema page"],
      [`${url}/cases-13f0.md`, "a folder page"],
    ]);
    expect(log).toHaveLength(2);
  });

  it("is requested once for each page, however llms.txt links to it", async () => {
    const { url, log } = await site({ "/llms.txt": index(URL_OF, URL_OF.slice(1), `.${URL_OF}`), [URL_OF]: PAGE });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries.filter(({ status }) => status !== "gone")).toHaveLength(1);
    expect(log).toHaveLength(2);
  });

  it("may have parentheses in the names of pages", async () => {
    const name = "/create-(b2c)-letter-4131301e0.md";
    const { url } = await site({ "/llms.txt": index(name), [name]: PAGE });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries[0]).toMatchObject({ page: url + name, status: "same" });
  });

  it("is a single page when the URL is one, and then no page is gone", async () => {
    const { url, log } = await site({ [URL_OF]: PAGE });
    const { entries } = await checkSources([url + URL_OF], workspace(SELECTION).options);
    expect(entries.map(({ status }) => status)).toEqual(["same"]);
    expect(log.map((request) => request.url)).toEqual([URL_OF]);
  });

  it("that stops responding is not asked for the remaining pages, and the cause is reported", async () => {
    const lost: Reply = (request) => request.socket.destroy();
    const links = Array.from({ length: 12 }, (_, number) => `/p-${number}e0.md`);
    const { url, seen } = await site({
      "/llms.txt": index(...links),
      ...Object.fromEntries(links.map((link) => [link, lost])),
    });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    const reasons = entries.filter(({ status }) => status === "unreadable").map(({ reason }) => reason);
    expect(reasons).toHaveLength(12);
    expect(reasons[0]).toBe("other side closed (4 attempts)");
    expect(reasons.at(-1)).toBe("skipped, because the site stopped responding");
    expect(seen.requests).toBeLessThan(1 + 12 * 4);
  });

  it("has its connection closed when a response is not read to the end", async () => {
    let isClosed = false;
    const endless404: Reply = (_, response) => {
      response.on("close", () => {
        isClosed = true;
      });
      response.writeHead(404).write("x".repeat(1000));
    };
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: endless404 });
    await checkSources([url], workspace(SELECTION).options);
    // An open connection keeps the process alive.
    await vi.waitFor(() => expect(isClosed).toBe(true), 3_000);
  });

  it("is not requested when responses cannot be cached", async () => {
    const { url, log } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: PAGE });
    const { options, root } = workspace(SELECTION);
    writeFileSync(join(root, ".cache"), "a file");
    const { entries } = await checkSources([url], options);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringContaining(options.cache) }]);
    expect(log).toEqual([]);
  });

  it("shows which pages are gone, and that of deprecated operations it does not count", async () => {
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: PAGE });
    const { options } = workspace(["debt-collection", "listSettlements", "resumeInvoice"], SELECTION);
    const { entries } = await checkSources([url], options);
    const gone = entries.filter(({ status }) => status === "gone");
    const named = gone.map(({ operation }) => operation);
    expect(named).toContain("debt-collection listSettlements");
    expect(named).not.toContain("distribution-invoice createB2cLetter");
    expect(gone.find(({ operation }) => operation === "debt-collection resumeInvoice")?.reason).toMatch(/deprecated/);
    expect(named).toContain("guide Webhooks");
    expect(gone.find(({ operation }) => operation === "guide About")?.reason).toMatch(/deprecated/);
    expect(gone.find(({ operation }) => operation === "debt-collection listSettlements")).toMatchObject({
      at: expect.stringMatching(/debt-collection\.yaml:\d+$/),
    });
  });

  it("is requested with validators in a second run", async () => {
    const pages: Record<string, Reply> = { "/llms.txt": index(URL_OF), [URL_OF]: PAGE };
    const { url, log } = await site(pages);
    const { options } = workspace(SELECTION);
    await checkSources([url], options);
    await checkSources([url], options);
    expect(log.map(({ status }) => status)).toEqual([200, 200, 304, 304]);
    pages[URL_OF] = `${PAGE}\nOther text.\n`;
    const { entries } = await checkSources([url], options);
    expect(log.slice(4).map(({ status }) => status)).toEqual([304, 200]);
    expect(entries.find(({ page }) => page === url + URL_OF)?.status).toBe("same");
    expect(readdirSync(options.cache).every((name) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  });

  it("receives at most four requests at once", async () => {
    let [now, most] = [0, 0];
    const slow: Reply = (_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.writeHead(404).end();
      }, 20);
    };
    const links = Array.from({ length: 12 }, (_, number) => `/p-${number}e0.md`);
    const { url } = await site({
      "/llms.txt": index(...links),
      ...Object.fromEntries(links.map((link) => [link, slow])),
    });
    await checkSources([url], workspace(SELECTION).options);
    expect(most).toBe(4);
  });

  it("is requested again when it is overloaded, after its Retry-After or with backoff", async () => {
    const replies: [number, OutgoingHttpHeaders][] = [
      [503, {}],
      [429, { "retry-after": "7" }],
      [500, { "retry-after": "-" }],
    ];
    const { url, seen } = await site({
      "/llms.txt": index(URL_OF),
      [URL_OF]: (_, response) => {
        const [status, headers] = replies.shift() ?? [200, {}];
        response.writeHead(status, headers).end(status === 200 ? PAGE : "");
      },
    });
    const { options, delays } = workspace(SELECTION);
    const { entries } = await checkSources([url], options);
    expect(entries[0]?.status).toBe("same");
    expect(seen.requests).toBe(5);
    expect(delays).toEqual([
      expect.toSatisfy((delay) => delay < 1000),
      7000,
      expect.toSatisfy((delay) => delay < 4000),
    ]);
  });

  it("is requested again from the start when a body breaks off", async () => {
    const ranges: unknown[] = [];
    const { url } = await site({
      "/llms.txt": index(URL_OF),
      [URL_OF]: (request, response) => {
        ranges.push(request.headers.range);
        if (ranges.length > 1) return response.writeHead(200).end(PAGE);
        response.writeHead(200, { "content-length": PAGE.length }).write(PAGE.slice(0, 100));
        return setImmediate(() => request.socket.destroy());
      },
    });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries[0]?.status).toBe("same");
    expect(ranges).toEqual([undefined, undefined]);
  });

  it("is given up when its Retry-After is too long", async () => {
    const later: Reply = (_, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: later });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries[0]).toMatchObject({ status: "unreadable", reason: "HTTP 429 with a Retry-After of 3600 s" });
  });

  it.each([
    ["has no llms.txt", {}, /HTTP 404/],
    ["has one without links", { "/llms.txt": "# Docs" }, /lists no page/],
    [
      "responds with HTML",
      {
        "/llms.txt": ((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>")) as Reply,
      },
      /text\/html/,
    ],
  ])("that %s is unreadable, and nothing is gone", async (_, pages, reason) => {
    const { url } = await site(pages as Record<string, Reply>);
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringMatching(reason) }]);
  });

  it("must be https, except on loopback", async () => {
    const { entries } = await checkSources(["http://docs.example"], workspace(SELECTION).options);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringMatching(/^not https/) }]);
  });
});

describe("a hostile page of a site is unreadable", () => {
  const endless: Reply = (_, response) => {
    response.writeHead(200, { "content-type": "text/markdown" });
    const chunk = "x".repeat(MAX_BYTES / 8);
    const write = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once("drain", write);
    };
    write();
  };
  const redirect = (location: string) => (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(302, { location }).end();

  it.each<[string, string, Reply, RegExp]>([
    ["redirected to another host", "/a-1e0.md", redirect("https://evil.example/a.md"), /another host: evil\.example/],
    ["redirected to itself", "/a-1e0.md", redirect("/a-1e0.md"), /^Redirect loop detected$/],
    [
      "redirected too often",
      "/a-1e0.md",
      (request, response) => redirect(`/a-1e0.md?${request.url}`)(request, response),
      /^more than 3 redirects$/,
    ],
    ["redirected to an invalid URL", "/a-1e0.md", redirect("http://[bad"), /^Invalid URL$/],
    ["on another host", "https://evil.example/a-1e0.md", "", /another host: evil\.example/],
    ["endless", "/a-1e0.md", endless, /larger than/],
    [
      "HTML",
      "/a-1e0.md",
      (_, response) => response.writeHead(200, { "content-type": "text/html" }).end(PAGE),
      /text\/html/,
    ],
    ["missing", "/a-1e0.md", (_, response) => response.writeHead(404).end(), /HTTP 404/],
    ["an invalid URL", "http://[bad/a-1e0.md", "", /not a valid URL/],
    [
      "an error page with status 200",
      "/a-1e0.md",
      (_, response) => response.writeHead(200, { "content-type": "text/plain" }).end("<html>Sorry</html>"),
      /neither an OpenAPI document nor/,
    ],
  ])("%s", async (_, link, answer, reason) => {
    const { url } = await site({ "/llms.txt": index(link, URL_OF), [link]: answer, [URL_OF]: PAGE });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries[0]).toMatchObject({ status: "unreadable", reason: expect.stringMatching(reason) });
    expect(entries[1]).toMatchObject({ status: "same" });
  });

  it("and leads no file out of the cache", async () => {
    const { options, root } = workspace(SELECTION);
    const { url } = await site({
      "/llms.txt": index("/../../../outside-1e0.md", "/%2e%2e%2foutside-2e0.md"),
      "/outside-1e0.md": PAGE,
      "/%2e%2e%2foutside-2e0.md": PAGE,
    });
    const before = readdirSync(dirname(root)).filter((name) => name.includes("outside"));
    await checkSources([url], options);
    expect(readdirSync(dirname(root)).filter((name) => name.includes("outside"))).toEqual(before);
    expect(existsSync(`${root}/outside-1e0.md`)).toBe(false);
    expect(readdirSync(options.cache)).toHaveLength(3);
  });

  it("a redirect on the same host is followed", async () => {
    const { url } = await site({ "/llms.txt": index("/old-1e0.md"), "/old-1e0.md": redirect(URL_OF), [URL_OF]: PAGE });
    const { entries } = await checkSources([url], workspace(SELECTION).options);
    expect(entries[0]?.status).toBe("same");
  });
});

describe("progress", () => {
  it("is plain lines where there is no terminal, and a bar on one", () => {
    const lines: string[] = [];
    const out = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) }) as NodeJS.WriteStream;
    const progress = progressOn(out);
    progress(1, 2, "a.md");
    progress(2, 2, "b.md", "HTTP 404");
    out.isTTY = true;
    progress(1, 2, "a.md");
    progress(2, 2, "b.md");
    expect(lines).toEqual([
      "1/2 a.md\n",
      "2/2 b.md: HTTP 404\n",
      `\r${"█".repeat(15)}${"░".repeat(15)} 1/2`,
      `\r${"█".repeat(30)} 2/2\n`,
    ]);
  });

  it("is reported for each page, with the reason when it is unreadable", async () => {
    const { url } = await site({ "/llms.txt": index(URL_OF, "/b-2e0.md"), [URL_OF]: PAGE });
    const reported: unknown[][] = [];
    await checkSources([url], { ...workspace(SELECTION).options, progress: (...report) => reported.push(report) });
    expect(reported.map(([done, total]) => [done, total])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(reported.map(([, , page, reason]) => [page, reason]).toSorted()).toEqual(
      [
        [`${url}/b-2e0.md`, "HTTP 404"],
        [url + URL_OF, undefined],
      ].toSorted(),
    );
  });
});
