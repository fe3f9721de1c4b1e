import { describeContract } from "../support/contract.js";

describeContract("identity", "https://auth.amili.no", { accessToken: "token" });
describeContract("debt-collection", "https://api.amili.no/collection/v1", { accessToken: "token" });
describeContract("accounts-receivable", "https://api.amili.no/arm/v1", { accessToken: "token" });

const LEGACY = "https://legacy.example";
describeContract("autocollect-legacy", LEGACY, {
  baseUrls: { autoCollectLegacy: LEGACY },
  auth: { autoCollectLegacy: { basic: { username: "user", password: "password" } } },
});

const DISTRIBUTION = "https://distribution.example/api";
describeContract("distribution-invoice", DISTRIBUTION, {
  baseUrls: { distributionInvoice: DISTRIBUTION },
  auth: { distributionInvoice: { headers: { "x-api-key": "key" } } },
});
