import { ConfigurationError } from "../../errors.js";
import { raceAbort } from "../../http/abort.js";
import { typeName } from "../../http/checks.js";
import { toJson } from "../../http/serialize.js";
import { type Journal, type JournalRecord, readRecords } from "./journal.js";
import { createOutcome, type Outcome, type Rejected, recordedVerdict, type Unknown } from "./outcome.js";
import type { ProgressCounter } from "./progress.js";
import { StringIndex } from "./string-index.js";
import type { InFlightItem, Items, KeyedItem, SubmitAdapter } from "./types.js";

/** Items that are handled together. */
export interface Chunk<Item> {
  /** Items that nobody has sent, which go into one request. */
  items: InFlightItem<Item>[];
  /** Items that an earlier submit sent. */
  resumed: InFlightItem<Item>[];
  /** How many items the batches of the resumed items have. */
  sizes: Map<string, number>;
  /** Outcomes that are known: those of the journal, and of invalid items. */
  outcomes: Outcome<Item>[];
}

const emptyChunk = <Item>(): Chunk<Item> => ({ items: [], resumed: [], sizes: new Map(), outcomes: [] });

/** Reads the items and their keys until the signal aborts. Invalid items and duplicates are rejected in their place. */
export async function* withKeys<Item>(
  items: Items<Item>,
  adapter: Pick<SubmitAdapter<Item>, "key" | "keyName">,
  signal: AbortSignal,
): AsyncGenerator<KeyedItem<Item> | Rejected<Item>, void, undefined> {
  const seen = new StringIndex();
  let index = -1;
  for await (const item of readUntilAborted(items, signal)) {
    index++;
    const json = itemToJson(item);
    const content: Item | undefined = json === undefined ? undefined : JSON.parse(json);
    const keyed =
      json === undefined || content === undefined ? { problem: NOT_JSON } : await adapter.key(content, json, item);
    if ("key" in keyed && content !== undefined && seen.get(keyed.key) === undefined) {
      seen.set(keyed.key, 1);
      yield { item, content, key: keyed.key };
      continue;
    }
    const problem = "key" in keyed ? `an earlier item has the same ${adapter.keyName}` : keyed.problem;
    const reason = new ConfigurationError("invalid_argument", `Item ${index} was not sent: ${problem}.`);
    const key = "key" in keyed ? keyed.key : String(index);
    yield { status: "rejected", item, key, batchId: undefined, reason };
  }
}

export const NOT_JSON =
  "it is not an object that JSON can represent, for example because of a BigInt, a cycle or a getter that throws";

/** `undefined` if JSON cannot represent the item as an object. */
export function itemToJson(item: unknown): string | undefined {
  try {
    const json: string | undefined = toJson(item);
    return json?.startsWith("{") ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Reads items until the signal aborts, without waiting for the next item. Closes a source that has not ended. */
async function* readUntilAborted<Item>(items: Items<Item>, signal: AbortSignal): AsyncGenerator<Item, void, undefined> {
  const source = iteratorOf(items);
  let state: "open" | "reading" | "ended" = "open";
  try {
    while (!signal.aborted) {
      state = "reading";
      const { done, value } = await raceAbort(Promise.resolve(source.next()), [signal]);
      state = done ? "ended" : "open";
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (signal.aborted) return;
    state = "ended";
    throw error;
  } finally {
    const closed = state === "ended" ? undefined : Promise.resolve(source.return?.());
    // A source that is still being read closes after that read, which may never end.
    if (state === "reading" || signal.aborted) closed?.catch(() => {});
    else await closed;
  }
}

function iteratorOf<Item>(items: Items<Item>): AsyncIterator<Item> | Iterator<Item> {
  const source = Object(items) as Partial<AsyncIterable<Item> & Iterable<Item>>;
  const iterator = source[Symbol.asyncIterator]?.call(items) ?? source[Symbol.iterator]?.call(items);
  if (iterator) return iterator;
  throw new ConfigurationError(
    "invalid_argument",
    `The items must be an array or another iterable, also an async one; ${typeName(items)} was given. Nothing was sent.`,
  );
}

/** How many requests are filled at a time. Many items that have to be separated do not fill the memory. */
const MAX_REQUESTS = 4;

/** Whether an item that the journal holds as rejected, or a payment that it holds as sent, is sent again. */
export type Resubmit<Item> = (outcome: Rejected<Item> | Unknown<Item>) => boolean;

export interface ChunkOptions<Item> {
  /** Items of a request. */
  size: number;
  adapter: Pick<SubmitAdapter<Item>, "separateBy" | "listing" | "lookUp">;
  journal: Journal | undefined;
  resubmit: Resubmit<Item> | undefined;
  progress: Pick<ProgressCounter, "read">;
  signal: AbortSignal;
}

/**
 * Cuts the input into chunks and reads no further than each needs. Items that the journal knows take no place in a request.
 * Items with the same `separateBy` go into different requests. An error of the source is thrown after the items that came
 * before it.
 */
export async function* chunk<Item>(
  input: AsyncIterable<KeyedItem<Item> | Rejected<Item>>,
  { size, adapter, journal, resubmit, progress, signal }: ChunkOptions<Item>,
): AsyncGenerator<Chunk<Item>, void, undefined> {
  /** Requests that are being filled: more than one while items have to be separated. */
  const requests: { items: InFlightItem<Item>[]; marks: Set<unknown> }[] = [];
  let failure: { error: unknown } | undefined;

  /** Items that go into requests of their own, and what is known of the others. */
  async function* divide(block: (KeyedItem<Item> | Rejected<Item>)[]): AsyncGenerator<Chunk<Item>, void, undefined> {
    const keys = block.filter((entry) => !("status" in entry)).map(({ key }) => key);
    let records = new Map<string, JournalRecord>();
    try {
      if (journal && keys.length > 0) records = await raceAbort(readRecords(journal, keys), [signal]);
    } catch (error) {
      failure ??= { error };
      yield {
        ...emptyChunk<Item>(),
        outcomes: block.map((entry) => ("status" in entry ? entry : unread(entry, error))),
      };
      return;
    }
    const known = emptyChunk<Item>();
    for (const entry of block) {
      if ("status" in entry) {
        known.outcomes.push(entry);
        continue;
      }
      const { item, outcome } = fromRecord(entry, records.get(entry.key), adapter);
      const isAgain = outcome && "reason" in outcome && resubmit?.(outcome) === true;
      if (outcome && !isAgain) known.outcomes.push(outcome);
      else if (item.isResumed && !isAgain) {
        known.resumed.push(item);
        const record = records.get(entry.key);
        if (record?.state === "sent") known.sizes.set(record.batchId, record.size);
      } else {
        const marks = adapter.separateBy(item.content);
        let request = requests.find((one) => !marks.some((mark) => one.marks.has(mark)));
        if (!request) {
          request = { items: [], marks: new Set() };
          requests.push(request);
        }
        request.items.push(isAgain ? newItem(entry) : item);
        for (const mark of marks) request.marks.add(mark);
        const isFull = request.items.length >= size;
        if (isFull || requests.length > MAX_REQUESTS) {
          const due = requests.splice(isFull ? requests.indexOf(request) : 0, 1);
          yield { ...emptyChunk<Item>(), items: due.flatMap(({ items }) => items) };
        }
      }
    }
    if (known.outcomes.length + known.resumed.length > 0) yield known;
  }

  let block: (KeyedItem<Item> | Rejected<Item>)[] = [];
  try {
    for await (const next of input) {
      progress.read();
      block.push(next);
      if (block.length < size) continue;
      yield* divide(block);
      block = [];
      if (failure) break;
    }
  } catch (error) {
    failure = { error };
  }
  yield* divide(block);
  for (const { items } of requests) yield { ...emptyChunk<Item>(), items };
  if (failure) throw failure.error;
}

/** An item whose record could not be read: an earlier submit may have sent it. */
const unread = <Item>({ item, key }: KeyedItem<Item>, reason: unknown): Unknown<Item> => ({
  status: "unknown",
  item,
  key,
  batchId: undefined,
  sent: true,
  reason,
  lookUp: "Submit it again with the same journal.",
});

const newItem = <Item>({ item, content, key }: KeyedItem<Item>): InFlightItem<Item> => ({
  item,
  content,
  key,
  since: undefined,
  batchId: undefined,
  idempotencyKey: undefined,
  isResumed: false,
  isSent: false,
  lostRequests: 0,
  throttledRequests: 0,
  outcome: undefined,
});

/** An item as its record says, with its outcome if that is known. */
function fromRecord<Item>(
  entry: KeyedItem<Item>,
  record: JournalRecord | undefined,
  { listing, lookUp }: Pick<SubmitAdapter<Item>, "listing" | "lookUp">,
): { item: InFlightItem<Item>; outcome?: Outcome<Item> } {
  const item = newItem(entry);
  if (!record || record.state === "notSent") return { item };
  if (record.state === "sending" || record.state === "sent") {
    const { since, idempotencyKey } = record;
    Object.assign(item, { since: new Date(since), idempotencyKey, isResumed: true });
    if (record.state === "sent") item.batchId = record.batchId;
    else if (!listing) {
      const reason = new Error("An earlier submit stopped before it recorded a response.");
      return { item, outcome: createOutcome(item, { status: "unknown", reason }, lookUp) };
    }
    return { item };
  }
  item.batchId = record.batchId;
  const verdict = recordedVerdict(record);
  return verdict ? { item, outcome: createOutcome(item, verdict, lookUp) } : { item };
}
