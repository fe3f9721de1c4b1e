import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../generated/debt-collection.js";
import type { PostgresClient, PostgresPool } from "./database.js";
import { type Enqueued, enqueue } from "./enqueue.js";
import type { OutboxItems, Stream } from "./items.js";
import { migrate } from "./migrate.js";
import { type OutboxOutcome, type OutcomesOptions, outcomes } from "./outcomes.js";
import { type PurgeOptions, purge } from "./purge.js";
import { type OutboxIds, type RetryOptions, retry } from "./retry.js";
import { settle } from "./settle.js";
import { type OutboxStats, stats } from "./stats.js";
import { createStore, type OutboxOptions, type Store } from "./store.js";
import { type WorkOptions, work } from "./work.js";

/** A table of items to submit, and the workers that submit them. */
export class Outbox {
  readonly #store: Store;

  /** @internal */
  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Creates the tables, or brings those of an earlier version up to date. Any number of processes can call it at once.
   *
   * @throws {OutboxError} when a later version of this library has changed the tables
   */
  migrate(): Promise<void> {
    return migrate(this.#store);
  }

  /**
   * Adds items, as a part of the client's transaction: they are sent after it commits, and never if it does not. An item that
   * the outbox has with the same content is left alone.
   *
   * @param client a client of `pg` in a transaction, or a pool
   * @throws {OutboxError} when the outbox has an item with the same id and another content; nothing of the call is stored
   *   then, and the transaction can continue
   * @throws {ConfigurationError} when an item could not be sent as it is
   */
  enqueue<Invoice extends InvoiceInput, Payment extends PaymentInput, Correction extends CorrectionInput>(
    client: PostgresClient,
    items: OutboxItems<Invoice, Payment, Correction>,
  ): Promise<Enqueued> {
    return enqueue(this.#store, client, items);
  }

  /**
   * Sends what is enqueued until the signal aborts, on any number of machines at once. Each organization and kind of items
   * is submitted as by `submit`; its journal are the rows.
   *
   * @throws {ConfigurationError} when an option is invalid; with `untilEmpty` also what made it leave rows
   */
  work(options: WorkOptions): Promise<void> {
    return work(this.#store, options);
  }

  /**
   * The outcomes, in the order in which they became known. Store the cursor of the last one that you have processed and
   * continue from it: no outcome is missed. An item that was retried has its last outcome only.
   */
  outcomes(options?: OutcomesOptions): AsyncGenerator<OutboxOutcome, void, undefined> {
    return outcomes(this.#store, options);
  }

  /** How many items are in each state, of all organizations and kinds or of one. Reads the whole table. */
  stats(only?: Partial<Stream>): Promise<OutboxStats> {
    return stats(this.#store, only);
  }

  /**
   * Queues rejected items again: as they are, by their ids, or with a corrected content. Returns how many.
   *
   * @throws {OutboxError} when one of them is not rejected; nothing is changed then
   */
  retry<Invoice extends InvoiceInput, Payment extends PaymentInput, Correction extends CorrectionInput>(
    items: OutboxItems<Invoice, Payment, Correction> | OutboxIds,
    options?: RetryOptions,
  ): Promise<number> {
    return retry(this.#store, items, options);
  }

  /**
   * Records what a person has found out about items whose outcome is unknown: Amili has them, or not. Returns how many.
   *
   * @throws {OutboxError} when the outcome of one of them is not unknown; nothing is changed then
   */
  settle(items: OutboxIds, status: "exists" | "rejected"): Promise<number> {
    return settle(this.#store, items, status);
  }

  /** Deletes what is old and settled; never what is unknown. Returns how many rows. */
  purge(options: PurgeOptions): Promise<number> {
    return purge(this.#store, options);
  }
}

/**
 * An outbox in PostgreSQL: your transaction stores what is to be sent, and workers send it.
 *
 * @param pool a `Pool` of `pg`. A worker needs one with a few connections that others do not use up.
 * @throws {ConfigurationError} when an argument is invalid
 */
export const createOutbox = (pool: PostgresPool, options?: OutboxOptions): Outbox =>
  new Outbox(createStore(pool, options));
