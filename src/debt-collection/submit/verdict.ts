import { AmiliError, ApiError, AuthenticationError, ConnectionError, TimeoutError } from "../../errors.js";
import { isConnectFailure } from "../../http/retry.js";

/** What a failed request says of its items. */
export type Verdict = "refused" | "not taken" | "unclear" | "end";

/** The statuses that speak of the items; with others, all further items would meet the same. */
const REFUSALS = new Set([400, 409, 413, 422]);

/** How often in a row a token may be refused before the run ends: services that hand them out stumble, too. */
const REFUSED_TOKENS = 5;

/**
 * @param error what came in place of a batch; `undefined` for an answer that named none
 * @param refusedTokens how many tokens in a row were refused, this one included
 */
export function verdictOn(error: unknown, refusedTokens: number): Verdict {
  if (error instanceof AuthenticationError) return refusedTokens <= REFUSED_TOKENS ? "not taken" : "end";
  if (error instanceof ConnectionError) return isConnectFailure(error.cause) ? "not taken" : "unclear";
  if (error instanceof TimeoutError || error === undefined) return "unclear";
  if (!(error instanceof ApiError)) return "end";
  const { status, retryAfter } = error;
  if (status === 429 || (status === 503 && retryAfter !== undefined)) return "not taken";
  if (REFUSALS.has(status)) return "refused";
  // 499: whoever stands before the API says that the caller went away.
  return status >= 500 || status === 408 || status === 499 ? "unclear" : "end";
}

/** Whether an error that is no `unclear` one shows that nothing was taken. */
export function surelyNotTaken(error: unknown): boolean {
  return error instanceof ApiError ? error.status >= 400 : error instanceof AmiliError;
}
