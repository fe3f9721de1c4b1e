import type { Amili } from "../amili.js";
import type { Organization } from "../debt-collection/organization.js";
import type { SubmitOptions } from "../debt-collection/submit/options.js";
import type { Unknown } from "../debt-collection/submit/outcome.js";
import type { Submission } from "../debt-collection/submit/submission.js";
import { BatchError } from "../errors.js";
import { onAbort } from "../http/abort.js";
import { ClaimedRows } from "./claimed-rows.js";
import type { OutboxKind, Stream } from "./items.js";
import { Lease } from "./lease.js";
import type { Store } from "./store.js";

/** How many chunks one run claims at most, so that others get their turn and what a run remembers stays small. */
const MAX_CHUNKS = 100;

type Submit = (
  organization: Organization,
  items: AsyncIterable<object>,
  options: SubmitOptions<object>,
  key: (item: object) => string,
) => Submission<object>;

const SUBMIT: Record<OutboxKind, Submit> = {
  invoice: ({ invoices }, items, options) => invoices.submit(items, options),
  payment: ({ payments }, items, options, key) => payments.submit(items, { ...options, key }),
  correction: ({ corrections }, items, options, key) => corrections.submit(items, { ...options, key }),
};

export interface StreamRunOptions {
  amili: Amili;
  /** Options of `submit`. */
  submit: SubmitOptions<object> & { chunkSize: number };
  /** Duration of the lease, in ms. */
  lease: number;
  /** Whether the API has accepted items of the stream lately. */
  isAccepting: () => boolean;
  /** Called when the API has accepted items. */
  onAccepted: () => void;
  /** Claims nothing more when it aborts. */
  stopped: AbortSignal;
  /** Gives up when it aborts. */
  aborted: AbortSignal;
  /** Called when nothing more is claimed. */
  onClaimed: () => void;
}

/** One submit of rows of a stream: claims them while they are sent, until there are none. Throws what ended the submit. */
export async function runStream(store: Store, stream: Stream, options: StreamRunOptions): Promise<void> {
  const { amili, submit, isAccepting, onAccepted, stopped, aborted, onClaimed } = options;
  const lease = await Lease.acquire(store, options.lease);
  const ended = new AbortController();
  const removeListeners = onAbort([aborted, lease.signal], (reason) => ended.abort(reason));
  try {
    const rows = new ClaimedRows(store, lease, stream, isAccepting);
    const ids = new WeakMap<object, string>();

    async function* claim(): AsyncGenerator<object, void, undefined> {
      try {
        for (let chunks = 0; chunks < MAX_CHUNKS && !stopped.aborted; chunks++) {
          const claimed = await rows.claim(submit.chunkSize);
          if (claimed.length === 0) return;
          for (const { source_id, payload } of claimed) {
            const item: object = JSON.parse(payload);
            ids.set(item, source_id);
            yield item;
          }
        }
      } finally {
        onClaimed();
      }
    }

    const organization = amili.debtCollection.organization(stream.organizationId);
    const submitted = { ...submit, journal: rows, signal: ended.signal };
    const unknown: Unknown<object>[] = [];
    for await (const outcome of SUBMIT[stream.kind](organization, claim(), submitted, (item) => ids.get(item) ?? "")) {
      if (outcome.status === "accepted") onAccepted();
      if (outcome.status === "unknown" && outcome.sent && !isOpenBatch(outcome.reason)) unknown.push(outcome);
    }
    await rows.writeUnknown(unknown);
  } finally {
    removeListeners();
    await lease.release();
  }
}

/** The batch will end: another run follows it. */
const isOpenBatch = (reason: unknown) => reason instanceof BatchError && reason.code === "batch_timeout";
