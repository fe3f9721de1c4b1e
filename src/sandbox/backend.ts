import { createRequire } from "node:module";
import formats from "ajv-formats";
import { type Context, OpenAPIBackend } from "openapi-backend";
import { problem } from "./answer.js";
import type { Tokens } from "./identity.js";
import type { SandboxOperations } from "./operation.js";

// By the package's own name: the place of the specs beside this file is not the same before and after the build.
const { resolve } = createRequire(import.meta.url);

/** One API of the sandbox: its spec, and the operations that the sandbox has of it. */
export async function backendOf(
  root: string,
  spec: string,
  operations: SandboxOperations,
  tokens: Tokens,
  baseUrl: () => string,
): Promise<OpenAPIBackend> {
  const backend = new OpenAPIBackend({
    definition: resolve(`amili-client/openapi/${spec}`),
    apiRoot: root,
    coerceTypes: true,
    // Without its check of the document, which knows OpenAPI 3.0 only; validators are compiled at their first use.
    quick: true,
    ajvOpts: { strict: false, allErrors: true },
    customizeAjv: (ajv) => formats.default(ajv),
    handlers: {
      notFound: ({ request }: Context) =>
        problem(404, `${request.method.toUpperCase()} ${request.path} is no operation of ${spec}.`),
      methodNotAllowed: ({ request }: Context) =>
        problem(405, `${request.method.toUpperCase()} is not known of ${request.path}.`),
      notImplemented: ({ operation }: Context) =>
        problem(501, `The sandbox does not have ${operation.operationId} yet.`),
      unauthorizedHandler: () => problem(401, "The bearer token is missing, unknown or ended."),
      validationFail: ({ validation }: Context) =>
        problem(
          400,
          "The request does not fit the spec.",
          // Names the place and the rule, not the value: it may be secret or personal.
          validation.errors?.map(({ instancePath, message }) => `${instancePath || "body"} ${message}`),
        ),
    },
  });
  for (const [operationId, answer] of Object.entries(operations)) {
    backend.register(operationId, ({ request, api }: Context) =>
      answer({
        path: request.params as Record<string, string>,
        query: request.query as Record<string, unknown>,
        body: request.requestBody,
        baseUrl: baseUrl(),
        example: api.mockResponseForOperation(operationId).mock,
      }),
    );
  }
  await backend.init();
  // The identity service knows no bearer token.
  if (backend.definition.components?.securitySchemes) {
    backend.registerSecurityHandler("bearerAuth", ({ request }: Context) => {
      const [scheme, token] = String(request.headers.authorization ?? "").split(" ");
      return scheme === "Bearer" && token !== undefined && tokens.isValid(token);
    });
  }
  return backend;
}
