import { Amili, type AmiliOptions, ConfigurationError } from "amili-client";
import { createAccountsReceivable } from "amili-client/accounts-receivable";
import { createAutoCollectLegacy } from "amili-client/autocollect-legacy";
import { createDebtCollection } from "amili-client/debt-collection";
import { createDistribution } from "amili-client/distribution";
import { createIdentity } from "amili-client/identity";
import { describe, expect, it } from "vitest";
import { bearer, CREDENTIALS, failure, identityAnd, isTokenRequest, json, ORG, stubFetch } from "../support/stub.js";

const BASE = "https://legacy.example/";
const baseUrls = { autoCollectLegacy: BASE, distributionInvoice: BASE, distributionPartner: BASE };
const auth = { autoCollectLegacy: "bearer", distributionInvoice: "bearer", distributionPartner: "bearer" } as const;

type Apis = Omit<Amili, "identity">;
const CALLS: [
  api: string,
  create: (options: AmiliOptions) => Partial<Apis>,
  call: (apis: Apis) => PromiseLike<unknown>,
][] = [
  [
    "debt collection",
    (options) => ({ debtCollection: createDebtCollection(options) }),
    ({ debtCollection }) => debtCollection.organization(ORG).batches.waitFor("b"),
  ],
  [
    "accounts receivable",
    (options) => ({ accountsReceivable: createAccountsReceivable(options) }),
    ({ accountsReceivable }) => accountsReceivable.client(2218).arItems.get("1"),
  ],
  [
    "AutoCollect Legacy",
    (options) => ({ autoCollectLegacy: createAutoCollectLegacy(options) }),
    ({ autoCollectLegacy }) => autoCollectLegacy.batches.get({}),
  ],
  [
    "distribution",
    (options) => ({ distribution: createDistribution(options) }),
    ({ distribution }) => distribution.invoice.send.queryInvoiceStatus({} as never),
  ],
];

describe("a client of one API", () => {
  it.each(CALLS)("sends what Amili sends: %s", async (_, create, call) => {
    const requests = async (make: (options: AmiliOptions) => Partial<Apis>) => {
      const { fetch, sent } = stubFetch(identityAnd(() => json({ data: { status: "SUCCESS" } })));
      await call(make({ ...CREDENTIALS, baseUrls, auth, fetch }) as Apis);
      return sent.map((request) => [request.method, request.url.href, bearer(request), request.body]);
    };
    const sent = await requests(create);
    expect(sent).toHaveLength(2);
    expect(sent).toEqual(await requests((options) => new Amili(options)));
  });

  it.each(CALLS)("needs credentials and knows its options: %s", (_, create) => {
    expect(() => create({})).toThrow(/clientId and clientSecret are missing/);
    expect(() => create({ accessToken: "T", retries: 1 } as AmiliOptions)).toThrow(ConfigurationError);
  });

  it("takes the ids of inferred operations of other APIs, so that clients can share their options", async () => {
    const { fetch, sent } = stubFetch(() => json({}));
    const options = { accessToken: "T", fetch, allowInferred: ["createDocument", "pauseInvoice"] } as const;
    const { invoices } = createDebtCollection(options).organization(ORG);
    await invoices.pause("1");
    expect((await failure(invoices.withdraw("1"), Error)).name).toBe("InferredOperationError");
    expect(sent).toHaveLength(1);
  });

  it("identity needs no credentials", async () => {
    const { fetch, sent } = stubFetch(identityAnd(() => json({})));
    const identity = createIdentity({ fetch, environment: "staging" });
    await identity.token({ grant_type: "client_credentials", client_id: "a", client_secret: "b" });
    expect(sent.map((request) => [isTokenRequest(request), request.url.host])).toEqual([
      [true, "auth.staging.amili.no"],
    ]);
  });
});
