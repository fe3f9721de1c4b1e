import type { IncomingMessage } from "node:http";

/** What stands on the server beside the APIs, by path. Asked for by GET, open to all on the machine, and not logged. */
export type Pages = Record<string, (message: IncomingMessage) => Page | undefined | Promise<Page | undefined>>;

export interface Page {
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

export const jsonPage = (value: unknown): Page => ({ type: "application/json", body: JSON.stringify(value) });
