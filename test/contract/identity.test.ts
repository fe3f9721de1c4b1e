import { describeContract } from "../support/contract.js";

const credentials = { client_id: "my-integration", client_secret: "s3cr3t" };

describeContract("identity", "https://auth.amili.no", {
  createToken: { call: (amili) => amili.identity.token({ grant_type: "client_credentials", ...credentials }) },
});
