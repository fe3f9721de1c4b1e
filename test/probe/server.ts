import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** Values that no output may have. */
export const ORGANIZATION = "7d1e6a52-3f0b-4c1d-8e2a-5b6c7d8e9f00";
export const CLIENT = "440022";
const CUSTOMER = "90017";
export const VALUES = ["Nordmann", "ola@eksempel.no", "01017012345", ORGANIZATION, CLIENT, CUSTOMER, "s3cret", "tok3n"];

type Reply = [status: number, body?: unknown, headers?: Record<string, string>];

const items = (fields: object) => ({
  summary: {},
  data: [{ ...fields, Nordmann: { "ola@eksempel.no": "01017012345" } }],
});
const page = (name: string, ...list: object[]) => ({ summary: { totalCount: list.length, pageNo: 1 }, [name]: list });

/** What differs from the specs, and what is as they say, by path. Written by hand, from nothing that reads the specs. */
const REPLIES: Record<string, Reply> = {
  "/collection/batches": [200, { summary: { status: "SUCCESS" }, data: [{ organizationId: ORGANIZATION }] }],
  [`/collection/orgs/${ORGANIZATION}/batches`]: [200, items({ batchId: "b1", status: "ON_HOLD" })],
  [`/collection/orgs/${ORGANIZATION}/batches/b1`]: [200, { summary: {}, data: { batchId: "b1", createdAt: null } }],
  [`/collection/orgs/${ORGANIZATION}/settlements`]: [418],
  [`/collection/orgs/${ORGANIZATION}/invoices`]: [200, items({ invoiceId: "i1", riskScore: 3, name: "Nordmann" })],
  [`/collection/orgs/${ORGANIZATION}/invoices/i1`]: [404, { title: "Nordmann", errors: { "01017012345": ["x"] } }],
  [`/collection/orgs/${ORGANIZATION}/invoices/i1/history`]: [200, { data: [] }],
  [`/arm/clients/${CLIENT}/customers`]: [
    200,
    page("customers", { customerNo: CUSTOMER }),
    { "x-ratelimit-remaining": "9" },
  ],
  [`/arm/clients/${CLIENT}/customers/${CUSTOMER}`]: [200, { customerNo: CUSTOMER, customerName: "Nordmann" }],
  [`/arm/clients/${CLIENT}/files`]: [405],
  [`/arm/clients/${CLIENT}/clientconfigs`]: [403, { message: "Nordmann" }],
  [`/arm/clients/${CLIENT}/logitems`]: [200, "<html>Nordmann</html>"],
};

/** A server that knows no write: it counts each as a failure. */
export async function startServer(replies: Record<string, Reply> = REPLIES) {
  const paths: string[] = [];
  const writes: string[] = [];
  const server = createServer((request, response) => {
    void reply(request).then(([status, body, headers]) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });

  async function reply(request: IncomingMessage): Promise<Reply> {
    const { pathname, search } = new URL(request.url ?? "", "http://server");
    const body = await text(request);
    if (request.method === "POST" && pathname === "/identity/token" && body.includes("client_secret=s3cret")) {
      return [200, { access_token: "tok3n", token_type: "Bearer", expires_in: 3600 }];
    }
    if (request.method !== "GET") writes.push(`${request.method} ${pathname}`);
    if (request.headers.authorization !== "Bearer tok3n") return [401];
    paths.push(`${pathname}${search}`);
    if (search.includes("not-a-date")) return [400, { errors: { From: ["Nordmann is no date"] } }];
    return replies[pathname] ?? [404, { title: "Not found", traceId: "01017012345" }];
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const baseUrls = {
    identity: `${url}/identity`,
    debtCollection: `${url}/collection`,
    accountsReceivable: `${url}/arm`,
  };
  const env = { AMILI_BASE_URLS: JSON.stringify(baseUrls), AMILI_CLIENT_ID: "id", AMILI_CLIENT_SECRET: "s3cret" };
  return { env, paths, writes };
}
