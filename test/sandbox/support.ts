import { Amili, type AmiliOptions } from "amili-client";
import { type Sandbox, type SandboxOptions, startSandbox } from "amili-client/sandbox";
import { expect, onTestFinished, vi } from "vitest";
import { ContractSpec } from "../support/spec.js";

// The first requests of a process compile validators, which takes long on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

export const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
export const CLIENT = 2218;

/** A sandbox that is closed when the test ends. */
export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A clock that a test moves. */
export class Clock {
  #time: number;

  constructor(start = "2026-03-16T06:00:00Z") {
    this.#time = Date.parse(start);
  }

  readonly now = (): number => this.#time;

  forward(ms: number): void {
    this.#time += ms;
  }
}

export const DAY = 86_400_000;

/** The client library on a sandbox. */
export const clientOf = (sandbox: Sandbox, options: AmiliOptions = {}): Amili =>
  new Amili({
    baseUrls: sandbox.baseUrls,
    auth: sandbox.auth,
    ...sandbox.credentials,
    allowInferred: true,
    ...options,
  });

const SPECS = {
  identity: "identity",
  debtCollection: "debt-collection",
  accountsReceivable: "accounts-receivable",
  autoCollectLegacy: "autocollect-legacy",
  distributionInvoice: "distribution-invoice",
} as const;

export type Api = keyof typeof SPECS;
export const APIS = Object.keys(SPECS) as Api[];

const specs = new Map<Api, ContractSpec>();
export function specOf(api: Api): ContractSpec {
  const spec = specs.get(api) ?? new ContractSpec(SPECS[api]);
  specs.set(api, spec);
  return spec;
}

export interface Values {
  path?: object;
  query?: object;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestResponse {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of all operations, read by tests
  body: any;
  headers: Headers;
}

/** Calls operations by their ids and checks responses against the spec. */
export class Caller {
  readonly sandbox: Sandbox;
  readonly #checks: number;
  readonly #checked = new Map<string, number>();
  #token: string | undefined;

  /** @param checks how many responses of each operation and status are checked against the spec, which is slow */
  constructor(sandbox: Sandbox, checks = 2) {
    this.sandbox = sandbox;
    this.#checks = checks;
  }

  /** Calls an operation and checks that its response is valid by the spec. */
  async call(api: Api, operationId: string, values: Values = {}): Promise<TestResponse> {
    const response = await this.send(api, operationId, values);
    const kind = `${api} ${operationId} ${response.status}`;
    const checked = this.#checked.get(kind) ?? 0;
    if (checked >= this.#checks) return response;
    this.#checked.set(kind, checked + 1);
    const errors = specOf(api).answerFaults(operationId, response.status, response.body);
    // An invalid request gets a 400, also where a page lists none.
    if (response.status === 400 && response.body.sandbox) return response;
    expect(errors, `${operationId}: ${response.status} ${JSON.stringify(response.body)}`).toEqual([]);
    return response;
  }

  /** Calls an operation of debt collection of the default organization. */
  org(operationId: string, values: Values = {}): Promise<TestResponse> {
    return this.call("debtCollection", operationId, {
      ...values,
      path: { organizationId: ORGANIZATION, ...values.path },
    });
  }

  /** Calls an operation of accounts receivable of the default client. */
  client(operationId: string, values: Values = {}): Promise<TestResponse> {
    return this.call("accountsReceivable", operationId, { ...values, path: { clientno: CLIENT, ...values.path } });
  }

  async send(api: Api, operationId: string, { path = {}, query = {}, body, headers }: Values): Promise<TestResponse> {
    const { method, path: template, operation } = specOf(api).get(operationId);
    const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String((path as Record<string, unknown>)[name])),
    );
    const search = new URLSearchParams(
      Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)]),
    );
    const type = Object.keys(operation.requestBody?.content ?? {})[0];
    const response = await fetch(`${this.sandbox.baseUrls[api]}${filled}${search.size > 0 ? `?${search}` : ""}`, {
      method,
      headers: {
        ...(api !== "identity" && { authorization: `Bearer ${await this.token()}` }),
        ...(body !== undefined && type && { "content-type": type }),
        ...headers,
      },
      ...(body !== undefined && {
        body: type?.includes("json") ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>),
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }

  async token(): Promise<string> {
    if (this.#token === undefined) {
      const { clientId, clientSecret } = this.sandbox.credentials;
      const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
      this.#token = String((await this.call("identity", "createToken", { body: form })).body.access_token);
    }
    return this.#token;
  }
}

/** A caller on a new sandbox, whose tokens outlive any clock of a test. */
export const callerWith = async (options: SandboxOptions = {}): Promise<Caller> =>
  new Caller(await sandboxWith({ tokenLifetime: 31_536_000, ...options }));

/** The items of all pages of a list. */
export async function allOf(
  caller: Caller,
  operationId: string,
  query: object = {},
  parameter = "PageToken",
): Promise<TestResponse["body"][]> {
  const items: TestResponse["body"][] = [];
  let token: string | undefined;
  do {
    const { body } = await caller.org(operationId, { query: { ...query, [parameter]: token } });
    items.push(...body.data);
    token = body.summary.nextPageToken ?? undefined;
  } while (token);
  return items;
}
