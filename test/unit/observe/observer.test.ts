import { Amili } from "amili-client";
import { createObserver, type ObserverOptions, parseObservations } from "amili-client/observe";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, ORG, type Reply, status, stubFetch } from "../../support/stub.js";

beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-11-21T10:00:00Z") }));
afterEach(() => void vi.useRealTimers());

function observed(replies: Reply[], options: ObserverOptions = {}) {
  const inner = stubFetch(...replies);
  const observer = createObserver({ fetch: inner.fetch, ...options });
  const amili = new Amili({ accessToken: "T", environment: "staging", fetch: observer.fetch, maxRetries: 0 });
  const organization = amili.debtCollection.organization(ORG);
  const operation = (id: string) => observer.observations().environments.staging?.operations[`debtCollection.${id}`];
  return { ...inner, observer, amili, organization, operation };
}

const page = (data: unknown[], nextPageToken?: unknown) => json({ summary: { nextPageToken }, data });

describe("an operation", () => {
  it("is counted by status, with the shape of its bodies", async () => {
    const { organization, observer } = observed([
      json({ summary: { status: "SUCCESS" }, data: { status: "OPEN", invoiceId: ORG, amount: 12.5, dueDate: null } }),
    ]);
    await organization.invoices.get("1");
    expect(observer.observations()).toEqual({
      format: "amili-observations",
      version: 1,
      environments: {
        staging: {
          from: "2026-11-21",
          to: "2026-11-21",
          operations: {
            "debtCollection.getInvoice": {
              requests: { count: 1, query: {} },
              responses: {
                200: {
                  count: 1,
                  headers: { "content-type": 1 },
                  contentTypes: { "application/json": 1 },
                  bodies: { json: 1 },
                  body: {
                    count: 1,
                    fields: {
                      "": { parents: 1, present: 1, types: { object: 1 } },
                      summary: { parents: 1, present: 1, types: { object: 1 } },
                      "summary.status": { parents: 1, present: 1, types: { string: 1 }, values: { SUCCESS: 1 } },
                      data: { parents: 1, present: 1, types: { object: 1 } },
                      "data.status": { parents: 1, present: 1, types: { string: 1 }, values: { OPEN: 1 } },
                      "data.invoiceId": { parents: 1, present: 1, types: { string: 1 }, formats: { uuid: 1 } },
                      "data.amount": { parents: 1, present: 1, types: { number: 1 } },
                      "data.dueDate": { parents: 1, present: 1, types: { null: 1 } },
                    },
                  },
                },
              },
            },
          },
          unknownPaths: {},
        },
      },
    });
  });

  it("shows how many objects have a field, and how long lists are", async () => {
    const { organization, operation } = observed([page([{ debtorId: 1 }, { debtorId: 2, kid: "1" }], "t"), page([])]);
    await organization.invoices.list().toArray();
    const { fields } = operation("listInvoices")?.responses["200"]?.body ?? {};
    expect(fields?.data).toEqual({ parents: 2, present: 2, types: { array: 2 }, length: [0, 2] });
    expect(fields?.["data[]"]).toEqual({ parents: 2, present: 2, types: { object: 2 } });
    expect(fields?.["data[].kid"]).toEqual({ parents: 2, present: 1, types: { string: 1 } });
    expect(operation("listInvoices")?.requests).toMatchObject({ count: 2, query: { PageToken: 1 } });
  });

  it.each([
    [undefined, "absent"],
    [null, "null"],
    ["", "empty"],
  ])("shows that the last page has the token %j", async (token, form) => {
    const { organization, operation } = observed([page([], "more"), page([], token)]);
    await organization.invoices.list().toArray();
    expect(operation("listInvoices")?.responses["200"]?.lastPage).toEqual({ [form]: 1 });
  });

  it("shows the bodies of errors, and of requests", async () => {
    const { organization, operation } = observed([
      json({ title: "No", errors: { amount: ["a"] } }, { status: 422, headers: { "X-RateLimit-Remaining": "9" } }),
    ]);
    await organization.payments.create([{ type: "DIRECT_PAYMENT" } as never]).catch(() => {});
    const { requests, responses } = operation("createPayments") ?? {};
    expect(Object.keys(requests?.body?.fields ?? {})).toEqual(["", "payments", "payments[]", "payments[].type"]);
    expect(requests?.body?.fields["payments[].type"]?.values).toEqual({ DIRECT_PAYMENT: 1 });
    expect(Object.keys(responses?.["422"]?.body?.fields ?? {})).toEqual([
      "",
      "title",
      "errors",
      "errors.amount",
      "errors.amount[]",
    ]);
    expect(responses?.["422"]?.headers).toEqual({ "content-type": 1, "x-ratelimit-remaining": 1 });
  });

  it.each([
    ["empty", () => status(204)],
    ["empty", () => new Response("", { headers: { "content-type": "application/json" } })],
    ["notJson", () => new Response("%PDF", { headers: { "content-type": "application/pdf" } })],
    ["notJson", () => new Response("{")],
    ["tooLarge", () => json({ note: "x".repeat(100) })],
    ["tooLarge", () => new Response("{}", { headers: { "content-length": "101" } })],
  ])("has an outcome for each body: %s", async (outcome, reply) => {
    const { organization, operation } = observed([reply], { maxBodySize: 100 });
    await organization.invoices.get("1").catch(() => {});
    const [response] = Object.values(operation("getInvoice")?.responses ?? {});
    expect(response).toMatchObject({ count: 1, bodies: { [outcome]: 1 } });
    expect(response).not.toHaveProperty("body");
  });

  it("is found under any base URL; a path of no operation becomes a template", async () => {
    const { fetch } = stubFetch(() => json({}));
    const observer = createObserver({ fetch });
    for (const url of [
      "http://127.0.0.1:1/any/orgs/1/batches/2",
      "https://api.amili.no/collection/v1/batches",
      "https://api.amili.no/collection/v1/orgs/1/more/batches",
      "https://api.staging.amili.no/arm/v1/clients/2218/customers/ola%40x.no/notes",
    ])
      await observer.fetch(url, { method: "GET" });
    const { other, production, staging } = observer.observations().environments;
    expect(Object.keys(other?.operations ?? {})).toEqual(["debtCollection.getBatch"]);
    expect(Object.keys(production?.operations ?? {})).toEqual(["debtCollection.listAllBatches"]);
    expect(production?.unknownPaths).toEqual({ "GET /collection/v1/orgs/{}/more/batches": { 200: 1 } });
    expect(staging?.unknownPaths).toEqual({ "GET /arm/v1/clients/{}/customers/{}/notes": { 200: 1 } });
  });

  it("that gets no response is counted as a request", async () => {
    const { organization, operation } = observed([new Error("down")]);
    await expect(organization.invoices.get("1")).rejects.toMatchObject({ code: "connection_failed" });
    expect(operation("getInvoice")).toEqual({ requests: { count: 1, query: {} }, responses: {} });
  });
});

describe("limits", () => {
  it("the first ten bodies of a status are looked at, and then those of the sample", async () => {
    const { organization, operation } = observed([() => json({ data: {} })], { sample: 0.5 });
    vi.spyOn(Math, "random").mockReturnValueOnce(0.5).mockReturnValueOnce(0.49).mockReturnValue(0.9);
    for (let i = 0; i < 15; i++) await organization.invoices.get("1");
    expect(operation("getInvoice")?.responses["200"]).toMatchObject({ count: 15, bodies: { json: 11, skipped: 4 } });
  });

  it("unknown paths, names and values beyond the limits are not kept", async () => {
    const { fetch } = stubFetch(() => json({}));
    const { fetch: send, observations } = createObserver({ fetch });
    const words = ["case", "item", "line", "fee", "date", "note", "code", "type"];
    const names = words.flatMap((a) => words.flatMap((b) => words.map((c) => `${a}-${b}-${c}`)));
    for (const name of [...names, ...names.map((n) => `${n}s`)]) await send(`https://a.test/${name}?${name}`, {});
    const query = new URLSearchParams(names.map((name) => [name, "1"]));
    await send(`https://a.test/batches?${query}`, {});
    const { operations, unknownPaths } = observations().environments.other ?? {};
    expect(Object.keys(unknownPaths ?? {})).toHaveLength(500);
    expect(Object.keys(operations?.["debtCollection.listAllBatches"]?.requests.query ?? {})).toHaveLength(200);
  });

  it("what a server makes as long as it can is still a file that can be read", async () => {
    const name = "invoice_customer_document_collection_settlement_organization_id";
    const words = ["case", "item", "line", "fee", "date", "note", "code", "type", "text", "day", "sum"];
    const names = words.flatMap((a) => words.flatMap((b) => words.map((c) => `${a}-${b}-${c}`)));
    const wide = Object.fromEntries(names.map((wideName) => [wideName, [[]]]));
    const deep = (levels: number): object => (levels === 0 ? wide : { [name]: [[[deep(levels - 1)]]] });
    let status = 399;
    const { fetch } = stubFetch(() => json(deep(++status % 5), { status }));
    const { fetch: send, observations } = createObserver({ fetch });
    while (status < 450) await (await send(`https://a.test/batches?${name}`, {})).text();
    status = 200;
    await send(`https://a.test/${`${name}/`.repeat(19)}`, {});
    const file = observations();
    expect(
      Object.keys(file.environments.other?.operations["debtCollection.listAllBatches"]?.responses ?? {}),
    ).toHaveLength(51);
    expect(file.environments.other?.unknownPaths).toEqual({});
    expect(parseObservations(JSON.stringify(file))).toEqual(file);
  });

  it("bodies are skipped while too many wait", async () => {
    const body = JSON.stringify({ note: "x".repeat(6 * 1024 * 1024) });
    const { organization, operation } = observed([() => new Response(body)], { maxBodySize: 10 * 1024 * 1024 });
    await Promise.all(["1", "2", "3"].map((id) => organization.invoices.get(id)));
    expect(operation("getInvoice")?.responses["200"]?.bodies).toEqual({ json: 2, skipped: 1 });
  });

  it("a list is looked at up to its hundredth item, a body up to its twelfth level", async () => {
    const deep = (levels: number): object => (levels === 0 ? { id: 1 } : { data: deep(levels - 1) });
    const { organization, operation } = observed([page(Array(150).fill({ debtorId: 1 })), json(deep(20))]);
    await organization.invoices.list().toArray();
    await organization.invoices.get("1");
    const list = operation("listInvoices")?.responses["200"]?.body?.fields;
    expect(list?.data).toMatchObject({ length: [150, 150] });
    expect(list?.["data[]"]).toMatchObject({ present: 100 });
    expect(Object.keys(operation("getInvoice")?.responses["200"]?.body?.fields ?? {})).toHaveLength(13);
  });
});

describe("the response", () => {
  const url = "https://api.amili.no/collection/v1/batches";

  /** A body whose chunks are sent one at a time, each as soon as it is asked for. */
  function streamed(chunks: string[], { error }: { error?: Error } = {}) {
    const events: string[] = [];
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = chunks.shift();
          events.push(`pull ${chunk}`);
          if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
          else if (error) controller.error(error);
          else controller.close();
        },
        cancel: (reason) => void events.push(`cancel ${reason}`),
      },
      { highWaterMark: 0 },
    );
    const reply = new Response(body, {
      status: 201,
      headers: { "x-request-id": "1", "content-type": "application/json" },
    });
    Object.defineProperty(reply, "url", { value: url });
    const observer = createObserver({ fetch: async () => reply });
    const bodies = () =>
      observer.observations().environments.production?.operations["debtCollection.listAllBatches"]?.responses["201"]
        ?.bodies;
    return { events, bodies, response: observer.fetch(url, {}) };
  }

  it("is a Response with everything that the original has", async () => {
    const { response } = streamed(['{"data":', "[]}"]);
    const { status, ok, headers, redirected, type, bodyUsed, url: from } = await response;
    expect(await response).toBeInstanceOf(Response);
    expect({ status, ok, redirected, type, bodyUsed, from }).toEqual({
      ...{ status: 201, ok: true, redirected: false, type: "default", bodyUsed: false, from: url },
    });
    expect(headers.get("x-request-id")).toBe("1");
    expect(await (await response).clone().text()).toBe('{"data":[]}');
    expect(await (await response).json()).toEqual({ data: [] });
  });

  it("is read at the pace of its reader", async () => {
    const { response, events, bodies } = streamed(["{", "}"]);
    const reader = (await response).body?.getReader();
    expect(events).toEqual([]);
    await reader?.read();
    expect(events).toEqual(["pull {"]);
    expect(bodies()).toEqual({});
    await reader?.read();
    await reader?.read();
    expect(bodies()).toEqual({ json: 1 });
  });

  it("passes a cancellation on", async () => {
    const { response, events, bodies } = streamed(["{", "}"]);
    const reader = (await response).body?.getReader();
    await reader?.read();
    await reader?.cancel("enough");
    expect(events).toEqual(["pull {", "cancel enough"]);
    expect(bodies()).toEqual({ incomplete: 1 });
  });

  it("fails as the original does", async () => {
    const error = new Error("reset");
    const { response, bodies } = streamed(["{"], { error });
    await expect((await response).text()).rejects.toBe(error);
    expect(bodies()).toEqual({ incomplete: 1 });
  });

  it.each([
    ["that cannot be constructed", () => Object.defineProperty(new Response("{}"), "status", { value: 999 })],
    ["without headers", () => Object.defineProperty(new Response("{}"), "headers", { value: undefined })],
    [
      "whose body is in use",
      () => {
        const response = new Response("{}");
        response.body?.getReader();
        return response;
      },
    ],
  ])("%s is handed on unchanged", async (_, reply) => {
    const response = reply();
    const { fetch } = createObserver({ fetch: async () => response });
    expect(await fetch(url, {})).toBe(response);
  });

  it("of a request that cannot be observed is handed on unchanged", async () => {
    const response = new Response("{}");
    const { fetch } = createObserver({ fetch: async () => response });
    expect(await fetch("not a URL", {})).toBe(response);
  });
});

describe("save", () => {
  it("is called once in each interval in which something was observed", async () => {
    const save = vi.fn();
    const { organization } = observed([() => json({})], { save, saveInterval: 1_000 });
    await organization.invoices.get("1");
    await organization.invoices.get("1");
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(save).toHaveBeenCalledTimes(1);
    await organization.invoices.get("1");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save).toHaveBeenCalledTimes(2);
    const [, [{ environments }]] = save.mock.calls as [
      unknown,
      [ReturnType<typeof observed>["observer"] extends { observations(): infer O } ? O : never],
    ];
    expect(environments.staging?.operations["debtCollection.getInvoice"]?.requests.count).toBe(3);
  });

  it("is called by flush, if something was observed since the last time", async () => {
    const save = vi.fn();
    const { organization, observer } = observed([() => json({})], { save });
    await observer.flush();
    await organization.invoices.get("1");
    await Promise.all([observer.flush(), observer.flush()]);
    await observer.flush();
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("that fails reaches nobody but the console, and is called again", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const save = vi
      .fn()
      .mockRejectedValueOnce(new Error("disk full"))
      .mockImplementationOnce(() => {
        throw new Error("disk full");
      });
    const { organization, observer } = observed([() => json({})], { save });
    for (let i = 0; i < 3; i++) {
      await organization.invoices.get("1");
      await observer.flush();
    }
    expect(save).toHaveBeenCalledTimes(3);
    expect(log).toHaveBeenCalledTimes(2);
  });

  it("does not run twice at a time", async () => {
    let running = 0;
    const save = vi.fn(async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      running--;
    });
    const { organization } = observed([() => json({})], { save, saveInterval: 1_000 });
    for (let i = 0; i < 4; i++) {
      await organization.invoices.get("1");
      await vi.advanceTimersByTimeAsync(2_000);
    }
    await vi.advanceTimersByTimeAsync(20_000);
    expect(save.mock.calls.length).toBeGreaterThan(1);
  });
});

it.each<[object, string]>([
  [{ sampel: 1 }, "The options of createObserver must be an object of sample"],
  [{ sample: 2 }, "sample must be a number from 0 to 1"],
  [{ maxBodySize: -1 }, "maxBodySize"],
  [{ saveInterval: 0 }, "saveInterval"],
  [{ save: "file" }, "save must be a function"],
  [{ fetch: 1 }, "fetch must be a function"],
  [{ words: ["Ola Nordmann"] }, "words must be a list of words"],
])("options that are not valid are refused: %j", (options, message) => {
  expect(() => createObserver(options)).toThrow(message);
});

it("further words are written", async () => {
  const { organization, operation } = observed([() => json({ zebraCount: 1, okapi: 2 })], { words: ["zebra"] });
  await organization.invoices.get("1");
  expect(Object.keys(operation("getInvoice")?.responses["200"]?.body?.fields ?? {})).toEqual(["", "zebraCount", "{}"]);
});
