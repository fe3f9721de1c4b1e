import type { InFlightItem } from "../types.js";

/** What the API's lists say about an item. */
export type Finding =
  /** A batch that another request created names it. */
  | { status: "accepted"; batchId: string; invoiceId: string | undefined }
  /** The list of invoices has it. */
  | { status: "exists"; invoiceId: string | undefined }
  /** The lists do not distinguish it from others. */
  | { status: "unclear" }
  /** The lists do not have it, also after the delay. */
  | {
      status: "missing";
      /** Whether a batch that another request created may have it nevertheless. */
      mayBeInBatch: boolean;
    };

/** An item that is looked for. */
export interface Wanted<Item> {
  item: InFlightItem<Item>;
  since: Date;
  waits: boolean;
  isLikely: boolean;
  isRejected: boolean;
  /** Since when no batch is open that may contain it. */
  quietSince: number;
  startedAt: number;
  joinedAt: number;
  looks: number;
  /** The last look at which the list of invoices did not have it. */
  unlisted: { look: number; at: number } | undefined;
  nextLook: number;
  finding: Finding | undefined;
  settle: { resolve: (finding: Finding) => void; reject: (error: unknown) => void };
}

/** Not Math.min(), whose arguments are limited. */
export const earliest = (times: number[]): number => times.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);
