import { ConfigurationError } from "amili-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { APIS } from "../../src/apis.js";
import { createOperationFinder } from "../../src/find-operation.js";

const SANDBOX = { debtCollection: "http://localhost:4010/collection/v1", identity: "http://localhost:4010/identity/" };
const find = createOperationFinder(SANDBOX);
const ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

afterEach(() => vi.unstubAllEnvs());

describe("the operation of a request", () => {
  const operations = Object.entries(APIS).flatMap(([api, { operations }]) =>
    Object.entries(operations).map(([operationId, { method, path }]) => ({ api, operationId, method, path })),
  );

  it.each(operations)("$api $operationId is found by its method and path", ({ api, operationId, method, path }) => {
    const everywhere = createOperationFinder(
      Object.fromEntries(Object.keys(APIS).map((name) => [name, `https://host.example/${name}`])),
    );
    const url = `https://host.example/${api}${path.replace(/\{\w+\}/g, "1%2F2")}?expand=x`;
    expect(everywhere(method, url)).toMatchObject({ environment: "other", api, operationId, path });
  });

  it.each([
    ["https://api.amili.no/collection/v1/orgs/1/invoices", "production"],
    ["https://api.staging.amili.no/collection/v1/orgs/1/invoices", "staging"],
    ["http://localhost:4010/collection/v1/orgs/1/invoices", "other"],
  ])("%s is %s", (url, environment) => {
    expect(find("GET", url)).toMatchObject({ environment, operationId: "listInvoices" });
  });

  it("takes the base URLs from the environment variable", () => {
    vi.stubEnv("AMILI_BASE_URLS", JSON.stringify(SANDBOX));
    const byVariable = createOperationFinder();
    expect(byVariable("POST", "http://localhost:4010/identity/token")).toMatchObject({ operationId: "createToken" });
  });

  it("a documented base URL that is given stays what it is", () => {
    const given = createOperationFinder({ identity: "https://auth.staging.amili.no/" });
    expect(given("POST", "https://auth.staging.amili.no/token")).toMatchObject({ environment: "staging" });
  });

  it("two APIs may have the same base URL", () => {
    const shared = createOperationFinder({
      debtCollection: "https://gate.example",
      accountsReceivable: "https://gate.example",
    });
    expect(shared("GET", "https://gate.example/orgs/1/cases")).toMatchObject({ api: "debtCollection" });
    expect(shared("GET", "https://gate.example/clients/1/customers")).toMatchObject({ api: "accountsReceivable" });
  });

  it("a literal path wins over a parameter", () => {
    const url = "https://api.amili.no/arm/v1/clients/1/customers/batches";
    expect(find("PUT", url).path).toBe("/clients/{clientno}/customers/batches");
    expect(find("DELETE", url).path).toBe("/clients/{clientno}/customers/{customerno}");
  });
});

describe("an unknown operation", () => {
  it.each([
    ["a person in the path", "https://api.amili.no/collection/v1/orgs/01017012345/Ola%20Nordmann/invoices"],
    ["another method's path", "https://api.amili.no/collection/v1/orgs/01017012345/invoices/ola@example.com/history/x"],
  ])("%s is left out of its path", (_, url) => {
    const { operationId, api, path } = find("GET", url);
    expect({ operationId, api }).toEqual({ operationId: undefined, api: "debtCollection" });
    expect(path).toMatch(/^\/orgs(\/(\{\}|invoices|history))+$/);
  });

  it("of an unknown server has no API", () => {
    expect(find("GET", `https://api.amili.no.example/collection/v1/orgs/${ORG}/invoices`)).toEqual({
      environment: "other",
      api: undefined,
      operationId: undefined,
      operation: undefined,
      path: "/{}/{}/orgs/{}/invoices",
    });
  });

  it("is not one whose parameter is empty", () => {
    expect(find("GET", "https://api.amili.no/collection/v1/orgs//invoices").operationId).toBeUndefined();
  });
});

it("refuses what is not a base URL, or of no API", () => {
  expect(() => createOperationFinder({ identity: "http://amili.example" })).toThrow(ConfigurationError);
  expect(() => createOperationFinder({ debtcollection: "https://a.example" } as never)).toThrow(/debtcollection/);
});
