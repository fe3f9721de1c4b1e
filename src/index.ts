export type { Client as RawClient, FetchResponse as RawResponse } from "openapi-fetch";
export type { InferredOperationId } from "../generated/inferred-operations.js";
// From the entry points, so that a consumer's declarations can name every type by them.
export type { AccountsReceivable } from "./accounts-receivable/index.js";
export { additional, type DocumentedOnly, type UndocumentedFields } from "./additional.js";
export { Amili } from "./amili.js";
export type { AutoCollectLegacy } from "./autocollect-legacy/index.js";
export type { Call, CallInfo, CallOptions, WithResponse } from "./call.js";
export type { WaitOptions } from "./debt-collection/batches.js";
export type { DebtCollection } from "./debt-collection/index.js";
export type { Resubmit } from "./debt-collection/submit/input.js";
export type { Journal, JournalOwner, JournalRecord, SharedJournal } from "./debt-collection/submit/journal.js";
export type { SubmitOptions } from "./debt-collection/submit/options.js";
export type { Accepted, Exists, Outcome, Rejected, Summary, Unknown } from "./debt-collection/submit/outcome.js";
export type { Progress } from "./debt-collection/submit/progress.js";
export type { Submission } from "./debt-collection/submit/submission.js";
export type { DistributionInvoice, DistributionPartner } from "./distribution/index.js";
export type { Distribution } from "./distribution.js";
export {
  AmiliError,
  ApiError,
  AuthenticationError,
  BatchError,
  ConfigurationError,
  ConnectionError,
  type ErrorCode,
  InferredOperationError,
  PaginationError,
  TimeoutError,
} from "./errors.js";
export type { Auth } from "./http/auth.js";
export type { Fetch } from "./http/exchange.js";
export type {
  CallEndEvent,
  CallStartEvent,
  Hooks,
  LimiterErrorEvent,
  RequestErrorEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TokenEvent,
} from "./http/hooks.js";
export type { Limiter } from "./http/limiter.js";
export type { TokenStore } from "./http/token-store.js";
export type { AccessToken } from "./http/tokens.js";
export type { Environment } from "./http/transport.js";
export type { Identity } from "./identity/index.js";
export type { AmiliOptions, AuthByApi, BaseUrls } from "./options.js";
export type { ListOptions, Page, Pager } from "./pagination.js";
