// By name, as users import it: the bundles of the other entries stay as they are.
import { Amili, AmiliError, AuthenticationError, ConfigurationError, ConnectionError, type Fetch } from "amili-client";
import { createObserver, type Observations } from "amili-client/observe";
import { environmentOf, findOperation } from "../observe/find-operation.js";
import { KnownIds } from "./known-ids.js";
import { itemParameterOf, type ProbedApi, parametersOf, type Step } from "./plan.js";

export interface ProbeOptions {
  production: boolean;
  /** Requests per second. */
  rate: number;
  /** Path values that no list gives. */
  organization: string | undefined;
  client: string | undefined;
  onStep(result: StepResult): void;
}

/** What became of a step: a response, or why there is none. Without ids. */
export interface StepResult {
  step: Step;
  status?: number;
  skipped?: string;
  failed?: string;
}

export interface ProbeResult {
  steps: StepResult[];
  observations: Observations;
}

/** An openapi-fetch client, for operations that are known at run time only. */
type Request = (
  method: string,
  path: string,
  options: { params: { path: object; query: object } },
) => Promise<{ data?: unknown; response: Response }>;

/**
 * Sends the steps of a plan one after another, and observes the responses.
 *
 * @throws {AuthenticationError} when no token can be obtained
 * @throws {ConfigurationError} when credentials are missing, or a request would reach production unasked
 */
export async function runProbe(plan: readonly Step[], options: ProbeOptions): Promise<ProbeResult> {
  const { organization, client, production, onStep } = options;
  const guard = new ReadGuard(options);
  const observer = createObserver({ fetch: guard.fetch });
  const amili = new Amili({
    environment: production ? "production" : "staging",
    fetch: observer.fetch,
    allowInferred: true,
  });
  const apis: Record<ProbedApi, { request: Request; ids: KnownIds }> = {
    debtCollection: {
      request: amili.debtCollection.http.request as Request,
      ids: new KnownIds({ organizationId: organization }),
    },
    accountsReceivable: {
      request: amili.accountsReceivable.http.request as Request,
      ids: new KnownIds({ clientno: client }),
    },
  };

  async function send(step: Step): Promise<StepResult> {
    const { api, operation, needed, purpose } = step;
    const { request, ids } = apis[api];
    const names = parametersOf(operation);
    const missing = [...names, ...needed].find((name) => step.path[name] === undefined && ids.get(name) === undefined);
    if (missing !== undefined) return { step, skipped: `no value for ${missing}` };
    const valuesOf = (wanted: readonly string[]) => Object.fromEntries(wanted.map((name) => [name, ids.get(name)]));
    const params = { path: { ...valuesOf(names), ...step.path }, query: { ...step.query, ...valuesOf(needed) } };
    try {
      const { data, response } = await request(operation.method, operation.path, { params });
      if (purpose === "read") ids.learn(data, itemParameterOf(step));
      return { step, status: response.status };
    } catch (error) {
      if (guard.refusal) throw guard.refusal;
      if (error instanceof AuthenticationError && error.code === "token_refused") return { step, status: 401 };
      const isFatal = error instanceof AuthenticationError || error instanceof ConfigurationError;
      if (isFatal || !(error instanceof AmiliError)) throw error;
      const status = error instanceof ConnectionError ? error.status : undefined;
      return { step, failed: error.code, ...(status !== undefined && { status }) };
    }
  }

  const steps: StepResult[] = [];
  for (const step of plan) {
    const result = await send(step);
    steps.push(result);
    onStep(result);
  }
  return { steps, observations: observer.observations() };
}

/** Keeps to the rate, and lets nothing pass but reads and requests for a token. */
class ReadGuard {
  refusal: ConfigurationError | undefined;
  readonly #production: boolean;
  readonly #interval: number;
  #next = 0;

  constructor({ production, rate }: ProbeOptions) {
    this.#production = production;
    this.#interval = 1_000 / rate;
  }

  readonly fetch: Fetch = async (href, init) => {
    const url = new URL(href);
    const isToken = findOperation(init.method ?? "GET", url)?.key === "identity.createToken";
    if (init.method !== "GET" && !isToken) throw this.#refuse("The probe sends reads only.");
    if (!this.#production && environmentOf(url) === "production") {
      throw this.#refuse("AMILI_BASE_URLS names a production server. Pass --production to probe it.");
    }
    await this.#turn();
    return fetch(href, init);
  };

  /** The client would report it as a failed connection. */
  #refuse(message: string): ConfigurationError {
    this.refusal = new ConfigurationError("invalid_option", message);
    return this.refusal;
  }

  async #turn(): Promise<void> {
    const delay = this.#next - performance.now();
    this.#next = Math.max(this.#next, performance.now()) + this.#interval;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  }
}
