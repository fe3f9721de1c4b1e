import { MAX_TIMER } from "../../http/checks.js";

interface Task {
  time: number;
  run: () => void;
}

/**
 * Runs tasks at a time of the sandbox's clock: before the next request is processed, or by a timer, so that webhooks are
 * sent without a request. With a test's own clock the timer finds nothing due.
 */
export class Scheduler {
  readonly #now: () => number;
  #tasks: Task[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  get length(): number {
    return this.#tasks.length;
  }

  /** Runs a task in `delay` ms: at once for 0, never for `Infinity`. */
  schedule(delay: number, run: () => void): void {
    if (delay === Number.POSITIVE_INFINITY) return;
    if (delay <= 0) {
      run();
      return;
    }
    const task = { time: this.#now() + delay, run };
    const last = this.#tasks.findLastIndex(({ time }) => time <= task.time);
    this.#tasks.splice(last + 1, 0, task);
    if (last === -1) this.#startTimer();
  }

  /** Runs what is due, in the order of time. */
  run(): void {
    const now = this.#now();
    while ((this.#tasks[0]?.time ?? Number.POSITIVE_INFINITY) <= now) this.#tasks.shift()?.run();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#tasks = [];
  }

  #startTimer(): void {
    clearTimeout(this.#timer);
    const [next] = this.#tasks;
    if (!next) return;
    const delay = Math.min(Math.max(next.time - this.#now(), 1), MAX_TIMER);
    this.#timer = setTimeout(() => {
      this.run();
      this.#startTimer();
    }, delay).unref();
  }
}
