import type { BaseUrls } from "../../options.js";

/** The APIs of the sandbox. */
export type ApiName = Exclude<keyof BaseUrls, "distributionPartner">;

/** The path of each on the server, and its spec. */
export const APIS = {
  identity: { root: "/identity", spec: "identity.yaml" },
  debtCollection: { root: "/collection/v1", spec: "debt-collection.yaml" },
  accountsReceivable: { root: "/arm/v1", spec: "accounts-receivable.yaml" },
  autoCollectLegacy: { root: "/autocollect", spec: "autocollect-legacy.yaml" },
  distributionInvoice: { root: "/distribution", spec: "distribution-invoice.yaml" },
} as const satisfies Record<ApiName, { root: string; spec: string }>;

export const API_NAMES = Object.keys(APIS) as ApiName[];
