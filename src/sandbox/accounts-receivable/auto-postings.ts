import type { ArItem } from "../../../generated/accounts-receivable.js";
import type { SandboxAnswer } from "../answer.js";
import { cents, isAmount } from "../data/money.js";
import type { Client } from "./client.js";
import { settle } from "./documents.js";
import type { GlAccount } from "./gl-accounts.js";

// Documented: a call is all or nothing, what falls with others is BATCH-REJECTED, and a posting may be tagged
// validateOnly. The methods and the fields are the sandbox's own.

/** Each method by the account that a settled item's amount goes to. */
const METHODS = new Map<string, GlAccount>([
  ["payment", "bank"],
  ["writeoff", "losses"],
]);

interface Posting {
  arItemId?: unknown;
  documentNo?: unknown;
  kid?: unknown;
  amount?: unknown;
  options?: { validateOnly?: unknown };
}

/** The AR item that a posting names. */
function itemIndex(client: Client, { arItemId, documentNo, kid }: Posting): number {
  if (arItemId !== undefined) return client.itemIndex(arItemId);
  if (documentNo !== undefined) return client.documentIndex(documentNo);
  return kid === undefined ? -1 : client.itemIndexOfKid(String(kid));
}

/** Why a posting cannot be made after those before it, which have taken `taken` of its item. */
function faultOf(client: Client, index: number, { amount }: Posting, taken: number): string | undefined {
  if (index === -1) return "arItemId, documentNo or kid must name an AR item.";
  if (!isAmount(amount) || amount < 0) return "amount must be above 0.";
  const balance = cents((client.items.at(index) as ArItem).glBalance ?? 0) - taken;
  return cents(amount) > balance ? "amount is more than remains of the AR item." : undefined;
}

/** Carries out all postings of a call, or none. */
export function autoPost(client: Client, method: string, given: unknown): SandboxAnswer {
  const account = METHODS.get(method.toLowerCase());
  const postings: Posting[] = Array.isArray(given) ? given : [];
  if (!account || postings.length === 0) {
    const message = account
      ? "autoPostings must be a list with at least one posting."
      : `The sandbox knows the methods ${[...METHODS.keys()].join(" and ")}.`;
    return { status: 422, body: { status: "FAILED", message, autoPostings: [] } };
  }
  const taken = new Map<number, number>();
  const checked = postings.map((posting) => {
    const index = itemIndex(client, posting ?? {});
    const fault = faultOf(client, index, posting ?? {}, taken.get(index) ?? 0);
    const of = fault === undefined ? cents(Number(posting.amount)) : 0;
    taken.set(index, (taken.get(index) ?? 0) + of);
    return { index, fault, cents: of };
  });
  const failed = checked.some(({ fault }) => fault !== undefined);
  const validateOnly = postings.some((posting) => posting?.options?.validateOnly === true);
  if (!failed && !validateOnly) {
    for (const { index, cents: of } of checked) {
      const { arItemId } = client.items.at(index) as ArItem;
      settle(client, index, of);
      const lines: [GlAccount, number][] = [
        [account, of],
        ["receivables", -of],
      ];
      client.ledger.post(lines, { day: client.today(), arItemId, text: method });
    }
  }
  const resultType = (fault: string | undefined) =>
    fault !== undefined ? "FAILED" : failed ? "BATCH-REJECTED" : validateOnly ? "VALIDATED" : "CREATED";
  return {
    status: failed ? 422 : 200,
    body: {
      status: failed ? "FAILED" : "PROCESSED",
      autoPostings: checked.map(({ fault }, index) => ({
        index,
        resultType: resultType(fault),
        ...(fault !== undefined && { message: fault }),
      })),
    },
  };
}
