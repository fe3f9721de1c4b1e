import type { AuthByApi } from "../options.js";
import { Agenda } from "./agenda.js";
import { API_NAMES, APIS, type ApiName } from "./apis.js";
import { loadBackends } from "./backend.js";
import { examplesOf, propertiesOf } from "./examples.js";
import { type FaultInForce, Faults } from "./faults/index.js";
import { handlerOf } from "./handle.js";
import { CREDENTIALS } from "./identity/index.js";
import { Tokens } from "./identity/tokens.js";
import { checkOptions, type SandboxOptions } from "./options.js";
import { pagesOf } from "./pages/index.js";
import { RequestLog, type RequestRecord } from "./requests.js";
import { listen } from "./server.js";
import { statesOf } from "./states.js";
import { type Delivery, Webhooks } from "./webhooks.js";
import type { World } from "./world.js";

/** What `GET /_sandbox/state.json` answers. */
export interface SandboxState {
  /** By the sandbox's clock. */
  now: string;
  seed: number;
  size: number;
  /** How many requests there were; `requests` has the last of them. */
  requestCount: number;
  requests: readonly RequestRecord[];
  faults: FaultInForce[];
  deliveries: readonly Delivery[];
  /** How many records there are of each kind: those written or changed, and what is queued. */
  counts: Record<string, number>;
}

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
  /** Ends all tokens that were given, so that the next call with one is answered 401. */
  revokeTokens(): void;
  /** Does what is due by the clock, and resolves when the webhooks of it were sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a server on loopback that answers as Amili's APIs do, as far as the documentation tells, keeps what it is told and
 * fails as it is asked to. Every request is validated against the specs; one that does not fit is answered 400 with the
 * list of faults. Needs `openapi-backend` and `ajv-formats`.
 *
 * @throws {ConfigurationError} an option cannot be right
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port, seed, size, now, latency, ...checked } = checkOptions(options);
  const backends = await loadBackends();
  const agenda = new Agenda(now);
  const tokens = new Tokens(seed, checked.tokenLifetime, now);
  const known = Object.values(backends).flatMap(({ operations }) => operations);
  const faults = new Faults(seed, tokens, known, checked.faults);
  const log = new RequestLog(checked.requestsKept);
  const webhooks = new Webhooks(checked.webhook, seed, now);
  const world: World = {
    seed,
    size,
    now,
    agenda,
    batchTime: checked.batchTime,
    uniqueInvoices: checked.uniqueInvoices,
    examples: (api, operationId) => examplesOf(backends[api].backend, operationId),
    emit: (event) => webhooks.emit(event),
  };
  const customerFields = new Set(propertiesOf(backends.accountsReceivable.backend, "CustomerInput"));
  const { operations, counts } = statesOf(world, tokens, customerFields);

  const state = (): SandboxState => ({
    now: new Date(now()).toISOString(),
    seed,
    size,
    requestCount: log.count,
    requests: log.records,
    faults: faults.inForce,
    deliveries: webhooks.deliveries,
    counts: counts(),
  });
  const pages = pagesOf({ state, url: () => server.url });

  const server = await listen(
    port,
    handlerOf({
      backends,
      operations,
      tokens,
      faults,
      log,
      agenda,
      latency,
      now,
      pages,
      onRequest: checked.onRequest,
      url: () => server.url,
    }),
  );
  const { url } = server;
  return {
    url,
    baseUrls: Object.fromEntries(API_NAMES.map((api) => [api, url + APIS[api].root])) as Record<ApiName, string>,
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
    revokeTokens: () => tokens.revoke(),
    flush: () => {
      agenda.run();
      return webhooks.sent();
    },
    close: async () => {
      agenda.close();
      webhooks.close();
      await server.close();
    },
  };
}
