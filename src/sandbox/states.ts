import { accountsReceivable } from "./accounts-receivable/index.js";
import type { ApiName } from "./apis.js";
import { autoCollectLegacy } from "./autocollect-legacy.js";
import { debtCollection } from "./debt-collection/index.js";
import { distributionInvoice } from "./distribution-invoice.js";
import { identity } from "./identity/index.js";
import type { Tokens } from "./identity/tokens.js";
import type { SandboxOperations } from "./operation.js";
import type { World } from "./world.js";

/** The state of one API. */
interface State {
  operations: SandboxOperations;
  /** How many records of each kind were written or changed. */
  counts(): Record<string, number>;
}

/** The state of a new sandbox: what each API does, and how much it holds. */
export function statesOf(world: World, tokens: Tokens, customerFields: ReadonlySet<string>) {
  const states: Record<ApiName, State> = {
    identity: { operations: identity(world, tokens), counts: () => ({}) },
    debtCollection: debtCollection(world),
    accountsReceivable: accountsReceivable(world, customerFields),
    autoCollectLegacy: autoCollectLegacy(world),
    distributionInvoice: distributionInvoice(world),
  };
  const operations = Object.fromEntries(Object.entries(states).map(([api, state]) => [api, state.operations]));
  return {
    operations: operations as Record<ApiName, SandboxOperations>,
    counts: (): Record<string, number> =>
      Object.assign({ queued: world.agenda.length }, ...Object.values(states).map((state) => state.counts())),
  };
}
