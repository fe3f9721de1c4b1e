import { Amili, type AmiliOptions, type Fetch } from "amili-client";
import { expect, vi } from "vitest";
import { transportTo } from "./transport.js";

export const ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
export const CLIENT_NO = 2218;
export const CREDENTIALS = { clientId: "id-1", clientSecret: "s3cret-of-id-1" };

/** A request as it left the library. */
export interface Sent {
  url: URL;
  method: string;
  headers: Headers;
  body: string | undefined;
  signal: AbortSignal;
  init: RequestInit;
  /** The clock when it was sent, in ms. */
  at: number;
}

/** A response, an error that `fetch` rejects with, or a function of the request. */
export type Reply = Response | Error | ((sent: Sent) => Response | Promise<Response>);

export const json = (body: unknown, init?: ResponseInit): Response => Response.json(body, init);

/** A response without a body. */
export const status = (code: number, headers?: Record<string, string>): Response =>
  new Response(null, { status: code, ...(headers && { headers }) });

/** No response; rejects when the request is aborted, as a platform's `fetch` does. */
export const hang = ({ signal }: Sent): Promise<Response> =>
  new Promise((_, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give);
  });

/** What undici's `fetch` rejects with when the socket fails. */
export function networkError(code: string, syscall?: string): TypeError {
  const cause = Object.assign(new Error(`${syscall ?? "socket"} ${code}`), { code, ...(syscall && { syscall }) });
  return new TypeError("fetch failed", { cause });
}

/** A `fetch` that records requests and replies in order; a function at the end replies to all that follow. */
export function stubFetch(...script: Reply[]): { fetch: Fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    const request: Sent = {
      url: new URL(url),
      method: init.method ?? "GET",
      headers: new Headers(init.headers),
      body: textOf(init.body),
      signal: init.signal as AbortSignal,
      init,
      at: Date.now(),
    };
    sent.push(request);
    const last = script.at(-1);
    const reply = script[sent.length - 1] ?? (typeof last === "function" ? last : undefined);
    if (!reply) throw new Error(`No reply is scripted for request ${sent.length}: ${request.method} ${url}`);
    if (reply instanceof Error) throw reply;
    return typeof reply === "function" ? reply(request) : reply;
  };
  return { fetch, sent };
}

/** The body as text; the raw client sends bytes. */
const textOf = (body: unknown) =>
  body === undefined || typeof body === "string" ? body : new TextDecoder().decode(body as ArrayBuffer);

/** A client on a stub, with an access token unless the options have credentials. */
export function clientWith(options: AmiliOptions, ...script: Reply[]) {
  const { fetch, sent } = stubFetch(...script);
  const token = "clientId" in options ? {} : { accessToken: "T0" };
  const amili = new Amili({ ...token, fetch: transportTo(fetch), ...options });
  return {
    amili,
    sent,
    org: amili.debtCollection.organization(ORG),
    client: amili.accountsReceivable.client(CLIENT_NO),
  };
}

export const isTokenRequest = ({ url }: Sent): boolean => url.pathname === "/token";
export const bearer = ({ headers }: Sent): string | undefined =>
  headers.get("authorization")?.replace(/^Bearer /, "") ?? undefined;

/** Issues the tokens T1, T2, … and leaves other requests to `api`. */
export function identityAnd(api: (sent: Sent) => Response | Promise<Response>, grant: object = { expires_in: 3600 }) {
  let issued = 0;
  return (sent: Sent) => (isTokenRequest(sent) ? json({ access_token: `T${++issued}`, ...grant }) : api(sent));
}

/** A promise with the functions that settle it. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((...ends) => {
    [resolve, reject] = ends;
  });
  return { promise, resolve, reject };
}

/** Runs fake timers until the promise has settled. */
export async function settle<T>(promise: Promise<T>): Promise<T> {
  const settled = Promise.allSettled([promise]);
  if (vi.isFakeTimers()) await vi.runAllTimersAsync();
  await settled;
  return promise;
}

/** The error that a promise rejects with, of the expected class. Runs fake timers. */
export async function failure<E>(
  promise: Promise<unknown>,
  type: (abstract new (...args: never[]) => E) & { prototype: E },
): Promise<E> {
  const [result] = await Promise.allSettled([settle(promise)]);
  if (result.status === "fulfilled") expect.unreachable("it should have failed");
  expect(result.reason).toBeInstanceOf(type);
  return result.reason as E;
}

/** What a function throws. */
export function thrown<E>(run: () => unknown, type: (abstract new (...args: never[]) => E) & { prototype: E }): E {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(type);
    return error as E;
  }
  return expect.unreachable("it should have thrown");
}

/** An API's raw client, for methods and paths that are data. */
export function raw(api: { http: object }) {
  return api.http as {
    request(
      method: string,
      path: string,
      init?: object,
    ): Promise<{ data?: unknown; error?: unknown; response: Response }>;
  };
}

// The raw clients load their code with the first request, for which fake timers do not wait.
await clientWith({}, json({})).amili.debtCollection.http.GET("/batches");
