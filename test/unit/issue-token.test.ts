import { AmiliError, ApiError, AuthenticationError, ConnectionError } from "amili-client";
import { describe, expect, it } from "vitest";
import { chain, everything } from "../support/secrets.js";
import { bearer, CREDENTIALS, clientWith, failure, identityAnd, json, status } from "../support/stub.js";

/** The error of a call for which the identity service responds like this. */
async function errorOf<E extends AmiliError>(
  respond: () => Response,
  type: abstract new (...args: never[]) => E,
): Promise<E> {
  const { client, sent } = clientWith({ ...CREDENTIALS, maxRetries: 0 }, respond);
  const error = await failure(client.arItems.get("1"), type);
  expect(sent).toHaveLength(1);
  expect(everything(error)).not.toContain(CREDENTIALS.clientSecret);
  return error;
}

describe("a response of the identity service", () => {
  it.each([400, 401, 403])("%s is an AuthenticationError", async (code) => {
    const error = await errorOf(() => json({ error: "invalid_client" }, { status: code }), AuthenticationError);
    expect(error).toMatchObject({ code: "credentials_refused", status: code });
    expect(error.message).toContain(String(code));
    expect(error.cause).toBeInstanceOf(ApiError);
    expect(error.cause).toMatchObject({ path: "/token", detail: "invalid_client", body: undefined });
    expect(error.message).toContain(`refused the client id and secret with ${code}: "invalid_client"`);
  });

  it.each([404, 408, 429, 500, 503, 302])("%s is an ApiError", async (code) => {
    expect(await errorOf(() => status(code), ApiError)).toMatchObject({ status: code, method: "POST", path: "/token" });
  });

  it.each([
    () => new Response('{"access_token":"t0ken-of-id-1"', { status: 200 }),
    () => json({ access_token: "t0ken-of-id-1", message: `no ${CREDENTIALS.clientSecret}` }, { status: 500 }),
    () => json({ error: CREDENTIALS.clientSecret, access_token: "t0ken-of-id-1" }, { status: 400 }),
  ])("is kept in no error, since it may hold a token or the secret", async (respond) => {
    const { client } = clientWith({ ...CREDENTIALS, maxRetries: 0 }, respond);
    const error = await failure(client.arItems.get("1"), AmiliError);
    const bodies = [...chain(error)].map((one) => (one as ApiError).body);
    expect(bodies.every((body) => body === undefined)).toBe(true);
    expect(everything(error)).not.toMatch(/t0ken|s3cret/);
  });

  it("that fetch fails to get is kept in no cause either, though its error quotes the request", async () => {
    const clientSecret = "s3cret+of/id 1";
    const fetch = async (_: string, { body }: RequestInit) => {
      throw new Error(`cannot send ${body} with ${clientSecret}`);
    };
    const { client } = clientWith({ clientId: "id-1", clientSecret, maxRetries: 0, fetch });
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect((error.cause as Error).message).toContain("[redacted]");
    expect(everything(error)).not.toContain("s3cret");
  });

  it("that is not JSON is a ConnectionError", async () => {
    expect(await errorOf(() => new Response("<html>"), ConnectionError)).toMatchObject({ code: "invalid_json" });
  });

  it.each(
    [
      undefined,
      null,
      "text",
      [],
      {},
      { access_token: "" },
      { access_token: null },
      { access_token: 7 },
      { access_token: "wr0ng wr0ng" },
      { access_token: "wr0ng\nx: y" },
      { access_token: "wr0ngø" },
    ].map((body) => ({ body })),
  )("without a usable token ($body) is an AuthenticationError that does not quote it", async ({ body }) => {
    const error = await errorOf(() => (body === undefined ? status(200) : json(body)), AuthenticationError);
    expect(error).toMatchObject({ code: "no_token", status: undefined });
    expect(everything(error)).not.toContain("wr0ng");
  });

  it("may have more fields", async () => {
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => json({}), { token_type: "Bearer", resource: "r", odd: 1 }),
    );
    await client.arItems.get("1");
    expect(sent.map(bearer)).toEqual([undefined, "T1"]);
  });
});

describe("identity.token", () => {
  it("returns the response unchanged, and does not change the client's own token", async () => {
    const respond = { access_token: "X", expires_in: 5, token_type: "Bearer" };
    const { amili, client, sent } = clientWith({ accessToken: "mine" }, json(respond), json({}));
    const body = { grant_type: "client_credentials", client_id: "a b", client_secret: "c&d" } as const;
    expect(await amili.identity.token(body)).toEqual(respond);
    await client.arItems.get("1");
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(sent[0]?.body).toBe("grant_type=client_credentials&client_id=a+b&client_secret=c%26d");
    expect(sent.map(bearer)).toEqual([undefined, "mine"]);
  });
});
