import type { Amili } from "../amili.js";
import type { SubmitOptions } from "../debt-collection/submit/options.js";
import { ConfigurationError } from "../errors.js";
import { onAbort, raceAbort, sleep } from "../http/abort.js";
import { check, checkCount, checkFunction, checkNames, checkSignal, checkTimeout, typeName } from "../http/checks.js";
import { notify } from "../http/hooks.js";
import { Bell } from "./bell.js";
import { query } from "./database.js";
import type { Stream } from "./items.js";
import { Lease } from "./lease.js";
import { Listener } from "./listener.js";
import type { Store } from "./store.js";
import { runStream } from "./stream-run.js";

/** Options of a worker. Those of `submit` apply to each organization and kind of items. */
export interface WorkOptions
  extends Pick<
    SubmitOptions,
    | "chunkSize"
    | "concurrency"
    | "visibilityDelay"
    | "afterDelay"
    | "existing"
    | "idempotencyKey"
    | "timeout"
    | "maxRetries"
    | "headers"
  > {
  /** Sends the items. */
  amili: Amili;
  /** Ends the worker: it claims nothing more and finishes what it has sent. */
  signal?: AbortSignal;
  /** Returns when no row is left to claim, for a scheduled job. Default false: waits for more. */
  untilEmpty?: boolean;
  /**
   * How long a worker that has stopped keeps its rows, in ms. Default 60 000. It is renewed while the worker runs. A longer one
   * survives a longer outage of the database.
   */
  lease?: number;
  /** How often the worker looks for rows if nothing wakes it, in ms. Default 5 000. */
  pollInterval?: number;
  /** How many organizations and kinds it works on at once, at most. Default 16. */
  maxRuns?: number;
  /** How long it finishes what it has sent after the signal, in ms. Default 20 000. Then other workers reconcile it. */
  drainTimeout?: number;
  /** Called with an error after which the worker tries again. Default: writes the message to `console.error`. */
  onError?: (error: unknown) => void;
}

const OPTIONS: Record<keyof WorkOptions, true> = {
  chunkSize: true,
  concurrency: true,
  visibilityDelay: true,
  afterDelay: true,
  existing: true,
  idempotencyKey: true,
  timeout: true,
  maxRetries: true,
  headers: true,
  amili: true,
  signal: true,
  untilEmpty: true,
  lease: true,
  pollInterval: true,
  maxRuns: true,
  drainTimeout: true,
  onError: true,
};

const MIN_LEASE = 1_000;
const DEFAULT_CHUNK_SIZE = 100;

const MIN_CONNECTIONS = 3;

/** ms between two looks for rows. */
const MIN_INTERVAL = 20;

/** How many runs of one stream may overlap: one that waits for a delay does not hold up new rows. */
const MAX_OVERLAP = 4;

/** How long one accepted item shows that the API accepts those of a stream, in ms. */
const ACCEPTING_TIME = 3_600_000;

/** After an error a stream rests for 1 s · 2ⁿ, at most a minute. */
const [MIN_REST, MAX_REST] = [1_000, 60_000];

function checkOptions(options: WorkOptions) {
  checkNames("The options of work", options, OPTIONS);
  const { amili, signal, untilEmpty = false, lease = 60_000, pollInterval = 5_000, ...rest } = options;
  const { maxRuns = 16, drainTimeout = 20_000, onError = logError, ...submit } = rest;
  if (typeof amili?.debtCollection?.organization !== "function") {
    throw new ConfigurationError("invalid_option", `amili must be an Amili; ${typeName(amili)} was given.`);
  }
  if (signal) checkSignal(signal);
  checkCount("lease", lease, MIN_LEASE);
  checkTimeout("lease", lease);
  checkTimeout("pollInterval", pollInterval);
  checkTimeout("drainTimeout", drainTimeout);
  checkCount("maxRuns", maxRuns, 1);
  checkFunction("onError", onError);
  const { chunkSize = DEFAULT_CHUNK_SIZE } = submit;
  checkCount("chunkSize", chunkSize, 1);
  return {
    amili,
    signal,
    untilEmpty,
    lease,
    pollInterval,
    maxRuns,
    drainTimeout,
    onError,
    submit: { ...submit, chunkSize },
  };
}

/** Not the error itself: PostgreSQL's have details that quote rows. */
const logError = (error: unknown) => console.error(`amili-client: the outbox worker tries again after: ${error}`);

/** What a worker knows of a stream while it runs it or lets it rest. */
interface StreamState {
  runs: number;
  /** Whether a run still claims rows. */
  isClaiming: boolean;
  failures: number;
  acceptedAt: number;
  restsUntil: number;
}

/**
 * Sends what is enqueued, on any number of machines at once. Resolves when the signal has aborted or, with `untilEmpty`,
 * nothing is left; rejects with what made `untilEmpty` leave rows, or with an invalid option.
 */
export async function work(store: Store, options: WorkOptions): Promise<void> {
  const checked = checkOptions(options);
  const { amili, signal, untilEmpty, lease, pollInterval, maxRuns, drainTimeout, onError, submit } = checked;
  const { max = MIN_CONNECTIONS } = store.pool.options ?? {};
  check("The pool's max", max, `at least ${MIN_CONNECTIONS}: one connection listens`, max >= MIN_CONNECTIONS);
  const bell = new Bell();
  const stopped = new AbortController();
  const aborted = new AbortController();
  const runs = new Set<Promise<void>>();
  const states = new Map<string, StreamState>();
  const errors: unknown[] = [];

  function failed(error: unknown): void {
    if (aborted.signal.aborted) return;
    if (untilEmpty) errors.push(error);
    else notify(onError, error);
  }

  function start(stream: Stream): void {
    const key = JSON.stringify([stream.organizationId, stream.kind]);
    const state = states.get(key) ?? {
      runs: 0,
      isClaiming: false,
      failures: 0,
      restsUntil: 0,
      acceptedAt: Number.NEGATIVE_INFINITY,
    };
    if (state.isClaiming || state.runs >= MAX_OVERLAP || state.restsUntil > performance.now()) return;
    states.set(key, state);
    state.runs++;
    state.isClaiming = true;
    let isClaiming = true;
    const onClaimed = () => {
      if (isClaiming) state.isClaiming = false;
      isClaiming = false;
      bell.ring();
    };
    const isAccepting = () => performance.now() - state.acceptedAt < ACCEPTING_TIME;
    const onAccepted = () => {
      state.acceptedAt = performance.now();
    };
    const signals = { stopped: stopped.signal, aborted: aborted.signal };
    const run = runStream(store, stream, { amili, submit, lease, ...signals, isAccepting, onAccepted, onClaimed })
      .then(() => {
        state.failures = 0;
      })
      .catch((error: unknown) => {
        const rest = untilEmpty ? Number.POSITIVE_INFINITY : Math.min(MAX_REST, MIN_REST * 2 ** state.failures++);
        state.restsUntil = performance.now() + rest;
        failed(error);
      })
      .finally(() => {
        runs.delete(run);
        state.runs--;
        onClaimed();
      });
    runs.add(run);
  }

  const listener = new Listener(store, () => bell.ring());
  // Without a listener the pool ends the process when the database closes a connection.
  const ignore = () => {};
  store.pool.on("error", ignore);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const removeListener = onAbort(signal ? [signal] : [], () => {
    stopped.abort();
    const giveUp = () => aborted.abort(new DOMException("The worker was stopped.", "AbortError"));
    timer = setTimeout(giveUp, drainTimeout);
    bell.ring();
  });
  try {
    while (!stopped.signal.aborted) {
      if (!untilEmpty) listener.connect();
      try {
        const streams = await raceAbort(claimableStreams(store), [stopped.signal]);
        for (const stream of shuffled(streams)) if (runs.size < maxRuns) start(stream);
      } catch (error) {
        if (stopped.signal.aborted) break;
        failed(error);
        if (untilEmpty) break;
      }
      if (untilEmpty && runs.size === 0) break;
      await bell.wait(pollInterval * (0.5 + Math.random() / 2));
      // Many rings in a row cost a few queries only.
      await sleep(MIN_INTERVAL, []);
    }
    await Promise.all(runs);
  } finally {
    clearTimeout(timer);
    removeListener();
    listener.close();
    store.pool.removeListener("error", ignore);
  }
  if (errors.length > 0) throw errors[0];
}

/** The organizations and kinds with rows to claim. Goes from one to the next in the index, however many rows each has. */
async function claimableStreams(store: Store): Promise<Stream[]> {
  await Lease.expire(store);
  const { pool, schema } = store;
  const first = (condition: string) =>
    `(SELECT organization_id, kind FROM ${schema}.item WHERE lease_id IS NULL AND outcome_number IS NULL ${condition}
      ORDER BY organization_id, kind LIMIT 1)`;
  const rows = await query<{ organization_id: string; kind: Stream["kind"] }>(
    pool,
    `WITH RECURSIVE stream AS (
      ${first("")}
      UNION ALL
      SELECT next.* FROM stream,
      LATERAL ${first("AND (organization_id, kind) > (stream.organization_id, stream.kind)")} AS next
    ) SELECT organization_id, kind FROM stream`,
  );
  return rows.map(({ organization_id, kind }) => ({ organizationId: organization_id, kind }));
}

/** So that the workers do not all begin with the same one. */
const shuffled = <Element>(list: readonly Element[]): Element[] =>
  list
    .map((element) => ({ element, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ element }) => element);
