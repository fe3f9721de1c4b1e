import { createHash } from "node:crypto";
import { setImmediate as nextMacrotask } from "node:timers/promises";
import { vi } from "vitest";
import type { Random } from "./random.js";

export const START = new Date("2026-03-02T08:00:00.000Z");

/** Rounds of the event loop for work outside of the virtual clock, such as reading a body. */
const ROUNDS = 3;
/** The same, before a program without timers counts as stuck: a module is read from disk. */
const MAX_IDLE_ROUNDS = 1_000_000;
const MAX_TIMERS = 2_000_000;

/** Replaces timers, the date and `Math.random`, so that minutes pass at once and every run is the same. */
export function useVirtualClock(random: Random): void {
  vi.useFakeTimers({
    now: START,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
  vi.spyOn(Math, "random").mockImplementation(() => random.next());
  // A thread computes the real one, which takes a time that the virtual clock does not know.
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_, data) => {
    return new Uint8Array(
      createHash("sha256")
        .update(new Uint8Array(data as ArrayBuffer))
        .digest(),
    ).buffer;
  });
}

/** Lets the time pass, from timer to timer, until something has happened. */
export async function passTimeUntil(hasHappened: () => boolean): Promise<void> {
  for (let timers = 0; timers < MAX_TIMERS; timers++) {
    for (let round = 0; round < ROUNDS; round++) await nextMacrotask();
    for (let round = 0; vi.getTimerCount() === 0 && !hasHappened(); round++) {
      if (round === MAX_IDLE_ROUNDS) throw new Error("The program is stuck: it has not ended, and no timer is set.");
      await nextMacrotask();
    }
    if (hasHappened()) return;
    vi.advanceTimersToNextTimer();
  }
  throw new Error("The program does not end.");
}
