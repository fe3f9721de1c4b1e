import { reasonOf, UnreadableError } from "../unreadable-error.js";
import { createFetchDocument, type FetchDocument, type Sleep, UnresponsiveError } from "./fetch-document.js";
import { parsePageName } from "./page.js";
import { ResponseCache } from "./response-cache.js";
import type { Source } from "./source.js";

const MAX_PAGES = 2_000;
/** After as many unresponsive pages the rest is skipped: each takes minutes. */
const MAX_UNRESPONSIVE = 4;

/** Opens a site with every page that its `/llms.txt` links to on the same host, or one page by its URL. */
export async function openSite(site: URL, cacheFolder: string, sleep: Sleep): Promise<Source> {
  if (!isSecure(site)) throw new UnreadableError("not https; plain http is allowed on loopback only");
  const fetchDocument = createFetchDocument(site.origin, new ResponseCache(cacheFolder), sleep);
  let unresponsive = 0;
  const load = async (link: string) => {
    if (!URL.canParse(link)) throw new UnreadableError("not a valid URL");
    const url = new URL(link);
    if (url.origin !== site.origin) throw new UnreadableError(`on another host: ${url.host}`);
    if (unresponsive >= MAX_UNRESPONSIVE) throw new UnreadableError("skipped, because the site stopped responding");
    try {
      return await fetchDocument(url);
    } catch (error) {
      if (error instanceof UnresponsiveError) unresponsive += 1;
      throw error;
    }
  };
  const isPage = site.pathname.endsWith(".md");
  const links = isPage ? [site.href] : await readIndex(new URL("/llms.txt", site), fetchDocument);
  const pages = links.map((link) => ({ name: link, load: () => load(link) }));
  return isPage ? { pages } : { pages, ids: new Set(links.flatMap((link) => parsePageName(link).id ?? [])) };
}

/** A Markdown link that ends in `.md`: bare or in angle brackets, with a title or without. */
const LINK = /\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]*\))+\.md)>?(?:\s+"[^"\n]*")?\s*\)/g;

/** The pages of an index, each once. A link that is no URL stays as it is. */
async function readIndex(index: URL, fetchDocument: FetchDocument): Promise<string[]> {
  const bytes = await fetchDocument(index).catch((error: unknown) => {
    throw new UnreadableError(`${index.pathname}: ${reasonOf(error)}`, { cause: error });
  });
  const links = [...new TextDecoder().decode(bytes).matchAll(LINK)].map(([, link = ""]) =>
    URL.canParse(link, index) ? new URL(link, index).href : link,
  );
  const pages = [...new Set(links)];
  if (pages.length === 0) throw new UnreadableError(`${index.pathname} lists no page: no link in it ends in .md`);
  if (pages.length > MAX_PAGES) throw new UnreadableError(`${index.pathname} lists more than ${MAX_PAGES} pages`);
  return pages;
}

const isSecure = ({ protocol, hostname }: URL) =>
  protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
