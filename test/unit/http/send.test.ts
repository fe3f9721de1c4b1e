import { ApiError, AuthenticationError, TimeoutError } from "amili-client";
import { beforeEach, describe, expect, it } from "vitest";
import { useFakeTime } from "../../support/fake-time.js";
import {
  bearer,
  CREDENTIALS,
  clientWith,
  failure,
  hang,
  identityAnd,
  isTokenRequest,
  json,
  networkError,
  raw,
  type Sent,
  settle,
  status,
} from "../../support/stub.js";

beforeEach(() => useFakeTime());

/** The identity service, and an API that replies in order. */
const inOrder = (...replies: (() => Response)[]) => {
  let n = 0;
  return identityAnd(() => (replies[n++] ?? (() => json({ ok: true })))());
};
const tokensOf = (sent: Sent[]) => sent.map((s) => (isTokenRequest(s) ? "token" : bearer(s)));

describe("token, attempts and retries together", () => {
  it.each<{ what: string; replies: (() => Response)[]; tokens: (string | undefined)[] }>([
    { what: "no failure", replies: [], tokens: ["token", "T1"] },
    { what: "a retry has the same token", replies: [() => status(503)], tokens: ["token", "T1", "T1"] },
    {
      what: "a refused token, then failures",
      replies: [() => status(401), () => status(500), () => status(502)],
      tokens: ["token", "T1", "token", "T2", "T2", "T2"],
    },
    {
      what: "failures, then a refused token",
      replies: [() => status(500), () => status(502), () => status(401)],
      tokens: ["token", "T1", "T1", "T1", "token", "T2"],
    },
  ])("$what", async ({ replies, tokens }) => {
    const { client, sent } = clientWith(CREDENTIALS, inOrder(...replies));
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
    expect(tokensOf(sent)).toEqual(tokens);
  });

  it("a second 401 ends the call, even with retries between", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      inOrder(
        () => status(401),
        () => status(503),
        () => status(401),
      ),
    );
    const error = await failure(client.arItems.get("1"), AuthenticationError);
    expect(error.cause).toMatchObject({ status: 401, attempts: 3 });
    expect(tokensOf(sent)).toEqual(["token", "T1", "token", "T2", "T2"]);
  });

  it("a 401 counts for its own call only", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      inOrder(
        () => status(401),
        () => json({}),
        () => status(401),
      ),
    );
    await client.arItems.get("1");
    await client.arItems.get("2");
    expect(tokensOf(sent)).toEqual(["token", "T1", "token", "T2", "T2", "token", "T3"]);
  });

  it("a token that expires during the delay is renewed before the retry", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd((s) => (bearer(s) === "T1" ? status(429, { "retry-after": "30" }) : json({})), { expires_in: 20 }),
    );
    await settle(client.arItems.get("1"));
    expect(tokensOf(sent)).toEqual(["token", "T1", "token", "T2"]);
  });

  it("403 does not invalidate the token", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      inOrder(() => status(403)),
    );
    expect(await failure(client.arItems.get("1"), ApiError)).toMatchObject({ status: 403, attempts: 1 });
    await client.arItems.get("2");
    expect(tokensOf(sent)).toEqual(["token", "T1", "T1"]);
  });

  it("a 401 of the identity service is an ApiError", async () => {
    const { amili, sent } = clientWith({}, () => status(401));
    const body = { grant_type: "client_credentials", client_id: "a", client_secret: "b" } as const;
    expect(await failure(amili.identity.token(body), ApiError)).toMatchObject({ status: 401, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it("the raw client has the same tokens, retries and timeouts", async () => {
    const { amili, sent } = clientWith(
      { ...CREDENTIALS, timeout: 40 },
      inOrder(
        () => status(401),
        () => status(503),
      ),
    );
    const { http } = amili.accountsReceivable;
    const params = { path: { clientno: 2218, aritemid: "1" } };
    const { data } = await settle(http.GET("/clients/{clientno}/aritems/{aritemid}", { params }));
    expect(data).toEqual({ ok: true });
    expect(tokensOf(sent)).toEqual(["token", "T1", "token", "T2", "T2"]);
    const other = clientWith({ timeout: 40, maxRetries: 1 }, hang);
    const call = other.amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", { params });
    expect(await failure(call, TimeoutError)).toMatchObject({ timeout: 40, attempts: 2 });
  });

  it("attempts counts every request of one call", async () => {
    const { client } = clientWith(
      CREDENTIALS,
      inOrder(
        () => status(401),
        () => status(500),
        () => status(404),
        () => status(404),
      ),
    );
    expect(await failure(client.arItems.get("1"), ApiError)).toMatchObject({ status: 404, attempts: 3 });
    expect(await failure(client.arItems.get("1"), ApiError)).toMatchObject({ status: 404, attempts: 1 });
  });
});

describe("the options of a call", () => {
  it("override those of the client for that call only", async () => {
    const { client, sent } = clientWith({ maxRetries: 0, headers: { "x-a": "1", "x-b": "1" } }, () => status(503));
    await failure(client.arItems.get("1", {}, { maxRetries: 1, headers: { "x-b": "2" } }), ApiError);
    await failure(client.arItems.get("1"), ApiError);
    expect(sent.map(({ headers }) => [headers.get("x-a"), headers.get("x-b")])).toEqual([
      ["1", "2"],
      ["1", "2"],
      ["1", "1"],
    ]);
  });

  it("apply to every page of a list", async () => {
    const { org, sent } = clientWith(
      {},
      json({ data: [1], summary: { nextPageToken: "t" } }),
      status(503),
      json({ data: [2] }),
    );
    const call = org.settlements.list({}, { headers: { "x-a": "1" }, maxRetries: 0 }).toArray();
    expect(await failure(call, ApiError)).toMatchObject({ attempts: 1 });
    expect(sent.map(({ headers }) => headers.get("x-a"))).toEqual(["1", "1"]);
  });
});

it("instances share neither fetch nor token", async () => {
  const one = clientWith({ accessToken: "A" }, json({ of: "one" }));
  const two = clientWith({ accessToken: "B" }, networkError("ECONNRESET"), json({ of: "two" }));
  expect(await settle(Promise.all([one.client.arItems.get("1"), two.client.arItems.get("1")]))).toEqual([
    { of: "one" },
    { of: "two" },
  ]);
  expect([one.sent.map(bearer), two.sent.map(bearer)]).toEqual([["A"], ["B", "B"]]);
});

it("a HEAD is retried, and has no body", async () => {
  const { amili, sent } = clientWith({}, status(503), status(200));
  const { data } = await settle(
    raw(amili.accountsReceivable).request("HEAD", "/clients/{clientno}/customers", {
      params: { path: { clientno: 1 } },
    }),
  );
  expect([data, sent.length]).toEqual([undefined, 2]);
});
