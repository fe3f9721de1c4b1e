import {
  accountsReceivable,
  autoCollectLegacy,
  debtCollection,
  distributionInvoice,
  distributionPartner,
  identity,
} from "../../generated/operations.js";
import type { ListOperation, Operation, Servers } from "../operation.js";
import type { ObservedEnvironmentName } from "./observations.js";

export interface FoundOperation {
  /** The API's name and the operationId. */
  key: string;
  operation: Operation | ListOperation;
}

interface Candidate extends FoundOperation {
  /** Where the documentation says that it is. */
  servers: readonly { origin: string; path: string }[];
  template: readonly string[];
}

interface ApiRecord {
  servers: Servers;
  operations: Record<string, Operation | ListOperation>;
}

// Not `import *`: the bundler's code for that imports node:module.
const APIS = Object.entries<ApiRecord>({
  identity,
  debtCollection,
  accountsReceivable,
  autoCollectLegacy,
  distributionInvoice,
  distributionPartner,
});

const CANDIDATES: readonly Candidate[] = APIS.flatMap(([api, { servers, operations }]) =>
  Object.entries(operations).map(([id, operation]) => ({
    key: `${api}.${id}`,
    operation,
    servers: serversOf(servers).map(({ url: { origin, pathname } }) => ({ origin, path: pathname.replace(/\/$/, "") })),
    template: segmentsOf(operation.path),
  })),
)
  // `/orgs/{organizationId}/batches` before `/batches`, `/customers/batches` before `/customers/{customerno}`.
  .sort((a, b) => b.template.length - a.template.length || parameters(a) - parameters(b));

const ENVIRONMENTS = new Map<string, ObservedEnvironmentName>(
  APIS.flatMap(([, { servers }]) => serversOf(servers)).map(({ environment, url }) => [url.origin, environment]),
);

/** The environment whose documented servers have this origin. */
export const environmentOf = ({ origin }: URL): ObservedEnvironmentName => ENVIRONMENTS.get(origin) ?? "other";

/**
 * The operation that a request belongs to. Under a documented base URL its path is the rest of the URL; any other base URL
 * may have any path before it.
 */
export function findOperation(method: string, url: URL): FoundOperation | undefined {
  const segments = segmentsOf(url.pathname);
  return CANDIDATES.find(({ operation, servers, template }) => {
    if (operation.method !== method || template.length > segments.length) return false;
    const rest = segments.slice(-template.length);
    if (!template.every((part, index) => (part.startsWith("{") ? rest[index] !== "" : part === rest[index])))
      return false;
    const server = servers.find(({ origin }) => origin === url.origin);
    return !server || url.pathname === `${server.path}/${rest.join("/")}`;
  });
}

function serversOf({ production, staging }: Servers): { environment: keyof Servers; url: URL }[] {
  return [
    ...(production ? [{ environment: "production" as const, url: new URL(production) }] : []),
    ...(staging ? [{ environment: "staging" as const, url: new URL(staging) }] : []),
  ];
}

function segmentsOf(path: string): string[] {
  return path.split("/").slice(1);
}

function parameters({ operation }: Candidate): number {
  return operation.path.split("{").length;
}
