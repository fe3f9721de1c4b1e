import { MAX_TIMER } from "./checks.js";

/** Signals of which any one can abort a call: the caller's, a pager's own. */
export type Signals = readonly AbortSignal[];

/**
 * Listeners by signal, behind one event listener on each: platforms warn of a leak when one signal has many, and a
 * caller may share one among all calls.
 */
const listenersBySignal = new WeakMap<EventTarget, Set<() => void>>();

function notifyListeners({ target }: Event): void {
  for (const listener of listenersBySignal.get(target as AbortSignal) ?? []) listener();
}

function addListener(signal: AbortSignal, listener: () => void): void {
  const listeners = listenersBySignal.get(signal) ?? new Set();
  listenersBySignal.set(signal, listeners.add(listener));
  signal.addEventListener("abort", notifyListeners);
}

function removeListener(signal: AbortSignal, listener: () => void): void {
  const listeners = listenersBySignal.get(signal);
  listeners?.delete(listener);
  if (listeners?.size === 0) signal.removeEventListener("abort", notifyListeners);
}

/**
 * Calls `listener` once with the reason when a signal aborts, at once if one has. Returns a function that removes the
 * listeners; they are gone after the call, too.
 */
export function onAbort(signals: Signals, listener: (reason: unknown) => void): () => void {
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted) {
    listener(aborted.reason);
    return () => {};
  }
  const listeners = signals.map((signal) => ({ signal, onEvent: () => fire(signal.reason) }));
  const removeAll = () => {
    for (const { signal, onEvent } of listeners) removeListener(signal, onEvent);
  };
  function fire(reason: unknown): void {
    removeAll();
    listener(reason);
  }
  for (const { signal, onEvent } of listeners) addListener(signal, onEvent);
  return removeAll;
}

export function throwIfAborted(signals: Signals): void {
  for (const signal of signals) signal.throwIfAborted();
}

/** Settles as the promise does, or rejects with a signal's reason if that comes first. The promise itself continues. */
export async function raceAbort<T>(promise: Promise<T>, signals: Signals): Promise<T> {
  let removeListeners = () => {};
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        removeListeners = onAbort(signals, reject);
      }),
    ]);
  } finally {
    removeListeners();
  }
}

/** Settles as the promise does, or rejects with a `TimeoutError` DOMException after `ms`. The promise itself continues. */
export async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  const controller = new AbortController();
  const reason = () => new DOMException(`No result within ${ms} ms`, "TimeoutError");
  const timer = setTimeout(() => controller.abort(reason()), ms);
  try {
    return await raceAbort(promise, [controller.signal]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether `withTimeout` gave up. */
export const isTimeout = (error: unknown) => error instanceof DOMException && error.name === "TimeoutError";

/** Waits for `ms`, at most as long as a timer can. Rejects with the reason when a signal aborts. */
export async function sleep(ms: number, signals: Signals): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_TIMER));
  });
  try {
    await raceAbort(elapsed, signals);
  } finally {
    clearTimeout(timer);
  }
}
