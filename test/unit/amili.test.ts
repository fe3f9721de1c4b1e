import { inspect } from "node:util";
import { Amili, AmiliError, additional } from "amili-client";
import nock from "nock";
import { describe, expect, it, vi } from "vitest";
import { useFakeTime } from "../support/fake-time.js";
import { everything } from "../support/secrets.js";
import {
  clientWith,
  deferred,
  failure,
  hang,
  identityAnd,
  json,
  networkError,
  ORG,
  type Sent,
  status,
  stubFetch,
} from "../support/stub.js";

type Respond = (sent: Sent) => Response | Promise<Response>;

const SECRET = "cl1ent-s3cret";
const TOKEN = "t0ken-of-the-service";
const CREDENTIALS = { clientId: "id-1", clientSecret: SECRET };
/** Issues the token, and leaves other requests to `api`. */
const withToken = (api: Respond): Respond => identityAnd(api, { access_token: TOKEN, expires_in: 3600 });

// nock is active from its import on; only one test needs it.
nock.restore();

describe("secrets", () => {
  const shown = (value: unknown) => [
    everything(value),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    inspect(value, { depth: 20, showProxy: true }),
    String(value),
  ];

  it("are not visible in an Amili, before, during or after a call", async () => {
    const { amili, client, org } = clientWith(
      CREDENTIALS,
      withToken(() => json({ data: {} })),
    );
    const values = [
      amili,
      client,
      org,
      org.batches,
      client.arItems,
      amili.identity,
      org.settlements.list(),
      client.customers.list(),
    ];
    const checkAll = () => {
      for (const text of values.flatMap(shown)) {
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(TOKEN);
      }
    };
    checkAll();
    const call = client.arItems.get("1");
    checkAll();
    await call;
    checkAll();
    const own = new Amili({ accessToken: TOKEN });
    for (const text of shown(own)) expect(text).not.toContain(TOKEN);
  });

  it("are in no error and no event", async () => {
    useFakeTime();
    const failing = (error: Error) => () => Promise.reject(error);
    const outcomes: Respond[] = [
      () => status(401),
      () => json({ title: "no" }, { status: 403 }),
      () => status(500),
      () => new Response("{"),
      hang,
      failing(networkError("ECONNRESET", "read")),
      failing(networkError("ECONNREFUSED", "connect")),
      failing(new Error("a custom fetch", { cause: new AggregateError([new Error("inner")]) })),
    ];
    const calls: ((stub: ReturnType<typeof clientWith>) => Promise<unknown>)[] = [
      ({ client }) => client.arItems.get("1"),
      ({ org }) => org.invoices.create([]),
      ({ org }) => org.settlements.list().toArray(),
      ({ org }) => org.batches.waitFor("b"),
    ];
    const events: unknown[] = [];
    const hook = (event: unknown) => void events.push(event);
    const hooks = { onRequest: hook, onResponse: hook, onRetry: hook, onToken: hook };
    const errors: unknown[] = [];
    for (const reply of outcomes.flatMap((outcome) => [outcome, withToken(outcome)])) {
      const stub = clientWith({ ...CREDENTIALS, timeout: 20, hooks }, reply);
      for (const call of calls) errors.push(await failure(call(stub), AmiliError));
    }
    expect(errors).toHaveLength(64);
    expect(events.length).toBeGreaterThan(200);
    for (const value of [...errors, ...events]) {
      const text = everything(value);
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(TOKEN);
    }
  });

  it("that the identity service sends back are in no log of the error", async () => {
    const { client } = clientWith(CREDENTIALS, () => json({ detail: `${SECRET} is wrong` }, { status: 400 }));
    const error = await failure(client.arItems.get("1"), AmiliError);
    expect([inspect(error, { depth: 20 }), JSON.stringify(error)].join()).not.toContain(SECRET);
  });
});

describe("a new Amili", () => {
  it("sends nothing and starts no timer", async () => {
    useFakeTime();
    const { sent, amili } = clientWith(CREDENTIALS);
    amili.debtCollection.organization(ORG).batches.list();
    await vi.runAllTimersAsync();
    expect([sent.length, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it("neither changes nor keeps its options", async () => {
    const { fetch, sent } = stubFetch(() => json({}));
    const options = Object.freeze({
      accessToken: "A",
      headers: Object.freeze({ "x-a": "1" }),
      baseUrls: { accountsReceivable: "https://a.test" },
      fetch,
    });
    const amili = new Amili(options);
    options.baseUrls.accountsReceivable = "https://evil.test";
    await amili.accountsReceivable.client(1).arItems.get("1");
    expect(sent[0]?.url.host).toBe("a.test");
  });
});

describe("the platform's fetch is looked up when a call is made", () => {
  it("a global that is replaced later is used", async () => {
    const amili = new Amili({ accessToken: "T" });
    for (const name of ["one", "two"]) {
      const { fetch } = stubFetch(json({ name }));
      vi.stubGlobal("fetch", fetch);
      expect(await amili.accountsReceivable.client(1).arItems.get("1")).toEqual({ name });
    }
  });

  it("so is nock, also for a timeout and a retry", async () => {
    // nock's own steps stay real.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const amili = new Amili({ accessToken: "T", maxRetries: 1 });
    const requested = deferred<void>();
    const late = deferred<object>();
    const replied = deferred<void>();
    nock.activate();
    try {
      const scope = nock("https://api.amili.no", { reqheaders: { authorization: "Bearer T" } })
        .get("/arm/v1/clients/1/aritems/1")
        .reply(200, () => {
          requested.resolve();
          return late.promise.finally(replied.resolve);
        })
        .get("/arm/v1/clients/1/aritems/1")
        .reply(200, { attempt: 2 });
      const item = expect(amili.accountsReceivable.client(1).arItems.get("1")).resolves.toEqual({ attempt: 2 });
      await requested.promise;
      // The timeout of the first attempt, and the longest delay before the second.
      await vi.advanceTimersByTimeAsync(30_000);
      await vi.advanceTimersByTimeAsync(500);
      await item;
      expect(scope.isDone()).toBe(true);
      // nock must not fail when it replies to the aborted attempt.
      late.resolve({ attempt: 1 });
      await replied.promise;
      await new Promise(setImmediate);
    } finally {
      nock.cleanAll();
      nock.restore();
    }
  });
});

describe("arguments are path values, body, query, options", () => {
  const options = { headers: { "x-call": "1" } };
  const calls: Record<
    string,
    { call: (c: ReturnType<typeof clientWith>) => Promise<unknown>; sent: string; body?: unknown }
  > = {
    "arItems.get": {
      call: ({ client }) => client.arItems.get("7", { expand: "a" } as never, options),
      sent: "GET /arm/v1/clients/2218/aritems/7?expand=a",
    },
    "glMovements.list": {
      call: ({ client }) => client.glMovements.list({ glyear: 2025, glperiod: 2 }, options),
      sent: "GET /arm/v1/clients/2218/glmovements?glyear=2025&glperiod=2",
    },
    "insights.adbIntervals": {
      call: ({ client }) => client.insights.adbIntervals({}, options),
      sent: "GET /arm/v1/clients/2218/insights/adb/intervals",
    },
    "actions.createReport": {
      call: ({ client }) => client.actions.createReport("adb", { metadata: { userId: "u" } } as never, options),
      sent: "POST /arm/v1/clients/2218/actions/reports/adb",
      body: { metadata: { userId: "u" } },
    },
    "customers.list": {
      call: ({ client }) => client.customers.list({ pagesize: 1000 }, options).toArray(),
      sent: "GET /arm/v1/clients/2218/customers?pagesize=1000",
    },
    "customers.list with filters that are not documented": {
      call: ({ client }) => client.customers.list({ name: "Ola Å", year: 2025, active: true }, options).toArray(),
      sent: "GET /arm/v1/clients/2218/customers?name=Ola%20%C3%85&year=2025&active=true",
    },
    "invoices.create with additional fields": {
      call: ({ org }) => org.invoices.create([{ invoiceNumber: "1", ...additional({ debtor: { id: 1 } }) }], options),
      sent: `POST /collection/v1/orgs/${ORG}/invoices`,
      body: { invoices: [{ invoiceNumber: "1", debtor: { id: 1 } }] },
    },
    "batches.get": {
      call: ({ org }) => org.batches.get("b", options),
      sent: `GET /collection/v1/orgs/${ORG}/batches/b`,
    },
    "batches.list": {
      call: ({ org }) => org.batches.list({ State: "FAILED" } as never, options).toArray(),
      sent: `GET /collection/v1/orgs/${ORG}/batches?State=FAILED`,
    },
    "batches.waitFor": {
      call: ({ org }) => org.batches.waitFor("b", options),
      sent: `GET /collection/v1/orgs/${ORG}/batches/b`,
    },
    "invoices.create": {
      call: ({ org }) => org.invoices.create([{ invoiceNumber: "1" } as never], options),
      sent: `POST /collection/v1/orgs/${ORG}/invoices`,
      body: { invoices: [{ invoiceNumber: "1" }] },
    },
    "settlements.list": {
      call: ({ org }) => org.settlements.list({ fromDate: "2026-01-01" }, options).toArray(),
      sent: `GET /collection/v1/orgs/${ORG}/settlements?fromDate=2026-01-01`,
    },
    "identity.token": {
      call: ({ amili }) =>
        amili.identity.token({ grant_type: "client_credentials", client_id: "a", client_secret: "b" }, options),
      sent: "POST /token",
    },
  };

  it.each(Object.entries(calls))("%s", async (_, { call, sent: expected, body }) => {
    const stub = clientWith({}, ({ url }) =>
      json({ data: url.pathname.endsWith("/b") ? { status: "SUCCESS" } : [], customers: [] }),
    );
    await call(stub);
    const [sent] = stub.sent;
    expect(stub.sent).toHaveLength(1);
    expect(`${sent?.method} ${sent?.url.pathname}${sent?.url.search}`).toBe(expected);
    expect(sent?.headers.get("x-call")).toBe("1");
    if (body) expect(JSON.parse(sent?.body ?? "")).toEqual(body);
  });

  it("a method resolves to the response body, unchanged", async () => {
    const body = { arItemId: "7", dueDate: "2026-01-31", amount: 10.1, unheardOf: { a: [null] }, status: "NEW_ONE" };
    const { client } = clientWith({}, json(body));
    expect(await client.arItems.get("7")).toEqual(body);
  });
});
