import { ApiError, AuthenticationError, TimeoutError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Identity as usual, and an API that answers its requests in order. */
const inOrder = (...answers: (() => Response)[]) => {
  let n = 0;
  return identityAnd(() => (answers[n++] ?? (() => json({ ok: true })))());
};
const story = (sent: Sent[]) => sent.map((s) => (isTokenRequest(s) ? "token" : bearer(s)));

describe("token, attempts and retries together", () => {
  it.each<{ what: string; answers: (() => Response)[]; told: (string | undefined)[] }>([
    { what: "nothing goes wrong", answers: [], told: ["token", "T1"] },
    { what: "a retry has the same token", answers: [() => status(503)], told: ["token", "T1", "T1"] },
    {
      what: "a refused token, then trouble",
      answers: [() => status(401), () => status(500), () => status(502)],
      told: ["token", "T1", "token", "T2", "T2", "T2"],
    },
    {
      what: "trouble, then a refused token",
      answers: [() => status(500), () => status(502), () => status(401)],
      told: ["token", "T1", "T1", "T1", "token", "T2"],
    },
  ])("$what", async ({ answers, told }) => {
    const { client, sent } = clientWith(CREDENTIALS, inOrder(...answers));
    await expect(settle(client.arItems.get("1"))).resolves.toEqual({ ok: true });
    expect(story(sent)).toEqual(told);
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
    expect(story(sent)).toEqual(["token", "T1", "token", "T2", "T2"]);
  });

  it("a 401 of one call is not the first of another", async () => {
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
    expect(story(sent)).toEqual(["token", "T1", "token", "T2", "T2", "token", "T3"]);
  });

  it("a token that ends while a retry is waited for is replaced before it", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd((s) => (bearer(s) === "T1" ? status(429, { "retry-after": "30" }) : json({})), { expires_in: 20 }),
    );
    await settle(client.arItems.get("1"));
    expect(story(sent)).toEqual(["token", "T1", "token", "T2"]);
  });

  it("403 does not drop the token", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      inOrder(() => status(403)),
    );
    expect(await failure(client.arItems.get("1"), ApiError)).toMatchObject({ status: 403, attempts: 1 });
    await client.arItems.get("2");
    expect(story(sent)).toEqual(["token", "T1", "T1"]);
  });

  it("401 of the identity API is an answer like another: there is no token to drop", async () => {
    const { amili, sent } = clientWith({}, () => status(401));
    const body = { grant_type: "client_credentials", client_id: "a", client_secret: "b" } as const;
    expect(await failure(amili.identity.token(body), ApiError)).toMatchObject({ status: 401, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it("raw access has the same tokens, retries and time limits", async () => {
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
    expect(story(sent)).toEqual(["token", "T1", "token", "T2", "T2"]);
    const other = clientWith({ timeout: 40, maxRetries: 1 }, hang);
    const call = other.amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", { params });
    expect(await failure(call, TimeoutError)).toMatchObject({ timeout: 40, attempts: 2 });
  });

  it("counts every sending as an attempt, and each call for itself", async () => {
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

describe("a call's own options", () => {
  it("stand above those of the client, for that call only", async () => {
    const { client, sent } = clientWith({ maxRetries: 0, headers: { "x-a": "1", "x-b": "1" } }, () => status(503));
    await failure(client.arItems.get("1", {}, { maxRetries: 1, headers: { "x-b": "2" } }), ApiError);
    await failure(client.arItems.get("1"), ApiError);
    expect(sent.map(({ headers }) => [headers.get("x-a"), headers.get("x-b")])).toEqual([
      ["1", "2"],
      ["1", "2"],
      ["1", "1"],
    ]);
  });

  it("reach every page of a list", async () => {
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

it("`fetch` and token of an instance are its own", async () => {
  const one = clientWith({ accessToken: "A" }, json({ of: "one" }));
  const two = clientWith({ accessToken: "B" }, networkError("ECONNRESET"), json({ of: "two" }));
  expect(await settle(Promise.all([one.client.arItems.get("1"), two.client.arItems.get("1")]))).toEqual([
    { of: "one" },
    { of: "two" },
  ]);
  expect([one.sent.map(bearer), two.sent.map(bearer)]).toEqual([["A"], ["B", "B"]]);
});

it("a HEAD may be sent again, and gives no body", async () => {
  const { amili, sent } = clientWith({}, status(503), status(200));
  const { data } = await settle(
    raw(amili.accountsReceivable).request("HEAD", "/clients/{clientno}/customers", {
      params: { path: { clientno: 1 } },
    }),
  );
  expect([data, sent.length]).toEqual([undefined, 2]);
});
