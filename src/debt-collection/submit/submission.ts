import { ConfigurationError } from "../../errors.js";
import type { Outcome, Summary } from "./outcome.js";

/**
 * The outcomes of a submit: `for await` gives each as soon as it is known, `toArray()` all, `summary()` their counts. Nothing
 * is sent before one of them is used; each can be used once.
 */
export class Submission<Item> implements AsyncIterable<Outcome<Item>> {
  #start: (() => AsyncGenerator<Outcome<Item>, void, undefined>) | undefined;

  /** @internal */
  constructor(start: () => AsyncGenerator<Outcome<Item>, void, undefined>) {
    this.#start = start;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Outcome<Item>, void, undefined> {
    const start = this.#start;
    if (!start) {
      const message = "The outcomes of a submit can be read once. Call submit again, with the same journal, to resume.";
      throw new ConfigurationError("invalid_argument", message);
    }
    this.#start = undefined;
    return start();
  }

  /**
   * All outcomes, when the last one is known. A `for await` loop holds one at a time instead, and has those that came before
   * an error.
   */
  async toArray(): Promise<Outcome<Item>[]> {
    const outcomes: Outcome<Item>[] = [];
    for await (const outcome of this) outcomes.push(outcome);
    return outcomes;
  }

  /** The number of items with each outcome, when the last one is known. */
  async summary(): Promise<Summary> {
    const summary: Summary = { accepted: 0, exists: 0, rejected: 0, unknown: 0 };
    for await (const { status } of this) summary[status]++;
    return summary;
  }
}
