import type { AuthByApi } from "../options.js";
import { createAccountsReceivable } from "./accounts-receivable/index.js";
import { createAutoCollectLegacy } from "./autocollect-legacy/index.js";
import { createDebtCollection } from "./debt-collection/index.js";
import { createDistributionInvoice } from "./distribution-invoice/index.js";
import { Faults } from "./faults/faults.js";
import { CREDENTIALS, createIdentity } from "./identity/index.js";
import { Tokens } from "./identity/tokens.js";
import { checkOptions, type SandboxOptions } from "./options.js";
import { createPages } from "./pages/index.js";
import type { SandboxState } from "./pages/state.js";
import type { SandboxContext } from "./server/context.js";
import { createHandler } from "./server/handler.js";
import { listen } from "./server/listen.js";
import type { SandboxApi } from "./server/operation.js";
import { RequestLog, type RequestRecord } from "./server/request-log.js";
import { Scheduler } from "./server/scheduler.js";
import { type Delivery, WebhookSender } from "./server/webhooks.js";
import { API_NAMES, APIS, type ApiName } from "./specs/apis.js";
import { type Backend, loadBackends } from "./specs/backend.js";
import { examplesOf } from "./specs/examples.js";

declare global {
  // As in newer versions of TypeScript's lib, for programs that are compiled without it.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** A running sandbox. It can be declared with `await using`. */
export interface Sandbox {
  url: string;
  /** For the option `baseUrls` of `Amili`. */
  baseUrls: Record<ApiName, string>;
  /** For the options `clientId` and `clientSecret` of `Amili`. */
  credentials: { clientId: string; clientSecret: string };
  /** For the option `auth` of `Amili`, which the AutoCollect Legacy and Distribution APIs need. */
  auth: Required<Pick<AuthByApi, "autoCollectLegacy" | "distributionInvoice">>;
  /** The faults in force. They can be changed at any time. */
  faults: Faults;
  /** The last requests, the oldest first. */
  requests: readonly RequestRecord[];
  /** The last webhooks, the oldest first. */
  deliveries: readonly Delivery[];
  state(): SandboxState;
  /** Revokes all tokens, so that the next call with one gets a 401. */
  revokeTokens(): void;
  /** Runs what is due by the clock, and resolves when its webhooks were sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
  /** Same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a local server that simulates Amili's APIs as far as documented, keeps state and injects faults. Every request is
 * validated against the specs; an invalid one gets a 400 with a list of errors.
 *
 * @throws {ConfigurationError} when an option is invalid
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port, seed, size, now, batchTime, uniqueInvoices, ...checked } = checkOptions(options);
  const backends = await loadBackends();
  const scheduler = new Scheduler(now);
  const tokens = new Tokens(seed, checked.tokenLifetime, now);
  const known = Object.values(backends).flatMap(({ operations }) => operations);
  const faults = new Faults(seed, tokens, known, checked.faults);
  const log = new RequestLog(checked.requestsKept);
  const webhooks = new WebhookSender(checked.webhook, seed, scheduler, now);
  const context: SandboxContext = {
    seed,
    size,
    now,
    scheduler,
    batchTime,
    uniqueInvoices,
    examples: (api, operationId) => examplesOf(backends[api].backend, operationId),
    emit: (event) => webhooks.emit(event),
  };
  const apis: Record<ApiName, SandboxApi> = {
    identity: createIdentity(context, tokens),
    debtCollection: createDebtCollection(context),
    accountsReceivable: createAccountsReceivable(context, customerFieldsOf(backends.accountsReceivable)),
    autoCollectLegacy: createAutoCollectLegacy(context),
    distributionInvoice: createDistributionInvoice(context),
  };

  const state = (): SandboxState => ({
    now: new Date(now()).toISOString(),
    seed,
    size,
    requestCount: log.count,
    requests: log.records,
    faults: faults.inForce,
    deliveries: webhooks.deliveries,
    counts: Object.assign({ queued: scheduler.length }, ...Object.values(apis).map((api) => api.counts())),
  });
  const url = () => server.url;
  const pages = createPages({ state, url });
  const { latency, strict, cors, onRequest } = checked;
  const parts = { backends, apis, tokens, faults, log, scheduler, pages };
  const handler = createHandler({ ...parts, latency, strict, cors, now, onRequest, url });
  const server = await listen(port, handler);
  const close = async () => {
    scheduler.close();
    webhooks.close();
    await server.close();
  };
  return {
    url: server.url,
    baseUrls: Object.fromEntries(API_NAMES.map((api) => [api, server.url + APIS[api].root])) as Sandbox["baseUrls"],
    credentials: { ...CREDENTIALS },
    auth: {
      autoCollectLegacy: { basic: { username: CREDENTIALS.clientId, password: CREDENTIALS.clientSecret } },
      distributionInvoice: "bearer",
    },
    faults,
    get requests() {
      return log.records;
    },
    get deliveries() {
      return webhooks.deliveries;
    },
    state,
    revokeTokens: () => tokens.revokeAll(),
    flush: () => {
      scheduler.run();
      return webhooks.flush();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The fields of a customer that can be written. */
function customerFieldsOf({ backend }: Backend): Set<string> {
  const schema = backend.definition.components?.schemas?.CustomerInput as { properties?: object } | undefined;
  return new Set(Object.keys(schema?.properties ?? {}));
}
