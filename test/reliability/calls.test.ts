import { afterAll, beforeEach, expect, it } from "vitest";
import { useFakeTime } from "../support/fake-time.js";
import { clientWith, hang, json, networkError, type Reply, settle, status } from "../support/stub.js";
import { CALLS, findCallLine, updateDocument } from "./document.js";

const isUpdate = Boolean(process.env.UPDATE_DOCS);

beforeEach(() => useFakeTime());
const text =
  (body: string, type = "application/json") =>
  () =>
    new Response(body, { headers: { "content-type": type } });

/** What goes wrong with a request. */
const FAULTS: Record<string, () => Reply> = {
  "connection refused": () => networkError("ECONNREFUSED", "connect"),
  "connection closed": () => networkError("ECONNRESET", "read"),
  "no response": () => hang,
  "cut-off JSON": text('{"data":'),
  "HTML with 200": text("<html>", "text/html"),
  "bytes that are not UTF-8": () => new Response(new Uint8Array([0x22, 0xe5, 0x22])),
  "302": () => status(302, { location: "https://example.com/" }),
  "400": () => status(400),
  "401": () => status(401),
  "403": () => status(403),
  "404": () => status(404),
  "408": () => status(408),
  "409": () => status(409),
  "422": () => status(422),
  "429": () => status(429),
  "429 with Retry-After: 5": () => status(429, { "retry-after": "5" }),
  "429 with Retry-After: 3600": () => status(429, { "retry-after": "3600" }),
  "500": () => status(500),
  "502": () => status(502),
  "503": () => status(503),
  "503 with Retry-After: 5": () => status(503, { "retry-after": "5" }),
  "504": () => status(504),
};

const ITEM = () => json({ aritemid: "1" });
const BATCH = () => json({ data: { batchId: "b" } }, { status: 202 });
const PAGES = [
  () => json({ summary: { nextPageToken: "2" }, data: [{}] }),
  () => json({ summary: { nextPageToken: null }, data: [{}] }),
];

type Client = ReturnType<typeof clientWith>;
const get = ({ client }: Client) => client.arItems.get("1");
const create = ({ org }: Client) => org.invoices.create([{ uniqueSourceInvoiceId: "1" }]);
const list = ({ org }: Client) => org.batches.list({}, { prefetch: 0 }).toArray();

/** The outcome of a call and the number of its requests. */
async function outcomeOf(call: (client: Client) => PromiseLike<unknown>, ...script: Reply[]): Promise<string> {
  const client = clientWith({}, ...script);
  const outcome = await settle(Promise.resolve(call(client)).then(() => "ok", nameOf));
  return `${outcome}, ${client.sent.length}`;
}

const nameOf = (error: Error & { code?: string }) => `${error.name} \`${error.code}\``;

const lines: string[] = [];
afterAll(() => {
  if (isUpdate) updateDocument(new Map([[CALLS, lines]]));
});

it.each(Object.entries(FAULTS))("a call that meets %s ends as documented", async (name, fault) => {
  const always: Reply = (sent) => {
    const reply = fault();
    if (reply instanceof Error) throw reply;
    return typeof reply === "function" ? reply(sent) : reply;
  };
  const cells = [
    await outcomeOf(get, fault(), ITEM),
    await outcomeOf(get, always),
    await outcomeOf(list, PAGES[0] as Reply, fault(), PAGES[1] as Reply),
    await outcomeOf(create, fault(), BATCH),
    await outcomeOf(create, always),
  ];
  const line = `| ${name} | ${cells.join(" | ")} |`;
  lines.push(line);
  if (!isUpdate) expect(findCallLine(name)).toBe(line);
});
