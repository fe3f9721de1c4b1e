import type { World } from "../world.js";
import { type CaseField, caseChanged } from "./events.js";
import type { Case, Invoice } from "./model.js";
import type { Organization } from "./organization.js";

/** A case is closed when no invoice of it is left to collect, and paused when all that are left are. */
function statusOf({ invoices }: Case, org: Organization): Case["status"] {
  const statuses = invoices.map((index) => (org.invoices.at(index) as Invoice).status);
  const left = statuses.filter((status) => status !== "CLOSED" && status !== "WITHDRAWN");
  if (left.length === 0) return "CLOSED";
  return left.every((status) => status === "PAUSED") ? "PAUSED" : "OPEN";
}

/** Lets a case follow its invoices, and tells what changed of it. */
export function updateCase(org: Organization, index: number, world: World, fields: CaseField[] = []): void {
  const found = org.cases.change(index);
  const status = statusOf(found, org);
  const moved = status !== found.status;
  found.status = status;
  if (status === "CLOSED") found.closedAt ??= world.now();
  const changed: CaseField[] = moved ? [...fields, "status"] : fields;
  if (changed.length > 0) caseChanged(world, org, index, changed);
}
