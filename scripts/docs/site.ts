import { Cache } from "./cache.js";
import { fetchText } from "./fetch-text.js";
import { identify, isGuide } from "./page.js";
import type { Progress } from "./progress.js";
import type { Fetched, Gathered } from "./source.js";
import { reasonOf, Unreadable } from "./unreadable.js";

const AT_ONCE = 4;
const MAX_PAGES = 2_000;

/** Reads `/llms.txt` and every page of the same host that it links to. */
export async function readSite(site: URL, cacheFolder: string, progress: Progress): Promise<Gathered> {
  const cache = new Cache(cacheFolder);
  const index = new URL("/llms.txt", site);
  let links: string[];
  try {
    if (!isSafe(site)) throw new Unreadable("not https");
    links = linksIn(new TextDecoder().decode(await fetchText(index, cache)));
    if (links.length === 0) throw new Unreadable("names no page");
    if (links.length > MAX_PAGES) throw new Unreadable(`names more than ${MAX_PAGES} pages`);
  } catch (error) {
    return { pages: [{ name: index.href, reason: reasonOf(error) }] };
  }

  const done = progress.start(links.length);
  const pages = await atOnce(AT_ONCE, links, async (link) => {
    const page = await fetchPage(link, index, cache);
    done(page.name, "reason" in page ? page.reason : undefined);
    return page;
  });
  const ids = new Set(links.flatMap((link) => identify(link).id ?? []));
  return { pages: pages.filter(({ name }) => !isGuide(name)), ids };
}

/** Every link that ends in `.md`, once. */
function linksIn(index: string): string[] {
  return [
    ...new Set(
      [...index.matchAll(/\]\(\s*<?([^\s()<>]+\.md)>?(?:\s+"[^"\n]*")?\s*\)/g)].flatMap(([, link]) => link ?? []),
    ),
  ];
}

async function fetchPage(link: string, index: URL, cache: Cache): Promise<Fetched> {
  if (!URL.canParse(link, index)) return { name: link, reason: "not an address" };
  const address = new URL(link, index);
  const name = address.href;
  if (address.origin !== index.origin) return { name, reason: `on another host: ${address.host}` };
  try {
    return { name, bytes: await fetchText(address, cache) };
  } catch (error) {
    return { name, reason: reasonOf(error) };
  }
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
