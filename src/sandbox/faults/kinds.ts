import { setTimeout } from "node:timers/promises";
import type { Tokens } from "../identity/tokens.js";
import type { ReceivedRequest, Responder } from "../server/responder.js";
import { HttpError, type SandboxResponse } from "../server/response.js";
import type { OperationInfo } from "../specs/operation-info.js";
import { emptyNextPage, foreignLinks, hasLinks, isPaged, isPageRequest, repeatedPage } from "./paging.js";
import { integer, origin, type Parameter, text } from "./parameters.js";

/** A fault: its kind and the parameters of that kind. */
export type Fault =
  /** Responds with a status without processing the request. */
  | { kind: "status"; status: number; retryAfter?: string | number }
  /** Processes the request and delays the response. */
  | { kind: "delay"; ms: number }
  /** Closes the connection without processing the request. */
  | { kind: "close-before" }
  /** Closes the connection and processes the request `ms` later (default 0). */
  | { kind: "close-during"; ms?: number }
  /** Processes the request and closes the connection without a response. */
  | { kind: "close-after" }
  /** Processes the request and closes the connection in the middle of the response. */
  | { kind: "cut-off" }
  /** Processes the request and responds with the first half of the JSON, as a complete body. */
  | { kind: "truncated-json" }
  /** Processes the request and responds with invalid JSON. */
  | { kind: "invalid-json" }
  /** Processes the request and responds with its status and no body. */
  | { kind: "empty-body" }
  /** Processes the request and responds with another media type (default `text/html`). */
  | { kind: "content-type"; type?: string }
  /** Responds with 401 although the token is valid; the token stays valid. */
  | { kind: "token-refused" }
  /** Expires a token early: the one sent with the request, or the one that is issued. */
  | { kind: "token-ended" }
  /** Names the requested page as the next page. */
  | { kind: "duplicate-page-token" }
  /** Gives an empty string as the next page. */
  | { kind: "empty-page-token" }
  /** Points links to other pages at another host (default `https://foreign.invalid`). */
  | { kind: "foreign-link"; host?: string }
  /** Accepts the batch and leaves it `QUEUED`, for `ms` or forever. */
  | { kind: "stuck-batch"; ms?: number };

export type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { kind: Kind }>;

interface FaultKind<F extends Fault> {
  /** The parameters; default: none. The first one may follow the kind directly in text. */
  parameters?: { [Name in Exclude<keyof F, "kind"> & string]: { parse: Parameter; required?: true } };
  /** The operations that can get the fault. Default: all. */
  supports?(operation: OperationInfo): boolean;
  /** The requests of these operations that can get it; others are not counted. Default: all. */
  matches?(request: ReceivedRequest): boolean;
  inject(responder: Responder, fault: F, tokens: Tokens): void | Promise<void>;
}

/** The longest duration of a fault, in ms. */
const MAX_DURATION = 3_600_000;

const ms = { parse: integer(0, MAX_DURATION) };

const wait = (duration: number) => setTimeout(duration, undefined, { ref: false });

/** A kind that processes the request and changes what is sent. */
const afterProcessing = (send: (responder: Responder, response: SandboxResponse) => void): FaultKind<never> => ({
  inject: async (responder) => send(responder, await responder.process()),
});

const jsonOf = ({ body }: SandboxResponse): string => JSON.stringify(body) ?? "";

const BATCH_WRITE = /^(create(Invoices|Payments|Corrections)|(create|update)(Customers|Documents)Batch)$/;

export const FAULT_KINDS: { [Kind in Fault["kind"]]: FaultKind<FaultOf<Kind>> } = {
  status: {
    parameters: { status: { parse: integer(200, 599), required: true }, retryAfter: { parse: text } },
    inject: (responder, { status, retryAfter }) =>
      responder.send({
        ...new HttpError(status, "An injected fault.").response,
        ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }),
      }),
  },
  delay: {
    parameters: { ms: { ...ms, required: true } },
    inject: async (responder, fault) => {
      const response = await responder.process();
      await wait(fault.ms);
      responder.send(response);
    },
  },
  "close-before": { inject: (responder) => responder.close() },
  "close-during": {
    parameters: { ms },
    inject: async (responder, fault) => {
      responder.close();
      if (fault.ms) await wait(fault.ms);
      await responder.process();
    },
  },
  "close-after": afterProcessing((responder) => responder.close()),
  "cut-off": afterProcessing((responder, response) => {
    const json = jsonOf(response);
    responder.sendPart(response.status, json || " ", Math.floor(json.length / 2));
  }),
  "truncated-json": afterProcessing((responder, response) => {
    const json = jsonOf(response);
    responder.sendText(response.status, json.slice(0, Math.ceil(json.length / 2)));
  }),
  "invalid-json": afterProcessing((responder, response) =>
    responder.sendText(response.status, `${jsonOf(response)}}{`),
  ),
  "empty-body": afterProcessing((responder, { status }) => responder.sendText(status)),
  "content-type": {
    parameters: { type: { parse: text } },
    inject: async (responder, { type = "text/html" }) => {
      const response = await responder.process();
      responder.sendText(response.status, jsonOf(response), { "content-type": type });
    },
  },
  "token-refused": {
    inject: (responder) => responder.send(new HttpError(401, "An injected fault.").response),
  },
  "token-ended": {
    matches: ({ token, operation }) => token !== undefined || operation?.operationId === "createToken",
    inject: async (responder, _, tokens) => {
      if (responder.request.token !== undefined) tokens.revoke(responder.request.token);
      const response = await responder.process();
      const { access_token } = (response.body ?? {}) as { access_token?: string };
      if (access_token !== undefined) tokens.revoke(access_token);
      responder.send(response);
    },
  },
  "duplicate-page-token": {
    supports: isPaged,
    matches: isPageRequest,
    inject: async (responder) => responder.send(repeatedPage(await responder.process(), responder.request)),
  },
  "empty-page-token": {
    supports: isPaged,
    inject: async (responder) => responder.send(emptyNextPage(await responder.process())),
  },
  "foreign-link": {
    parameters: { host: { parse: origin } },
    supports: hasLinks,
    inject: async (responder, { host = "https://foreign.invalid" }) =>
      responder.send(foreignLinks(await responder.process(), host)),
  },
  "stuck-batch": {
    parameters: { ms },
    supports: ({ operationId }) => BATCH_WRITE.test(operationId),
    inject: async (responder, fault) => {
      responder.batchDelay = fault.ms ?? Number.POSITIVE_INFINITY;
      responder.send(await responder.process());
    },
  },
};

export const isKind = (kind: unknown): kind is Fault["kind"] => Object.hasOwn(FAULT_KINDS, String(kind));

/** The parameters of a kind by name. */
export const parametersOf = (kind: Fault["kind"]): Record<string, { parse: Parameter; required?: true }> =>
  FAULT_KINDS[kind].parameters ?? {};
