import type { SandboxOperation } from "../operation.js";
import type { World } from "../world.js";
import { updateCase } from "./case-status.js";
import { batchCompleted, caseCreated } from "./events.js";
import type { Batch } from "./model.js";
import type { Organization } from "./organization.js";
import type { Write } from "./take.js";

/** An operation that takes a list, answers with a batch and works through it later. */
export function writeOf<Item extends object>(
  write: Write<Item>,
  world: World,
  organization: (id: unknown) => Organization,
): SandboxOperation {
  return ({ path, body, headers, baseUrl, queued }) => {
    const org = organization(path.organizationId);
    const items = (body as Record<string, Item[]>)[write.list] ?? [];
    const index = org.batches.add({
      type: write.type,
      status: "QUEUED",
      createdAt: world.now(),
      finishedAt: undefined,
      idempotencyKey: headers.idempotencykey,
      succeeded: [],
      failed: [],
    });
    const batchId = org.ids.batch.at(index);
    world.agenda.in(queued ?? world.batchTime, () => workThrough(write, items, org, index, world));
    const batchUrl = `${baseUrl}/orgs/${org.id}/batches/${batchId}`;
    return { status: 202, body: { summary: { status: "SUCCESS" }, data: { batchId, batchUrl } } };
  };
}

function workThrough<Item extends object>(
  write: Write<Item>,
  items: Item[],
  org: Organization,
  index: number,
  world: World,
): void {
  const batch = org.batches.change(index);
  const known = org.cases.length;
  const cases = new Set<number>();
  for (const [place, item] of items.entries()) {
    const broken = write.rules.find((rule) => rule.broken(item, org, world));
    if (!broken) {
      const invoice = write.take(item, org, world, index);
      batch.succeeded.push({ invoice });
      cases.add(org.invoices.at(invoice)?.case ?? -1);
      continue;
    }
    const { code, reason } = broken;
    const names = Object.entries(write.names(item)).filter(([, name]) => name !== undefined);
    batch.failed.push({ index: place, names: Object.fromEntries(names) as Record<string, string>, code, reason });
  }
  // Once for the batch: a case may have thousands of invoices in it.
  for (const of of cases) {
    if (of < known) updateCase(org, of, world, ["amounts"]);
    else caseCreated(world, org, of);
  }
  batch.status = statusOf(batch);
  batch.finishedAt = world.now();
  batchCompleted(world, org, index);
}

const statusOf = ({ succeeded, failed }: Batch): Batch["status"] =>
  failed.length === 0 ? "SUCCESS" : succeeded.length === 0 ? "FAILED" : "PARTIAL";
