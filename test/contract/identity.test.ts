import type { operations } from "../../generated/identity.js";
import { type Calls, describeContract } from "../support/contract.js";

const calls: Calls<operations> = {
  createToken: (amili, { body }) => amili.identity.token(body),
};

describeContract("identity", "https://auth.amili.no", calls, { accessToken: "token" });
