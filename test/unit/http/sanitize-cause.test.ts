import { inspect } from "node:util";
import { AmiliError, ApiError, AuthenticationError, ConnectionError, type RetryEvent } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sanitizeCause } from "../../../src/http/sanitize-cause.js";
import { chain, everything } from "../../support/secrets.js";
import { CREDENTIALS, clientWith, failure, json, networkError, raw, type Sent, settle } from "../../support/stub.js";

const SECRET = CREDENTIALS.clientSecret;
const TOKEN = "t0ken-of-one";
/** What an HTTP library may attach to its errors. */
const requestOf = ({ init }: Sent) => ({ body: init.body, headers: Object.fromEntries(init.headers as Headers) });
type Request = ReturnType<typeof requestOf>;

class HTTPError extends Error {
  override name = "HTTPError";
  constructor(
    readonly request: Request,
    readonly options: Request,
    cause?: unknown,
  ) {
    super("Request failed", { cause });
  }
}

/** An error that discloses a private field when it is inspected. */
class CustomInspect extends Error {
  readonly #request: Request;

  constructor(request: Request) {
    super("no");
    this.#request = request;
  }

  [inspect.custom]() {
    return this.#request;
  }
}

const CARRIERS: Record<string, (request: Request) => unknown> = {
  "its own properties": (request) => new HTTPError(request, request),
  "a hidden property": (request) => Object.defineProperty(new Error("no"), "request", { value: request }),
  "a symbol": (request) => Object.assign(new Error("no"), { [Symbol("request")]: request }),
  "a property that should be a string": (request) => Object.assign(new Error("no"), { code: request }),
  "its cause": (request) => new TypeError("fetch failed", { cause: new HTTPError(request, request) }),
  "a cause that is no error": (request) => new TypeError("fetch failed", { cause: request }),
  "its errors": (request) => new AggregateError([new Error("one"), new HTTPError(request, request)]),
  "a cause far down": (request) =>
    Array.from({ length: 20 }).reduce<unknown>((cause) => new Error("no", { cause }), new HTTPError(request, request)),
  "an object that is not an error": (request) => ({ message: "no", config: request }),
  "a list of headers for a cause": ({ headers }) => new Error("no", { cause: new Headers(headers) }),
  "a map for a cause": ({ headers }) => new Error("no", { cause: new Map(Object.entries(headers)) }),
  "the headers themselves": ({ headers }) => new Headers(headers),
  "the form itself": ({ body }) => new URLSearchParams(String(body)),
  "a host name that is not a string": ({ headers }) =>
    Object.assign(new Error("no"), { hostname: new Headers(headers) }),
  "a custom inspect method": (request) => new CustomInspect(request),
  "a property that cannot be read": (request) =>
    Object.defineProperty(Object.assign(new Error("no"), { request }), "code", {
      get() {
        throw new Error(JSON.stringify(request));
      },
    }),
  "a function": (request) => Object.assign(() => {}, { request }),
};

beforeEach(() => {
  vi.useFakeTimers();
});
describe("an error of a custom fetch that holds the request does not disclose it", () => {
  it.each(Object.entries(CARRIERS))("in %s", async (_, carry) => {
    const events: RetryEvent[] = [];
    const hooks = { onRetry: (event: RetryEvent) => void events.push(event) };
    const carrier = (sent: Sent) => Promise.reject(carry(requestOf(sent)));
    const disclosed: unknown[] = events;
    for (const options of [CREDENTIALS, { accessToken: TOKEN }]) {
      const { client } = clientWith({ ...options, maxRetries: 1, hooks }, carrier);
      disclosed.push(await failure(client.arItems.get("1"), ConnectionError));
    }
    expect(disclosed).toHaveLength(4);
    for (const text of disclosed.flatMap((value) => [
      everything(value),
      inspect(value, { depth: 99, showHidden: true }),
    ])) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain("client_secret");
    }
  });

  it("nor does one of the accessToken function", async () => {
    const request = { body: `client_secret=${SECRET}`, headers: {} };
    const accessToken = () => Promise.reject(new HTTPError(request, request));
    const error = await failure(clientWith({ accessToken }).client.arItems.get("1"), AuthenticationError);
    expect(everything(error)).not.toContain(SECRET);
    expect(error.cause).toMatchObject({ name: "HTTPError", message: "Request failed" });
  });
});

describe("the cause of a ConnectionError", () => {
  const causeAfter = async (error: Error) => {
    const { client } = clientWith({ maxRetries: 0 }, error);
    return (await failure(client.arItems.get("1"), ConnectionError)).cause;
  };

  const connect = { code: "ECONNREFUSED", errno: -111, syscall: "connect", address: "::1", port: 443 };
  it.each<[string, Error]>([
    ["of the network", networkError("ECONNRESET", "read")],
    ["with an address", new TypeError("fetch failed", { cause: Object.assign(new Error("no"), connect) })],
    ["with a host", Object.assign(new Error("no"), { code: "ENOTFOUND", syscall: "getaddrinfo", hostname: "x.test" })],
    ["of all addresses", new TypeError("no", { cause: new AggregateError([Object.assign(new Error("a"), connect)]) })],
    ["of the platform", new DOMException("no", "NetworkError")],
    ["without a message", new Error(undefined, { cause: undefined })],
    ["with a text for a cause", new Error("no", { cause: "text" })],
  ])("is the same error if it has safe fields only: one %s", async (_, error) => {
    expect(await causeAfter(error)).toBe(error);
  });

  it("is otherwise a copy with the safe fields", async () => {
    const request = { body: "x", headers: {} };
    const inner = Object.assign(new Error("connect ECONNREFUSED"), connect, { socket: { request } });
    const error = new HTTPError(request, request, new AggregateError([inner], "all"));
    const copy = (await causeAfter(error)) as Error;
    expect(copy).toBeInstanceOf(Error);
    expect([copy.name, copy.message, copy.stack, String(copy)]).toEqual([
      error.name,
      error.message,
      error.stack,
      String(error),
    ]);
    expect(copy.cause).toBeInstanceOf(AggregateError);
    const [, , one] = [...chain(copy)] as Error[];
    expect({ ...one, message: one?.message, stack: one?.stack }).toEqual({
      ...connect,
      message: inner.message,
      stack: inner.stack,
      name: "Error",
    });
    expect(error.request).toBe(request);
  });

  it("shows as a copy whether a connection was made", async () => {
    const copied = (code: string, syscall: string) =>
      Object.assign(networkError(code, syscall), { request: { body: "x" } });
    for (const [error, times] of [
      [copied("ECONNREFUSED", "connect"), 2],
      [copied("ECONNRESET", "read"), 1],
    ] as const) {
      const events: RetryEvent[] = [];
      const hooks = { onRetry: (event: RetryEvent) => void events.push(event) };
      const { amili, sent } = clientWith({ hooks }, error, () => json({}));
      const params = { path: { clientno: 1 } };
      const call = raw(amili.accountsReceivable).request("POST", "/clients/{clientno}/paymentreservations", { params });
      const [result] = await Promise.allSettled([settle(call)]);
      expect(sent).toHaveLength(times);
      const reported = result.status === "rejected" ? result.reason : events[0]?.error;
      expect(reported.message).toContain(`got no response: ${(error.cause as { code: string }).code}`);
    }
  });

  it("does not show a connect failure because it is deep", async () => {
    const refused = networkError("ECONNREFUSED", "connect").cause;
    for (let depth = 0; depth < 12; depth++) {
      const gathered: Error = new AggregateError([refused, networkError("ECONNRESET", "read").cause]);
      const error = Array.from({ length: depth }).reduce<Error>((cause) => new Error("no", { cause }), gathered);
      const { org, sent } = clientWith({}, error);
      await failure(org.invoices.create([]), ConnectionError);
      expect(sent).toHaveLength(1);
    }
  });

  it("is the same error if it is the library's own", () => {
    const error = new ApiError({ method: "GET", path: "/", attempts: 1 }, json({}, { status: 400 }));
    expect(sanitizeCause(error)).toBe(error);
    expect((sanitizeCause(Object.assign(new Error("no", { cause: error }), { request: {} })) as Error).cause).toBe(
      error,
    );
  });
});

describe("cyclic causes are cut", () => {
  const itself = new Error("itself");
  itself.cause = itself;
  const pair = [new Error("one"), new Error("two")] as const;
  pair[0].cause = pair[1];
  pair[1].cause = pair[0];
  const gathered = new AggregateError([], "gathered");
  gathered.errors.push(gathered);

  it.each([itself, pair[0], gathered, new TypeError("fetch failed", { cause: gathered })])("%s", async (error) => {
    // A POST, since its retry depends on the causes.
    const { org } = clientWith({}, error);
    const failed = await failure(org.invoices.create([]), ConnectionError);
    const length = [...chain(failed)].length;
    expect(length).toBeGreaterThan(2);
    expect(length).toBeLessThan(20);
    expect(failed).toBeInstanceOf(AmiliError);
  });
});
