/** The base URLs that the documentation states for an API. */
export interface Servers {
  production?: string;
  staging?: string;
}

/** What the client knows of an operation at run time; written by the generator from the spec. */
export interface Operation {
  method: string;
  /** The path template, `/clients/{clientno}/customers`. */
  path: string;
  /** Media type of the body, if it is not `application/json`. */
  contentType?: string;
  /** Safe to repeat although the method is POST. */
  idempotent?: true;
  /** Sent once, whatever happens: also a 401 is not followed by a request with a new token. */
  once?: true;
  /** What is inferred rather than documented: `path`, `method` or both. */
  inferred?: string;
}

/** How a list is divided into pages. */
export type Pagination =
  /** `summary.nextPageToken` of a page is sent back as the query parameter `token`. */
  | { style: "cursor"; token: string }
  /** `summary.nextPage` of a page links to the next one of a query that the server keeps. */
  | { style: "numbered" };

/** An operation that returns a list in pages. */
export interface ListOperation extends Operation {
  pagination: Pagination;
  /** The property of the body that holds the items. */
  items: string;
}

/** What the client knows of an API at run time. */
export interface ApiDefinition {
  servers: Servers;
  /** By operation id. */
  operations: Record<string, Operation | ListOperation>;
}
