import { ApiError } from "../errors.js";
import { describeErrorBody } from "./error-detail.js";
import { toResponse } from "./exchange.js";
import type { PreparedRequest } from "./prepared-request.js";
import type { ReadResponse } from "./read-response.js";
import { parseRetryAfter } from "./retry.js";
import { sentValues } from "./sent-values.js";
import type { TransportConfig } from "./transport.js";

/** The error of a response with an error status. */
export function createApiError(
  { authorization, errorDetail }: TransportConfig,
  request: PreparedRequest,
  { response, data }: ReadResponse,
): ApiError {
  return new ApiError(request.call, toResponse(response), {
    // The token service's may hold a token or the secret.
    body: authorization && data,
    retryAfter: parseRetryAfter(response.headers),
    detail: errorDetail === "none" ? undefined : describeErrorBody(data, sentValues(request)),
  });
}
