import { describe, expect, it } from "vitest";
import { callerWith, ORGANIZATION } from "./support.js";

const SECRET = "s3cret-0101010";

/** Sends requests that no client library would send. */
async function raw(path: string, init: RequestInit = {}) {
  const caller = await callerWith();
  const authorization = `Bearer ${await caller.token()}`;
  const response = await fetch(caller.sandbox.url + path, { ...init, headers: { authorization, ...init.headers } });
  return { status: response.status, body: JSON.parse(await response.text()), sandbox: caller.sandbox };
}

const invoices = `/collection/v1/orgs/${ORGANIZATION}/invoices`;
const customers = "/arm/v1/clients/2218/customers";
const UNKNOWN_NAME = "/query has an unknown name";
const json = (body: string, type = "application/json") => ({ method: "POST", body, headers: { "content-type": type } });

describe("an invalid request gets validation errors without values", () => {
  it.each<[string, string, RequestInit, string[]]>([
    ["a body that is not JSON", invoices, json(`{"${SECRET}`), ["/requestBody is not JSON"]],
    ["no body", invoices, { method: "POST" }, ["request must have required property 'requestBody'"]],
    ["a list that is a string", invoices, json(`{"invoices":"${SECRET}"}`), ["/requestBody/invoices must be array"]],
    [
      "several errors at once",
      invoices,
      json(`{"invoices":[{"type":1},{"currency":{}}]}`),
      ["/requestBody/invoices/0/type must be string", "/requestBody/invoices/1/currency must be string"],
    ],
    [
      "another media type",
      invoices,
      json(`{"invoices":[]}`, "text/plain"),
      ["/header/content-type must be application/json"],
    ],
    [
      "an id of another form",
      `/collection/v1/orgs/${SECRET}/invoices`,
      {},
      ['/path/organizationId must match format "uuid"'],
    ],
    [
      "an unknown query parameter, or a value in place of a name",
      `${invoices}?Stat=OPEN&${SECRET}`,
      {},
      [
        "/query has an unknown name; known are Status, Type, InvoiceNumber, UniqueSourceInvoiceId, CustomerNumber, From, To, PageToken",
      ],
    ],
    [
      "a query that is not in the spec",
      "/arm/v1/clients/2218/aritems/1?a=1",
      {},
      [`${UNKNOWN_NAME}; known are expand, userid`],
    ],
    ["a client that is a space", "/arm/v1/clients/%20/customers", {}, ["/path/clientno must be integer"]],
    ["a client in hexadecimal", "/arm/v1/clients/0x10/customers", {}, ["/path/clientno must be integer"]],
    ["a client with an exponent", "/arm/v1/clients/1e3/customers", {}, ["/path/clientno must be integer"]],
    [
      "a client that is too large",
      "/arm/v1/clients/100000000000000000000/customers",
      {},
      ["/path/clientno must be integer"],
    ],
    ["an empty number", `${customers}?pagesize=`, {}, ["/query/pagesize must be integer"]],
    ["a number that is a space", `${customers}?pagesize=+`, {}, ["/query/pagesize must be integer"]],
    ["a number that comes twice", `${customers}?pagesize=5&pagesize=6`, {}, ["/query/pagesize must be integer"]],
    [
      "a deeply nested body",
      invoices,
      json(`{"invoices":[{"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}]}`),
      ["/requestBody must not be nested deeper than 100 levels"],
    ],
    ["a string in place of a number", `/arm/v1/clients/${SECRET}/customers`, {}, ["/path/clientno must be integer"]],
    [
      "a body that is not in the spec",
      `${invoices}/${ORGANIZATION}/pause`,
      json("{}"),
      ["/requestBody is not in the spec of this operation"],
    ],
    [
      "legacy JSON that is not JSON",
      "/autocollect/webapi/api/Batch",
      json("{", "application/json-patch+json"),
      ["/requestBody is not JSON"],
    ],
    [
      "legacy JSON that is not an object",
      "/autocollect/webapi/api/Batch",
      json("[]", "application/json-patch+json"),
      ["/requestBody must be object"],
    ],
    [
      "legacy JSON under its usual name",
      "/autocollect/webapi/api/Batch",
      json("{}"),
      ["/header/content-type must be application/json-patch+json"],
    ],
  ])("%s", async (_, path, init, validationErrors) => {
    const { status, body, sandbox } = await raw(path, init);
    expect(status).toBe(400);
    expect(body).toEqual({ sandbox: true, message: "The request is invalid.", validationErrors });
    expect(sandbox.requests.at(-1)?.validationErrors).toEqual([body.message, ...validationErrors]);
    expect(JSON.stringify([body, sandbox.state()])).not.toContain(SECRET);
  });

  it.each<[string, RequestInit, number]>([
    ["/nowhere", {}, 404],
    [`/arm/v1/${SECRET}`, {}, 404],
    ["/arm/v1/clients/1/customers", { method: "PATCH" }, 405],
    ["/arm/v1/clients/1/customers/", {}, 404],
    [`${invoices}/`, {}, 404],
    [`${invoices}//pause`, { method: "POST" }, 404],
    [`${customers}?`, {}, 200],
    ["/arm/v1/clients/1/aritems/%zz", {}, 400],
    [invoices, json(`{"invoices":[${"1,".repeat(6 * 1024 * 1024)}1]}`), 413],
  ])("%s gets its status", async (path, init, expected) => {
    const { status, body } = await raw(path, init);
    expect(status).toBe(expected);
    if (status >= 400) expect(body).toMatchObject({ sandbox: true, message: expect.not.stringContaining(SECRET) });
  });

  it("may have question marks in its query", async () => {
    const { body } = await raw(`/collection/v1/orgs/${ORGANIZATION}/cases?CaseNumber=5000002&SearchTerm=?sandbox-1`);
    expect(body.data).toEqual([]);
    const found = await raw(`/collection/v1/orgs/${ORGANIZATION}/cases?SearchTerm=sandbox-1?&CaseNumber=5000002`);
    expect([found.status, found.body.data]).toEqual([200, []]);
  });

  it("has numbers and booleans in the types of its spec", async () => {
    const { body } = await raw(`${customers}?pagesize=05`);
    expect(body.summary.pageSizeLimit).toBe(5);
    const authorization = `Basic ${btoa("sandbox-client:sandbox-secret")}`;
    const batch = (includeclosed: string) =>
      raw(`/autocollect/webapi/api/Batch?senderid=s&includeclosed=${includeclosed}`, { headers: { authorization } });
    expect((await batch("true")).body.case).toHaveLength(1);
    expect((await batch("TRUE")).body.validationErrors).toEqual(["/query/includeclosed must be boolean"]);
  });

  it("without a valid token is refused before it is validated", async () => {
    const { status } = await raw(invoices, { ...json("{"), headers: { authorization: "Bearer none" } });
    expect(status).toBe(401);
    const { status: basic } = await raw("/arm/v1/clients/1/customers", {
      headers: { authorization: `Basic ${btoa("sandbox-client:sandbox-secret")}` },
    });
    expect(basic).toBe(401);
    const caller = await callerWith();
    const { baseUrls } = caller.sandbox;
    const authorization = `Bearer ${await caller.token()} x`;
    const more = await fetch(`${baseUrls.accountsReceivable}/clients/1/customers`, { headers: { authorization } });
    expect(more.status).toBe(401);
  });
});
