import { Amili, ApiError, AuthenticationError, type Hooks } from "amili-client";
import { type Sandbox, startSandbox } from "amili-client/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const connect = (options: { hooks?: Hooks; clientSecret?: string } = {}) =>
  new Amili({ baseUrls: sandbox.baseUrls, ...sandbox.credentials, ...options });

describe("over real HTTP", () => {
  it("gets one token for concurrent calls", async () => {
    const tokens: unknown[] = [];
    const amili = connect({ hooks: { onToken: (event) => tokens.push(event) } });
    const client = amili.accountsReceivable.client(2218);

    const [item, gl, adb, job] = await Promise.all([
      client.arItems.get("2218-500002-35078-0"),
      client.glMovements.list({ glyear: 2025, glperiod: 2, glaccountno: 1030 }),
      client.insights.adbIntervals(),
      client.actions.createReport("adb", { metadata: { userId: "TestUser" } }),
    ]);

    expect(item).toMatchObject({ arItemId: "2218-500002-35078-0", kid: "500221850000200350786" });
    expect(gl).toMatchObject({ summary: { totalCount: 1 }, glMovements: [{ glPeriod: 2, balanceOut: 1330 }] });
    expect(adb.adb?.intervals).toHaveLength(7);
    expect(job).toMatchObject({ status: "PROCESSED", reportType: "adb", clientNo: 2218 });
    expect(tokens).toEqual([expect.objectContaining({ source: "identity", expiresIn: 3_600_000 })]);
  });

  it("replaces a revoked token", async () => {
    const statuses: number[] = [];
    const amili = connect({
      hooks: { onResponse: ({ api, status }) => statuses.push(api === "identity" ? 0 : status) },
    });
    const client = amili.accountsReceivable.client(2218);
    await client.insights.adbIntervals();
    sandbox.revokeTokens();
    await client.insights.adbIntervals();
    expect(statuses).toEqual([0, 200, 401, 0, 200]);
  });

  it("waits for a batch", async () => {
    const org = connect().debtCollection.organization(ORGANIZATION);
    const { data } = await org.invoices.create([{ type: "NOTICE", invoiceNumber: "1" }, { invoiceNumber: "2" }]);
    expect((await org.batches.get(data.batchId)).data.status).toBe("QUEUED");
    const batch = await org.batches.waitFor(data.batchId);
    expect(batch.data.status).toBe("SUCCESS");
    expect(batch.data.succeeded).toMatchObject([{ invoiceNumber: "1" }, { invoiceNumber: "2" }]);
    const found = await org.batches.list({ State: "SUCCESS" }).toArray();
    expect(found.map(({ batchId }) => batchId)).toContain(data.batchId);
  });

  it("lists settlements over several pages, with the filters on each", async () => {
    const { settlements } = connect().debtCollection.organization(ORGANIZATION);
    const pages: number[] = [];
    for await (const { items } of settlements.list().pages()) pages.push(items.length);
    expect(pages).toEqual([10, 10, 5]);
    const some = await settlements.list({ fromDate: "2026-01-08", toDate: "2026-04-01", pageSize: 4 }).toArray();
    expect(some.length).toBe(12);
    expect(some.every(({ date }) => date !== undefined && date >= "2026-01-08" && date < "2026-04-02")).toBe(true);
  });

  it("lists customers by a server-side query, and resumes from a cursor", async () => {
    const { customers } = connect().accountsReceivable.client(2218);
    const all = await customers.list({ pagesize: 5 }, { prefetch: 3 }).toArray();
    expect(new Set(all.map(({ customerNo }) => customerNo)).size).toBe(28);

    const [first] = await firstPage(customers.list({ pagesize: 5 }));
    const rest = await customers.list({ pagesize: 5 }, { cursor: first?.cursor ?? "" }).toArray();
    expect([...(first?.items ?? []), ...rest]).toEqual(all);
  });

  it("reports validation errors", async () => {
    const { http } = connect().debtCollection;
    const wrong = { invoices: "none" } as unknown as { invoices: [] };
    const params = { path: { organizationId: ORGANIZATION } };
    const { error, response } = await http.POST("/orgs/{organizationId}/invoices", { params, body: wrong });
    expect(response.status).toBe(400);
    expect(error).toMatchObject({ validationErrors: ["/requestBody/invoices must be array"] });
  });

  it("encodes path parameters", async () => {
    const get = connect().accountsReceivable.client(2218).arItems.get("x/../../../customers?pagesize=5#");
    await expect(get).rejects.toMatchObject({
      name: "ApiError",
      status: 404,
      path: "/clients/{clientno}/aritems/{aritemid}",
    });
    await expect(get).rejects.toBeInstanceOf(ApiError);
  });

  it("reports wrong credentials", async () => {
    const call = connect({ clientSecret: "wrong" }).accountsReceivable.client(2218).insights.adbIntervals();
    await expect(call).rejects.toBeInstanceOf(AuthenticationError);
    await expect(call).rejects.toMatchObject({ code: "credentials_refused", status: 401, cause: { path: "/token" } });
  });
});

async function firstPage<Page>(list: { pages(): AsyncIterable<Page> }): Promise<Page[]> {
  for await (const page of list.pages()) return [page];
  return [];
}
