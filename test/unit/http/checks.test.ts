import { Amili, ConfigurationError, type ListOptions } from "amili-client";
import { describe, expect, it } from "vitest";
import { everything } from "../../support/secrets.js";
import { clientWith, failure, json, thrown } from "../../support/stub.js";

const MAX_TIMER = 2 ** 31 - 1;
const NUMBERS = {
  timeout: [0, -1, Number.NaN, Number.POSITIVE_INFINITY, MAX_TIMER + 1, "x"],
  maxRetries: [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "2", null],
};
const HEADERS = [
  { "x-a": "s3cret\nx: y" },
  { "x-a": "s3cret\r\nx: y" },
  { "x-a": "s3cret\u0000" },
  { "x-a": "s3cretŁ" },
  { "x a": "s3cret" },
  { "": "s3cret" },
  { "x:a": "s3cret" },
  { Authorization: "Bearer s3cret" },
  { authorization: "s3cret" },
  // Those of the connection and the body.
  ..."Expect Transfer-Encoding Content-Length Host Connection Keep-Alive Upgrade TE Trailer Proxy-Authorization"
    .split(" ")
    .map((name) => ({ [name]: "s3cret" })),
];

const wrong = [
  ...Object.entries(NUMBERS).flatMap(([name, values]) => values.map((value) => ({ [name]: value }))),
  ...HEADERS.map((headers) => ({ headers })),
].map((options) => ({ options }));

/** Not an AbortSignal. Falsy values mean none. */
const SIGNALS = [new AbortController(), "s", 1, true, {}, new EventTarget()].map((signal) => ({ options: { signal } }));

/** The option is named, without the value of a header. */
function check(error: ConfigurationError, options: object) {
  expect(error.code).toMatch(/^invalid_(option|argument)$/);
  expect(error.message).toContain(Object.keys(options)[0]);
  expect(everything(error)).not.toContain("s3cret");
}

describe("invalid options are refused, and nothing is sent", () => {
  it.each([
    ...wrong,
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX_TIMER + 1].map((maxRetryAfter) => ({
      options: { maxRetryAfter },
    })),
  ])("of new Amili: $options", ({ options }) => {
    check(
      thrown(() => new Amili({ accessToken: "T", ...(options as object) }), ConfigurationError),
      options,
    );
  });

  it.each([...wrong, ...SIGNALS])("of a call: $options", async ({ options }) => {
    const { client, amili, sent } = clientWith({}, () => json({}));
    const params = { path: { clientno: 1, aritemid: "1" } };
    check(await failure(client.arItems.get("1", {}, options as object), ConfigurationError), options);
    check(
      await failure(
        amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", { params, ...(options as object) }),
        ConfigurationError,
      ),
      options,
    );
    expect(sent).toHaveLength(0);
  });

  it.each([
    ...wrong,
    ...SIGNALS,
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5"].map((maxItems) => ({ options: { maxItems } })),
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1"].map((prefetch) => ({ options: { prefetch } })),
  ])("of a list: $options", ({ options }) => {
    const { client, org } = clientWith({});
    for (const list of [org.settlements, org.batches, client.customers]) {
      check(
        thrown(() => list.list({}, options as ListOptions), ConfigurationError),
        options,
      );
    }
  });

  it.each([
    ...wrong,
    ...SIGNALS,
    ...NUMBERS.timeout.flatMap((ms) => [{ options: { maxWait: ms } }, { options: { pollInterval: ms } }]),
  ])("of waitFor: $options", async ({ options }) => {
    const { org, sent } = clientWith({}, () => json({}));
    check(await failure(org.batches.waitFor("b", options as object), ConfigurationError), options);
    expect(sent).toHaveLength(0);
  });

  it("of new Amili: a userAgent that no header can have", () => {
    check(
      thrown(() => new Amili({ accessToken: "T", userAgent: "s3cret\nx: y" }), ConfigurationError),
      { "user-agent": "" },
    );
  });

  it("of a raw call: a header that cannot be sent", async () => {
    const { amili, sent } = clientWith({}, () => json({}));
    const call = amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", {
      params: { path: { clientno: 1, aritemid: "1" }, header: { "x-a": "s3cret\nx: y" } as never },
    });
    check(await failure(call, ConfigurationError), { "x-a": "" });
    expect(sent).toHaveLength(0);
  });
});

describe("unknown names are refused", () => {
  it.each([
    ["hooks", { hooks: { onRequest: () => {}, onError: () => {} } }, "onError"],
    ["auth", { auth: { debtCollection: "bearer" } }, "debtCollection"],
    ["auth.autoCollectLegacy", { auth: { autoCollectLegacy: { headers: {}, header: "s3cret" } } }, "header"],
    [
      "auth.autoCollectLegacy.basic",
      { auth: { autoCollectLegacy: { basic: { username: "u", password: "s3cret", realm: "r" } } } },
      "realm",
    ],
    ["hooks", { hooks: () => {} }, "function"],
    ["hooks", { hooks: [{}, () => {}] }, "function"],
  ])("in %s", (what, options, given) => {
    const { message } = thrown(() => new Amili({ accessToken: "T", ...(options as object) }), ConfigurationError);
    expect(message).toMatch(new RegExp(`^${what} must be an object of .*; ${given} was given\\.$`));
    expect(message).not.toContain("s3cret");
  });

  it.each(["onRequest", "onResponse", "onRetry", "onToken"])("in hooks: %s must be a function", (name) => {
    const make = () => new Amili({ accessToken: "T", hooks: { [name]: "log" } });
    expect(thrown(make, ConfigurationError).message).toBe(`hooks.${name} must be a function; "string" was given.`);
  });

  it("in the options of a call, a list and waitFor", async () => {
    const { client, org, sent } = clientWith({}, () => json({ data: {} }));
    const calls: [known: string, call: (options: object) => Promise<unknown>][] = [
      ["headers", async (options) => client.arItems.get("1", {}, options)],
      ["headers", async (options) => org.invoices.create([], options)],
      ["allowTruncated", async (options) => client.customers.list({}, options).toArray()],
      ["visibilityDelay", (options) => org.batches.waitFor("b", options)],
    ];
    for (const [known, call] of calls) {
      for (const [options, given] of [
        [{ retries: 3 }, "retries"],
        [{ signal: undefined, expand: "s3cret" }, "expand"],
        [null, "null"],
      ] as const) {
        const { message } = await failure(call(options as object), ConfigurationError);
        expect(message).toMatch(
          new RegExp(`^The options of a call must be an object of signal, .*${known}; ${given} was`),
        );
      }
    }
    for (const [, call] of calls.slice(0, 2)) await failure(call({ maxItems: 1 }), ConfigurationError);
    await failure(calls[2]?.[1]({ maxWait: 1 }) as Promise<unknown>, ConfigurationError);
    await failure(calls[3]?.[1]({ prefetch: 1 }) as Promise<unknown>, ConfigurationError);
    expect(sent).toHaveLength(0);
  });
});

it("Headers of a raw call must not contain Authorization", async () => {
  const { amili, sent } = clientWith({}, () => json({}));
  const headers = new Headers({ authorization: "Bearer s3cret" });
  const params = { path: { clientno: 1, aritemid: "1" } };
  const call = amili.accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", { params, headers });
  check(await failure(call, ConfigurationError), { headers });
  expect(sent).toHaveLength(0);
});

it("a message quotes a string but not a number", () => {
  const messageOf = (maxRetries: unknown) => {
    const make = () => new Amili({ accessToken: "T", maxRetries: maxRetries as number });
    return thrown(make, ConfigurationError).message;
  };
  expect(messageOf("2")).toContain('; "2" was given');
  expect(messageOf(-2)).toContain("; -2 was given");
});

describe("options at their limits are accepted", () => {
  it.each([undefined, null, false, new AbortController().signal])("signal %s", async (signal) => {
    const { client } = clientWith({}, json({ ok: true }));
    expect(await client.arItems.get("1", {}, { signal: signal as AbortSignal })).toEqual({ ok: true });
  });

  it.each([
    { timeout: 1 },
    { timeout: 0.5 },
    { timeout: MAX_TIMER },
    { maxRetries: 0 },
    { maxRetries: 100 },
    { maxRetryAfter: 0 },
    { maxRetryAfter: MAX_TIMER },
    { headers: { "x-a": "blåbær", "x-b": "" } },
    { headers: {} },
    { userAgent: "erp/1.0 (ø)" },
  ])("%j", async (options) => {
    const { client } = clientWith(options, json({ ok: true }));
    expect(await client.arItems.get("1")).toEqual({ ok: true });
  });

  it.each([{ maxItems: 1 }, { prefetch: 0 }, { prefetch: 100 }, { timeout: MAX_TIMER }, {}])(
    "of a list: %j",
    async (options) => {
      const { org } = clientWith({}, json({ data: [1] }));
      expect(await org.settlements.list({}, options).toArray()).toEqual([1]);
    },
  );
});
