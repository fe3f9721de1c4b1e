import { problem, type SandboxAnswer } from "../answer.js";
import type { Call, Exchange } from "../exchange.js";
import type { Tokens } from "../identity/tokens.js";
import type { KnownOperation } from "../operation.js";
import { wait } from "../wait.js";
import { foreignLinks, hasLinks, isPaged, isPageRequest, namelessPage, repeatedPage } from "./paging.js";
import { origin, type Parameter, text, whole } from "./parameters.js";

/** A fault, by its kind and the parameters of that. */
export type Fault =
  /** Answers a status, and does nothing. */
  | { kind: "status"; status: number; retryAfter?: string | number }
  /** Does the work and keeps the answer back. */
  | { kind: "delay"; ms: number }
  /** Closes the connection, and does nothing. */
  | { kind: "close-before" }
  /** Closes the connection and does the work nevertheless, `ms` later (default 0). */
  | { kind: "close-during"; ms?: number }
  /** Does the work and closes the connection in place of an answer. */
  | { kind: "close-after" }
  /** Does the work and closes the connection in the middle of the answer. */
  | { kind: "cut-off" }
  /** Does the work and answers the first half of the JSON, as if that were all. */
  | { kind: "truncated-json" }
  /** Does the work and answers what no parser takes. */
  | { kind: "invalid-json" }
  /** Does the work and answers with its status and no body. */
  | { kind: "empty-body" }
  /** Does the work and answers it under another media type (default `text/html`). */
  | { kind: "content-type"; type?: string }
  /** Answers 401 although the token is good, and stays so. */
  | { kind: "token-refused" }
  /** Ends the token before its time: the one that came with the request, or the one that is being given. */
  | { kind: "token-ended" }
  /** Names the page that was asked for as the next one. */
  | { kind: "duplicate-page-token" }
  /** Names the next page by an empty text. */
  | { kind: "empty-page-token" }
  /** Lets the links to other pages lead to another host (default `https://foreign.invalid`). */
  | { kind: "foreign-link"; host?: string }
  /** Takes the batch and leaves it `QUEUED`, for `ms` longer or for good. */
  | { kind: "stuck-batch"; ms?: number };

export type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { kind: Kind }>;

interface FaultKind<F extends Fault> {
  /** The parameters; the first one may stand right after the kind in a text. */
  parameters: { [Name in Exclude<keyof F, "kind"> & string]: { read: Parameter; required?: true } };
  /** Which operations it can befall. Default: all. */
  fits?(operation: KnownOperation): boolean;
  /** Which requests of these it can befall. Others are not counted. Default: all. */
  meets?(call: Call): boolean;
  inject(exchange: Exchange, fault: F, tokens: Tokens): void | Promise<void>;
}

/** The longest that a fault can take, in ms. */
const LONGEST = 3_600_000;

const ms = { read: whole(0, LONGEST) };

/** A kind that does the work and changes what is sent of it. */
const answered = (send: (exchange: Exchange, answer: SandboxAnswer) => void): FaultKind<never> => ({
  parameters: {},
  inject: async (exchange) => send(exchange, await exchange.work()),
});

const jsonOf = ({ body }: SandboxAnswer): string => JSON.stringify(body) ?? "";

const BATCH_WRITE = /^(create(Invoices|Payments|Corrections)|(create|update)(Customers|Documents)Batch)$/;

export const FAULT_KINDS: { [Kind in Fault["kind"]]: FaultKind<FaultOf<Kind>> } = {
  status: {
    parameters: { status: { read: whole(200, 599), required: true }, retryAfter: { read: text } },
    inject: (exchange, { status, retryAfter }) =>
      exchange.send({
        ...problem(status, "A fault that was asked for."),
        ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }),
      }),
  },
  delay: {
    parameters: { ms: { ...ms, required: true } },
    inject: async (exchange, fault) => {
      const answer = await exchange.work();
      await wait(fault.ms);
      exchange.send(answer);
    },
  },
  "close-before": { parameters: {}, inject: (exchange) => exchange.close() },
  "close-during": {
    parameters: { ms },
    inject: async (exchange, fault) => {
      exchange.close();
      if (fault.ms) await wait(fault.ms);
      await exchange.work();
    },
  },
  "close-after": answered((exchange) => exchange.close()),
  "cut-off": answered((exchange, answer) => {
    const json = jsonOf(answer);
    exchange.sendPart(answer.status, json || " ", Math.floor(json.length / 2));
  }),
  "truncated-json": answered((exchange, answer) => {
    const json = jsonOf(answer);
    exchange.sendText(answer.status, json.slice(0, Math.ceil(json.length / 2)));
  }),
  "invalid-json": answered((exchange, answer) => exchange.sendText(answer.status, `${jsonOf(answer)}}{`)),
  "empty-body": answered((exchange, { status }) => exchange.sendText(status)),
  "content-type": {
    parameters: { type: { read: text } },
    inject: async (exchange, { type = "text/html" }) => {
      const answer = await exchange.work();
      exchange.sendText(answer.status, jsonOf(answer), { "content-type": type });
    },
  },
  "token-refused": {
    parameters: {},
    inject: (exchange) => exchange.send(problem(401, "The token was refused, as was asked for.")),
  },
  "token-ended": {
    parameters: {},
    meets: ({ token, operation }) => token !== undefined || operation?.operationId === "createToken",
    inject: async (exchange, _, tokens) => {
      if (exchange.call.token !== undefined) tokens.end(exchange.call.token);
      const answer = await exchange.work();
      const { access_token } = (answer.body ?? {}) as { access_token?: string };
      if (access_token !== undefined) tokens.end(access_token);
      exchange.send(answer);
    },
  },
  "duplicate-page-token": {
    parameters: {},
    fits: isPaged,
    meets: isPageRequest,
    inject: async (exchange) => exchange.send(repeatedPage(await exchange.work(), exchange.call)),
  },
  "empty-page-token": {
    parameters: {},
    fits: isPaged,
    inject: async (exchange) => exchange.send(namelessPage(await exchange.work())),
  },
  "foreign-link": {
    parameters: { host: { read: origin } },
    fits: hasLinks,
    inject: async (exchange, { host = "https://foreign.invalid" }) =>
      exchange.send(foreignLinks(await exchange.work(), host)),
  },
  "stuck-batch": {
    parameters: { ms },
    fits: ({ operationId }) => BATCH_WRITE.test(operationId),
    inject: async (exchange, fault) => {
      exchange.queued = fault.ms ?? Number.POSITIVE_INFINITY;
      exchange.send(await exchange.work());
    },
  },
};
