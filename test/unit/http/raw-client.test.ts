import {
  Amili,
  ApiError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  InferredOperationError,
} from "amili-client";
import { describe, expect, it, vi } from "vitest";
import { accountsReceivableOperations, debtCollectionOperations } from "../../../generated/operations.js";
import { everything } from "../../support/secrets.js";
import { bearer, CREDENTIALS, clientWith, failure, identityAnd, json, ORG, raw, status } from "../../support/stub.js";

const ITEM = "/clients/{clientno}/aritems/{aritemid}";
const params = { path: { clientno: 2218, aritemid: "1" } };

describe('"Raw access: […] openapi-fetch clients over the generated `paths`": gives `{ data, error, response }`', () => {
  it("data of a success", async () => {
    const { amili, sent } = clientWith({}, json({ arItemId: "1" }, { headers: { "x-a": "1" } }));
    const { data, error, response } = await amili.accountsReceivable.http.GET(ITEM, { params });
    expect([data, error]).toEqual([{ arItemId: "1" }, undefined]);
    expect([response.status, response.headers.get("x-a")]).toEqual([200, "1"]);
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET https://api.amili.no/arm/v1/clients/2218/aritems/1",
    ]);
    expect(bearer(sent[0] as never)).toBe("T0");
  });

  it("error of an error status, which is not thrown", async () => {
    const { amili } = clientWith({}, json({ title: "None" }, { status: 404 }));
    const { data, error, response } = await amili.accountsReceivable.http.GET(ITEM, { params });
    expect([data, error, response.status]).toEqual([undefined, { title: "None" }, 404]);
  });

  it("but throws where there is no answer, or the token is refused", async () => {
    const { amili } = clientWith({ maxRetries: 0 }, new TypeError("fetch failed"), status(401));
    await failure(amili.accountsReceivable.http.GET(ITEM, { params }), ConnectionError);
    await failure(amili.accountsReceivable.http.GET(ITEM, { params }), AuthenticationError);
  });

  it("sends bodies, queries and headers", async () => {
    const { amili, sent } = clientWith({}, json({}));
    await amili.debtCollection.http.POST("/orgs/{organizationId}/invoices", {
      params: { path: { organizationId: ORG }, query: { a: 1 } as never },
      body: { invoices: [] },
      headers: { "x-a": "1" },
    });
    expect(sent[0]).toMatchObject({ method: "POST", body: '{"invoices":[]}' });
    expect(sent[0]?.url.href).toBe(`https://api.amili.no/collection/v1/orgs/${ORG}/invoices?a=1`);
    expect(sent[0]?.headers.get("x-a")).toBe("1");
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
  });

  it("sends a body in the form that its operation wants", async () => {
    const { amili, sent } = clientWith({}, () => json({}));
    const body = { grant_type: "client_credentials", client_id: "a b", client_secret: "c" } as const;
    await amili.identity.http.POST("/token", { body });
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(sent[0]?.body).toBe("grant_type=client_credentials&client_id=a+b&client_secret=c");
  });

  it.each<[string, HeadersInit]>([
    ["an object", { "x-a": "1" }],
    ["Headers", new Headers({ "x-a": "1" })],
  ])("takes headers as %s, of an operation that has a content type of its own too", async (_, headers) => {
    const { amili, sent } = clientWith({}, () => json({}));
    const body = { grant_type: "client_credentials", client_id: "a", client_secret: "b" } as const;
    await amili.identity.http.POST("/token", { body, headers });
    await amili.accountsReceivable.http.GET(ITEM, { params, headers });
    expect(sent.map((s) => s.headers.get("x-a"))).toEqual(["1", "1"]);
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  });

  it.each([undefined, null])("takes a header of %s for none, there too", async (none) => {
    const { amili, sent } = clientWith({}, () => json({}));
    const body = { grant_type: "client_credentials", client_id: "a", client_secret: "b" } as const;
    await amili.identity.http.POST("/token", { body, headers: { "x-a": none } });
    await amili.accountsReceivable.http.GET(ITEM, { params, headers: { "x-a": none } });
    expect(sent.map((s) => s.headers.has("x-a"))).toEqual([false, false]);
  });

  it("leaves form data and its type to the platform", async () => {
    const { amili, sent } = clientWith({}, json({}));
    const body = new FormData();
    await raw(amili.accountsReceivable).request("POST", "/clients/{clientno}/files", { params, body });
    expect(sent[0]?.init.body).toBe(body);
    expect(sent[0]?.headers.has("content-type")).toBe(false);
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const form = "application/x-www-form-urlencoded";
  it.each<[string, unknown, object]>([
    ["a BigInt", { amount: 1n }, {}],
    ["an object that holds itself", cycle, {}],
    ["a toJSON that throws", { toJSON: () => expect.unreachable("it throws") }, {}],
    ["a form that cannot be written", { a: Symbol("a") }, { headers: { "content-type": form } }],
  ])("refuses a body that cannot be written: %s", async (_, body, init) => {
    const { amili, org, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    const http = raw(amili.accountsReceivable);
    const calls = [http.request("POST", "/clients/{clientno}/files", { params, body, ...init })];
    if (!("headers" in init)) calls.push(org.invoices.create([body as never]) as never);
    for (const call of calls) {
      const error = await failure(call, ConfigurationError);
      expect(error.code).toBe("invalid_argument");
      expect(error.message).toMatch(/^The body .* Nothing was sent\.$/);
      expect(error.cause).toBeInstanceOf(Error);
    }
    expect(sent).toHaveLength(0);
  });

  it("has request() and every method", async () => {
    const { amili, sent } = clientWith({}, () => status(204));
    const http = amili.accountsReceivable.http as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
    for (const method of methods) await http[method]?.("/odd");
    await http.request?.("get", "/odd");
    expect(sent.map(({ method }) => method)).toEqual([...methods, "GET"]);
  });
});

describe("a request stays under its base URL, with all path parameters, or is not sent", () => {
  it.each([
    ["elsewhere", { params, baseUrl: "https://evil.test" }],
    ["another host that begins alike", { params, baseUrl: "https://api.amili.no.evil.test/arm/v1" }],
    ["a user name that looks like the host", { params, baseUrl: "https://api.amili.no/arm/v1@evil.test" }],
    ["another API of the same host", { params, baseUrl: "https://api.amili.no/collection/v1" }],
    ["no encryption", { params, baseUrl: "http://api.amili.no/arm/v1" }],
    ["a path serializer of one's own that leads away", { params, pathSerializer: () => "https://evil.test/" }],
    ["no path parameters", {}],
    ["one missing", { params: { path: { clientno: 2218 } } }],
    ["one undefined", { params: { path: { clientno: 2218, aritemid: undefined } } }],
    ["one empty", { params: { path: { clientno: 2218, aritemid: "" } } }],
    ["one that climbs", { params: { path: { clientno: 2218, aritemid: ".." } } }],
  ])("%s", async (_, init) => {
    const { amili, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    await failure(raw(amili.accountsReceivable).request("GET", ITEM, init), ConfigurationError);
    expect(sent).toHaveLength(0);
  });

  it("a base URL of the same API does no harm", async () => {
    const { amili, sent } = clientWith({}, json({}));
    await raw(amili.accountsReceivable).request("GET", ITEM, { params, baseUrl: "https://api.amili.no/arm/v1/" });
    expect(sent[0]?.url.href).toBe("https://api.amili.no/arm/v1/clients/2218/aritems/1");
  });

  it("a `fetch` or `Request` of a call's own does not slip past tokens, retries and time limits", async () => {
    const own = vi.fn(async () => json({}));
    const { amili, sent } = clientWith({}, () => json({}));
    for (const init of [{ fetch: own }, { Request }]) {
      await failure(raw(amili.accountsReceivable).request("GET", ITEM, { params, ...init }), ConfigurationError);
    }
    expect(own).not.toHaveBeenCalled();
    expect(sent).toHaveLength(0);
  });
});

describe("openapi-fetch middleware", () => {
  it("may add headers, and sees no token and no secret, before and after", async () => {
    const seen: unknown[] = [];
    const { amili, client, sent } = clientWith(
      CREDENTIALS,
      identityAnd((s) => (bearer(s) === "T1" ? status(401) : json({ ok: true }))),
    );
    amili.accountsReceivable.http.use({
      onRequest({ request, ...rest }) {
        request.headers.set("x-a", "1");
        seen.push(request, rest, Object.fromEntries(request.headers));
        return request;
      },
      onResponse({ request, response, ...rest }) {
        seen.push(request, response, rest, Object.fromEntries(request.headers));
      },
    });
    expect(await client.arItems.get("1")).toEqual({ ok: true });
    const toApi = sent.filter((s) => s.url.pathname.startsWith("/arm"));
    expect(toApi.map((s) => [s.headers.get("x-a"), bearer(s)])).toEqual([
      ["1", "T1"],
      ["1", "T2"],
    ]);
    expect(seen).toHaveLength(7);
    for (const value of seen) expect(everything(value)).not.toMatch(/T1|T2|s3cret|[Bb]earer|authorization/);
  });

  it("is run once a call, whatever is sent again", async () => {
    const onRequest = vi.fn();
    const onResponse = vi.fn();
    const { amili, client, sent } = clientWith({}, status(429, { "retry-after": "0" }), json({}));
    amili.accountsReceivable.http.use({ onRequest, onResponse });
    await client.arItems.get("1");
    expect([sent.length, onRequest.mock.calls.length, onResponse.mock.calls.length]).toEqual([2, 1, 1]);
  });

  it("cannot set the token", async () => {
    const { amili, client, sent } = clientWith({}, json({}));
    amili.accountsReceivable.http.use({
      onRequest({ request }) {
        request.headers.set("authorization", "Bearer other");
      },
    });
    await client.arItems.get("1");
    expect(bearer(sent[0] as never)).toBe("T0");
  });

  it.each([
    { what: "JSON", answer: () => json({ mine: 1 }), data: { mine: 1 } },
    { what: "nothing", answer: () => status(204), data: undefined },
  ])("may replace the answer of the API with $what", async ({ answer, data }) => {
    const { amili, client, sent } = clientWith({}, () => json({ theirs: 1 }));
    amili.accountsReceivable.http.use({ onResponse: answer });
    expect(await client.arItems.get("1")).toEqual(data);
    expect((await amili.accountsReceivable.http.GET(ITEM, { params })).data).toEqual(data);
    expect(sent).toHaveLength(2);
  });

  it("may replace it with an error, or an error with a success", async () => {
    const { amili, client } = clientWith({}, json({}), json({ title: "None" }, { status: 404 }));
    amili.accountsReceivable.http.use({
      onResponse: ({ response }) => (response.ok ? json({ title: "Gone" }, { status: 410 }) : json({ found: true })),
    });
    expect(await failure(client.arItems.get("1"), ApiError)).toMatchObject({ status: 410, body: { title: "Gone" } });
    expect(await client.arItems.get("1")).toEqual({ found: true });
  });

  it("may answer itself, so that nothing is sent", async () => {
    const { amili, client, sent } = clientWith({});
    amili.accountsReceivable.http.use({ onRequest: () => json({ cached: true }) });
    expect(await client.arItems.get("1")).toEqual({ cached: true });
    expect(sent).toHaveLength(0);
  });

  it("whose own answer is no JSON is told of in the library's words", async () => {
    const { amili, client } = clientWith({}, json({}));
    amili.accountsReceivable.http.use({ onResponse: () => new Response('{"ssn":"01017012345"') });
    const error = await failure(client.arItems.get("1"), ConnectionError);
    expect(error.code).toBe("invalid_json");
    expect(error.message).not.toContain("0101");
  });

  it.each(["json", "text", "clone"] as const)("may read the answer with %s()", async (method) => {
    for (const reply of [() => json({ a: "ø" }), () => json({ a: "ø" }, { status: 400 })]) {
      const bodies: unknown[] = [];
      const { amili } = clientWith({}, reply);
      amili.accountsReceivable.http.use({
        async onResponse({ response }) {
          bodies.push(
            method === "text"
              ? JSON.parse(await response.text())
              : await (method === "clone" ? response.clone() : response).json(),
          );
        },
      });
      const { data, error } = await amili.accountsReceivable.http.GET(ITEM, { params });
      expect([bodies, data ?? error]).toEqual([[{ a: "ø" }], { a: "ø" }]);
    }
  });

  it("may read an answer without a body, too", async () => {
    const bodies: string[] = [];
    const { amili, client } = clientWith({}, status(204));
    amili.accountsReceivable.http.use({
      async onResponse({ response }) {
        bodies.push(await response.clone().text(), await response.text());
      },
    });
    expect(await client.arItems.get("1")).toBeUndefined();
    expect(bodies).toEqual(["", ""]);
  });

  it("is told of errors and may turn one into an answer", async () => {
    const errors: unknown[] = [];
    const { amili, client } = clientWith({ maxRetries: 0 }, new TypeError("fetch failed"));
    amili.accountsReceivable.http.use({
      onError({ error }) {
        errors.push(error);
        return json({ saved: true });
      },
    });
    expect(await client.arItems.get("1")).toEqual({ saved: true });
    expect(errors[0]).toBeInstanceOf(ConnectionError);
  });

  it("of one API is not that of another, nor of another Amili", async () => {
    const onRequest = vi.fn();
    const { amili, org } = clientWith({}, () => json({ data: {} }));
    amili.accountsReceivable.http.use({ onRequest });
    await org.batches.get("b");
    await clientWith({}, json({})).client.arItems.get("1");
    expect(onRequest).not.toHaveBeenCalled();
  });

  it("can be taken off again", async () => {
    const middleware = { onRequest: vi.fn() };
    const { amili, client } = clientWith({}, () => json({}));
    amili.accountsReceivable.http.use(middleware);
    await client.arItems.get("1");
    amili.accountsReceivable.http.eject(middleware);
    await client.arItems.get("1");
    expect(middleware.onRequest).toHaveBeenCalledTimes(1);
  });
});

describe("Evidence at run time", () => {
  const amiliWith = (allowInferred?: boolean) =>
    clientWith(allowInferred === undefined ? {} : { allowInferred }, () => json({}));
  const path = {
    clientno: 1,
    organizationId: ORG,
    key: "k",
    customerno: "1",
    documentbundleid: "1",
    logitemid: "1",
    batchId: "b",
    invoiceId: "i",
    documentno: "1",
    aritemid: "1",
    glitemid: "1",
    settlementId: "s",
    batchuuid: "b",
    reporttype: "adb",
    autopostingmethod: "a",
  };
  const all = [
    ...Object.entries(accountsReceivableOperations).map(([id, operation]) => ({
      id,
      api: "accountsReceivable" as const,
      ...operation,
    })),
    ...Object.entries(debtCollectionOperations).map(([id, operation]) => ({
      id,
      api: "debtCollection" as const,
      ...operation,
    })),
  ];
  const inferred = all.filter((operation) => operation.inferred !== undefined);

  it.each(inferred)(
    '"An operation whose method or path is inferred refuses with `InferredOperationError` unless `allowInferred` is set": $method $path',
    async ({ api, method, path: template, inferred }) => {
      for (const refusing of [undefined, false]) {
        const { amili, sent } = amiliWith(refusing);
        const error = await failure(
          raw(amili[api]).request(method, template, { params: { path } }),
          InferredOperationError,
        );
        expect(error).toMatchObject({ code: "inferred_operation", method, path: template });
        // "the message says what is inferred and how to confirm it"
        expect(error.message).toContain(`${inferred} of ${method} ${template}`);
        expect(error.message).toMatch(/Confirm it .*allowInferred/);
        expect(sent).toHaveLength(0);
      }
      const { amili, sent } = amiliWith(true);
      await raw(amili[api]).request(method, template, { params: { path } });
      expect(sent).toHaveLength(1);
    },
  );

  it("there are some, and most operations are not among them", () => {
    expect(inferred.length).toBeGreaterThan(0);
    expect(inferred.length).toBeLessThan(all.length / 2);
  });

  it("operations that were read, and paths of the caller's own, are sent", async () => {
    const { amili, sent } = amiliWith();
    const read = all.filter((operation) => operation.inferred === undefined);
    for (const { api, method, path: template } of read)
      await raw(amili[api]).request(method, template, { params: { path } });
    await raw(amili.accountsReceivable).request("GET", "/something/new");
    expect(sent).toHaveLength(read.length + 1);
  });

  it("refuses before a token is asked for", async () => {
    const { amili, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    await failure(
      raw(amili.accountsReceivable).request("GET", inferred[0]?.path ?? "", { params: { path } }),
      InferredOperationError,
    );
    expect(sent).toHaveLength(0);
  });
});

it("a base URL of its own is kept to by every API", async () => {
  const { amili, sent } = clientWith(
    {
      ...CREDENTIALS,
      baseUrls: {
        identity: "https://i.test",
        debtCollection: "https://d.test/x",
        accountsReceivable: "https://a.test",
      },
    },
    identityAnd(() => json({ data: {} })),
  );
  await amili.debtCollection.organization("o").batches.get("b");
  await amili.accountsReceivable.client(1).arItems.get("i");
  expect(sent.map(({ url }) => url.href)).toEqual([
    "https://i.test/token",
    "https://d.test/x/orgs/o/batches/b",
    "https://a.test/clients/1/aritems/i",
  ]);
  expect(amili).toBeInstanceOf(Amili);
});
