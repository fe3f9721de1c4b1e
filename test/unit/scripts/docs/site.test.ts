import { existsSync, readdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { check } from "../../../../scripts/docs/check-sources.js";
import { MAX_BYTES } from "../../../../scripts/docs/read/page.js";
import { serve } from "../../../support/server.js";
import { apidogPage, printPage } from "./support/apidog-page.js";
import { quiet, workspace } from "./support/temp.js";

// Reading all specs takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A site of pages by their path. Each is served with an ETag, and with 304 to whoever has it. */
async function site(pages: Record<string, Answer>) {
  const log: { url: string; status: number }[] = [];
  const handler: RequestListener = (request, response) => {
    const url = request.url ?? "";
    response.on("finish", () => log.push({ url, status: response.statusCode }));
    const answer = pages[url];
    if (typeof answer === "function") return answer(request, response);
    if (answer === undefined) return response.writeHead(404).end();
    const etag = `"${Buffer.from(answer).length}"`;
    if (request.headers["if-none-match"] === etag) return response.writeHead(304, { etag }).end();
    return response.writeHead(200, { etag, "content-type": "text/markdown; charset=utf-8" }).end(answer);
  };
  return { ...(await serve(handler)), log };
}

/** A small spec, as the tests are about getting pages. */
const SPEC = "distribution-invoice";
const draft = apidogPage(SPEC, "createB2cLetter");
const PAGE = printPage(draft);
const URL_OF = `/${draft.slug}.md`;
const index = (...links: string[]) => `# Docs\n\n${links.map((link) => `- API [A page](${link}): text\n`).join("")}`;

describe("a site", () => {
  it("is read from llms.txt, links of every form", async () => {
    const other = apidogPage(SPEC, "createSwedishInvoice");
    const listing = `# Docs\n\n## API Docs\n- Folder > [A](${draft.slug}.md): text\n- [B](</${other.slug}.md>)\n- [Guide](/guide-1m0.md)\n- [No page](/about)\n`;
    const { url, log } = await site({
      "/llms.txt": listing,
      [URL_OF]: PAGE,
      [`/${other.slug}.md`]: printPage(other),
    });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries.filter(({ status }) => status === "same").map(({ operation }) => operation)).toEqual([
      "distribution-invoice createB2cLetter",
      "distribution-invoice createSwedishInvoice",
    ]);
    expect(log.map((request) => request.url).toSorted()).toEqual(["/llms.txt", URL_OF, `/${other.slug}.md`].toSorted());
  });

  it("is asked for a page once, however often and in whatever form llms.txt names it", async () => {
    const { url, log } = await site({ "/llms.txt": index(URL_OF, URL_OF.slice(1), `.${URL_OF}`), [URL_OF]: PAGE });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries.filter(({ status }) => status !== "gone")).toHaveLength(1);
    expect(log).toHaveLength(2);
  });

  it("may have parentheses in the names of its pages", async () => {
    const name = "/create-(b2c)-letter-4131301e0.md";
    const { url } = await site({ "/llms.txt": index(name), [name]: PAGE });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries[0]).toMatchObject({ page: url + name, status: "same" });
  });

  it("is one page where the address is that of a page; then nothing is gone", async () => {
    const { url, log } = await site({ [URL_OF]: PAGE });
    const { entries } = await check([url + URL_OF], workspace(SPEC).folders, quiet().progress);
    expect(entries.map(({ status }) => status)).toEqual(["same"]);
    expect(log.map((request) => request.url)).toEqual([URL_OF]);
  });

  it("that stops answering midway is not asked for the rest, and the cause is told", async () => {
    const lost: Answer = (request) => request.socket.destroy();
    const links = Array.from({ length: 12 }, (_, number) => `/p-${number}e0.md`);
    const { url, seen } = await site({
      "/llms.txt": index(...links),
      ...Object.fromEntries(links.map((link) => [link, lost])),
    });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    const reasons = entries.filter(({ status }) => status === "unreadable").map(({ reason }) => reason);
    expect(reasons).toHaveLength(12);
    expect(reasons[0]).toBe("given up after 4 attempts: other side closed");
    expect(reasons.at(-1)).toMatch(/^not asked for/);
    expect(seen.requests).toBeLessThan(1 + 12 * 4);
  });

  it("is told to go when its answer is not read to the end", async () => {
    let isClosed = false;
    const endless404: Answer = (_, response) => {
      response.on("close", () => {
        isClosed = true;
      });
      response.writeHead(404).write("x".repeat(1000));
    };
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: endless404 });
    await check([url], workspace(SPEC).folders, quiet().progress);
    // Or the command would not end before the request times out.
    await vi.waitFor(() => expect(isClosed).toBe(true), 3_000);
  });

  it("is not asked at all where its answers cannot be kept", async () => {
    const { url, log } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: PAGE });
    const { folders, root } = workspace(SPEC);
    writeFileSync(join(root, ".cache"), "a file");
    const { entries } = await check([url], folders, quiet().progress);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringContaining(folders.cache) }]);
    expect(log).toEqual([]);
  });

  it("tells which pages are gone; what is deprecated was known to go", async () => {
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: PAGE });
    const { folders } = workspace("debt-collection", SPEC);
    const { entries } = await check([url], folders, quiet().progress);
    const gone = entries.filter(({ status }) => status === "gone");
    const named = gone.map(({ operation }) => operation);
    expect(named).toContain("debt-collection listSettlements");
    expect(named).not.toContain("distribution-invoice createB2cLetter");
    expect(gone.find(({ operation }) => operation === "debt-collection resumeInvoice")?.reason).toMatch(/deprecated/);
    expect(gone.find(({ operation }) => operation === "debt-collection listSettlements")).toMatchObject({
      at: expect.stringMatching(/debt-collection\.yaml:\d+$/),
    });
  });

  it("is asked a second time only for what changed", async () => {
    const pages: Record<string, Answer> = { "/llms.txt": index(URL_OF), [URL_OF]: PAGE };
    const { url, log } = await site(pages);
    const { folders } = workspace(SPEC);
    await check([url], folders, quiet().progress);
    await check([url], folders, quiet().progress);
    expect(log.map(({ status }) => status)).toEqual([200, 200, 304, 304]);
    pages[URL_OF] = `${PAGE}\nOther words.\n`;
    const { entries } = await check([url], folders, quiet().progress);
    expect(log.slice(4).map(({ status }) => status)).toEqual([304, 200]);
    expect(entries.find(({ page }) => page === url + URL_OF)?.status).toBe("same");
    expect(readdirSync(folders.cache).every((name) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  });

  it("is asked at most four things at once", async () => {
    let [now, most] = [0, 0];
    const slow: Answer = (_, response) => {
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
    await check([url], workspace(SPEC).folders, quiet().progress);
    expect(most).toBe(4);
  });

  it("is asked again when it is busy, after the time that it names", async () => {
    const times: number[] = [];
    const busy: Answer = (_, response) => {
      times.push(Date.now());
      if (times.length === 1) response.writeHead(503).end();
      else if (times.length === 2) response.writeHead(429, { "retry-after": "1" }).end();
      else response.writeHead(200).end(PAGE);
    };
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: busy });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries[0]?.status).toBe("same");
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("that names too long a wait is given up", async () => {
    const later: Answer = (_, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    const { url } = await site({ "/llms.txt": index(URL_OF), [URL_OF]: later });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries[0]).toMatchObject({ status: "unreadable", reason: "HTTP 429, and it asks to wait 3600 s" });
  });

  it.each([
    ["has no llms.txt", {}, /HTTP 404/],
    ["has one without links", { "/llms.txt": "# Docs" }, /names no page/],
    [
      "answers with HTML",
      {
        "/llms.txt": ((_, response) =>
          response.writeHead(200, { "content-type": "text/html" }).end("<html>")) as Answer,
      },
      /text\/html/,
    ],
  ])("that %s is unreadable, and nothing is gone", async (_, pages, reason) => {
    const { url } = await site(pages as Record<string, Answer>);
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringMatching(reason) }]);
  });

  it("has to be https, but for this machine", async () => {
    const { entries } = await check(["http://docs.example"], workspace(SPEC).folders, quiet().progress);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringMatching(/^not https/) }]);
  });
});

describe("of hostile pages of a site each is unreadable", () => {
  const endless: Answer = (_, response) => {
    response.writeHead(200, { "content-type": "text/markdown" });
    const chunk = "x".repeat(MAX_BYTES / 8);
    const write = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once("drain", write);
    };
    write();
  };
  const redirect =
    (location: string): Answer =>
    (_, response) =>
      response.writeHead(302, { location }).end();

  it.each<[string, string, Answer, RegExp]>([
    ["redirected to another host", "/a-1e0.md", redirect("https://evil.example/a.md"), /another host: evil\.example/],
    ["redirected without end", "/a-1e0.md", redirect("/a-1e0.md"), /too often/],
    ["on another host", "https://evil.example/a-1e0.md", "", /another host: evil\.example/],
    ["without end", "/a-1e0.md", endless, /larger than/],
    [
      "HTML",
      "/a-1e0.md",
      (_, response) => response.writeHead(200, { "content-type": "text/html" }).end(PAGE),
      /text\/html/,
    ],
    ["not there", "/a-1e0.md", (_, response) => response.writeHead(404).end(), /HTTP 404/],
    ["an address that is none", "http://[bad/a-1e0.md", "", /not an address/],
    [
      "an error page with status 200",
      "/a-1e0.md",
      (_, response) => response.writeHead(200, { "content-type": "text/plain" }).end("<html>Sorry</html>"),
      /neither an OpenAPI document nor/,
    ],
  ])("%s", async (_, link, answer, reason) => {
    const { url } = await site({ "/llms.txt": index(link, URL_OF), [link]: answer, [URL_OF]: PAGE });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries[0]).toMatchObject({ status: "unreadable", reason: expect.stringMatching(reason) });
    expect(entries[1]).toMatchObject({ status: "same" });
  });

  it("leads no file out of the cache", async () => {
    const { folders, root } = workspace(SPEC);
    const { url } = await site({
      "/llms.txt": index("/../../../outside-1e0.md", "/%2e%2e%2foutside-2e0.md"),
      "/outside-1e0.md": PAGE,
      "/%2e%2e%2foutside-2e0.md": PAGE,
    });
    const before = readdirSync(dirname(root)).filter((name) => name.includes("outside"));
    await check([url], folders, quiet().progress);
    expect(readdirSync(dirname(root)).filter((name) => name.includes("outside"))).toEqual(before);
    expect(existsSync(`${root}/outside-1e0.md`)).toBe(false);
    expect(readdirSync(folders.cache)).toHaveLength(3);
  });

  it("a redirect on the same host is followed", async () => {
    const { url } = await site({ "/llms.txt": index("/old-1e0.md"), "/old-1e0.md": redirect(URL_OF), [URL_OF]: PAGE });
    const { entries } = await check([url], workspace(SPEC).folders, quiet().progress);
    expect(entries[0]?.status).toBe("same");
  });
});

describe("progress", () => {
  it("is plain lines where there is no terminal, and a bar on one", async () => {
    const { url } = await site({ "/llms.txt": index(URL_OF, "/b-2e0.md"), [URL_OF]: PAGE });
    const plain = quiet();
    await check([url], workspace(SPEC).folders, plain.progress);
    expect(plain.lines.join("")).toMatch(/^[12]\/2 http\S+\.md(: HTTP 404)?\n[12]\/2 http\S+\.md(: HTTP 404)?\n$/);
    const terminal = quiet();
    Object.assign(terminal.out, { isTTY: true });
    await check([url], workspace(SPEC).folders, terminal.progress);
    expect(terminal.lines.at(-1)).toBe(`\r${"█".repeat(30)} 2/2\n`);
  });
});
