import { Amili, type AmiliOptions } from "amili-client";
import { type Sandbox, type SandboxOptions, startSandbox } from "amili-client/sandbox";
import { expect, onTestFinished, vi } from "vitest";
import { ContractSpec } from "../support/spec.js";

// The first requests of a process wait for validators to be made, which takes long on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

export const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
export const CLIENT = 2218;

/** A sandbox until the test ends. */
export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A clock that stands until it is moved. */
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

/** The client library on a sandbox. It does not wait between attempts for long. */
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

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of all operations, looked into by tests
  body: any;
  headers: Headers;
}

/** Calls operations by their ids and holds answers against the spec. */
export class Caller {
  readonly sandbox: Sandbox;
  readonly #checks: number;
  readonly #checked = new Map<string, number>();
  #token: string | undefined;

  /** @param checks how many answers of each operation and status are held against the spec; it takes a while */
  constructor(sandbox: Sandbox, checks = 2) {
    this.sandbox = sandbox;
    this.#checks = checks;
  }

  /** Calls an operation; its answer must fit the spec. */
  async call(api: Api, operationId: string, values: Values = {}): Promise<Answer> {
    const answer = await this.send(api, operationId, values);
    const kind = `${api} ${operationId} ${answer.status}`;
    const checked = this.#checked.get(kind) ?? 0;
    if (checked >= this.#checks) return answer;
    this.#checked.set(kind, checked + 1);
    const faults = specOf(api).answerFaults(operationId, answer.status, answer.body);
    // What does not fit is refused with 400, also where a page lists no 400.
    if (answer.status === 400 && answer.body.sandbox) return answer;
    expect(faults, `${operationId} answered ${answer.status} ${JSON.stringify(answer.body)}`).toEqual([]);
    return answer;
  }

  /** Calls an operation of debt collection for the usual organisation. */
  org(operationId: string, values: Values = {}): Promise<Answer> {
    return this.call("debtCollection", operationId, {
      ...values,
      path: { organizationId: ORGANIZATION, ...values.path },
    });
  }

  /** Calls an operation of accounts receivable for the usual client. */
  client(operationId: string, values: Values = {}): Promise<Answer> {
    return this.call("accountsReceivable", operationId, { ...values, path: { clientno: CLIENT, ...values.path } });
  }

  async send(api: Api, operationId: string, { path = {}, query = {}, body, headers }: Values): Promise<Answer> {
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

/** Its tokens last longer than clocks are moved. */
export const callerWith = async (options: SandboxOptions = {}): Promise<Caller> =>
  new Caller(await sandboxWith({ tokenLifetime: 31_536_000, ...options }));

/** Answers a list's items of all pages. */
export async function allOf(
  caller: Caller,
  operationId: string,
  query: object = {},
  parameter = "PageToken",
): Promise<Answer["body"][]> {
  const items: Answer["body"][] = [];
  let token: string | undefined;
  do {
    const { body } = await caller.org(operationId, { query: { ...query, [parameter]: token } });
    items.push(...body.data);
    token = body.summary.nextPageToken ?? undefined;
  } while (token);
  return items;
}
