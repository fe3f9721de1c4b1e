import type { ArItem } from "../../../generated/accounts-receivable.js";
import { cents, isAmount } from "../data/money.js";
import type { SandboxRequest } from "../server/operation.js";
import { HttpError, type SandboxResponse } from "../server/response.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import { settle } from "./documents.js";

// Documented: a call is all or nothing, a valid posting of a failed call is BATCH-REJECTED, and a posting may have the
// option validateOnly. The method and the fields are the sandbox's own.

interface Posting {
  arItemId?: unknown;
  documentNo?: unknown;
  kid?: unknown;
  amount?: unknown;
  options?: { validateOnly?: unknown };
}

export const autoPostingOperations = (clients: Clients) => ({
  createAutoPostings: (request: SandboxRequest) => {
    const { autoPostings } = request.body as { autoPostings?: unknown };
    if (String(request.path.autopostingmethod).toLowerCase() !== "payment") {
      throw new HttpError(422, "The sandbox supports the method payment only.");
    }
    if (!Array.isArray(autoPostings) || autoPostings.length === 0) {
      throw new HttpError(422, "autoPostings must be a list with at least one posting.");
    }
    return postAll(clients.of(request), autoPostings);
  },
});

/** The index of the AR item that a posting names. */
function itemIndexOf(client: Client, { arItemId, documentNo, kid }: Posting): number {
  if (arItemId !== undefined) return client.itemIndex(arItemId);
  if (documentNo !== undefined) return client.documentIndex(documentNo);
  return kid === undefined ? -1 : client.itemIndexOfKid(kid);
}

/** Why a posting is invalid, if earlier postings of the call settle `settled` hundredths of its item. */
function errorOf(item: ArItem | undefined, { amount }: Posting, settled: number): string | undefined {
  if (!item) return "arItemId, documentNo or kid must name an AR item.";
  if (!isAmount(amount) || amount < 0) return "amount must be above 0.";
  const balance = cents(item.glBalance ?? 0) - settled;
  return cents(amount) > balance ? "amount is more than the balance of the AR item." : undefined;
}

/** Posts all payments of a call, or none. */
function postAll(client: Client, postings: Posting[]): SandboxResponse {
  const settled = new Map<number, number>();
  const checked = postings.map((posting) => {
    const index = itemIndexOf(client, posting ?? {});
    const before = settled.get(index) ?? 0;
    const error = errorOf(client.items.at(index), posting ?? {}, before);
    const hundredths = error === undefined ? cents(Number(posting.amount)) : 0;
    settled.set(index, before + hundredths);
    return { index, error, hundredths };
  });
  const isFailed = checked.some(({ error }) => error !== undefined);
  const isValidateOnly = postings.some((posting) => posting?.options?.validateOnly === true);
  if (!isFailed && !isValidateOnly) {
    for (const { index, hundredths } of checked) {
      settle(client, index, hundredths);
      client.ledger.postPayment(hundredths, client.today(), client.items.at(index)?.arItemId);
    }
  }
  const validResult = isFailed ? "BATCH-REJECTED" : isValidateOnly ? "VALIDATED" : "CREATED";
  return {
    status: isFailed ? 422 : 200,
    body: {
      status: isFailed ? "FAILED" : "PROCESSED",
      ...(isFailed && { message: "A posting is invalid; none was processed." }),
      autoPostings: checked.map(({ error }, index) => ({
        index,
        ...(error === undefined ? { resultType: validResult } : { resultType: "FAILED", message: error }),
      })),
    },
  };
}
