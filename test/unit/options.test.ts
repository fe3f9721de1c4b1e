import { Amili, type AmiliOptions, ConfigurationError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { version } from "../../generated/version.js";
import { bearer, clientWith, identityAnd, json, stubFetch, thrown } from "../support/stub.js";

beforeEach(() => {
  const names = ["AMILI_CLIENT_ID", "AMILI_CLIENT_SECRET", "AMILI_ENVIRONMENT", "AMILI_BASE_URLS"];
  for (const name of names) vi.stubEnv(name, undefined);
});

/** Where a client with these options asks for a token, as whom, and where it sends the call. */
async function behaviour(options: AmiliOptions) {
  const { fetch, sent } = stubFetch(identityAnd(() => json({ data: {} })));
  const amili = new Amili({ ...options, fetch });
  await amili.accountsReceivable.client(1).arItems.get("1");
  await amili.debtCollection.organization("o").batches.get("b");
  const [token, armCall, collectionCall] = sent;
  const form = new URLSearchParams(token?.body);
  return {
    token: token?.url.href,
    as: `${form.get("client_id")}:${form.get("client_secret")}`,
    calls: [armCall?.url.href, collectionCall?.url.href],
  };
}

describe("credentials", () => {
  it("are read from the environment where they are not given", async () => {
    vi.stubEnv("AMILI_CLIENT_ID", "env-id");
    vi.stubEnv("AMILI_CLIENT_SECRET", "env-secret");
    expect((await behaviour({})).as).toBe("env-id:env-secret");
    expect((await behaviour({ clientId: "own" })).as).toBe("own:env-secret");
    expect((await behaviour({ clientSecret: "own" })).as).toBe("env-id:own");
    expect((await behaviour({ clientId: "a", clientSecret: "b" })).as).toBe("a:b");
  });

  it.each<{ options: AmiliOptions; env?: Record<string, string>; missing: string[] }>([
    { options: {}, missing: ["AMILI_CLIENT_ID", "AMILI_CLIENT_SECRET"] },
    { options: { clientId: "a" }, missing: ["AMILI_CLIENT_SECRET"] },
    { options: { clientSecret: "s3cret" }, missing: ["AMILI_CLIENT_ID"] },
    { options: { clientId: "", clientSecret: "s3cret" }, missing: ["AMILI_CLIENT_ID"] },
    { options: { clientId: "a", clientSecret: "" }, missing: ["AMILI_CLIENT_SECRET"] },
    {
      options: { clientId: "" },
      env: { AMILI_CLIENT_ID: "a", AMILI_CLIENT_SECRET: "b" },
      missing: ["AMILI_CLIENT_ID"],
    },
    { options: {}, env: { AMILI_CLIENT_ID: "", AMILI_CLIENT_SECRET: "b" }, missing: ["AMILI_CLIENT_ID"] },
  ])("that are missing ($options, $env) are named: $missing", ({ options, env = {}, missing }) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const error = thrown(() => new Amili(options), ConfigurationError);
    expect(error.code).toBe("missing_credentials");
    for (const name of ["AMILI_CLIENT_ID", "AMILI_CLIENT_SECRET"]) {
      expect(error.message.includes(name)).toBe(missing.includes(name));
    }
    expect(error.message).not.toContain("s3cret");
  });

  it("are not read from the environment beside accessToken", async () => {
    vi.stubEnv("AMILI_CLIENT_ID", "env-id");
    vi.stubEnv("AMILI_CLIENT_SECRET", "env-secret");
    const { client, sent } = clientWith({ accessToken: "mine" }, json({}));
    await client.arItems.get("1");
    expect(sent.map(bearer)).toEqual(["mine"]);
  });

  const PAGE = { process: undefined, document: {}, window: {} };
  it.each<{ where: string; globals: object; options?: AmiliOptions }>([
    { where: "a page", globals: PAGE },
    { where: "a worker of a page", globals: { process: undefined, importScripts() {} } },
    { where: "a page of Electron", globals: { ...PAGE, process: { ...process, type: "renderer" } } },
    {
      where: "a page with a bundler's process",
      globals: { ...PAGE, process: { env: { AMILI_CLIENT_SECRET: "s3cret" } } },
      options: {},
    },
  ])("are refused in $where, which shows them", ({ globals, options = { clientId: "a", clientSecret: "s3cret" } }) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const error = thrown(() => new Amili(options), ConfigurationError);
    expect(error.code).toBe("invalid_option");
    expect(error.message).toMatch(/^clientSecret was given in a browser.*accessToken/s);
    expect(error.message).not.toContain("s3cret");
    expect(new Amili({ accessToken: "token" })).toBeInstanceOf(Amili);
  });

  it("are accepted in a page that Node.js simulates", () => {
    vi.stubGlobal("document", {});
    expect(new Amili({ clientId: "a", clientSecret: "b" })).toBeInstanceOf(Amili);
  });

  it.each<AmiliOptions>([
    { accessToken: "s3cret", clientId: "a", clientSecret: "s3cret" },
    { accessToken: "s3cret", clientId: "a" },
    { accessToken: "s3cret", clientSecret: "s3cret" },
  ])("are refused beside accessToken: %j", (options) => {
    const error = thrown(() => new Amili(options), ConfigurationError);
    expect(error.code).toBe("invalid_option");
    expect(error.message).not.toContain("s3cret");
  });

  it("are required where there is no process, as in a browser", () => {
    vi.stubGlobal("process", undefined);
    const error = thrown(() => new Amili(), ConfigurationError);
    vi.unstubAllGlobals();
    expect(error.code).toBe("missing_credentials");
  });
});

describe("environment", () => {
  const production = {
    token: "https://auth.amili.no/token",
    calls: ["https://api.amili.no/arm/v1/clients/1/aritems/1", "https://api.amili.no/collection/v1/orgs/o/batches/b"],
  };
  const staging = {
    token: "https://auth.staging.amili.no/token",
    calls: [
      "https://api.staging.amili.no/arm/v1/clients/1/aritems/1",
      "https://api.staging.amili.no/collection/v1/orgs/o/batches/b",
    ],
  };
  const credentials = { clientId: "a", clientSecret: "b" };

  it.each([
    { option: undefined, env: undefined, where: production },
    { option: "production" as const, env: undefined, where: production },
    { option: "staging" as const, env: undefined, where: staging },
    { option: undefined, env: "staging", where: staging },
    { option: undefined, env: "", where: production },
    { option: "production" as const, env: "staging", where: production },
  ])("$option, AMILI_ENVIRONMENT $env", async ({ option, env, where }) => {
    vi.stubEnv("AMILI_ENVIRONMENT", env);
    expect(await behaviour({ ...credentials, ...(option && { environment: option }) })).toMatchObject(where);
  });

  it.each(["test", "", "Staging", "prod", 7, null])("%j is refused, except null", (environment) => {
    const make = () => new Amili({ ...credentials, environment: environment as "staging" });
    // null means not given.
    if (environment === null) return expect(make).not.toThrow();
    expect(thrown(make, ConfigurationError).message).toMatch(/production.*staging/);
  });

  it("of the process: an unknown one is refused", () => {
    vi.stubEnv("AMILI_ENVIRONMENT", "stagin");
    expect(thrown(() => new Amili(credentials), ConfigurationError).message).toContain("stagin");
  });

  it("gives way to base URLs, one by one", async () => {
    const baseUrls = { debtCollection: "http://localhost:4010/c" };
    expect(await behaviour({ ...credentials, environment: "staging", baseUrls })).toMatchObject({
      token: staging.token,
      calls: [staging.calls[0], "http://localhost:4010/c/orgs/o/batches/b"],
    });
  });
});

describe("AMILI_BASE_URLS", () => {
  const credentials = { clientId: "a", clientSecret: "b" };

  it("sets base URLs, beside those of the environment", async () => {
    vi.stubEnv(
      "AMILI_BASE_URLS",
      '{"identity":"http://localhost:4010","accountsReceivable":"http://127.0.0.1:4010/arm"}',
    );
    expect(await behaviour(credentials)).toMatchObject({
      token: "http://localhost:4010/token",
      calls: ["http://127.0.0.1:4010/arm/clients/1/aritems/1", "https://api.amili.no/collection/v1/orgs/o/batches/b"],
    });
  });

  it("may have the quotes of a shell, which Docker's env files keep", async () => {
    vi.stubEnv("AMILI_BASE_URLS", `'{"identity":"http://localhost:4010"}'`);
    expect(await behaviour(credentials)).toMatchObject({ token: "http://localhost:4010/token" });
  });

  it("without the token service of a local API is refused: production's token would be sent there", async () => {
    vi.stubEnv("AMILI_BASE_URLS", '{"accountsReceivable":"http://127.0.0.1:4010/arm/v1"}');
    const { message } = thrown(() => new Amili(credentials), ConfigurationError);
    expect(message).toMatch(/^baseUrls\.accountsReceivable is on loopback, but baseUrls\.identity is not set/);
    expect(() => new Amili({ accessToken: "T" })).not.toThrow();
    expect(() => new Amili({ ...credentials, environment: "staging" })).not.toThrow();
  });

  it("is not read beside the option baseUrls", async () => {
    vi.stubEnv("AMILI_BASE_URLS", "not JSON");
    expect(await behaviour({ ...credentials, baseUrls: {} })).toMatchObject({ token: "https://auth.amili.no/token" });
  });

  it.each([
    ["not JSON", /^AMILI_BASE_URLS must be JSON such as/],
    ["7", /^AMILI_BASE_URLS must be JSON such as/],
    ["null", /^AMILI_BASE_URLS must be JSON such as/],
    ["[]", /^AMILI_BASE_URLS must be JSON such as/],
    ['{"collection":"https://x.test"}', /^AMILI_BASE_URLS must be an object of .*; collection was given/],
    ['{"identity":"http://x.test"}', /^baseUrls\.identity must be an https URL/],
  ])("%s is refused", (value, message) => {
    vi.stubEnv("AMILI_BASE_URLS", value);
    expect(thrown(() => new Amili(credentials), ConfigurationError).message).toMatch(message);
  });
});

describe("allowInferred", () => {
  it.each([
    ["no", /^allowInferred must be true, false or a list of operation ids; "string" was given/],
    [["listInvoices"], /^allowInferred must list ids of inferred operations; "listInvoices" is not one/],
    [["listDocuments", "unknown"], /"unknown" is not one/],
  ])("refuses %j", (allowInferred, message) => {
    const make = () => new Amili({ accessToken: "T", allowInferred: allowInferred as never });
    expect(thrown(make, ConfigurationError).message).toMatch(message);
  });
});

describe("an environment variable that may not be read", () => {
  /** What Deno does without --allow-env. */
  const denied = new Proxy(
    {},
    {
      get: (_, name) => {
        throw new Error(`Requires env access to "${String(name)}"`);
      },
    },
  );

  it("counts as not set", async () => {
    vi.stubGlobal("process", { env: denied });
    const { amili, sent } = clientWith({ clientId: "a", clientSecret: "b" });
    const error = thrown(() => new Amili({ clientId: "a" }), ConfigurationError);
    vi.unstubAllGlobals();
    expect([amili.debtCollection !== undefined, sent.length]).toEqual([true, 0]);
    expect(error.message).toContain("AMILI_CLIENT_SECRET");
  });
});

describe("unknown options", () => {
  const messageOf = (options: unknown) => thrown(() => new Amili(options as AmiliOptions), ConfigurationError).message;

  it.each([
    ["enviroment", { enviroment: "staging" }],
    ["baseUrl", { baseUrl: "https://x.test" }],
    ["retries", { maxRetries: 1, retries: 1 }],
    ["0", ["s3cret"]],
    ["null", null],
    ["string", "s3cret"],
    ["function", () => {}],
  ])("are refused by name: %s", (given, options) => {
    const message = messageOf(typeof options === "object" && options ? { accessToken: "T", ...options } : options);
    expect(message).toMatch(/^The options must be an object of clientId, .*environment, baseUrls, .*userAgent;/);
    expect(message).toContain(`; ${given} was given.`);
    expect(message).not.toContain("s3cret");
  });

  it.each([
    ["debtcollection", { debtcollection: "https://s3cret.test" }],
    ["production", { production: "https://s3cret.test" }],
    ["string", "https://s3cret.test"],
    ["number", 7],
  ])("in baseUrls: %s", (given, baseUrls) => {
    const message = messageOf({ accessToken: "T", baseUrls });
    expect(message).toMatch(/^baseUrls must be an object of identity, debtCollection, .*distributionPartner;/);
    expect(message).toContain(`; ${given} was given.`);
    expect(message).not.toContain("s3cret");
  });

  it("are none of the known ones", () => {
    const all: Required<Omit<AmiliOptions, "clientId" | "clientSecret">> = {
      accessToken: "T",
      environment: "staging",
      baseUrls: {
        identity: "https://x.test",
        debtCollection: "https://x.test",
        accountsReceivable: "https://x.test",
        autoCollectLegacy: "https://x.test",
        distributionInvoice: "https://x.test",
        distributionPartner: "https://x.test",
      },
      auth: {},
      fetch,
      allowPlatformResend: false,
      timeout: 1,
      maxRetries: 1,
      maxRetryAfter: 1,
      maxResponseSize: 1,
      parseJson: JSON.parse,
      errorDetail: "none",
      tokenStore: new Map() as never,
      limiter: { acquire: async () => {} },
      hooks: {},
      allowInferred: true,
      headers: {},
      userAgent: "u",
    };
    expect(() => new Amili(all)).not.toThrow();
    expect(() => new Amili({ accessToken: "T", baseUrls: null as never })).not.toThrow();
  });
});

describe("options of another type", () => {
  it.each([
    ["timeout", "30000", "a number of ms"],
    ["maxRetries", "2", "an integer"],
    ["allowPlatformResend", "no", "true or false"],
    ["maxResponseSize", "64MB", "an integer"],
    ["maxResponseSize", 0, "an integer"],
    ["errorDetail", "all", '"redacted" or "none"'],
  ])("%s: %j", (name, value, expected) => {
    const { message } = thrown(() => new Amili({ accessToken: "T", [name]: value }), ConfigurationError);
    expect(message).toContain(`${name} must be ${expected}`);
    expect(message).toContain(`; ${JSON.stringify(value)} was given.`);
  });

  it.each<unknown>([new Map([["x-a", "1"]]), [["x-a", "1"]]])("headers as a list: %j", (headers) => {
    const options = { accessToken: "T", headers } as AmiliOptions;
    expect(thrown(() => new Amili(options), ConfigurationError).message).toContain(
      "headers must be an object of names",
    );
  });

  it("hooks that are null are none", async () => {
    const { client, sent } = clientWith({ hooks: null as never }, json({}));
    await client.arItems.get("1");
    expect(sent).toHaveLength(1);
  });
});

describe("headers", () => {
  const headersOf = async (options: AmiliOptions) => {
    const { client, sent } = clientWith(options, json({}));
    await client.arItems.get("1");
    return Object.fromEntries(sent[0]?.headers ?? []);
  };

  it.each<{ options: AmiliOptions; headers: Record<string, string> }>([
    { options: {}, headers: { accept: "application/json", "user-agent": `amili-client/${version}` } },
    { options: { userAgent: "erp/1.0" }, headers: { "user-agent": `erp/1.0 amili-client/${version}` } },
    { options: { headers: { "X-A": "1" } }, headers: { "x-a": "1", accept: "application/json" } },
    { options: { headers: { Accept: "text/csv" } }, headers: { accept: "text/csv" } },
    { options: { headers: new Headers({ "X-A": "1" }) as never }, headers: { "x-a": "1", accept: "application/json" } },
  ])("$options", async ({ options, headers }) => {
    expect(await headersOf(options)).toMatchObject(headers);
  });

  it("are sent with the token request too", async () => {
    const { client, sent } = clientWith(
      { clientId: "a", clientSecret: "b", headers: { "x-a": "1" }, userAgent: "erp/1.0" },
      identityAnd(() => json({})),
    );
    await client.arItems.get("1");
    for (const { headers } of sent)
      expect([headers.get("x-a"), headers.get("user-agent")]).toEqual(["1", `erp/1.0 amili-client/${version}`]);
  });
});
