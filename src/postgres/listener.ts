import { type PostgresPoolClient, query, takeClient } from "./database.js";
import type { Store } from "./store.js";

/** A connection that listens for new items. While there is none, workers find them by polling. */
export class Listener {
  readonly #store: Store;
  readonly #onNotification: () => void;
  #client: PostgresPoolClient | undefined;
  #isConnecting = false;
  #isClosed = false;

  constructor(store: Store, onNotification: () => void) {
    this.#store = store;
    this.#onNotification = onNotification;
  }

  /** Connects in the background, if there is no connection. */
  connect(): void {
    if (this.#client || this.#isConnecting) return;
    this.#isConnecting = true;
    this.#connect()
      // Tried again at the next poll.
      .catch(() => {})
      .finally(() => {
        this.#isConnecting = false;
      });
  }

  close(): void {
    this.#isClosed = true;
    this.#drop(this.#client);
  }

  async #connect(): Promise<void> {
    const client = await takeClient(this.#store.pool, (broken) => this.#drop(broken));
    client.on("notification", this.#onNotification);
    this.#client = client;
    try {
      if (this.#isClosed) return this.#drop(client);
      await query(client, `LISTEN ${this.#store.schema}`);
      // Whatever was enqueued meanwhile sent none.
      this.#onNotification();
    } catch (error) {
      this.#drop(client);
      throw error;
    }
  }

  /** Not given back to the pool for others to use: it would keep listening. */
  #drop(client: PostgresPoolClient | undefined): void {
    if (!client || client !== this.#client) return;
    this.#client = undefined;
    client.removeAllListeners("notification");
    client.release(true);
  }
}
