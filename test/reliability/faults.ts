import { type Delivery, type HttpResponse, json } from "./server/http.js";

/** What goes wrong with a request: what the server does with it, and what the client gets. */
export interface Fault {
  /** "later": after the client's connection has ended. */
  processed: "never" | "once" | "later" | "twice";
  /** @param response what the server responded; absent if it has not processed the request */
  deliver: (response: HttpResponse | undefined) => Delivery;
}

const status = (code: number, headers: Record<string, string> = {}): Fault["deliver"] => {
  return () => ({ status: code, headers, body: "upstream error" });
};

const cut = (response: HttpResponse | undefined): Delivery => ({ ...(response ?? json(202, {})), cut: true });
const replaceBody =
  (body: string) =>
  (response: HttpResponse | undefined): Delivery => ({
    ...(response ?? json(202, {})),
    body,
  });

/** The faults of a write, by name. */
export const WRITE_FAULTS = {
  "connection refused": { processed: "never", deliver: () => "refused" },
  "closed before the work": { processed: "never", deliver: () => "closed" },
  "closed during the work": { processed: "later", deliver: () => "closed" },
  "closed after the work": { processed: "once", deliver: () => "closed" },
  "cut-off body": { processed: "once", deliver: cut },
  "invalid JSON": { processed: "once", deliver: replaceBody("<html>Accepted</html>") },
  "empty 202": { processed: "once", deliver: replaceBody("") },
  "202 without a batch": { processed: "once", deliver: replaceBody('{"data":null}') },
  "delivered twice": { processed: "twice", deliver: (response) => response ?? "closed" },
  ...beforeAndAfter("500", status(500)),
  ...beforeAndAfter("502", status(502)),
  ...beforeAndAfter("503", status(503)),
  ...beforeAndAfter("504", status(504)),
  ...beforeAndAfter("503 with Retry-After", status(503, { "retry-after": "2" })),
  ...beforeAndAfter("429", status(429, { "retry-after": "2" })),
  ...beforeAndAfter("401", status(401)),
  ...beforeAndAfter("400", status(400)),
  ...beforeAndAfter("403", status(403)),
  ...beforeAndAfter("404", status(404)),
  ...beforeAndAfter("408", status(408)),
  ...beforeAndAfter("409", status(409)),
  ...beforeAndAfter("413", status(413)),
  ...beforeAndAfter("422", status(422)),
} satisfies Record<string, Fault>;

export type WriteFault = keyof typeof WRITE_FAULTS;

type BeforeAndAfter<Name extends string> = Record<`${Name} before the work` | `${Name} after the work`, Fault>;

function beforeAndAfter<Name extends string>(name: Name, deliver: Fault["deliver"]): BeforeAndAfter<Name> {
  return {
    [`${name} before the work`]: { processed: "never", deliver },
    [`${name} after the work`]: { processed: "once", deliver },
  } as BeforeAndAfter<Name>;
}

/** The faults of a read, by name. A read changes nothing, so it is always processed. */
export const READ_FAULTS = {
  "403": { processed: "once", deliver: status(403) },
  "404": { processed: "once", deliver: status(404) },
  "500": { processed: "once", deliver: status(500) },
  closed: { processed: "once", deliver: () => "closed" },
  "data: 5": { processed: "once", deliver: replaceBody('{"data":5,"summary":{"status":"SUCCESS"}}') },
  "data: null": { processed: "once", deliver: replaceBody('{"data":null,"summary":{"status":"SUCCESS"}}') },
  "{}": { processed: "once", deliver: replaceBody("{}") },
  "repeated page token": {
    processed: "once",
    deliver: (response) =>
      response
        ? { ...response, body: response.body.replace(/"nextPageToken":[^}]*/, '"nextPageToken":"1"') }
        : "closed",
  },
} satisfies Record<string, Fault>;

export type ReadFault = keyof typeof READ_FAULTS;
