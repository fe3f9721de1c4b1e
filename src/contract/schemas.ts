/** A JSON Schema of a spec, without what only describes it. */
export type Schema = boolean | { [keyword: string]: unknown };

/** By media type. */
export type Contents = Record<string, Schema>;

/** The bodies of an operation, or of a webhook. */
export interface OperationBodies {
  request?: Contents;
  /** By status: `200`, `2XX` or `default`. */
  responses: Record<string, Contents>;
}

/** The schemas of an API, as one document: its references begin with `#/$defs/`. */
export interface ApiSchemas {
  /** By operationId. */
  operations: Record<string, OperationBodies>;
  $defs: Record<string, Schema>;
}
