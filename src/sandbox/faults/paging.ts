import type { SandboxAnswer } from "../answer.js";
import type { Call } from "../exchange.js";
import type { KnownOperation } from "../operation.js";

/** The names under which a later page is asked for: by a token, or by its number. */
const TOKENS = ["PageToken", "pageToken"];
const NUMBER = "pageno";

const takes = ({ query }: KnownOperation, names: string[]): boolean => names.some((name) => query.includes(name));

/** Whether an operation's answers come in pages. */
export const isPaged = (operation: KnownOperation): boolean => takes(operation, [...TOKENS, NUMBER]);

/** Whether its answers name other pages by links. */
export const hasLinks = (operation: KnownOperation): boolean => takes(operation, [NUMBER]);

/** Whether a request asks for a page that an answer named. */
export const isPageRequest = ({ query }: Call): boolean => [...TOKENS, NUMBER].some((name) => query.get(name));

interface Summary {
  nextPageToken?: string | null;
  nextPage?: string;
  lastPage?: string;
  queryId?: string;
}

function withSummary(answer: SandboxAnswer, change: (summary: Summary) => Summary): SandboxAnswer {
  const body = answer.body as { summary?: Summary } | undefined;
  return body?.summary ? { ...answer, body: { ...body, summary: change(body.summary) } } : answer;
}

/** An answer whose next page is the one that was asked for. */
export function repeatedPage(answer: SandboxAnswer, { query, address }: Call): SandboxAnswer {
  const token = TOKENS.map((name) => query.get(name)).find((value) => value !== null);
  return withSummary(answer, (summary) =>
    token !== undefined
      ? { ...summary, nextPageToken: token }
      : { ...summary, nextPage: `${address}?query=${summary.queryId}&${NUMBER}=${query.get(NUMBER)}` },
  );
}

/** An answer whose next page has an empty name. */
export const namelessPage = (answer: SandboxAnswer): SandboxAnswer =>
  withSummary(answer, (summary) => ({ ...summary, ["nextPageToken" in summary ? "nextPageToken" : "nextPage"]: "" }));

/** An answer whose links to pages lead elsewhere, with what they ask for as it was. */
export function foreignLinks(answer: SandboxAnswer, origin: string): SandboxAnswer {
  const moved = (link: string) => {
    const { pathname, search } = new URL(link);
    return origin + pathname + search;
  };
  return withSummary(answer, ({ nextPage, lastPage, ...summary }) => ({
    ...summary,
    ...(nextPage && { nextPage: moved(nextPage) }),
    ...(lastPage && { lastPage: moved(lastPage) }),
  }));
}
