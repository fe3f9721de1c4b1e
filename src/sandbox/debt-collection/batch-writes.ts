import type { SandboxContext } from "../server/context.js";
import type { SandboxOperation } from "../server/operation.js";
import { emitBatchCompleted, emitCaseCreated, updateCase } from "./events.js";
import type { Batch, Invoice } from "./model.js";
import type { Organization } from "./organization.js";
import type { Write } from "./write-rules.js";

/** An operation that accepts a list of items as a batch, which is processed asynchronously. */
export function batchWrite<Item extends object>(
  write: Write<Item>,
  context: SandboxContext,
  organizationOf: (id: unknown) => Organization,
): SandboxOperation {
  return ({ path, body, headers, baseUrl, batchDelay }) => {
    const org = organizationOf(path.organizationId);
    const items = (body as Record<string, Item[]>)[write.list] ?? [];
    const index = org.batches.add({
      type: write.type,
      status: "QUEUED",
      createdAt: context.now(),
      finishedAt: undefined,
      idempotencyKey: headers.idempotencykey,
      succeeded: [],
      failed: [],
    });
    const batchId = org.ids.batch.at(index);
    context.scheduler.schedule(batchDelay ?? context.batchTime, () => processBatch(write, items, org, index, context));
    const batchUrl = `${baseUrl}/orgs/${org.id}/batches/${batchId}`;
    return { status: 202, body: { summary: { status: "SUCCESS" }, data: { batchId, batchUrl } } };
  };
}

function processBatch<Item extends object>(
  write: Write<Item>,
  items: Item[],
  org: Organization,
  batchIndex: number,
  context: SandboxContext,
): void {
  const batch = org.batches.change(batchIndex);
  const firstNewCase = org.cases.length;
  const cases = new Set<number>();
  for (const [index, item] of items.entries()) {
    const rule = write.rules.find(({ isBroken }) => isBroken(item, org, context));
    if (rule) {
      const keys = write.keys.map((key) => [key, item[key]]).filter(([, value]) => value !== undefined);
      batch.failed.push({ index, ...Object.fromEntries(keys), code: rule.code, reason: rule.reason });
    } else {
      const invoice = write.apply(item, org, context, batchIndex);
      batch.succeeded.push(invoice);
      cases.add((org.invoices.at(invoice) as Invoice).case);
    }
  }
  // Once per batch: a case may have thousands of its invoices.
  for (const index of cases) {
    if (index < firstNewCase) updateCase(context, org, index, ["amounts"]);
    else emitCaseCreated(context, org, index);
  }
  batch.status = statusOf(batch);
  batch.finishedAt = context.now();
  emitBatchCompleted(context, org, batchIndex);
}

const statusOf = ({ succeeded, failed }: Batch): Batch["status"] =>
  failed.length === 0 ? "SUCCESS" : succeeded.length === 0 ? "FAILED" : "PARTIAL";
