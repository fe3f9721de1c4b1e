import { raceAbort, type Signals } from "../../http/abort.js";

/**
 * Limits how many chunks are sent at once. Until the API has accepted a request there is one: an error that all chunks
 * would meet, such as a wrong organization, then costs one request.
 */
export class Slots {
  readonly #limit: number;
  #used = 0;
  #isOpen = false;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the API has accepted a request. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    this.#isOpen = true;
    this.#next();
  }

  async acquire(signals: Signals): Promise<void> {
    let cancel = () => {};
    const acquired = new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      cancel = () => {
        const index = this.#waiting.indexOf(resolve);
        // It was given a slot that nobody waits for any more.
        if (index === -1) this.release();
        else this.#waiting.splice(index, 1);
      };
    });
    this.#next();
    try {
      await raceAbort(acquired, signals);
    } catch (error) {
      cancel();
      throw error;
    }
  }

  release(): void {
    this.#used--;
    this.#next();
  }

  #next(): void {
    while (this.#used < (this.#isOpen ? this.#limit : 1)) {
      const resolve = this.#waiting.shift();
      if (!resolve) return;
      this.#used++;
      resolve();
    }
  }
}

/** The slot of one chunk, which its requests share. It is free for other chunks while the chunk only reconciles. */
export class ChunkSlot {
  readonly #slots: Slots;
  #users = 0;
  #held: Promise<void> | undefined;

  /** @param isHeld whether the slot was acquired already */
  constructor(slots: Slots, isHeld: boolean) {
    this.#slots = slots;
    this.#held = isHeld ? Promise.resolve() : undefined;
  }

  async use<T>(signals: Signals, work: () => Promise<T>): Promise<T> {
    this.#users++;
    try {
      this.#held ??= this.#slots.acquire(signals);
      await this.#held;
      return await work();
    } finally {
      this.#users--;
      if (this.#slots.isOpen) this.end();
    }
  }

  end(): void {
    if (this.#users > 0 || !this.#held) return;
    // A slot that could not be acquired is none.
    this.#held.then(() => this.#slots.release()).catch(() => {});
    this.#held = undefined;
  }
}
