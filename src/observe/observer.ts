import { check, checkCount, checkFunction, checkNames, MAX_TIMER } from "../http/checks.js";
import type { Fetch } from "../http/exchange.js";
import { wrapFetch } from "../http/platform-fetch.js";
import { ApiNames } from "./api-names.js";
import type { Observations } from "./observations.js";
import { Recorder } from "./recorder.js";

export interface ObserverOptions {
  /**
   * The share of bodies that are looked at, from 0 to 1. Default 1. The first ten of an operation and status are looked at
   * in any case. Everything else is always counted.
   */
  sample?: number;
  /** The longest body that is looked at, in bytes. Default 1 MiB. */
  maxBodySize?: number;
  /**
   * Stores everything that was observed since the observer was created. Called at most once in each `saveInterval`, and by
   * `flush`. What it throws is written to `console.error`.
   */
  save?: (observations: Observations) => unknown;
  /** ms between calls of `save`. Default 60 000. */
  saveInterval?: number;
  /** Sends the requests instead of the platform's `fetch`. */
  fetch?: Fetch;
  /** Further words that names of fields, headers, parameters and paths may consist of, so that such names are written. */
  words?: readonly string[];
}

export interface Observer {
  /** The `fetch` to pass to `new Amili`. */
  fetch: Fetch;
  /** Everything that was observed since the observer was created. */
  observations(): Observations;
  /** Calls `save` now, if anything was observed since the last time. Never rejects. */
  flush(): Promise<void>;
}

const OPTIONS: Record<keyof ObserverOptions, true> = {
  sample: true,
  maxBodySize: true,
  save: true,
  saveInterval: true,
  fetch: true,
  words: true,
};

/**
 * Observes the APIs' responses as an application uses them: records which fields, types, statuses and headers occur, and
 * never a value. No failure of the observer or of `save` reaches a call.
 *
 * @throws {ConfigurationError} when an option is unknown or invalid
 */
export function createObserver(options: ObserverOptions = {}): Observer {
  checkNames("The options of createObserver", options, OPTIONS);
  const { sample = 1, maxBodySize = 1024 * 1024, save, saveInterval = 60_000, fetch, words = [] } = options;
  check("sample", sample, "a number from 0 to 1", sample >= 0 && sample <= 1);
  checkCount("maxBodySize", maxBodySize, 0);
  checkCount("saveInterval", saveInterval, 1, MAX_TIMER);
  if (save !== undefined) checkFunction("save", save);
  if (fetch !== undefined) checkFunction("fetch", fetch);
  check(
    "words",
    "another value",
    "a list of words",
    Array.isArray(words) && words.every((word) => /^[a-z]+$/i.test(word)),
  );

  const recorder = new Recorder({ names: new ApiNames(words), sample, maxBodySize, onChange: schedule });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | undefined;

  function schedule(): void {
    if (!save || timer) return;
    timer = setTimeout(() => void flush(), saveInterval);
    // A process may end before. In browsers and workers a timer is a number.
    if (typeof timer === "object") timer.unref();
  }

  /** One `save` at a time; what is observed meanwhile schedules the next one. */
  async function flush(): Promise<void> {
    await saving;
    if (!save || !timer) return saving;
    clearTimeout(timer);
    timer = undefined;
    saving = store(save).finally(() => {
      saving = undefined;
    });
    return saving;
  }

  async function store(save: (observations: Observations) => unknown): Promise<void> {
    try {
      await save(recorder.observations());
    } catch (error) {
      console.error("amili-client: the observer could not save:", error);
    }
  }

  return {
    fetch: wrapFetch(fetch, (inner) => async (url, init) => {
      const record = attempt(() => recorder.request(url, init));
      const response = await inner(url, init);
      return attempt(() => record?.(response)) ?? response;
    }),
    observations: () => recorder.observations(),
    flush,
  };
}

/** Whatever cannot be observed must not fail a call. */
function attempt<Result>(observe: () => Result): Result | undefined {
  try {
    return observe();
  } catch {
    return undefined;
  }
}
