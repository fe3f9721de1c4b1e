import { checkChoice } from "../http/checks.js";
import { changeRows } from "./change-rows.js";
import { type OutboxIds, readIds } from "./retry.js";
import type { Store } from "./store.js";

export async function settle(store: Store, items: OutboxIds, status: "exists" | "rejected"): Promise<number> {
  checkChoice("status", status, ["exists", "rejected"]);
  return changeRows(store, store.pool, await readIds(items), {
    from: ["unknown"],
    set: `state = '${status}', reason = NULL, outcome_number = nextval('${store.schema}.outcome_number'), settled_at = now()`,
    numbers: true,
    advice: "Only an unknown outcome is settled by hand.",
  });
}
