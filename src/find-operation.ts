import { APIS } from "./apis.js";
import { checkBaseUrl } from "./http/base-url.js";
import { checkNames } from "./http/checks.js";
import type { Environment } from "./http/transport.js";
import type { Operation } from "./operation.js";
import { BASE_URLS, type BaseUrls, readBaseUrls } from "./options.js";

/** What a request is for. */
export interface FoundOperation {
  /** `other` for a base URL that the documentation does not state, such as a sandbox's. */
  environment: Environment | "other";
  /** Undefined where no base URL fits. */
  api: keyof BaseUrls | undefined;
  /** Undefined where the API has no such operation. */
  operationId: string | undefined;
  operation: Operation | undefined;
  /** The path template. Of an unknown operation the path, with `{}` for every part that no spec has: it may be personal. */
  path: string;
}

interface Base extends Pick<FoundOperation, "environment"> {
  api: keyof BaseUrls;
  url: string;
}

interface Route {
  operationId: string;
  operation: Operation;
  segments: string[];
}

const isParameter = (segment: string) => segment.startsWith("{");
const countParameters = ({ segments }: Route) => segments.filter(isParameter).length;

/** By API. Of two that fit, the one with fewer parameters comes first. */
const ROUTES = Object.fromEntries(
  Object.entries(APIS).map(([api, { operations }]) => [
    api,
    Object.entries<Operation>(operations)
      .map(([operationId, operation]): Route => ({ operationId, operation, segments: operation.path.split("/") }))
      .sort((one, other) => countParameters(one) - countParameters(other)),
  ]),
) as Record<keyof BaseUrls, Route[]>;

const KNOWN_SEGMENTS = new Set(
  Object.values(ROUTES).flatMap((routes) => routes.flatMap(({ segments }) => segments.filter((s) => !isParameter(s)))),
);

/**
 * Creates a function that tells which operation a request is for, by the servers of the specs and by further base URLs.
 *
 * @param baseUrls as of `new Amili`; default: the environment variable `AMILI_BASE_URLS`
 * @throws {ConfigurationError} when a base URL is invalid
 */
export function createOperationFinder(baseUrls?: BaseUrls): (method: string, url: string) => FoundOperation {
  checkNames("baseUrls", baseUrls ?? {}, BASE_URLS);
  const own = Object.entries(readBaseUrls(baseUrls ? { baseUrls } : {}));
  const documented = Object.entries(APIS).flatMap(([api, { servers }]) =>
    Object.entries(servers).map(([environment, url]) => ({ api, environment, url }) as Base),
  );
  const further = own.flatMap(([api, url]): Base[] => {
    const checked = url === undefined ? undefined : checkBaseUrl(`baseUrls.${api}`, url);
    const isDocumented = documented.some((base) => base.api === api && base.url === checked);
    return checked === undefined || isDocumented
      ? []
      : [{ api: api as keyof BaseUrls, environment: "other", url: checked }];
  });
  // The longest first: one base URL may begin with another.
  const bases = [...further, ...documented].sort((one, other) => other.url.length - one.url.length);

  return (method, url) => {
    const { origin, pathname } = new URL(url);
    const address = origin + pathname;
    const candidates = bases.filter((base) => address === base.url || address.startsWith(`${base.url}/`));
    for (const { url: base, api, environment } of candidates) {
      const segments = address.slice(base.length).split("/");
      const route = ROUTES[api].find((known) => known.operation.method === method && fits(known, segments));
      if (route) {
        const { operationId, operation } = route;
        return { environment, api, operationId, operation, path: operation.path };
      }
    }
    const [base] = candidates;
    return {
      environment: base?.environment ?? "other",
      api: base?.api,
      operationId: undefined,
      operation: undefined,
      path: withoutValues(base ? address.slice(base.url.length) || "/" : pathname),
    };
  };
}

const fits = ({ segments }: Route, given: string[]): boolean =>
  segments.length === given.length &&
  segments.every((segment, index) => (isParameter(segment) ? given[index] !== "" : segment === given[index]));

const withoutValues = (path: string): string =>
  path
    .split("/")
    .map((segment) => (KNOWN_SEGMENTS.has(segment) ? segment : "{}"))
    .join("/");
