import { ApiError, ConfigurationError, type ListOptions, type Page, PaginationError } from "amili-client";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  clientWith,
  deferred,
  failure,
  hang,
  json,
  type Reply,
  type Sent,
  settle,
  status,
  thrown,
} from "../support/stub.js";

/** Items of pages, as numbers from 1. */
function cut(sizes: readonly number[]): number[][] {
  let n = 0;
  return sizes.map((size) => Array.from({ length: size }, () => ++n));
}

const STYLES = ["token", "numbered", "numbered, total known"] as const;
type Style = (typeof STYLES)[number];

/** A server's pages in one of the two styles. */
function servePage(style: Style, pages: number[][], { url }: Sent): Response {
  if (style === "token") {
    const at = Number(url.searchParams.get("pageToken")?.slice(1) ?? 0);
    const last = at >= pages.length - 1;
    return json({ data: pages[at] ?? [], summary: { nextPageToken: last ? null : `t${at + 1}` } });
  }
  const at = Number(url.searchParams.get("pageno") ?? 1);
  const summary = {
    nextPage: at < pages.length ? `https://internal.invalid/x?query=q%201&pageno=${at + 1}&extra=1` : null,
    ...(style !== "numbered" && { totalPages: pages.length }),
  };
  return json({ customers: pages[at - 1] ?? [], summary });
}

/** A list in one of the styles, on a stub. */
function listWith(style: Style, options: ListOptions, ...script: Reply[]) {
  const { org, client, sent } = clientWith({ maxRetries: 0 }, ...script);
  const pager =
    style === "token"
      ? org.settlements.list({ fromDate: "2026-01-01" }, options)
      : client.customers.list({ pagesize: 5 }, options);
  return {
    pager: pager as {
      toArray(): Promise<unknown[]>;
      pages(): AsyncGenerator<Page<unknown, unknown>>;
    } & AsyncIterable<unknown>,
    sent,
  };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

/** The items of a list up to the error that ends it. */
async function readUntilError(list: AsyncIterable<unknown>): Promise<{ items: unknown[]; error: unknown }> {
  const items: unknown[] = [];
  try {
    for await (const item of list) items.push(item);
  } catch (error) {
    return { items, error };
  }
  return { items, error: undefined };
}

const queries = (sent: Sent[]) => sent.map(({ url }) => url.search);
const token = (nextPageToken?: unknown, data: unknown[] = [1]) => json({ data, summary: { nextPageToken } });
const flush = () => new Promise((resolve) => setImmediate(resolve));

describe("a cursor list sends summary.nextPageToken back", () => {
  it.each([
    { list: "settlements" as const, parameter: "pageToken" },
    { list: "batches" as const, parameter: "PageToken" },
  ])("$list with $parameter", async ({ list, parameter }) => {
    const { org, sent } = clientWith({}, token("a/b=&", [1, 2]), token("c", [3]), token(null, [4]));
    expect(await org[list].list().toArray()).toEqual([1, 2, 3, 4]);
    expect(sent.map(({ url }) => [...url.searchParams])).toEqual([[], [[parameter, "a/b=&"]], [[parameter, "c"]]]);
  });
});

describe("a cursor list ends with a token that is", () => {
  it.each([
    ["absent", { data: [1], summary: {} }],
    ["null", { data: [1], summary: { nextPageToken: null } }],
    ["empty", { data: [1], summary: { nextPageToken: "" } }],
    ["no summary", { data: [1] }],
    ["a summary of null", { data: [1], summary: null }],
  ])("%s", async (_, body) => {
    const { org, sent } = clientWith({}, json(body));
    expect(await org.settlements.list().toArray()).toEqual([1]);
    expect(sent).toHaveLength(1);
  });

  it("a page without items does not end the list", async () => {
    const { pager, sent } = listWith("token", {}, token("a", []), token("b", []), token("", [1]));
    expect(await pager.toArray()).toEqual([1]);
    expect(sent).toHaveLength(3);
  });
});

describe("a repeated page is a PaginationError", () => {
  it.each([
    { what: "the same again", tokens: ["a", "a"] },
    { what: "an older one", tokens: ["a", "b", "c", "a"] },
  ])("$what", async ({ tokens }) => {
    for (const prefetch of [0, 1, 3]) {
      const { pager, sent } = listWith("token", { prefetch }, ...tokens.map((t, i) => token(t, [i])));
      const read: unknown[] = [];
      const reading = (async () => {
        for await (const item of pager) read.push(item);
      })();
      expect(await failure(reading, PaginationError)).toMatchObject({ code: "repeated_page" });
      expect(read).toEqual(tokens.map((_, i) => i));
      // Pages that are fetched one after the other are in flight before their repetition is known.
      expect(sent.length - tokens.length).toBeLessThan(Math.max(prefetch, 1));
    }
  });

  it("repeating the cursor that the list continued from", async () => {
    const { pager } = listWith("token", { cursor: "pageToken=a" }, token("a"));
    await failure(pager.toArray(), PaginationError);
  });

  it("in a numbered list", async () => {
    const page = (pageno: number) => json({ customers: [pageno], summary: { nextPage: `?query=q&pageno=${pageno}` } });
    const { pager, sent } = listWith("numbered", {}, page(2), page(3), page(2));
    expect(await failure(pager.toArray(), PaginationError)).toMatchObject({ code: "repeated_page" });
    expect(sent).toHaveLength(3);
  });

  it.each([0, 1, 2, 5])("but not a page that the server skipped, with prefetch %s", async (prefetch) => {
    // Page 2 names page 4: the pages 3 and 4 that were predicted are abandoned, and 4 is fetched again.
    const following: Record<string, string | null> = { 1: "2", 2: "4", 4: "3", 3: "5", 5: null };
    const { pager, sent } = listWith("numbered, total known", { prefetch }, ({ url }) => {
      const pageno = url.searchParams.get("pageno") ?? "1";
      const nextPage = following[pageno] && `?query=q&pageno=${following[pageno]}`;
      return json({ customers: [pageno], summary: { nextPage, totalPages: 5 } });
    });
    expect(await pager.toArray()).toEqual(["1", "2", "4", "3", "5"]);
    if (prefetch === 0) expect(sent).toHaveLength(5);
  });

  it("and a page that is repeated after one was skipped", async () => {
    const following: Record<string, string> = { 1: "2", 2: "4", 4: "2" };
    const { pager } = listWith("numbered, total known", { prefetch: 3 }, ({ url }) => {
      const pageno = url.searchParams.get("pageno") ?? "1";
      return json({
        customers: [pageno],
        summary: { nextPage: `?query=q&pageno=${following[pageno] ?? 9}`, totalPages: 5 },
      });
    });
    expect(await failure(pager.toArray(), PaginationError)).toMatchObject({ code: "repeated_page" });
  });

  it("each iteration of a list starts again", async () => {
    const { pager } = listWith("token", {}, (s) => servePage("token", cut([2, 1]), s));
    expect([await pager.toArray(), await pager.toArray()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});

describe("a numbered list takes query and pageno from summary.nextPage", () => {
  it.each([
    "https://api.amili.no/arm/v1/clients/2218/customers?query=q%201&pageno=2",
    "/clients/2218/customers?pageno=2&query=q%201&pagesize=9",
    "?query=q+1&pageno=2",
  ])("%s", async (nextPage) => {
    const { pager, sent } = listWith(
      "numbered",
      {},
      json({ customers: [1], summary: { nextPage } }),
      json({ customers: [2] }),
    );
    expect(await pager.toArray()).toEqual([1, 2]);
    expect(queries(sent)).toEqual(["?pagesize=5", "?query=q%201&pageno=2"]);
  });

  it.each(["https://x.test/customers", "?query=q", "?pageno=2", "?query=&pageno=2", "http://[", 2, { pageno: 2 }])(
    "a link without them (%j) is a PaginationError after the items of its page",
    async (nextPage) => {
      const { pager, sent } = listWith("numbered", {}, json({ customers: [1], summary: { nextPage } }));
      const read: unknown[] = [];
      const reading = (async () => {
        for await (const item of pager) read.push(item);
      })();
      expect(await failure(reading, PaginationError)).toMatchObject({ code: "invalid_page_link" });
      expect([read, sent.length]).toEqual([[1], 1]);
    },
  );

  it.each([null, undefined, ""])("no link (%s) ends the list", async (nextPage) => {
    const { pager, sent } = listWith("numbered", {}, json({ customers: [1], summary: { nextPage, totalPages: 1 } }));
    expect(await pager.toArray()).toEqual([1]);
    expect(sent).toHaveLength(1);
  });
});

describe("a success that has no list is a PaginationError", () => {
  it.each([
    ["no items", {}],
    ["items of null", { data: null, customers: null }],
    ["items that are no list", { data: {}, customers: "1" }],
    ["no body", undefined],
    ["a body of null", null],
    ["a list of its own", []],
    ["a text", "customers"],
  ])("%s", async (_, body) => {
    for (const style of STYLES) {
      const { pager } = listWith(style, {}, () => (body === undefined ? status(204) : json(body)));
      expect(await failure(pager.toArray(), PaginationError)).toMatchObject({ code: "missing_list" });
    }
  });

  it("after the items before it", async () => {
    for (const style of STYLES) {
      const { pager } = listWith(style, { prefetch: 2 }, (s) =>
        /t1|pageno=2/.test(s.url.search) ? json({}) : servePage(style, cut([2, 2]), s),
      );
      const { items, error } = await readUntilError(pager);
      expect([items, error]).toEqual([[1, 2], expect.objectContaining({ code: "missing_list" })]);
    }
  });
});

describe("empty pages", () => {
  /** Pages without items, but for those at `full`, each of which names a next one. */
  const endless =
    (style: Style, full: readonly number[] = []): Reply =>
    ({ url }) => {
      const at = Number(url.searchParams.get("pageToken") ?? url.searchParams.get("pageno") ?? 1);
      const items = full.includes(at) ? [at] : [];
      return style === "token"
        ? json({ data: items, summary: { nextPageToken: `${at + 1}` } })
        : json({ customers: items, summary: { nextPage: `?query=q&pageno=${at + 1}` } });
    };

  it.each(["token", "numbered"] as const)("end a %s list after 1,000 in a row", async (style) => {
    const { pager, sent } = listWith(style, { prefetch: 0 }, endless(style, [1]));
    const { items, error } = await readUntilError(pager);
    expect([items, error]).toEqual([[1], expect.objectContaining({ name: "PaginationError", code: "empty_pages" })]);
    expect(sent).toHaveLength(1001);
  });

  it("count anew after a page with items", async () => {
    const { pager } = listWith("token", { prefetch: 0, maxItems: 3 }, endless("token", [1, 1000, 1999]));
    expect(await pager.toArray()).toEqual([1, 1000, 1999]);
  });
});

describe("a list that ends before its total is truncated", () => {
  const page = (summary: object, customers: unknown[] = [1, 2]) => json({ customers, summary });
  const next = "?query=q&pageno=2";

  it.each([
    { what: "the total is larger", replies: [page({ totalCount: 5 })], items: 2, total: 5 },
    { what: "pages are left", replies: [page({ totalPages: 3, nextPage: null })], items: 2, total: undefined },
    {
      what: "pages are left after a later one",
      replies: [page({ totalPages: 3, nextPage: next }), page({ totalPages: 3 })],
      items: 4,
      total: undefined,
    },
    { what: "the cap is reached", replies: [page({ totalCount: 2, maximumCount: 2 })], items: 2, total: 2 },
    { what: "the cap is reached, total unknown", replies: [page({ maximumCount: 2 })], items: 2, total: undefined },
    {
      what: "only the first page has the total",
      replies: [page({ totalCount: 5, nextPage: next }), page({})],
      items: 4,
      total: 5,
    },
  ])("$what", async ({ replies, items, total }) => {
    for (const prefetch of [0, 1, 3]) {
      const copies = () => replies.map((reply) => reply.clone());
      const { items: read, error } = await readUntilError(listWith("numbered", { prefetch }, ...copies()).pager);
      expect(read).toHaveLength(items);
      expect(error).toBeInstanceOf(PaginationError);
      expect(error).toMatchObject({ code: "truncated", read: items, total });

      const { pager } = listWith("numbered", { prefetch, allowTruncated: true }, ...copies());
      const pages = await all(pager.pages());
      expect(pages.map(({ truncated }) => truncated)).toEqual(replies.map((_, i) => i === replies.length - 1));
      expect(pages.at(-1)?.total).toBe(total);
    }
  });

  it.each([
    { what: "all were read", summary: { totalCount: 2, totalPages: 1, maximumCount: 10_000 } },
    { what: "nothing is known", summary: {} },
    { what: "there are more than the total", summary: { totalCount: 1, maximumCount: 1 } },
    { what: "the total is no count", summary: { totalCount: "many", totalPages: null, maximumCount: -1 } },
  ])("but not where $what", async ({ summary }) => {
    const { pager } = listWith("numbered", {}, page(summary), page(summary));
    expect((await all(pager.pages())).map(({ truncated }) => truncated)).toEqual([false]);
    const { pager: items } = listWith("numbered", {}, page(summary));
    expect(await items.toArray()).toEqual([1, 2]);
  });

  it.each([
    { maximumcount: undefined, found: 10_000 },
    { maximumcount: 20_000, found: 10_000 },
    { maximumcount: 7, found: 7 },
  ])(
    "at the limit of $maximumcount in the query, where the server does not say which one is in force",
    async ({ maximumcount, found }) => {
      const customers = Array.from({ length: found }, (_, i) => i);
      const { client } = clientWith({}, json({ customers, summary: {} }));
      const query = maximumcount === undefined ? {} : { maximumcount };
      const { error } = await readUntilError(client.customers.list(query));
      expect(error).toMatchObject({ code: "truncated", read: found, total: undefined });
    },
  );

  it("a stated limit outranks that of the query", async () => {
    const { client } = clientWith({}, page({ maximumCount: 100 }));
    expect(await client.customers.list({ maximumcount: 2 }).toArray()).toHaveLength(2);
  });

  it("maxItems is no truncation", async () => {
    for (const maxItems of [1, 2]) {
      const { pager } = listWith("numbered", { maxItems }, page({ totalCount: 5, totalPages: 3 }));
      const [only] = await all(pager.pages());
      expect(only).toMatchObject({ truncated: false, total: 5 });
      expect(only?.items).toHaveLength(maxItems);
    }
  });

  it("a list that continues from a cursor counts the pages before it", async () => {
    const summary = { totalCount: 4, totalPages: 2, pageSizeLimit: 2 };
    const cursor = "query=q&pageno=2";
    expect(await listWith("numbered", { cursor }, page(summary)).pager.toArray()).toEqual([1, 2]);
    const cut = listWith("numbered", { cursor: `${cursor}&skip=1` }, page(summary));
    expect(await cut.pager.toArray()).toEqual([2]);
    const short = await readUntilError(listWith("numbered", { cursor }, page({ ...summary, totalCount: 5 })).pager);
    expect(short).toMatchObject({ items: [1, 2], error: { code: "truncated", read: 4, total: 5 } });
  });

  it("from a cursor, without the page size, the cap and the number of pages still count", async () => {
    const cursor = "query=q&pageno=2";
    expect(await listWith("numbered", { cursor }, page({ totalCount: 9 })).pager.toArray()).toEqual([1, 2]);
    for (const summary of [{ totalCount: 9, maximumCount: 9 }, { totalPages: 3 }]) {
      const { error } = await readUntilError(listWith("numbered", { cursor }, page(summary)).pager);
      expect(error).toMatchObject({ code: "truncated", read: undefined });
    }
  });

  it("debt collection documents no total: nothing is truncated", async () => {
    const { pager } = listWith("token", {}, json({ data: [1], summary: { totalCount: 9, totalPages: 9 } }));
    expect(await all(pager.pages())).toMatchObject([{ total: undefined, truncated: false }]);
  });

  it("allowTruncated must be a boolean", () => {
    const { client } = clientWith({});
    const options = { allowTruncated: "yes" as unknown as boolean };
    thrown(() => client.customers.list({}, options), ConfigurationError);
  });

  it("the message names both counts and what to do", async () => {
    const messageOf = async (summary: object) =>
      (await failure(listWith("numbered", {}, page(summary)).pager.toArray(), PaginationError)).message;
    const remedy = "Narrow the query, or set allowTruncated.";
    expect(await messageOf({ totalCount: 5 })).toBe(`The list ended after 2 of 5 items. ${remedy}`);
    expect(await messageOf({ totalPages: 5 })).toBe(`The list ended after page 1 of 5. ${remedy}`);
    expect(await messageOf({ maximumCount: 2 })).toBe(
      `The list reached the limit of 2 items for one query; there may be more. ${remedy}`,
    );
  });
});

describe("prefetch", () => {
  const pages = cut([1, 1, 1, 1, 1, 1]);

  it.each([
    { style: "numbered, total known", prefetch: 0, after: 1 },
    { style: "numbered, total known", prefetch: 1, after: 2 },
    { style: "numbered, total known", prefetch: 4, after: 5 },
    { style: "numbered, total known", prefetch: 50, after: 6 },
    // Where only the page before names a page, they are fetched one after the other.
    { style: "numbered", prefetch: 4, after: 2 },
    { style: "token", prefetch: 4, after: 2 },
  ] as const)(
    "$style, prefetch $prefetch: $after requests after the first page",
    async ({ style, prefetch, after }) => {
      const later = deferred<void>();
      const { pager, sent } = listWith(style, { prefetch }, async (s) => {
        if (sent.length > 1) await later.promise;
        return servePage(style, pages, s);
      });
      const reading = pager[Symbol.asyncIterator]();
      expect((await reading.next()).value).toBe(1);
      await flush();
      expect(sent).toHaveLength(after);
      later.resolve();
      await reading.return?.();
    },
  );

  it.each([
    { maxItems: 3, after: 1 },
    { maxItems: 4, after: 2 },
    { maxItems: 7, after: 3 },
  ])("fetches no more than $maxItems items need, at three per page: $after requests", async ({ maxItems, after }) => {
    const style = "numbered, total known";
    const { pager, sent } = listWith(style, { prefetch: 5, maxItems }, (s) =>
      sent.length > 1 ? hang(s) : servePage(style, cut([3, 3, 3, 3]), s),
    );
    const reading = pager[Symbol.asyncIterator]();
    await reading.next();
    expect(sent).toHaveLength(after);
    await reading.return?.();
  });

  it("is 1 by default", async () => {
    const { pager, sent } = listWith("numbered, total known", {}, (s) => servePage("numbered, total known", pages, s));
    const reading = pager[Symbol.asyncIterator]();
    for (const item of [1, 2, 3]) {
      expect((await reading.next()).value).toBe(item);
      await flush();
      expect(sent).toHaveLength(item + 1);
    }
    await reading.return?.();
  });

  it("gives pages in order although the responses arrive in reverse", async () => {
    const releases: (() => void)[] = [];
    const { pager, sent } = listWith("numbered, total known", { prefetch: 5 }, async (s) => {
      if (sent.length > 1) await new Promise<void>((resolve) => releases.unshift(resolve));
      return servePage("numbered, total known", pages, s);
    });
    const reading = pager.toArray();
    while (releases.length < 5) await flush();
    for (const release of releases) {
      release();
      await flush();
    }
    expect(await reading).toEqual([1, 2, 3, 4, 5, 6]);
    expect(sent).toHaveLength(6);
  });

  it("follows the page where it does not name the predicted one, and aborts the predicted ones", async () => {
    const { pager, sent } = listWith("numbered, total known", { prefetch: 3 }, (s) => {
      const { url } = s;
      if (url.search === "?query=q&pageno=3") return hang(s);
      const at = `${url.searchParams.get("query")}/${url.searchParams.get("pageno")}`;
      const to = { "null/null": "?query=q&pageno=2", "q/2": "?query=r&pageno=1", "r/1": "?query=r&pageno=2" }[at];
      return json({ customers: [at], summary: { nextPage: to ?? null, totalPages: to ? 4 : 2 } });
    });
    const read: unknown[] = [];
    const third = () => sent.find(({ url }) => url.search === "?query=q&pageno=3");
    for await (const item of pager) {
      read.push(item);
      if (item === "r/1") expect(third()?.signal.aborted).toBe(true);
    }
    expect(read).toEqual(["null/null", "q/2", "r/1", "r/2"]);
    expect(third()).toBeDefined();
  });

  it("fetches nothing after abandoned pages", async () => {
    for (let ticks = 0; ticks < 60; ticks++) {
      const second = deferred<void>();
      const third = deferred<void>();
      const { pager, sent } = listWith("numbered, total known", { prefetch: 3 }, async (s) => {
        const { search } = s.url;
        const page = (nextPage: string | null) =>
          json({ customers: [search], summary: { nextPage, totalPages: nextPage ? 3 : 1 } });
        if (search === "?pagesize=5") return page("?query=q&pageno=2");
        if (search === "?query=r&pageno=1") return page(null);
        if (search === "?query=q&pageno=4") return hang(s);
        await (search === "?query=q&pageno=2" ? second : third).promise;
        return page(search === "?query=q&pageno=2" ? "?query=r&pageno=1" : "?query=q&pageno=4");
      });
      const reading = (async () => {
        for await (const item of pager) {
          const fourth = sent.find(({ url }) => url.search === "?query=q&pageno=4");
          if (item === "?query=r&pageno=1") expect(fourth?.signal.aborted).not.toBe(false);
        }
      })();
      await flush();
      second.resolve();
      for (let i = 0; i < ticks; i++) await null;
      third.resolve();
      await reading;
    }
  });
});

describe("filters are sent with a token, but not with a query handle", () => {
  it.each([
    {
      style: "token" as const,
      sent: ["?fromDate=2026-01-01", "?fromDate=2026-01-01&pageToken=t1", "?fromDate=2026-01-01&pageToken=t2"],
    },
    { style: "numbered" as const, sent: ["?pagesize=5", "?query=q%201&pageno=2", "?query=q%201&pageno=3"] },
  ])("$style", async ({ style, sent: expected }) => {
    const { pager, sent } = listWith(style, {}, (s) => servePage(style, cut([1, 1, 1]), s));
    await pager.toArray();
    expect(queries(sent)).toEqual(expected);
  });
});

describe("an error of a prefetched page", () => {
  it.each(STYLES)("surfaces when the reader reaches the page: %s", async (style) => {
    const pages = cut([2, 2, 2, 2]);
    const { pager } = listWith(style, { prefetch: 3 }, (s) => {
      const third = s.url.searchParams.get("pageToken") === "t2" || s.url.searchParams.get("pageno") === "3";
      return third ? json({ title: "Broken" }, { status: 500 }) : servePage(style, pages, s);
    });
    const read: unknown[] = [];
    const reading = (async () => {
      for await (const item of pager) {
        read.push(item);
        await flush();
      }
    })();
    expect(await failure(reading, ApiError)).toMatchObject({ status: 500 });
    expect(read).toEqual([1, 2, 3, 4]);
  });

  it("does not surface where the reader stops before it, and is no unhandled rejection", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    for (const style of STYLES) {
      const { pager } = listWith(style, { prefetch: 3 }, (s) =>
        s.url.search.includes("page") && s.url.search !== "?pagesize=5"
          ? status(500)
          : servePage(style, cut([2, 2, 2]), s),
      );
      for await (const item of pager) {
        await flush();
        if (item === 2) break;
      }
    }
    await flush();
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("aborts the pages after it", async () => {
    const { pager, sent } = listWith("numbered, total known", { prefetch: 2 }, async (s) => {
      if (s.url.searchParams.get("pageno") === "2") return status(500);
      return s.url.searchParams.has("pageno") ? hang(s) : servePage("numbered, total known", cut([1, 1, 1, 1]), s);
    });
    await failure(pager.toArray(), ApiError);
    await flush();
    expect(sent.map(({ url, signal }) => [url.searchParams.get("pageno"), signal.aborted])).toEqual([
      [null, false],
      ["2", false],
      ["3", true],
    ]);
  });
});

describe("leaving the loop cancels what is in flight", () => {
  const leave: Record<string, (reading: AsyncIterable<unknown>) => Promise<unknown>> = {
    break: async (reading) => {
      for await (const _ of reading) break;
    },
    throw: async (reading) => {
      for await (const _ of reading) throw new Error("mine");
    },
    return: async (reading) => {
      const iterator = reading[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
    },
  };

  it.each(Object.entries(leave))("by %s", async (_, leaving) => {
    for (const style of STYLES) {
      for (const over of ["items", "pages"]) {
        const { pager, sent } = listWith(style, { prefetch: 3 }, (s) =>
          sent.length === 1 ? servePage(style, cut([2, 2, 2, 2]), s) : hang(s),
        );
        await leaving(over === "items" ? pager : pager.pages()).catch((error: Error) =>
          expect(error.message).toBe("mine"),
        );
        await flush();
        const [first, ...ahead] = sent.map(({ signal }) => signal.aborted);
        expect(first).toBe(false);
        expect(ahead.length).toBe(style === "numbered, total known" ? 3 : 1);
        expect(ahead.every(Boolean)).toBe(true);
      }
    }
  });

  it("at any moment: no request is sent afterwards, none stays in flight", async () => {
    for (let ticks = 0; ticks < 60; ticks++) {
      const second = deferred<Response>();
      const { pager, sent } = listWith("token", { prefetch: 2 }, token("t1"), () => second.promise, hang);
      for await (const _ of pager) {
        await flush();
        second.resolve(token("t2"));
        for (let i = 0; i < ticks; i++) await null;
        break;
      }
      const left = sent.length;
      await flush();
      expect(sent).toHaveLength(left);
      if (left === 3) expect(sent[2]?.signal.aborted).toBe(true);
    }
  });

  it("does not affect another iteration of the same list", async () => {
    const { pager, sent } = listWith("token", {}, async (s) => {
      await flush();
      return servePage("token", cut([1, 1, 1]), s);
    });
    const other = pager.toArray();
    for await (const _ of pager) break;
    expect(await other).toEqual([1, 2, 3]);
    expect(sent.filter(({ signal }) => signal.aborted)).toHaveLength(1);
  });
});

describe("nothing is sent before the list is read", () => {
  it.each(STYLES)("%s", async (style) => {
    const { pager, sent } = listWith(style, {}, (s) => servePage(style, cut([1]), s));
    pager.pages();
    pager[Symbol.asyncIterator]();
    await flush();
    expect(sent).toHaveLength(0);
    await pager.toArray();
    expect(sent).toHaveLength(1);
  });
});

describe("pages() gives items, body and cursor", () => {
  it.each(STYLES)("%s", async (style) => {
    const pages = cut([2, 0, 1]);
    const { pager } = listWith(style, {}, (s) => servePage(style, pages, s));
    const read = await all(pager.pages());
    expect(read.map(({ items }) => items)).toEqual(pages);
    expect(read.map(({ body }) => body)).toEqual(
      await Promise.all(
        [0, 1, 2].map((i) => {
          const search = style === "token" ? (i ? `?pageToken=t${i}` : "") : i ? `?query=q&pageno=${i + 1}` : "";
          return servePage(style, pages, { url: new URL(`https://x.test/${search}`) } as Sent).json();
        }),
      ),
    );
    expect(read.map(({ cursor }) => typeof cursor)).toEqual(["string", "string", "undefined"]);
  });
});

describe("maxItems limits all items", () => {
  it.each([
    { maxItems: 1, requests: 1, pages: [1] },
    { maxItems: 3, requests: 1, pages: [3] },
    { maxItems: 4, requests: 2, pages: [3, 1] },
    { maxItems: 6, requests: 2, pages: [3, 3] },
    { maxItems: 100, requests: 3, pages: [3, 3, 3] },
  ])("$maxItems of 9, three per page: $requests requests with any prefetch", async ({ maxItems, requests, pages }) => {
    for (const style of STYLES) {
      for (const prefetch of [0, 1, 5]) {
        const { pager, sent } = listWith(style, { maxItems, prefetch }, (s) => servePage(style, cut([3, 3, 3]), s));
        const read = await all(pager.pages());
        await flush();
        expect(read.map(({ items }) => items.length)).toEqual(pages);
        expect(sent).toHaveLength(requests);
      }
    }
  });

  it("ends a list before a repeated page", async () => {
    const { pager } = listWith("token", { maxItems: 2 }, token("a"), token("a"));
    expect(await pager.toArray()).toEqual([1, 1]);
  });
});

describe("cursor", () => {
  it.each([
    { style: "token" as const, cursors: ["pageToken=t1", "pageToken=t2", undefined] },
    { style: "numbered" as const, cursors: ["query=q+1&pageno=2", "query=q+1&pageno=3", undefined] },
  ])("$style", async ({ style, cursors }) => {
    const { pager } = listWith(style, {}, (s) => servePage(style, cut([1, 1, 1]), s));
    expect((await all(pager.pages())).map(({ cursor }) => cursor)).toEqual(cursors);
  });

  it("of a page that maxItems cut continues at the cut", async () => {
    for (const style of STYLES) {
      const server: Reply = (s) => servePage(style, cut([3, 3]), s);
      for (const maxItems of [1, 2, 3, 4, 5]) {
        const [page] = (await all(listWith(style, { maxItems }, server).pager.pages())).slice(-1);
        const rest = listWith(style, { cursor: page?.cursor as string }, server);
        expect(await rest.pager.toArray()).toEqual([1, 2, 3, 4, 5, 6].slice(maxItems));
      }
    }
  });

  it.each([
    "",
    "garbage",
    "pageToken=",
    "PageToken=a",
    "pageToken=a&x=1",
    "query=q&pageno=2",
    "pageToken=a&skip=-1",
    "pageToken=a&skip=x",
    "pageToken=a&skip=1.5",
    "skip=0",
    "__proto__=a",
    "https://evil.test/?pageToken=a",
    null,
    7,
    {},
  ])("%j is refused by a cursor list", (cursor) => {
    const { org } = clientWith({});
    const error = thrown(() => org.settlements.list({}, { cursor: cursor as string }), PaginationError);
    expect(error.code).toBe("invalid_cursor");
  });

  it.each(["query=q", "pageno=2", "query=&pageno=2", "pageToken=a", "query=q&pageno=2&pagesize=1"])(
    "%j is refused by a numbered list",
    (cursor) => {
      const { client } = clientWith({});
      thrown(() => client.customers.list({}, { cursor }), PaginationError);
    },
  );
});

describe("for any pages, either style, any prefetch and any order of responses", () => {
  const style = fc.constantFrom(...STYLES);
  const sizes = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 7 });
  const prefetch = fc.nat({ max: 5 });

  it("items are complete, in order and given once, with one request per page", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), style, sizes, prefetch, async (scheduler, style, sizes, prefetch) => {
        const pages = cut(sizes);
        const { pager, sent } = listWith(style, { prefetch }, async (s) => {
          await scheduler.schedule(Promise.resolve(), s.url.search);
          return servePage(style, pages, s);
        });
        expect(await scheduler.waitFor(pager.toArray())).toEqual(pages.flat());
        expect(sent).toHaveLength(pages.length);
        expect(new Set(queries(sent)).size).toBe(pages.length);
      }),
      { numRuns: 60 },
    );
  });

  it("maxItems gives the first items, with no more requests than these and prefetch need", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        style,
        sizes,
        prefetch,
        fc.integer({ min: 1, max: 30 }),
        async (scheduler, style, sizes, prefetch, maxItems) => {
          const pages = cut(sizes);
          const { pager, sent } = listWith(style, { prefetch, maxItems }, async (s) => {
            await scheduler.schedule(Promise.resolve());
            return servePage(style, pages, s);
          });
          expect(await scheduler.waitFor(pager.toArray())).toEqual(pages.flat().slice(0, maxItems));
          let needed = 1;
          while (needed < pages.length && pages.slice(0, needed).flat().length < maxItems) needed++;
          expect(sent.length).toBeLessThanOrEqual(Math.min(needed + prefetch, pages.length));
          if (prefetch === 0) expect(sent).toHaveLength(needed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("the cursor of any page gives exactly the rest", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        style,
        sizes,
        prefetch,
        fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        async (scheduler, style, sizes, prefetch, maxItems) => {
          const server: Reply = async (s) => {
            await scheduler.schedule(Promise.resolve());
            return servePage(style, cut(sizes), s);
          };
          const options = { prefetch, ...(maxItems !== undefined && { maxItems }) };
          const read = await scheduler.waitFor(all(listWith(style, options, server).pager.pages()));
          let seen = 0;
          for (const { items, cursor } of read) {
            seen += items.length;
            const rest = cut(sizes).flat().slice(seen);
            if (cursor === undefined) expect(rest).toEqual([]);
            else
              expect(await scheduler.waitFor(listWith(style, { prefetch, cursor }, server).pager.toArray())).toEqual(
                rest,
              );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("an error of any page follows all items before it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        style,
        sizes,
        prefetch,
        fc.nat(),
        async (scheduler, style, sizes, prefetch, n) => {
          const pages = cut(sizes);
          const broken = n % pages.length;
          const at = style === "token" ? `t${broken}` : String(broken + 1);
          const { pager } = listWith(style, { prefetch }, async (s) => {
            await scheduler.schedule(Promise.resolve());
            const asked = s.url.searchParams.get(style === "token" ? "pageToken" : "pageno");
            return (asked ?? (style === "token" ? "t0" : "1")) === at ? status(500) : servePage(style, pages, s);
          });
          const read: unknown[] = [];
          const reading = (async () => {
            for await (const item of pager) read.push(item);
          })();
          const result = await scheduler.waitFor(reading.catch((error: unknown) => error));
          expect(result).toBeInstanceOf(ApiError);
          expect(read).toEqual(pages.slice(0, broken).flat());
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("for any pages and any server that stops early", () => {
  const setup = {
    sizes: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 7 }),
    prefetch: fc.nat({ max: 5 }),
    /** After which page the server ends the list. */
    last: fc.nat({ max: 6 }),
    /** What the summaries hold. */
    states: fc.record({ totalCount: fc.boolean(), totalPages: fc.boolean() }),
    allowTruncated: fc.boolean(),
    maxItems: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    style: fc.constantFrom(...STYLES),
    /** Requests that fail, by number. */
    broken: fc.option(fc.nat({ max: 8 }), { nil: undefined }),
  };

  it("a list ends complete, or with an error after the last item", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.record(setup), async (scheduler, given) => {
        const { sizes, prefetch, states, allowTruncated, maxItems, style, broken } = given;
        const pages = cut(sizes);
        const served = pages.slice(0, given.last + 1);
        const options = { prefetch, allowTruncated, ...(maxItems !== undefined && { maxItems }) };
        const { pager } = listWith(style, options, async (s) => {
          await scheduler.schedule(Promise.resolve());
          const at = Number(
            s.url.searchParams.get("pageToken")?.slice(1) ?? Number(s.url.searchParams.get("pageno") ?? 1) - 1,
          );
          if (at === broken) return status(500);
          const { summary, ...list } = await servePage(style, served, s).json();
          if (style === "token") return json({ summary, ...list });
          const stated = {
            ...(states.totalCount && { totalCount: pages.flat().length }),
            ...(states.totalPages && { totalPages: pages.length }),
          };
          return json({ ...list, summary: { nextPage: summary.nextPage, ...stated } });
        });
        const { items, error } = await scheduler.waitFor(readUntilError(pager));

        const readable = served.slice(0, broken).flat();
        const expected = readable.slice(0, maxItems);
        expect(items).toEqual(expected);
        // A list of which maxItems are read ends there.
        const isFilled = expected.length === maxItems;
        const fails = !isFilled && broken !== undefined && broken < served.length;
        const isShort =
          style !== "token" &&
          ((states.totalCount && readable.length < pages.flat().length) ||
            (states.totalPages && served.length < pages.length));
        if (fails) expect(error).toBeInstanceOf(ApiError);
        else if (!isFilled && isShort && !allowTruncated) {
          expect(error).toMatchObject({ code: "truncated", read: items.length });
        } else expect(error).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

it("a page is retried as any call is", async () => {
  vi.useFakeTimers();
  const { org, sent } = clientWith({}, token("a"), status(503), token("", [2]));
  expect(await settle(org.settlements.list().toArray())).toEqual([1, 2]);
  expect(sent).toHaveLength(3);
});
