import type { SandboxAnswer } from "../answer.js";
import { timeOf } from "../data/dates.js";
import type { Client } from "./client.js";
import type { Outcome } from "./write-result.js";

/** Several writes that came together and are worked through later. */
export interface ClientBatch {
  createdAt: number;
  finishedAt: number | undefined;
  outcomes: Outcome[];
}

// What these operations answer with is not in view; names and statuses are the sandbox's own, but for the three statuses
// of getBatch, which are listed: 202 while the batch is queued, 206 when some of it failed, else 200.

/** Takes a list of writes and answers with a batch. `done` is told how many went through, once they have. */
export function batchOf<Item>(
  client: Client,
  items: Item[],
  queued: number | undefined,
  write: (item: Item) => Outcome,
  done: (outcomes: Outcome[]) => void,
): SandboxAnswer {
  const { agenda, batchTime, now } = client.world;
  const index = client.batches.add({ createdAt: now(), finishedAt: undefined, outcomes: [] });
  agenda.in(queued ?? batchTime, () => {
    const batch = client.batches.change(index);
    batch.outcomes = items.map(write);
    batch.finishedAt = now();
    done(batch.outcomes);
  });
  const batchUuid = client.ids.batch.at(index);
  return { status: 202, body: { status: "QUEUED", result: "CREATED", message: "Batch accepted", batchUuid } };
}

export function batchAnswer(client: Client, batchUuid: string): SandboxAnswer | undefined {
  const batch = client.batches.at(client.ids.batch.indexOf(batchUuid));
  if (!batch) return undefined;
  const { createdAt, finishedAt, outcomes } = batch;
  const failed = outcomes.filter(({ result }) => result === "REJECTED").length;
  const [status, word] =
    finishedAt === undefined
      ? [202, "QUEUED"]
      : failed === 0
        ? [200, "PROCESSED"]
        : failed === outcomes.length
          ? [200, "FAILED"]
          : [206, "PARTIAL"];
  const body = {
    clientNo: client.no,
    batchUuid,
    status: word,
    createdTime: timeOf(createdAt),
    ...(finishedAt !== undefined && { finishedTime: timeOf(finishedAt) }),
    items: outcomes.map((outcome, index) => ({ index, ...outcome })),
  };
  return { status: status as number, body };
}
