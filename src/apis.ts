import {
  accountsReceivable,
  autoCollectLegacy,
  debtCollection,
  distributionInvoice,
  distributionPartner,
  identity,
} from "../generated/operations.js";
import type { Operation, Servers } from "./operation.js";
import type { BaseUrls } from "./options.js";

/** The servers and operations of all APIs. */
export const APIS = {
  identity,
  debtCollection,
  accountsReceivable,
  autoCollectLegacy,
  distributionInvoice,
  distributionPartner,
} satisfies Record<keyof BaseUrls, { servers: Servers; operations: Record<string, Operation> }>;
