import * as apis from "../../generated/operations.js";
import type { ListOperation, Operation, Servers } from "../operation.js";
import type { ObservedEnvironmentName } from "./observations.js";

export interface FoundOperation {
  /** The API's name and the operationId. */
  key: string;
  operation: Operation | ListOperation;
}

interface Candidate extends FoundOperation {
  servers: readonly URL[];
  template: readonly string[];
}

const CANDIDATES: readonly Candidate[] = Object.entries(apis)
  .flatMap(([api, { servers, operations }]) =>
    Object.entries<Operation | ListOperation>(operations).map(([id, operation]) => ({
      key: `${api}.${id}`,
      operation,
      servers: Object.values<string>(servers).map((url) => new URL(url)),
      template: segmentsOf(operation.path),
    })),
  )
  // `/orgs/{organizationId}/batches` before `/batches`, `/customers/batches` before `/customers/{customerno}`.
  .sort((a, b) => b.template.length - a.template.length || parameters(a) - parameters(b));

const ENVIRONMENTS = new Map<string, ObservedEnvironmentName>(
  Object.values(apis)
    .flatMap(({ servers }) => Object.entries<string>(servers as Servers))
    .map(([environment, url]) => [new URL(url).origin, environment as keyof Servers]),
);

/** The environment whose documented servers have this origin. */
export const environmentOf = ({ origin }: URL): ObservedEnvironmentName => ENVIRONMENTS.get(origin) ?? "other";

/**
 * The operation that a request belongs to. Under a documented base URL its path is the rest of the URL; any other base URL
 * may have any path before it.
 */
export function findOperation(method: string, url: URL): FoundOperation | undefined {
  const path = segmentsOf(url.pathname);
  return CANDIDATES.find(({ operation, servers, template }) => {
    const base = servers.find(({ origin }) => origin === url.origin);
    const isComplete = base === undefined || segmentsOf(base.pathname).length + template.length === path.length;
    const rest = path.slice(-template.length);
    return (
      operation.method === method &&
      isComplete &&
      rest.length === template.length &&
      template.every((part, index) => (part.startsWith("{") ? rest[index] !== "" : part === rest[index])) &&
      (base === undefined || url.pathname.startsWith(base.pathname))
    );
  });
}

function segmentsOf(path: string): string[] {
  return path.split("/").slice(1);
}

function parameters({ operation }: Candidate): number {
  return operation.path.split("{").length;
}
