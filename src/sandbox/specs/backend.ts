import { createRequire } from "node:module";
import formats from "ajv-formats";
import { type Context, OpenAPIBackend, type Operation } from "openapi-backend";
import { HttpError, invalidRequest, type SandboxResponse } from "../server/response.js";
import { API_NAMES, APIS, type ApiName } from "./apis.js";
import type { OperationInfo } from "./operation-info.js";
import { unknownFieldsIn } from "./unknown-fields.js";
import { convertTypes, createBodyCheck, describeErrors, isJson } from "./validation.js";

// By the package's own name: the relative path of the specs differs before and after the build.
const { resolve } = createRequire(import.meta.url);

/** What a request's handlers get from the sandbox. */
interface RequestContext {
  contentType: string;
  isAuthorized(scheme: string, header: string | undefined): boolean;
  /** Called with the fields of the body that the spec does not name. */
  onUnknownFields(lines: string[]): void;
  respond(operationId: string, context: Context): SandboxResponse;
}

/** One API by its spec. It is stateless and shared by all sandboxes of the process, since compiling validators is slow. */
export interface Backend {
  backend: OpenAPIBackend;
  operations: OperationInfo[];
  operationOf(method: string, path: string): OperationInfo | undefined;
}

let backends: Promise<Record<ApiName, Backend>> | undefined;

/** Loads all APIs once. */
export function loadBackends(): Promise<Record<ApiName, Backend>> {
  backends ??= Promise.all(API_NAMES.map(async (api) => [api, await load(api)] as const)).then(
    (loaded) => Object.fromEntries(loaded) as Record<ApiName, Backend>,
  );
  return backends;
}

/** Reads a spec of this package. */
export async function readSpec(file: string): Promise<OpenAPIBackend["definition"]> {
  const backend = new OpenAPIBackend({ definition: resolve(`amili-client/openapi/${file}`), quick: true });
  // A copy without shared objects, which the validator would take for cycles.
  return JSON.parse(JSON.stringify(await backend.loadDocument()));
}

async function load(api: ApiName): Promise<Backend> {
  const { root, spec } = APIS[api];
  const read = new OpenAPIBackend({ definition: resolve(`amili-client/openapi/${spec}`), quick: true });
  await read.init();
  const backend = new OpenAPIBackend({
    definition: JSON.parse(JSON.stringify(read.definition)),
    apiRoot: root,
    // An empty id must not turn a request for one record into a list.
    ignoreTrailingSlashes: false,
    // Without the check of the document, which knows OpenAPI 3.0 only. Validators are compiled at their first use.
    quick: true,
    // Errors hold the schema, for the names that it knows.
    ajvOpts: { strict: false, allErrors: true, verbose: true },
    customizeAjv: (ajv) => {
      // convertTypes is stricter.
      ajv.opts.coerceTypes = false;
      return formats.default(ajv);
    },
    handlers: {
      notFound: () => {
        throw new HttpError(404, `${spec} has no operation at this path.`);
      },
      methodNotAllowed: ({ request }: Context) => {
        throw new HttpError(405, `No operation at this path has the method ${request.method}.`);
      },
      unauthorizedHandler: () => {
        throw new HttpError(401, "Authorization is missing, unknown or expired.");
      },
      validationFail: ({ validation }: Context) => {
        throw invalidRequest(...describeErrors(validation.errors ?? []));
      },
    },
  });
  await backend.init();
  for (const scheme of Object.keys(backend.definition.components?.securitySchemes ?? {})) {
    backend.registerSecurityHandler(scheme, ({ request }: Context, context: RequestContext) =>
      context.isAuthorized(scheme, [request.headers.authorization].flat()[0]),
    );
  }
  const { router } = backend;
  // Otherwise it flattens the document again for every request.
  const operations = router.getOperations();
  router.getOperations = () => operations;
  for (const { operationId = "", ...operation } of operations) {
    const requestBody = operation.requestBody as Parameters<typeof createBodyCheck>[0];
    const check = createBodyCheck(requestBody);
    backend.register(operationId, (context: Context, { contentType, onUnknownFields, respond }: RequestContext) => {
      const body: unknown = context.request.requestBody;
      const errors = check(contentType, body);
      if (errors.length > 0) throw invalidRequest(...errors);
      const { schema = {} } = requestBody?.content[isJson(contentType) ? "application/json" : contentType] ?? {};
      onUnknownFields(unknownFieldsIn(schema, body));
      return respond(operationId, context);
    });
  }
  const parse = router.parseRequest.bind(router);
  router.parseRequest = (request, operation) => {
    const parsed = parse(request, operation);
    if (!operation) return parsed;
    const params = convertTypes(parsed.params, "path", operation) as Record<string, string>;
    return { ...parsed, params, query: convertTypes(parsed.query, "query", operation) as Record<string, string> };
  };
  const known = new Map(operations.map((operation) => [operation.operationId, infoOf(api, operation)]));
  return {
    backend,
    operations: [...known.values()],
    operationOf: (method, path) => known.get(backend.matchOperation({ method, path, headers: {} })?.operationId),
  };
}

const infoOf = (api: ApiName, { operationId = "", method, path, parameters = [] }: Operation): OperationInfo => ({
  api,
  operationId,
  method: method.toUpperCase(),
  path,
  query: parameters.flatMap((parameter) => ("in" in parameter && parameter.in === "query" ? [parameter.name] : [])),
});
