import { onAbort, type Signals } from "./abort.js";
import { MAX_TIMER } from "./checks.js";

/** Up to how many requests in flight the gate doubles them with each round trip. */
const FAST_UNTIL = 8;

/** How long a call waits at most. */
export interface WaitLimits {
  /** ms; 0 does not wait. */
  maxWait: number;
  /** How many attempts of other calls in a row may be throttled meanwhile. */
  maxRefusals: number;
}

interface Waiter {
  maxRefusals: number;
  /** The refusals before the wait began. */
  refusalsBefore: number;
  settle(round: number | undefined): void;
}

/**
 * Holds back the requests to one API after a 429, since all throttled calls would be repeated at the same time otherwise. It
 * opens after the delay for one request; each success admits one more than before, beyond `FAST_UNTIL` each round of
 * successes, and another 429 closes it again.
 */
export class ThrottleGate {
  /** Counts how often the gate has closed. Responses to requests of an earlier round say nothing about this one. */
  #round = 0;
  /** By the monotonic clock, which nobody sets back. */
  #opensAt = 0;
  /** How many requests of this round may be in flight. */
  #limit = Number.POSITIVE_INFINITY;
  #inFlight = 0;
  #refusals = 0;
  #refusalsBeforeSuccess = 0;
  /** Those who have the fewest tries left come first. */
  readonly #waiters: Waiter[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Waits for a place and returns its round; `undefined` when a limit is reached. Rejects when a signal aborts. */
  enter(signals: Signals, limits: WaitLimits): number | undefined | Promise<number | undefined> {
    if (this.#waiters.length === 0 && this.#isOpen()) return this.#admit();
    return limits.maxWait > 0 ? this.#wait(signals, limits) : undefined;
  }

  /** Gives a place back after a response that shows no overload. */
  succeeded(round: number | undefined): void {
    if (round !== this.#round) return;
    this.#refusalsBeforeSuccess = this.#refusals;
    const step = this.#limit < FAST_UNTIL ? 1 : 1 / this.#limit;
    this.#limit = this.#waiters.length === 0 ? Number.POSITIVE_INFINITY : this.#limit + step;
    this.left(round);
  }

  /** Gives a place back after a 429, and closes the gate for `delay` ms. */
  throttled(round: number | undefined, delay: number): void {
    this.#opensAt = Math.max(this.#opensAt, performance.now() + delay);
    if (round === this.#round) {
      this.#round++;
      this.#limit = 1;
      this.#inFlight = 0;
      this.#refusals++;
      for (const waiter of [...this.#waiters]) {
        const seen = this.#refusals - Math.max(waiter.refusalsBefore, this.#refusalsBeforeSuccess);
        if (seen > waiter.maxRefusals) waiter.settle(undefined);
      }
    }
    this.#admitWaiters();
  }

  /** Gives a place back after a failure that may come from overload, or without an attempt. */
  left(round: number | undefined): void {
    if (round === this.#round) this.#inFlight--;
    if (this.#waiters.length > 0) this.#admitWaiters();
  }

  #isOpen(): boolean {
    return this.#inFlight < this.#limit && performance.now() >= this.#opensAt;
  }

  #admit(): number {
    this.#inFlight++;
    return this.#round;
  }

  #wait(signals: Signals, { maxWait, maxRefusals }: WaitLimits): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      let removeListeners = () => {};
      const settle = (round: number | undefined) => {
        stop();
        resolve(round);
      };
      const waiter: Waiter = { maxRefusals, refusalsBefore: this.#refusals, settle };
      const timer = setTimeout(settle, Math.min(maxWait, MAX_TIMER), undefined);
      // At once, so that no place is given to a call that has ended.
      const stop = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        clearTimeout(timer);
        removeListeners();
        if (this.#waiters.length === 0) this.#clearTimer();
      };
      const next = this.#waiters.findIndex((other) => other.maxRefusals > maxRefusals);
      this.#waiters.splice(next < 0 ? this.#waiters.length : next, 0, waiter);
      removeListeners = onAbort(signals, (reason) => {
        stop();
        reject(reason);
      });
      this.#schedule();
    });
  }

  #admitWaiters(): void {
    for (let next = this.#waiters[0]; next && this.#isOpen(); next = this.#waiters[0]) next.settle(this.#admit());
    this.#schedule();
  }

  /** One timer for the opening, as long as someone waits for it. */
  #schedule(): void {
    const delay = this.#opensAt - performance.now();
    if (this.#timer !== undefined || this.#waiters.length === 0 || delay <= 0) return;
    this.#timer = setTimeout(
      () => {
        this.#clearTimer();
        this.#admitWaiters();
      },
      Math.min(delay, MAX_TIMER),
    );
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
