import { createRequire } from "node:module";
import formats from "ajv-formats";
import { type Context, OpenAPIBackend, type Operation } from "openapi-backend";
import { problem, type SandboxAnswer } from "./answer.js";
import { API_NAMES, APIS, type ApiName } from "./apis.js";
import type { KnownOperation } from "./operation.js";
import { typed } from "./typed.js";
import { bodyCheck, faultsOf, type Media } from "./validation.js";

// By the package's own name: the place of the specs beside this file is not the same before and after the build.
const { resolve } = createRequire(import.meta.url);

/** What a sandbox does where a request has come through. */
export interface Responder {
  /** The media type as it was sent. */
  contentType: string;
  authorized(scheme: string, header: string | undefined): boolean;
  answer(operationId: string, context: Context): SandboxAnswer;
}

/** One API by its spec. It holds no state and serves all sandboxes of the process, so that validators are made once. */
export interface Backend {
  backend: OpenAPIBackend;
  operations: KnownOperation[];
  /** The operation that a request is meant for. */
  operationOf(method: string, path: string): KnownOperation | undefined;
}

let backends: Promise<Record<ApiName, Backend>> | undefined;

/** All APIs. The specs are read once. */
export function loadBackends(): Promise<Record<ApiName, Backend>> {
  backends ??= Promise.all(API_NAMES.map(async (api) => [api, await load(api)] as const)).then(
    (loaded) => Object.fromEntries(loaded) as Record<ApiName, Backend>,
  );
  return backends;
}

async function load(api: ApiName): Promise<Backend> {
  const { root, spec } = APIS[api];
  const read = new OpenAPIBackend({ definition: resolve(`amili-client/openapi/${spec}`), quick: true });
  await read.init();
  const backend = new OpenAPIBackend({
    // Where a reference has a description of its own, its schema's parts would stand in two places as one object, and the
    // validator take that for a cycle.
    definition: JSON.parse(JSON.stringify(read.definition)),
    apiRoot: root,
    // An id that is empty must not make a list of what was meant to be one.
    ignoreTrailingSlashes: false,
    // Without its check of the document, which knows OpenAPI 3.0 only; validators are compiled at their first use.
    quick: true,
    // With the schema in an error, for the names that it knows.
    ajvOpts: { strict: false, allErrors: true, verbose: true },
    customizeAjv: (ajv) => {
      // It would read 0x10 and a space as numbers; `typed` is stricter.
      ajv.opts.coerceTypes = false;
      return formats.default(ajv);
    },
    handlers: {
      notFound: () => problem(404, `No operation of ${spec} stands at this path.`),
      methodNotAllowed: ({ request }: Context) => problem(405, `No operation at this path is a ${request.method}.`),
      unauthorizedHandler: () => problem(401, "Authorization is missing, unknown or ended."),
      validationFail: ({ validation }: Context) =>
        problem(400, "The request does not fit the spec.", faultsOf(validation.errors ?? [])),
    },
  });
  await backend.init();
  for (const scheme of Object.keys(backend.definition.components?.securitySchemes ?? {})) {
    backend.registerSecurityHandler(scheme, ({ request }: Context, responder: Responder) =>
      responder.authorized(scheme, [request.headers.authorization].flat()[0]),
    );
  }
  for (const item of Object.values(backend.definition.paths ?? {})) {
    for (const operation of Object.values(item ?? {}) as { operationId?: string; requestBody?: { content: Media } }[]) {
      const { operationId, requestBody } = operation;
      if (!operationId) continue;
      const check = bodyCheck(requestBody);
      backend.register(operationId, (context: Context, responder: Responder) => {
        const faults = check(responder.contentType, context.request.requestBody);
        if (faults.length > 0) return problem(400, "The request does not fit the spec.", faults);
        return responder.answer(operationId, context);
      });
    }
  }
  const { router } = backend;
  // It flattens the document anew for every request otherwise.
  const operations = router.getOperations();
  router.getOperations = () => operations;
  const parse = router.parseRequest.bind(router);
  router.parseRequest = (request, operation) => {
    const parsed = parse(request, operation);
    if (!operation) return parsed;
    const params = typed(parsed.params, "path", operation) as Record<string, string>;
    return { ...parsed, params, query: typed(parsed.query, "query", operation) as Record<string, string> };
  };
  const known = new Map(operations.map((operation) => [operation.operationId, knownOf(api, operation)]));
  return {
    backend,
    operations: [...known.values()],
    operationOf: (method, path) => known.get(backend.matchOperation({ method, path, headers: {} })?.operationId),
  };
}

const knownOf = (api: ApiName, { operationId = "", method, path, parameters = [] }: Operation): KnownOperation => ({
  api,
  operationId,
  method: method.toUpperCase(),
  path,
  query: parameters.flatMap((parameter) => ("in" in parameter && parameter.in === "query" ? [parameter.name] : [])),
});
