import type { operations } from "../../generated/autocollect-legacy.js";
import { type Calls, describeContract } from "../support/contract.js";

const BASE = "https://legacy.example";

const calls: Calls<operations> = {
  getBatch: (amili, { query }) => amili.autoCollectLegacy.batches.get(query),
  createBatch: (amili, { query, body }) => amili.autoCollectLegacy.batches.create(body, query),
};

describeContract("autocollect-legacy", BASE, calls, {
  baseUrls: { autoCollectLegacy: BASE },
  auth: { autoCollectLegacy: { basic: { username: "user", password: "password" } } },
});
