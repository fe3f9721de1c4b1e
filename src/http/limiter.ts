import { isTimeout, onAbort, raceAbort, type Signals, throwIfAborted, withTimeout } from "./abort.js";
import { type Hooks, type LimiterErrorEvent, notify } from "./hooks.js";

/** Limits the requests of several processes together. */
export interface Limiter {
  /**
   * Resolves when a request may be sent. If it rejects, the request is sent, too.
   *
   * @param api the API's name, as in `baseUrls`
   * @param signal aborts when the call no longer waits
   */
  acquire(api: string, signal: AbortSignal): Promise<unknown>;
  /** Reports that the API responded with 429: no process should send it a request for `delay` ms. */
  throttled?(api: string, delay: number): Promise<unknown>;
}

/**
 * The user's limiter for the requests to one API. One that fails or hangs admits them: the API has a limit of its own, and
 * a database that is down must not keep invoices from being sent.
 */
export class ApiLimiter {
  readonly #limiter: Limiter;
  readonly #api: string;
  readonly #hooks: Hooks;

  constructor(limiter: Limiter, api: string, hooks: Hooks) {
    this.#limiter = limiter;
    this.#api = api;
    this.#hooks = hooks;
  }

  /** Waits for the limiter. Returns false after `maxWait` ms. Rejects when a signal aborts. */
  async acquire(callId: number, signals: Signals, maxWait: number): Promise<boolean> {
    const controller = new AbortController();
    const removeListeners = onAbort(signals, (reason) => controller.abort(reason));
    try {
      const acquiring = (async () => this.#limiter.acquire(this.#api, controller.signal))();
      await raceAbort(withTimeout(acquiring, maxWait), signals);
      return true;
    } catch (error) {
      throwIfAborted(signals);
      controller.abort(error);
      this.#report({ callId, action: "acquire" }, error);
      return !isTimeout(error);
    } finally {
      removeListeners();
    }
  }

  /** Passes a 429 on to other processes. No call waits for it. */
  throttled(callId: number, delay: number): void {
    const report = async () => this.#limiter.throttled?.(this.#api, delay);
    report().catch((error) => this.#report({ callId, action: "throttled" }, error));
  }

  /** The name only: some clients of a database quote the command that failed, or its address. */
  #report(event: Pick<LimiterErrorEvent, "callId" | "action">, error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error;
    notify(this.#hooks.onLimiterError, { ...event, api: this.#api, error: name });
  }
}
