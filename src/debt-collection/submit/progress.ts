import { notify } from "../../http/hooks.js";
import type { Outcome, Summary } from "./outcome.js";

/** How many items of a submit are where. */
export interface Progress extends Summary {
  /** Items that were read from the source. */
  read: number;
  /** Items whose request or batch is in flight. */
  inFlight: number;
  /** Items that wait for their turn, or for a retry. */
  waiting: number;
  /** Items that are looked up after an ambiguous failure or a rejection. */
  reconciling: number;
}

type Stage = "inFlight" | "reconciling";

/** Counts the items of a submit and reports the counts. */
export class ProgressCounter {
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #counts = { read: 0, inFlight: 0, reconciling: 0, accepted: 0, exists: 0, rejected: 0, unknown: 0 };
  #isScheduled = false;

  constructor(onProgress: ((progress: Progress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  read(): void {
    this.#counts.read++;
    this.#changed();
  }

  settled({ status }: Outcome<unknown>): void {
    this.#counts[status]++;
    this.#changed();
  }

  /** Counts items in a stage while the work on them lasts. */
  async during<T>(stage: Stage, count: number, work: Promise<T>): Promise<T> {
    this.#counts[stage] += count;
    this.#changed();
    try {
      return await work;
    } finally {
      this.#counts[stage] -= count;
      this.#changed();
    }
  }

  /** Once for all changes of one moment. */
  #changed(): void {
    if (!this.#onProgress || this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      const { read, inFlight, reconciling, ...outcomes } = this.#counts;
      const settled = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
      const waiting = Math.max(0, read - settled - inFlight - reconciling);
      notify(this.#onProgress, { read, inFlight, waiting, reconciling, ...outcomes });
    });
  }
}
