import type { ReportsActionResult } from "../../../generated/accounts-receivable.js";
import { ok } from "../answer.js";
import type { SandboxOperation } from "../operation.js";

/** Queues a report. Job numbers count on from the one in the documentation. */
export function reportsAction(sample: ReportsActionResult): SandboxOperation {
  let job = sample.jobQueueId ?? 0;
  return ({ path }) => {
    job++;
    const { clientno, reporttype } = path;
    return ok({ ...sample, reportType: reporttype, clientNo: Number(clientno), jobQueueId: job });
  };
}
