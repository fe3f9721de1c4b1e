import { MAX_TIMER } from "./checks.js";

/** What can end a call from outside: the caller's signal, a pager's own. */
export type Signals = readonly AbortSignal[];

/** Who waits for a signal, behind one listener on it: where there are many, platforms warn of a leak. */
const waiting = new WeakMap<EventTarget, Set<() => void>>();

const tellAll = ({ target }: Event) => {
  for (const tell of waiting.get(target as AbortSignal) ?? []) tell();
};

function add(signal: AbortSignal, tell: () => void): void {
  const tells = waiting.get(signal) ?? new Set();
  waiting.set(signal, tells.add(tell));
  signal.addEventListener("abort", tellAll);
}

function remove(signal: AbortSignal, tell: () => void): void {
  const tells = waiting.get(signal);
  tells?.delete(tell);
  if (tells?.size === 0) signal.removeEventListener("abort", tellAll);
}

/** Calls `onAbort` when one of the signals aborts, at once if one has. The function it gives takes the listeners off again. */
export function onAbort(signals: Signals, listener: (reason: unknown) => void): () => void {
  const listeners = signals.map((signal) => {
    const tell = () => listener(signal.reason);
    if (signal.aborted) tell();
    else add(signal, tell);
    return () => remove(signal, tell);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}

export function throwIfAborted(signals: Signals): void {
  for (const signal of signals) signal.throwIfAborted();
}

/** Settles as the promise does, or rejects with the signal's reason if that comes first. The promise itself goes on. */
export async function untilAborted<T>(promise: Promise<T>, signals: Signals): Promise<T> {
  let off = () => {};
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        off = onAbort(signals, reject);
      }),
    ]);
  } finally {
    off();
  }
}

/** Settles as the promise does, or rejects if that takes longer (ms). The promise itself goes on. */
export async function inTime<T>(promise: Promise<T>, limit: number): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException(`Nothing within ${limit} ms`, "TimeoutError")), limit);
  try {
    return await untilAborted(promise, [late.signal]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, in ms, no longer than a timer can. Ends at once with the signal's reason when one aborts. */
export async function sleep(ms: number, signals: Signals): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_TIMER));
  });
  try {
    await untilAborted(elapsed, signals);
  } finally {
    clearTimeout(timer);
  }
}
