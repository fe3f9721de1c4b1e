import type { IncomingMessage } from "node:http";

/** What the server shows beside the APIs, by path: requested by GET, without a token, and not logged. */
export type BrowserPages = Record<
  string,
  (message: IncomingMessage) => BrowserPage | undefined | Promise<BrowserPage | undefined>
>;

export interface BrowserPage {
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

export const pageHeaders = ({ type, headers }: BrowserPage): Record<string, string> => ({
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-type": type,
  ...headers,
});
