import type { JournalOwner } from "amili-client/node";

export const OWNER: JournalOwner = {
  address: "https://api.example.com",
  environment: "staging",
  organizationId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  kind: "invoice",
};
