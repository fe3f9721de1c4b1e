import type { Group, Row } from "./situations.js";
import {
  countByStatus,
  findFalse,
  findWithoutOneOutcome,
  type Item,
  type Status,
  TestBed,
  type TestOutcome,
} from "./test-bed.js";

/** How one run of a row differs from another. */
export interface Variant {
  seed: number;
  /** How often a process is stopped dead before one that is not. */
  stops: number;
  /** Whether each process gets the items in another order. */
  isShuffled: boolean;
}

export const VARIANTS: readonly Variant[] = [
  { seed: 1, stops: 0, isShuffled: false },
  { seed: 2, stops: 2, isShuffled: false },
  { seed: 3, stops: 2, isShuffled: true },
];

/** The runs of a row in sum. */
export interface RowResult {
  outcomes: Record<Status, number>;
  doubled: number;
  /** Doubled by the network. */
  doubledByNetwork: number;
  writes: number;
  faults: number;
  listRequests: { batches: number; invoices: number };
  /** What must not be. */
  violations: string[];
}

/** Steps per item within which a process is stopped. */
const STEPS_PER_ITEM = 0.5;

export async function playRow(row: Row, uniqueInvoices: boolean, variants = VARIANTS): Promise<RowResult> {
  const result: RowResult = {
    outcomes: countByStatus([]),
    doubled: 0,
    doubledByNetwork: 0,
    writes: 0,
    faults: 0,
    listRequests: { batches: 0, invoices: 0 },
    violations: [],
  };
  for (const variant of variants) await play(row, uniqueInvoices, variant, result);
  if (result.faults === 0 && !row.isFaultless) result.violations.push("No fault occurred.");
  return result;
}

async function play(row: Row, uniqueInvoices: boolean, variant: Variant, result: RowResult): Promise<void> {
  const bed = new TestBed({ ...row, server: { ...row.server, uniqueInvoices } }, variant.seed);
  const note = (texts: string[]) => result.violations.push(...texts.map((text) => `seed ${variant.seed}: ${text}`));
  const ordered = () => (variant.isShuffled ? bed.random.shuffled(bed.items) : bed.items);
  try {
    const earlier: TestOutcome[] = [];
    for (let n = 0; n < variant.stops; n++) {
      const stopAt = bed.random.in([1, Math.ceil(bed.items.length * STEPS_PER_ITEM)]);
      earlier.push(...(await bed.submit(ordered(), { stopAt })).outcomes);
    }
    const { outcomes, error } = await bed.submit(ordered());
    bed.letServerFinish();
    if (error !== undefined) note([`the submit threw ${error}`]);
    note(findFalse([...earlier, ...outcomes], bed));
    note(findWithoutOneOutcome(bed.items, outcomes));
    note(outcomes.filter((outcome) => !isAllowed(row, outcome)).map(({ key, status, reason }) => `${key} is ${status}: ${reason}`));
    const doubled = bed.countDoubled();
    if (doubled !== 0) note([`${doubled} doubled`]);
    for (const [status, count] of Object.entries(countByStatus(outcomes))) result.outcomes[status as Status] += count;
    result.doubled += doubled;
    result.doubledByNetwork += bed.server.duplicatesFromNetwork;
    result.writes += bed.network.writes.length;
    result.faults += bed.network.faultCount;
    result.listRequests.batches += bed.network.listRequests.batches;
    result.listRequests.invoices += bed.network.listRequests.invoices;
  } finally {
    bed.close();
  }
}

const always = () => true;
const never = () => false;

const IS_ALLOWED: Record<Status, (row: Row) => (item: Item) => boolean> = {
  accepted: () => always,
  exists: () => always,
  rejected: ({ mayBeRejected }) => mayBeRejected ?? never,
  unknown: ({ mayBeUnknown }) => (mayBeUnknown ? always : never),
};

const isAllowed = (row: Row, { status, item, lookUp }: TestOutcome): boolean =>
  IS_ALLOWED[status](row)(item) && (status !== "unknown" || Boolean(lookUp));

/** The servers that a row is played with: without and with unique source ids. */
export const serversOf = ({ uniqueInvoices }: Row): boolean[] =>
  uniqueInvoices === undefined ? [false, true] : [uniqueInvoices];

export const titleOf = (group: Group, row: Row, uniqueInvoices: boolean): string =>
  `${group.title}: ${row.name}, unique source ids ${uniqueInvoices ? "on" : "off"}`;
