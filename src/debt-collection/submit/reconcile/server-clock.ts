/** How far the times of two of the API's servers may differ, in ms. */
const SERVER_TOLERANCE = 5_000;

/** How much later than it was sent a batch may have been created, in ms, before the clocks contradict each other. */
const MAX_DIFFERENCE = 60_000;

/** How far our clock and the server's may differ if no response has a date, in ms: more than a wrong time zone. */
const UNKNOWN_TOLERANCE = 24 * 60 * 60_000;

/** The server's time, by the `Date` header of its responses. A wrong clock of our own would hide batches that are new. */
export class ServerClock {
  #offset = 0;
  #tolerance = UNKNOWN_TOLERANCE;
  #difference = 0;
  #isConfirmed = false;
  #isContradicted = false;

  /** Whether the server's time is known. */
  get isSet(): boolean {
    return this.#tolerance !== UNKNOWN_TOLERANCE;
  }

  set({ headers }: Pick<Response, "headers">): void {
    const date = Date.parse(headers.get("date") ?? "");
    if (Number.isNaN(date)) return;
    // Not Date.now(), which jumps when the clock is set.
    this.#offset = date - performance.now();
    this.#difference = Date.now() - performance.now();
    if (!this.isSet) this.#tolerance = SERVER_TOLERANCE;
  }

  /** Whether one of our clocks was set, or stood still because the host slept: the server's time has to be read again. */
  get isStale(): boolean {
    return this.isSet && Math.abs(Date.now() - performance.now() - this.#difference) > SERVER_TOLERANCE / 2;
  }

  /** Whether a batch has shown that its times are those of this clock. */
  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** Compares the clock with the time that the server gave to a batch which was sent at `sentAt`. */
  confirm(createdAt: string, sentAt: Date): void {
    const difference = Math.abs(Date.parse(createdAt) - sentAt.getTime());
    if (Number.isNaN(difference)) return;
    this.#isConfirmed = true;
    if (difference <= MAX_DIFFERENCE) return;
    this.#isContradicted = true;
    this.#tolerance = Math.max(this.#tolerance, difference + SERVER_TOLERANCE);
  }

  now(): Date {
    return new Date(this.isSet ? performance.now() + this.#offset : Date.now());
  }

  /** Whether something that the server created at a time was there before `since`. */
  isOlder(createdAt: string | undefined, since: Date): boolean {
    return Date.parse(createdAt ?? "") < since.getTime() - this.#tolerance;
  }

  /** Whether something that the server created at a time was not there at `until`. */
  isLater(createdAt: string | undefined, until: Date): boolean {
    return Date.parse(createdAt ?? "") > until.getTime() + this.#tolerance;
  }

  /**
   * Whether something that the server created at a time was not there before `since`, but for the second that the `Date`
   * header is exact to.
   */
  isNewer(createdAt: string | undefined, since: Date): boolean {
    return this.isSet && !this.#isContradicted && Date.parse(createdAt ?? "") >= since.getTime();
  }
}
