export type { OperationName } from "../../generated/schemas.js";
export { matchers } from "./matchers.js";
export { type PayloadOptions, validatePayload } from "./validate-payload.js";
export {
  type Mismatch,
  type ValidateResponsesOptions,
  type ValidatingFetch,
  validateResponses,
} from "./validate-responses.js";
export type { Violation } from "./violation.js";
