/** The longest that a timer can wait. */
const MAX_TIMER = 2 ** 31 - 1;

interface Entry {
  time: number;
  work: () => void;
}

/**
 * What is to be done at a time of the sandbox's clock. It is done before the next request is looked at, and by a timer, so
 * that webhooks come without anybody asking; with a clock of a test's own the timer finds nothing due.
 */
export class Agenda {
  readonly #now: () => number;
  #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Does the work in `delay` ms: at once when that is 0, never when it is `Infinity`. */
  in(delay: number, work: () => void): void {
    if (delay <= 0) work();
    else if (delay < Number.POSITIVE_INFINITY) this.#insert({ time: this.#now() + delay, work });
  }

  /** Does what is due, in the order of its time. */
  run(): void {
    const now = this.#now();
    while ((this.#entries[0]?.time ?? Number.POSITIVE_INFINITY) <= now) this.#entries.shift()?.work();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#entries = [];
  }

  #insert(entry: Entry): void {
    const after = this.#entries.findLastIndex(({ time }) => time <= entry.time);
    this.#entries.splice(after + 1, 0, entry);
    if (after === -1) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const next = this.#entries[0];
    if (!next) return;
    const delay = Math.min(Math.max(next.time - this.#now(), 1), MAX_TIMER);
    this.#timer = setTimeout(() => {
      this.run();
      this.#wait();
    }, delay);
    this.#timer.unref();
  }
}
