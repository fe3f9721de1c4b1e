import type { Progress } from "../progress.js";
import { reasonOf, Unreadable } from "../unreadable-error.js";
import { fetchText, Unanswered } from "./fetch-document.js";
import { identify, isGuide } from "./page.js";
import { Cache } from "./response-cache.js";
import type { Fetched, Gathered } from "./source.js";

const AT_ONCE = 4;
const MAX_PAGES = 2_000;
/** So many pages without an answer, and the rest is not asked for: each takes minutes to be given up. */
const MAX_UNANSWERED = 4;

/** Reads `/llms.txt` and every page of the same host that it links to; of the address of a page, that page. */
export async function readSite(site: URL, cacheFolder: string, progress: Progress): Promise<Gathered> {
  if (!isSafe(site)) throw new Unreadable("not https; plain http is read from this machine only");
  const cache = new Cache(cacheFolder);
  const isPage = site.pathname.endsWith(".md");
  const links = isPage ? [site.href] : await linksOf(new URL("/llms.txt", site), cache);

  const done = progress.start(links.length);
  let unanswered = 0;
  const fetchPage = async (name: string): Promise<Fetched> => {
    if (!URL.canParse(name)) return { name, reason: "not an address" };
    const address = new URL(name);
    if (address.origin !== site.origin) return { name, reason: `on another host: ${address.host}` };
    if (unanswered >= MAX_UNANSWERED) return { name, reason: "not asked for, as the site has stopped answering" };
    try {
      return { name, bytes: await fetchText(address, cache) };
    } catch (error) {
      if (error instanceof Unanswered) unanswered += 1;
      return { name, reason: reasonOf(error) };
    }
  };
  const pages = await atOnce(AT_ONCE, links, async (link) => {
    const page = await fetchPage(link);
    done(page.name, "reason" in page ? page.reason : undefined);
    return page;
  });
  return isPage ? { pages } : { pages, ids: new Set(links.flatMap((link) => identify(link).id ?? [])) };
}

/** A link in Markdown that ends in `.md`: bare or in angle brackets, with a title or without. */
const LINK = /\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]*\))+\.md)>?(?:\s+"[^"\n]*")?\s*\)/g;

/** The pages of operations that an index names, each once; what is no address stays as it is. */
async function linksOf(index: URL, cache: Cache): Promise<string[]> {
  const read = async () => new TextDecoder().decode(await fetchText(index, cache));
  const text = await read().catch((error: unknown) => {
    throw new Unreadable(`${index.pathname}: ${reasonOf(error)}`, { cause: error });
  });
  const named = [...text.matchAll(LINK)].map(([, link = ""]) =>
    URL.canParse(link, index) ? new URL(link, index).href : link,
  );
  const pages = [...new Set(named)].filter((link) => !isGuide(link));
  if (pages.length === 0) throw new Unreadable(`${index.pathname} names no page: no link in it ends in .md`);
  if (pages.length > MAX_PAGES) throw new Unreadable(`${index.pathname} names more than ${MAX_PAGES} pages`);
  return pages;
}

/** Plain HTTP is for tests on this machine. */
const isSafe = ({ protocol, hostname }: URL) =>
  protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

async function atOnce<T, R>(limit: number, items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
