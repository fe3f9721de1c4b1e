import { onTestFinished, vi } from "vitest";

/** Runs the present test on fake timers, with `random` from `Math.random`, so that delays are exact. */
export function useFakeTime(random = 0.5): void {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(random);
  onTestFinished(() => void vi.useRealTimers());
}
