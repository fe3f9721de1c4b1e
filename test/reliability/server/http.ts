/** A request as it arrives at a server. */
export interface HttpRequest {
  method: string;
  /** Without the host and the query. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The connection closes within the body. */
  cut?: boolean;
}

/** What a client gets: a response, no connection, or a connection that closes before the response. */
export type Delivery = HttpResponse | "refused" | "closed";

export function toHttpRequest(url: string, init: RequestInit = {}): HttpRequest {
  const { pathname, searchParams } = new URL(url);
  return {
    method: init.method ?? "GET",
    path: pathname,
    query: searchParams,
    headers: new Headers(init.headers),
    body: init.body === undefined || init.body === null ? "" : String(init.body),
  };
}

export const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** Whether a request creates something at the API. A request for a token does not. */
export const isWrite = ({ method, path }: HttpRequest): boolean => method === "POST" && !path.endsWith("/token");
