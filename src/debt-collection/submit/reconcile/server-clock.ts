/** How far the times of two of the API's servers may differ, in ms. */
const SERVER_TOLERANCE = 5_000;

/** How far our clock and the server's may differ if no response has a date, in ms: more than a wrong time zone. */
const UNKNOWN_TOLERANCE = 24 * 60 * 60_000;

/** The server's time, by the `Date` header of its responses. A wrong clock of our own would hide batches that are new. */
export class ServerClock {
  #offset = 0;
  #tolerance = UNKNOWN_TOLERANCE;

  /** Whether the server's time is known. */
  get isSet(): boolean {
    return this.#tolerance === SERVER_TOLERANCE;
  }

  set({ headers }: Pick<Response, "headers">): void {
    const date = Date.parse(headers.get("date") ?? "");
    if (Number.isNaN(date)) return;
    // Not Date.now(), which jumps when the clock is set.
    this.#offset = date - performance.now();
    this.#tolerance = SERVER_TOLERANCE;
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
    return this.isSet && Date.parse(createdAt ?? "") >= since.getTime();
  }
}
