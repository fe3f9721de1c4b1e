import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Request } from "openapi-backend";
import type { BaseUrls } from "../options.js";
import { AccountsReceivableState } from "./accounts-receivable.js";
import { problem, type SandboxAnswer } from "./answer.js";
import { backendOf } from "./backend.js";
import { DebtCollectionState } from "./debt-collection.js";
import { parseBody, readBody, write } from "./http.js";
import { CREDENTIALS, Tokens } from "./identity.js";
import type { SandboxOperations } from "./operation.js";

export interface SandboxOptions {
  /** Default: any free one. */
  port?: number;
  /** How long every answer takes, in ms. Default 0. */
  latency?: number;
  /** Lifetime of a token, in seconds. Default 3600. */
  tokenLifetime?: number;
}

export interface Sandbox {
  url: string;
  /** For the option `baseUrls` of `Amili`. */
  baseUrls: Record<keyof typeof APIS, string>;
  /** For the options `clientId` and `clientSecret` of `Amili`. */
  credentials: { clientId: string; clientSecret: string };
  /** Ends all tokens that were given, so that the next call with one is answered 401. */
  revokeTokens(): void;
  close(): Promise<void>;
}

/** The APIs of the sandbox: where each stands on the server and which spec it keeps to. */
const APIS = {
  identity: { root: "/identity", spec: "identity.yaml" },
  debtCollection: { root: "/collection/v1", spec: "debt-collection.yaml" },
  accountsReceivable: { root: "/arm/v1", spec: "accounts-receivable.yaml" },
} as const satisfies Partial<Record<keyof BaseUrls, { root: string; spec: string }>>;

const BODY_LIMIT = 10 * 1024 * 1024;

/**
 * Starts a server on loopback that answers as Amili's APIs do, as far as the documentation tells. Every request is
 * validated against the specs; one that does not fit is answered 400 with the list of faults. Needs `openapi-backend`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, latency = 0, tokenLifetime = 3600 } = options;
  const tokens = new Tokens(tokenLifetime);
  const operations: Record<keyof typeof APIS, SandboxOperations> = {
    identity: tokens.operations,
    debtCollection: new DebtCollectionState().operations,
    accountsReceivable: new AccountsReceivableState().operations,
  };
  let url = "";
  const backends = await Promise.all(
    Object.entries(APIS).map(async ([name, { root, spec }]) => ({
      root,
      backend: await backendOf(root, spec, operations[name as keyof typeof APIS], tokens, () => `${url}${root}`),
    })),
  );

  const server = createServer((message, response) => {
    answerTo(message)
      .catch((error: unknown) => problem(500, `The sandbox itself failed: ${String(error)}`))
      .then((answer) => write(response, answer));
  });

  async function answerTo(message: IncomingMessage): Promise<SandboxAnswer> {
    const [path = "/", query = ""] = (message.url ?? "/").split("?");
    const found = backends.find(({ root }) => path.startsWith(`${root}/`));
    const body = await readBody(message, BODY_LIMIT);
    if (latency > 0) await delay(latency);
    if (!found)
      return problem(404, `Nothing stands at ${path}; the APIs are at ${backends.map(({ root }) => root).join(", ")}.`);
    if (body === undefined) return problem(413, `The body is larger than ${BODY_LIMIT} bytes.`);
    const request: Request = {
      method: message.method ?? "GET",
      path,
      query,
      headers: message.headers as Record<string, string>,
      body: parseBody(body, message.headers["content-type"]),
    };
    return found.backend.handleRequest(request) as Promise<SandboxAnswer>;
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    baseUrls: Object.fromEntries(
      Object.entries(APIS).map(([name, { root }]) => [name, url + root]),
    ) as Sandbox["baseUrls"],
    credentials: { ...CREDENTIALS },
    revokeTokens: () => tokens.revoke(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
