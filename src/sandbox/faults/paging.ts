import type { ReceivedRequest } from "../server/responder.js";
import type { SandboxResponse } from "../server/response.js";
import type { OperationInfo } from "../specs/operation-info.js";

/** The query parameters that select a page: by token, or by number. */
const TOKENS = ["PageToken", "pageToken"];
const NUMBER = "pageno";

export const isPaged = ({ query }: OperationInfo): boolean => [...TOKENS, NUMBER].some((name) => query.includes(name));

/** Whether an operation's pages are linked. */
export const hasLinks = ({ query }: OperationInfo): boolean => query.includes(NUMBER);

/** Whether a request is for a page that an earlier response named. */
export const isPageRequest = ({ query }: ReceivedRequest): boolean =>
  [...TOKENS, NUMBER].some((name) => query.get(name));

interface Summary {
  nextPageToken?: string | null;
  nextPage?: string;
  lastPage?: string;
  queryId?: string;
}

function changeSummary(response: SandboxResponse, change: (summary: Summary) => Summary): SandboxResponse {
  const body = response.body as { summary?: Summary } | undefined;
  return body?.summary ? { ...response, body: { ...body, summary: change(body.summary) } } : response;
}

/** Names the requested page as the next page. */
export function repeatedPage(response: SandboxResponse, { query, url }: ReceivedRequest): SandboxResponse {
  const token = TOKENS.map((name) => query.get(name)).find((value) => value !== null);
  return changeSummary(response, (summary) =>
    token !== undefined
      ? { ...summary, nextPageToken: token }
      : { ...summary, nextPage: `${url}?query=${summary.queryId}&${NUMBER}=${query.get(NUMBER)}` },
  );
}

/** Gives an empty string as the next page. */
export const emptyNextPage = (response: SandboxResponse): SandboxResponse =>
  changeSummary(response, (summary) => ({
    ...summary,
    ["nextPageToken" in summary ? "nextPageToken" : "nextPage"]: "",
  }));

/** Points links to other pages at another origin. */
export function foreignLinks(response: SandboxResponse, origin: string): SandboxResponse {
  const move = (link: string) => {
    const { pathname, search } = new URL(link);
    return origin + pathname + search;
  };
  return changeSummary(response, ({ nextPage, lastPage, ...summary }) => ({
    ...summary,
    ...(nextPage && { nextPage: move(nextPage) }),
    ...(lastPage && { lastPage: move(lastPage) }),
  }));
}
