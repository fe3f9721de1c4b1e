import type { SandboxAnswer } from "../answer.js";
import type { Call } from "../exchange.js";

/** The names under which a later page is asked for. */
const TOKENS = ["PageToken", "pageToken"];

/** Whether a request asks for a page that an answer named. */
export const isPageRequest = ({ query }: Call): boolean => [...TOKENS, "pageno"].some((name) => query.has(name));

interface Summary {
  nextPageToken?: string | null;
  nextPage?: string;
  lastPage?: string;
}

function withSummary(answer: SandboxAnswer, change: (summary: Summary) => Summary): SandboxAnswer {
  const body = answer.body as { summary?: Summary } | undefined;
  return body?.summary ? { ...answer, body: { ...body, summary: change(body.summary) } } : answer;
}

/** An answer whose next page is the one that was asked for, or has an empty name. */
export function badPageToken(answer: SandboxAnswer, { query }: Call, how: "same" | "empty"): SandboxAnswer {
  const token = TOKENS.map((name) => query.get(name)).find((value) => value !== null);
  return withSummary(answer, (summary) => {
    if ("nextPageToken" in summary) return { ...summary, nextPageToken: how === "same" ? (token ?? "") : "" };
    const link = summary.nextPage ?? summary.lastPage;
    if (how === "empty") return { ...summary, nextPage: "" };
    if (!link) return summary;
    const same = new URL(link);
    same.searchParams.set("pageno", query.get("pageno") ?? "1");
    return { ...summary, nextPage: same.href };
  });
}

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
