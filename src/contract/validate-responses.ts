import type { OperationName } from "../../generated/schemas.js";
import { checkFunction, checkNames } from "../http/checks.js";
import type { Fetch } from "../http/exchange.js";
import { notify } from "../http/hooks.js";
import { wrapFetch } from "../http/platform-fetch.js";
import { findOperation } from "../observe/find-operation.js";
import { tapResponse } from "../observe/tap-response.js";
import { checkHead, checkText } from "./check-response.js";
import type { Violation } from "./violation.js";
import { writtenName } from "./written-name.js";

/**
 * A difference between responses and the spec. `rule` is a keyword of JSON Schema, or `operation`, `status`, `contentType`,
 * `body`, `json`. It has no values, neither of the request nor of the response.
 */
export interface Mismatch extends Violation {
  /** Undefined where the specs have no such operation. */
  operation: OperationName | undefined;
  method: string;
  /** The path template. Of an unknown operation the path, with `{}` for every part that may be a value. */
  path: string;
  status: number;
}

export interface ValidateResponsesOptions {
  /** Called for each mismatch of a response. What it throws is logged, and does not fail the call. */
  onMismatch?: (mismatch: Mismatch) => void;
  /** Sends the requests. Default: the platform's `fetch`. */
  fetch?: Fetch;
  /** Whether fields and values that the spec does not name are mismatches. Default false, since the specs are incomplete. */
  strict?: boolean;
}

const OPTIONS = { onMismatch: true, fetch: true, strict: true } satisfies Record<keyof ValidateResponsesOptions, true>;

/** A `fetch` for `new Amili` that compares responses with the specs. */
export interface ValidatingFetch extends Fetch {
  /** The mismatches since the last call: one for each operation, status, place and rule, at most 1000. */
  takeMismatches(): Mismatch[];
}

const MAX_MISMATCHES = 1_000;

/** Bytes; the default of `maxResponseSize`. */
const MAX_BODY = 64 * 1024 * 1024;

/**
 * Creates a `fetch` for `new Amili` that validates every response against the spec. The client gets the response unchanged,
 * whatever is wrong with it. A body is validated when the client has read it; one of more than 64 MiB is not.
 *
 * @throws {ConfigurationError} when an option is invalid
 */
export function validateResponses(options: ValidateResponsesOptions = {}): ValidatingFetch {
  checkNames("The options", options, OPTIONS);
  const { onMismatch, fetch: inner, strict = false } = options;
  if (onMismatch !== undefined) checkFunction("onMismatch", onMismatch);
  if (inner !== undefined) checkFunction("fetch", inner);
  const collected = new Map<string, Mismatch>();

  const report = (mismatch: Mismatch) => {
    const { count, ...place } = mismatch;
    const key = JSON.stringify(place);
    const known = collected.get(key);
    if (known) known.count += count;
    else if (collected.size < MAX_MISMATCHES) collected.set(key, { ...mismatch });
    notify(onMismatch, mismatch);
  };

  const fetch = wrapFetch(inner, (send) => async (url, init) => {
    const response = await send(url, init);
    const { method = "GET" } = init;
    const { status } = response;
    const target = new URL(url);
    const found = findOperation(method, target);
    const operation = found?.key as OperationName | undefined;
    const path = found?.operation.path ?? target.pathname.replace(/[^/]+/g, writtenName);
    const reportAll = (violations: Violation[]) => {
      for (const violation of violations) report({ operation, method, path, status, ...violation });
    };
    const { violations, schema } = checkHead(operation, response);
    reportAll(violations);
    if (!schema) return response;
    return tapResponse(response, MAX_BODY, (body) => {
      if (typeof body === "object") reportAll(checkText(schema, textOf(body.bytes), strict));
    });
  });
  return Object.assign(fetch, {
    takeMismatches() {
      const taken = [...collected.values()];
      collected.clear();
      return taken;
    },
  });
}

function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}
