import type { Client, Middleware } from "openapi-fetch";
import { check, typeName } from "./checks.js";
import type { RawOptions, RawRequest } from "./raw-request.js";
import { snapshot } from "./snapshot.js";
import type { ApiConfig } from "./transport.js";

const HANDLERS = ["onRequest", "onResponse", "onError"];

/**
 * An API as a plain openapi-fetch client. openapi-fetch and what surrounds it are loaded with the first request: most
 * programs use the resources alone.
 */
export function createHttpClient<Paths extends object>(config: ApiConfig): Client<Paths> {
  const middlewares: Middleware[] = [];
  let send: RawRequest | undefined;
  const request: RawRequest = async (method, path, options = {}) => {
    const middleware = [...middlewares, ...(options.middleware ?? [])];
    if (send) return send(method, path, { ...options, middleware });
    const { headers, params, body } = options;
    const copy = { ...options, middleware, ...snapshot({ headers, params, body }) };
    send = (await import("./raw-request.js")).createRawRequest(config);
    return send(method, path, copy);
  };
  const call = (method: string) => (path: string, options?: RawOptions) => request(method, path, options);
  const client = {
    request,
    GET: call("GET"),
    PUT: call("PUT"),
    POST: call("POST"),
    DELETE: call("DELETE"),
    OPTIONS: call("OPTIONS"),
    HEAD: call("HEAD"),
    PATCH: call("PATCH"),
    TRACE: call("TRACE"),
    use(...added: Middleware[]): void {
      for (const one of added.filter(Boolean)) {
        const isMiddleware = typeof one === "object" && HANDLERS.some((name) => name in one);
        check("A middleware", typeName(one), "an object with onRequest, onResponse or onError", isMiddleware);
        middlewares.push(one);
      }
    },
    eject(...removed: Middleware[]): void {
      for (const one of removed) {
        const index = middlewares.indexOf(one);
        if (index !== -1) middlewares.splice(index, 1);
      }
    },
  };
  // The types of the paths exist at compile time only.
  return client as unknown as Client<Paths>;
}
