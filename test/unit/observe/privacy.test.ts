import { createObserver, parseObservations } from "amili-client/observe";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ApiNames } from "../../../src/observe/api-names.js";

/** Personal data and secrets. None of their words is a word of APIs. */
const PLANTED = [
  "Ola Nordmann",
  "Kari-Anne Bråthen",
  "Ingrid",
  "ola.nordmann@eksempel.no",
  "01017012345",
  "+4798765432",
  "NO9386011117947",
  "Storgata 14B",
  "9f1c2b7e-5d3a-4e8f-9a6b-0c1d2e3f4a5b",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrYXJpIn0.c2lnbmF0dXJl",
  "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
  "hunter2",
  "Trondheim",
  "Sparebanken Vest",
  "Grant Price",
];
const FORMS: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase().replace(/[^A-Z\d]+/g, "_"),
  (text) => text.replace(/[^A-Za-z\d]+/g, ""),
  (text) => text.replace(/[^A-Za-z\d]+/g, "-").toLowerCase(),
  (text) =>
    text.replace(/[^A-Za-z\d]+(.)/g, (_, letter: string) => letter.toUpperCase()).replace(/^./, (c) => c.toLowerCase()),
  // Beside words of APIs.
  (text) => `customer${text.replace(/[^A-Za-z\d]+/g, "")}`,
  (text) => `${text.replace(/[^A-Za-z\d]+/g, "").toLowerCase()}_total`,
];
const planted = fc.tuple(fc.constantFrom(...PLANTED), fc.constantFrom(...FORMS)).map(([text, form]) => form(text));

/** Each fragment that would betray a planted text, whatever its form. */
const FRAGMENTS = PLANTED.flatMap((text) => text.toLowerCase().split(/[^a-zåæø\d]+/))
  .filter((word) => word.length > 3 && !["price", "live", "grant"].includes(word))
  .concat(["grantprice", "grant_price", "grant-price"]);

/** Names that the specs know, so that planted ones stand beside them. */
const known = fc.constantFrom("data", "summary", "status", "type", "debtors", "errors", "customers", "distribution");
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    planted,
    fc.constantFrom(null, 1, true),
    fc.array(tie("value"), { maxLength: 3 }),
    // Objects used as maps, often with the same keys.
    fc.dictionary(fc.oneof(planted, known), tie("value"), { maxKeys: 5 }),
  ),
})).value;

const headerName = planted.map((text) => text.replace(/[^\w-]/g, "").replace(/^$/, "x"));
const headerValue = planted.map((text) => text.replace(/[^\x20-\x7e]/g, ""));
const segment = planted.map(encodeURIComponent);
const base = fc.constantFrom(
  "https://api.amili.no/collection/v1",
  "https://api.staging.amili.no/arm/v1",
  "https://user:hunter2@ola-nordmann.example/trondheim",
);
const path = fc.oneof(
  segment.map((id) => `/orgs/${id}/invoices`),
  fc.tuple(segment, segment).map(([org, id]) => `/orgs/${org}/invoices/${id}`),
  fc.tuple(segment, segment).map(([no, id]) => `/clients/${no}/customers/${id}`),
  fc
    .array(fc.oneof(segment, fc.constantFrom("orgs", "clients", "notes")), { minLength: 1, maxLength: 6 })
    .map((parts) => `/${parts.join("/")}`),
  fc.constant("/token"),
);
const exchange = fc.record({
  base,
  path,
  query: fc.array(fc.tuple(fc.oneof(planted, fc.constant("PageSize")), planted), { maxLength: 3 }),
  method: fc.constantFrom("GET", "POST"),
  requestHeaders: fc.array(fc.tuple(headerName, headerValue), { maxLength: 2 }),
  request: value,
  status: fc.constantFrom(200, 201, 400, 404, 422, 500),
  responseHeaders: fc.array(fc.tuple(headerName, headerValue), { maxLength: 3 }),
  contentType: fc.oneof(
    fc.constant("application/json"),
    planted.map((text) => `application/${text.replace(/[^\w.-]/g, "")}+json`),
    planted.map((text) => `application/json; name="${text.replace(/[^\w.-]/g, "")}"`),
  ),
  response: fc.oneof(
    value.map((body) => JSON.stringify(body)),
    planted,
  ),
});
type Exchange = typeof exchange extends fc.Arbitrary<infer T> ? T : never;

async function observe(exchanges: Exchange[]): Promise<string> {
  let next: Exchange | undefined;
  const { fetch, observations } = createObserver({
    fetch: async () => {
      const { status, responseHeaders, contentType, response } = next as Exchange;
      return new Response(response, { status, headers: [...responseHeaders, ["content-type", contentType]] });
    },
  });
  for (next of exchanges) {
    const { base, path, query, method, requestHeaders: headers, request } = next;
    const body = method === "POST" ? { body: JSON.stringify(request) } : {};
    const response = await fetch(`${base}${path}?${new URLSearchParams(query)}`, { method, headers, ...body });
    expect(await response.text()).toBe(next.response);
  }
  const file = JSON.stringify(observations());
  expect(parseObservations(file)).toEqual(observations());
  return file;
}

test("no personal data and no secret is in the file, wherever it stood", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(exchange, { minLength: 1, maxLength: 5 }), async (exchanges) => {
      const file = (await observe(exchanges)).toLowerCase();
      for (const fragment of FRAGMENTS) expect(file).not.toContain(fragment);
    }),
    { numRuns: 300 },
  );
});

test("what recurs in every object is not written either", async () => {
  const person = { OlaNordmann: 1, "01017012345": 2, ola_nordmann: { ingrid: "Trondheim" } };
  const template: Exchange = {
    base: "https://api.amili.no/collection/v1",
    path: "/orgs/1/invoices",
    query: [["olaNordmann", "1"]],
    method: "GET",
    requestHeaders: [],
    request: null,
    status: 200,
    responseHeaders: [["x-ola-nordmann", "1"]],
    contentType: "application/json",
    response: JSON.stringify({ data: Array(50).fill({ ...person, status: "OLA_NORDMANN", invoiceId: "1" }) }),
  };
  const { environments } = JSON.parse(await observe(Array(50).fill(template)));
  const { requests, responses } = environments.production.operations["debtCollection.listInvoices"];
  expect(requests.query).toEqual({ "{}": 50 });
  expect(responses[200].headers).toEqual({ "{}": 50, "content-type": 50 });
  const { fields } = responses[200].body;
  expect(Object.keys(fields)).toEqual([
    ...["", "data", "data[]", "data[]{}", "data[]{}{}", "data[].status", "data[].invoiceId"],
  ]);
  expect(fields["data[].status"].values).toEqual({ "{}": 2_500 });
});

test("the bodies of token requests are not looked at", async () => {
  const { fetch, observations } = createObserver({
    fetch: async () => Response.json({ access_token: "secret", scope: "write" }),
  });
  const response = await fetch("https://auth.amili.no/token", { method: "POST", body: '{"client_secret":"s"}' });
  await response.text();
  expect(observations().environments.production?.operations["identity.createToken"]).toEqual({
    requests: { count: 1, query: {} },
    responses: {
      200: {
        count: 1,
        headers: { "content-type": 1 },
        contentTypes: { "application/json": 1 },
        bodies: { skipped: 1 },
      },
    },
  });
});

const names = new ApiNames();

test.each([
  ..."id invoiceNumber remainingprincipal glCaseNo _links $type x-ratelimit-remaining retry-after traceId".split(" "),
  ..."writeOffReason accountbalance customerno DueDate externalId2 is_paid cf-ray CANCELLED PAYMENT_PLAN".split(" "),
  ..."dunningLevels lineNo unitPrice objectionDate sentToCourt vatRate addresses".split(" "),
])("%s is written: it consists of words of APIs", (name) => expect(names.has(name)).toBe(true));

test.each([
  ..."Ola ola OLA KARI nordmann Line Per Grant Bill May Ray Max Even Tone Odd Liv Bjørn Åse Anne-Lise madeline".split(
    " ",
  ),
  ..."customerOla hansen_total line-per x-line grantBill x1234 a1b2c3 id12 12 __proto__ constructor__ moreNora dueDate2026".split(
    " ",
  ),
  ...["", " id", "due date", "due.date", "x".repeat(65), "idé", "id\n", "9f1c2b7e-5d3a-4e8f-9a6b-0c1d2e3f4a5b"],
  // Slow, if the pattern backtracks.
  `${"a".repeat(62)}!`,
])("%j is not written", (name) => expect(names.has(name)).toBe(false));
