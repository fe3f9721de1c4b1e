import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFolder } from "../read/spec-folder.js";
import { type Answer, answerOf, findAnswers } from "./answers.js";
import { missingFromOlderPage } from "./compare-body.js";
import { compareOperation, findSource, statedReason } from "./compare-operation.js";
import { type Confirmation, findConfirmations } from "./confirmations.js";
import type { Difference } from "./difference.js";
import { matchPage, operationPages, type PageMatch } from "./match.js";

/** A page, its operation, and the differences between the two. */
export interface PageComparison {
  page: Page;
  match: PageMatch;
  differences: Difference[];
  /** Explained differences. They do not count. */
  known: { difference: Difference; why: string }[];
  confirmations: Confirmation[];
  /** What the page says beside the contract at places that the spec left open. They do not count. */
  answers: Answer[];
}

export function comparePage(page: Page, specs: SpecFolder): PageComparison {
  const match = matchPage(page, specs);
  const { operation } = match;
  if (!operation) return { page, match, differences: [], known: [], confirmations: [], answers: [] };
  const newer = newerPage(operation, page);
  const all = compareOperation(operation, page)
    .filter((difference) => !(newer && isOlderTitle(difference, operation)))
    .map((difference) => ({ ...difference, ...answerOf(difference, operation) }));
  const known = [
    ...all.flatMap((difference) => {
      const byAge = newer ? explainByAge(difference, newer) : explainByNavigation(difference, operation);
      const why = byAge ?? statedReason(difference, operation);
      return why === undefined ? [] : [{ difference, why }];
    }),
    ...(newer
      ? missingFromOlderPage(operation, page).map((difference) => ({ difference, why: olderThan(newer) }))
      : []),
  ];
  const differences = all.filter((difference) => !known.some((explained) => explained.difference === difference));
  const confirmations = newer ? [] : findConfirmations(operation, page, differences);
  const answers = newer ? [] : findAnswers(operation, page);
  return { page, match, differences, known, confirmations, answers };
}

/** The page that replaced an older one, or the later state of the same page. */
function newerPage(spec: KnownOperation, page: Page): string | undefined {
  const [newest] = operationPages(spec.node);
  const source = findSource(spec, page);
  if (!newest || !source) return undefined;
  const isLater = page.modified !== undefined && page.modified > (newest.modified ?? source.modified ?? "");
  if (source.id !== newest.id) return isLater ? undefined : newest.slug;
  const isStale = page.modified !== undefined && source.modified !== null && page.modified < source.modified;
  return isStale ? `${source.slug} of ${source.modified}` : undefined;
}

const olderThan = (newer: string) => `this page is older than ${newer}`;

/** An older page may lack what newer ones added. What it adds to the spec counts. */
function explainByAge({ kind, page }: Difference, newer: string): string | undefined {
  const lacks = kind.endsWith("removed") || (page === undefined && !kind.endsWith("added"));
  return lacks || kind === "modified" || kind === "tag" ? olderThan(newer) : undefined;
}

/** The spec may have a deprecation from the navigation, which the page does not show. It then says why. */
function explainByNavigation({ kind, page }: Difference, { node }: KnownOperation): string | undefined {
  if (kind !== "deprecated" || page !== "no") return undefined;
  const replacement = node["x-replaced-by"];
  return node["x-deprecated"] ?? (replacement && `it is replaced by ${replacement}`);
}

const isOlderTitle = ({ kind, page }: Difference, { node }: KnownOperation) =>
  kind === "title" && page !== undefined && node["x-older-titles"]?.includes(page) === true;
