import { inspect } from "node:util";
import { AmiliError, ApiError, AuthenticationError, ConnectionError, type RetryEvent } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { causeOf } from "../../../src/http/cause.js";
import { chain, everything } from "../../support/secrets.js";
import { CREDENTIALS, clientWith, failure, json, networkError, raw, type Sent, settle } from "../../support/stub.js";

const SECRET = CREDENTIALS.clientSecret;
const TOKEN = "t0ken-of-one";
/** What a library for HTTP may hang on its errors: the request as it was sent. */
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

/** An error on which nothing is to be seen until it is shown. */
class Shown extends Error {
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
  "a property that should be simple": (request) => Object.assign(new Error("no"), { code: request }),
  "its cause": (request) => new TypeError("fetch failed", { cause: new HTTPError(request, request) }),
  "a cause that is no error": (request) => new TypeError("fetch failed", { cause: request }),
  "the errors gathered in it": (request) => new AggregateError([new Error("one"), new HTTPError(request, request)]),
  "a cause far down": (request) =>
    Array.from({ length: 20 }).reduce<unknown>((cause) => new Error("no", { cause }), new HTTPError(request, request)),
  "being no error": (request) => ({ message: "no", config: request }),
  "a list of headers for a cause": ({ headers }) => new Error("no", { cause: new Headers(headers) }),
  "a map for a cause": ({ headers }) => new Error("no", { cause: new Map(Object.entries(headers)) }),
  "being its headers": ({ headers }) => new Headers(headers),
  "being its form": ({ body }) => new URLSearchParams(String(body)),
  "a host that is none": ({ headers }) => Object.assign(new Error("no"), { hostname: new Headers(headers) }),
  "a reader of its own": (request) => new Shown(request),
  "a property that cannot be read": (request) =>
    Object.defineProperty(Object.assign(new Error("no"), { request }), "code", {
      get() {
        throw new Error(JSON.stringify(request));
      },
    }),
  "being a function": (request) => Object.assign(() => {}, { request }),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('"Secrets and tokens stand in no error": one of a `fetch` of the user\'s that carries the request', () => {
  it.each(Object.entries(CARRIERS))("in %s", async (_, carry) => {
    const events: RetryEvent[] = [];
    const hooks = { onRetry: (event: RetryEvent) => void events.push(event) };
    const carrier = (sent: Sent) => Promise.reject(carry(requestOf(sent)));
    const told: unknown[] = events;
    for (const options of [CREDENTIALS, { accessToken: TOKEN }]) {
      const { client } = clientWith({ ...options, maxRetries: 1, hooks }, carrier);
      told.push(await failure(client.arItems.get("1"), ConnectionError));
    }
    expect(told).toHaveLength(4);
    for (const text of told.flatMap((value) => [everything(value), inspect(value, { depth: 99, showHidden: true })])) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain("client_secret");
    }
  });

  it("and one of a function given as accessToken", async () => {
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
    ["of the platform's own making", new DOMException("no", "NetworkError")],
    ["without a word", new Error(undefined, { cause: undefined })],
    ["with a text for a cause", new Error("no", { cause: "text" })],
  ])("is the very error, if that holds nothing else: one %s", async (_, error) => {
    expect(await causeAfter(error)).toBe(error);
  });

  it("else a copy that tells as much of why it failed", async () => {
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

  it("shows whether a connection was made although it is a copy", async () => {
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
      const told = result.status === "rejected" ? result.reason : events[0]?.error;
      expect(told.message).toContain(`got no answer: ${(error.cause as { code: string }).code}`);
    }
  });

  it("never shows that no connection was made because it is deep", async () => {
    const refused = networkError("ECONNREFUSED", "connect").cause;
    for (let depth = 0; depth < 12; depth++) {
      const gathered: Error = new AggregateError([refused, networkError("ECONNRESET", "read").cause]);
      const error = Array.from({ length: depth }).reduce<Error>((cause) => new Error("no", { cause }), gathered);
      const { org, sent } = clientWith({}, error);
      await failure(org.invoices.create([]), ConnectionError);
      expect(sent).toHaveLength(1);
    }
  });

  it("is an error of the library's own as it is", () => {
    const error = new ApiError({ method: "GET", path: "/", attempts: 1 }, json({}, { status: 400 }), {}, undefined);
    expect(causeOf(error)).toBe(error);
    expect((causeOf(Object.assign(new Error("no", { cause: error }), { request: {} })) as Error).cause).toBe(error);
  });
});

describe("causes that lead back to themselves have an end", () => {
  const itself = new Error("itself");
  itself.cause = itself;
  const pair = [new Error("one"), new Error("two")] as const;
  pair[0].cause = pair[1];
  pair[1].cause = pair[0];
  const gathered = new AggregateError([], "gathered");
  gathered.errors.push(gathered);

  it.each([itself, pair[0], gathered, new TypeError("fetch failed", { cause: gathered })])("%s", async (error) => {
    // A POST, since that is when the causes are gone through.
    const { org } = clientWith({}, error);
    const failed = await failure(org.invoices.create([]), ConnectionError);
    const length = [...chain(failed)].length;
    expect(length).toBeGreaterThan(2);
    expect(length).toBeLessThan(20);
    expect(failed).toBeInstanceOf(AmiliError);
  });
});
