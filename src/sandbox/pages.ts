import type { IncomingMessage } from "node:http";

/** What stands on the server beside the APIs, by path. Asked for by GET, open to all on the machine, and not logged. */
export type Pages = Record<string, (message: IncomingMessage) => Page | undefined | Promise<Page | undefined>>;

export interface Page {
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

/** Pages are kept nowhere and told to nobody. */
const GUARD = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

export const headersOf = ({ type, headers }: Page): Record<string, string> => ({
  ...GUARD,
  "content-type": type,
  ...headers,
});

export const jsonPage = (value: unknown): Page => ({ type: "application/json", body: JSON.stringify(value) });
