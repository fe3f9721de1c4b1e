import { inspect } from "node:util";
import * as library from "amili-client";
import {
  Amili,
  AmiliError,
  ApiError,
  AuthenticationError,
  BatchError,
  ConfigurationError,
  ConnectionError,
  InferredOperationError,
  PaginationError,
  TimeoutError,
} from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { everything } from "../support/secrets.js";
import {
  CREDENTIALS,
  clientWith,
  failure,
  hang,
  json,
  networkError,
  ORG,
  raw,
  type Sent,
  status,
  thrown,
} from "../support/stub.js";
import { itOfFetch } from "../support/transport.js";

const CALL = { method: "GET", path: "/clients/{clientno}/aritems/{aritemid}" };

/** An error of each class, as a caller gets it. */
const OF_EACH_CLASS: Record<
  string,
  { type: abstract new (...args: never[]) => AmiliError; get: () => Promise<AmiliError>; fields: object }
> = {
  ApiError: {
    type: ApiError,
    get: () =>
      failure(
        clientWith({}, json({ a: 1 }, { status: 404, headers: { "x-request-id": "r-1" } })).client.arItems.get("1"),
        ApiError,
      ),
    fields: {
      code: "http_404",
      status: 404,
      ...CALL,
      requestId: "r-1",
      attempts: 1,
      retryAfter: undefined,
      detail: undefined,
    },
  },
  AuthenticationError: {
    type: AuthenticationError,
    get: () => failure(clientWith(CREDENTIALS, status(401)).client.arItems.get("1"), AuthenticationError),
    fields: { code: "credentials_refused", status: 401 },
  },
  ConnectionError: {
    type: ConnectionError,
    get: () =>
      failure(clientWith({ maxRetries: 0 }, networkError("ECONNRESET")).client.arItems.get("1"), ConnectionError),
    fields: { code: "connection_failed", ...CALL, attempts: 1, status: undefined },
  },
  TimeoutError: {
    type: TimeoutError,
    get: () => failure(clientWith({ maxRetries: 1, timeout: 5 }, hang).client.arItems.get("1"), TimeoutError),
    fields: { code: "timeout", ...CALL, attempts: 2, timeout: 5 },
  },
  ConfigurationError: {
    type: ConfigurationError,
    get: async () => thrown(() => new Amili({ accessToken: "" }), ConfigurationError),
    fields: { code: "invalid_option" },
  },
  BatchError: {
    type: BatchError,
    get: () =>
      failure(
        clientWith({}, () => json({ data: { status: "QUEUED" } })).org.batches.waitFor("b-1", { maxWait: 5 }),
        BatchError,
      ),
    fields: { code: "batch_timeout", batchId: "b-1", status: "QUEUED" },
  },
  PaginationError: {
    type: PaginationError,
    get: async () => thrown(() => clientWith({}).org.settlements.list({}, { cursor: "x" }), PaginationError),
    fields: { code: "invalid_cursor" },
  },
  InferredOperationError: {
    type: InferredOperationError,
    get: () =>
      failure(
        raw(clientWith({}).amili.accountsReceivable).request("GET", "/clients/{clientno}/documents", {
          params: { path: { clientno: 1 } },
        }),
        InferredOperationError,
      ),
    fields: { code: "inferred_operation", method: "GET", path: "/clients/{clientno}/documents" },
  },
};

beforeEach(() => {
  vi.useFakeTimers();
});
describe("every class extends AmiliError", () => {
  it.each(Object.entries(OF_EACH_CLASS))("%s", async (name, { type, get, fields }) => {
    const error = await get();
    expect(error).toBeInstanceOf(AmiliError);
    expect(error).toBeInstanceOf(Error);
    expect(error.constructor).toBe(type);
    expect({ ...error }).toEqual(fields);
    expect(error.name).toBe(name);
    expect(String(error)).toBe(`${name}: ${error.message}`);
    expect(error.stack).toMatch(new RegExp(`^${name}: `));
    expect(inspect(error)).toMatch(new RegExp(`^${name}: `));
    expect(Object.keys(error)).not.toContain("name");
  });

  it("and no other class is exported", () => {
    const exported = Object.entries(library).filter(([name]) => name.endsWith("Error") && name !== "AmiliError");
    expect(exported.map(([name]) => name).sort()).toEqual(Object.keys(OF_EACH_CLASS).sort());
  });

  it("names do not depend on class names, which a minifier changes", () => {
    for (const { type } of Object.values(OF_EACH_CLASS)) expect(Object.hasOwn(type.prototype, "name")).toBe(true);
  });
});

describe("ApiError", () => {
  const errorOf = (response: Response) =>
    failure(clientWith({ maxRetries: 0 }, response).client.arItems.get("2218-77"), ApiError);

  it("has body and headers that no log shows", async () => {
    const error = await errorOf(json({ ssn: "01017012345" }, { status: 422, headers: { "x-a": "h3ader" } }));
    expect(error.body).toEqual({ ssn: "01017012345" });
    expect(error.headers.get("x-a")).toBe("h3ader");
    for (const text of [
      inspect(error, { depth: 20 }),
      JSON.stringify(error),
      String(error),
      error.stack,
      Object.keys(error).join(),
    ]) {
      expect(text).not.toMatch(/01017012345|h3ader|body|headers/);
    }
  });

  it("has the path template without values", async () => {
    const error = await errorOf(status(404));
    expect(error.path).toBe("/clients/{clientno}/aritems/{aritemid}");
    expect(everything(error)).not.toContain("2218-77");
    expect(error.message).toBe("GET /clients/{clientno}/aritems/{aritemid} failed with 404 (1 attempt)");
  });

  it.each([
    ["x-amili-request-id", "x-request-id"],
    ["x-request-id", "x-correlation-id"],
    ["x-correlation-id", "date"],
  ])("prefers the request id of %s to that of %s", async (first, second) => {
    const error = await errorOf(status(400, { [second]: "two", [first]: "one" }));
    expect(error.requestId).toBe("one");
    expect(error.message).toContain("request id one");
  });

  it("states the attempts, and not the status text, which may be anything", async () => {
    const { org } = clientWith({}, () => new Response(null, { status: 503, statusText: "Kari" }));
    const error = await failure(org.batches.get("b"), ApiError);
    expect(error.message).toBe("GET /orgs/{organizationId}/batches/{batchId} failed with 503 (3 attempts)");
    expect(everything(error)).not.toContain("Kari");
  });

  it("says why the server refused", async () => {
    const body = { message: "The invoice is closed" };
    const error = await errorOf(json(body, { status: 409, headers: { "x-request-id": "r-1" } }));
    expect(error.detail).toBe("The invoice is closed");
    expect(error.message).toBe(
      'GET /clients/{clientno}/aritems/{aritemid} failed with 409: "The invoice is closed" (request id r-1, 1 attempt)',
    );
  });

  it('does not say why with errorDetail: "none"', async () => {
    const { client } = clientWith({ errorDetail: "none" }, json({ message: "closed" }, { status: 409 }));
    const error = await failure(client.arItems.get("1"), ApiError);
    expect(error.detail).toBeUndefined();
    expect(error.message).not.toContain("closed");
    expect(error.body).toEqual({ message: "closed" });
  });

  it("as JSON has what a log needs, and neither body nor headers", async () => {
    const error = await errorOf(json({ message: "closed" }, { status: 409, headers: { "x-request-id": "r-1" } }));
    expect(JSON.parse(JSON.stringify({ error })).error).toEqual({
      name: "ApiError",
      message: error.message,
      code: "http_409",
      status: 409,
      ...CALL,
      attempts: 1,
      requestId: "r-1",
      detail: "closed",
    });
  });

  it("has a request id of at most 200 characters", async () => {
    const error = await errorOf(status(400, { "x-request-id": "r".repeat(5_000) }));
    expect(error.requestId).toHaveLength(200);
  });

  it("has no token that the server echoes", async () => {
    const token = "eyJhbGciOi/J9.s3cret+part=";
    const echo = ({ headers }: Sent) => {
      const text = JSON.stringify({ message: "no", request: { authorization: headers.get("authorization") } });
      return new Response(text.replaceAll("/", "\\/"), { status: 400 });
    };
    const basic = { basic: { username: "u", password: "s3cret-password" } };
    const baseUrls = { autoCollectLegacy: "https://x.test" };
    for (const { amili } of [
      clientWith({ accessToken: token, baseUrls, auth: { autoCollectLegacy: "bearer" } }, echo),
      clientWith({ baseUrls, auth: { autoCollectLegacy: basic } }, echo),
    ]) {
      const call = amili.autoCollectLegacy.http.GET("/x" as never, {} as never) as Promise<{ error?: unknown }>;
      expect(JSON.stringify((await call).error)).toContain("[redacted]");
      expect(JSON.stringify((await call).error)).not.toMatch(/s3cret|dTpzM2/);
    }
  });

  it.each([
    [300, false],
    [301, true],
    [302, true],
    [303, true],
    [304, false],
    [307, true],
    [308, true],
    [404, false],
  ])("%s is a redirect: %s", async (code, redirect) => {
    expect((await errorOf(status(code))).message.includes("redirects are not followed")).toBe(redirect);
  });

  itOfFetch("a redirect in a browser has status 0", async () => {
    // No Response can be constructed with status 0.
    const opaque = Object.defineProperties(new Response(null), { status: { value: 0 }, ok: { value: false } });
    expect((await errorOf(opaque)).message).toContain("redirects are not followed");
  });

  it.each([
    [{ "retry-after": "120" }, 120_000],
    [{}, undefined],
  ])("has the Retry-After in ms: %j", async (headers, retryAfter) => {
    expect((await errorOf(status(429, headers as Record<string, string>))).retryAfter).toBe(retryAfter);
  });
});

it("status and code distinguish 404 from 500", async () => {
  const { org } = clientWith({ maxRetries: 0 }, status(404), status(500));
  const statuses = [await failure(org.batches.get("b"), ApiError), await failure(org.batches.get("b"), ApiError)];
  expect(statuses.map((e) => [e.status, e.code])).toEqual([
    [404, "http_404"],
    [500, "http_500"],
  ]);
});

it("path values are in no error", async () => {
  const { org } = clientWith(
    { maxRetries: 0, timeout: 5 },
    status(404),
    networkError("ECONNRESET"),
    hang,
    new Response("{"),
  );
  for (let i = 0; i < 4; i++) {
    const shown = everything(await failure(org.batches.get("b-7"), AmiliError));
    expect(shown).not.toContain(ORG);
    expect(shown).not.toContain("b-7");
  }
});
