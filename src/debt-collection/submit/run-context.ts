import type { CallOptions } from "../../call.js";
import type { RefusalLimit } from "./failure.js";
import type { Journal } from "./journal.js";
import type { ProgressCounter } from "./progress.js";
import type { BatchFinder } from "./reconcile/batch-finder.js";
import type { Reconciler } from "./reconcile/reconciler.js";
import type { ServerClock } from "./reconcile/server-clock.js";
import type { Slots } from "./slots.js";
import type { BatchesApi, SubmitAdapter } from "./types.js";

/** What the chunks of a submit share. */
export interface RunContext<Item> {
  adapter: SubmitAdapter<Item>;
  batches: BatchesApi;
  reconciler: Reconciler<Item>;
  clock: ServerClock;
  /** Reads the server's time, if it is not known. */
  setClock(): Promise<void>;
  slots: Slots;
  refusals: RefusalLimit;
  progress: ProgressCounter;
  journal: Journal | undefined;
  callOptions: CallOptions;
  /** ms. */
  visibilityDelay: number;
  /** How long a batch is waited for, in ms. */
  batchLimit: number;
  resendsMissing: boolean;
  looksUpFirst: boolean;
  idempotencyHeader: string | undefined;
  batchFinder: BatchFinder;
}
