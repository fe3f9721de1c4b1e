import type { Row } from "./situations.js";
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
  /** How many processes are stopped dead before one that is not. */
  stops: number;
  /** Whether each process gets the items in another order. */
  isShuffled: boolean;
}

/** The runs of a row, by whether the server has unique source ids. */
const variantsOf = (uniqueInvoices: boolean): Variant[] => [
  { seed: uniqueInvoices ? 1 : 2, stops: 0, isShuffled: false },
  { seed: uniqueInvoices ? 3 : 4, stops: 2, isShuffled: uniqueInvoices },
];

/** The runs of a row, in sum. */
export interface RowResult {
  outcomes: Record<Status, number>;
  /** Items that were accepted again, but for those that the network delivered twice. */
  doubled: number;
  doubledByNetwork: number;
  /** Outcomes that contradict the server. */
  falseOutcomes: number;
  writes: number;
  batchLists: number;
  faults: number;
  /** What must not be. */
  violations: string[];
}

/** Steps per item within which a process is stopped. */
const STEPS_PER_ITEM = 0.5;

export async function playRow(
  row: Row,
  uniqueInvoices: boolean,
  variants = variantsOf(uniqueInvoices),
): Promise<RowResult> {
  const sum: RowResult = {
    outcomes: countByStatus([]),
    doubled: 0,
    doubledByNetwork: 0,
    falseOutcomes: 0,
    writes: 0,
    batchLists: 0,
    faults: 0,
    violations: [],
  };
  for (const variant of variants) await play(row, uniqueInvoices, variant, sum);
  if (sum.faults === 0 && !row.isFaultless) sum.violations.push("No fault occurred.");
  if (sum.writes > (row.maxWrites ?? Number.POSITIVE_INFINITY)) sum.violations.push(`${sum.writes} writes`);
  if (sum.batchLists > (row.maxBatchLists ?? Number.POSITIVE_INFINITY)) {
    sum.violations.push(`${sum.batchLists} requests for lists of batches`);
  }
  return sum;
}

async function play(row: Row, uniqueInvoices: boolean, variant: Variant, sum: RowResult): Promise<void> {
  const bed = new TestBed({ ...row, server: { ...row.server, uniqueInvoices } }, seedOf(row.name, variant.seed));
  const ordered = () => (variant.isShuffled ? bed.random.shuffled(bed.items) : bed.items);
  try {
    const falseOutcomes: string[] = [];
    for (let n = 0; n < variant.stops; n++) {
      const stopAt = bed.random.in([1, Math.ceil(bed.items.length * STEPS_PER_ITEM)]);
      falseOutcomes.push(...findFalse((await bed.submit(ordered(), { stopAt })).outcomes, bed));
    }
    const { outcomes, error } = await bed.submit(ordered());
    bed.letServerFinish();

    falseOutcomes.push(...findFalse(outcomes, bed));
    const doubled = bed.countDoubled();
    const unexpected = outcomes.filter((outcome) => !isAllowed(row, variant, outcome));
    const violations = [
      ...(error === undefined ? [] : [`the submit threw ${error}`]),
      ...(doubled === 0 || (row.mayDouble && !uniqueInvoices) ? [] : [`${doubled} doubled`]),
      ...falseOutcomes,
      ...(row.sendsOnce
        ? [...bed.countSends()].filter(([, count]) => count > 1).map(([item]) => `${item} was sent again`)
        : []),
      ...(error === undefined ? findWithoutOneOutcome(bed.items, outcomes) : []),
      ...unexpected.map(({ key, status, reason }) => `${key} is ${status}: ${reason}`),
    ];
    sum.violations.push(...violations.map((text) => `seed ${variant.seed}: ${text}`));
    for (const { status } of outcomes) sum.outcomes[status]++;
    sum.doubled += doubled;
    sum.doubledByNetwork += bed.server.duplicatesFromNetwork;
    sum.falseOutcomes += falseOutcomes.length;
    sum.writes += bed.network.writes.length;
    sum.batchLists += bed.network.listRequests.batches;
    sum.faults += bed.network.faultCount;
  } finally {
    bed.close();
  }
}

/** Rows with the same faults go wrong at other places. */
function seedOf(name: string, seed: number): number {
  return [...name].reduce((hash, character) => Math.imul(hash, 31) + character.charCodeAt(0), seed);
}

const IS_ALLOWED: Record<Status, (row: Row, variant: Variant, outcome: TestOutcome) => boolean> = {
  accepted: () => true,
  exists: () => true,
  rejected: ({ mayBeRejected }, _, { item }) => mayBeRejected?.(item as Item) ?? false,
  unknown: ({ mayBeUnknown }, { stops }, { lookUp }) =>
    Boolean(lookUp) && (mayBeUnknown === "resumed" ? stops > 0 : mayBeUnknown === true),
};

const isAllowed = (row: Row, variant: Variant, outcome: TestOutcome): boolean =>
  IS_ALLOWED[outcome.status](row, variant, outcome);

/** The servers that a row is played with: without and with unique source ids. */
export const serversOf = ({ uniqueInvoices }: Row): boolean[] =>
  uniqueInvoices === undefined ? [false, true] : [uniqueInvoices];
