/** What the specs say of a read operation, as `amili probe` needs it; written by the generator. */
export interface ReadOperation {
  evidence: "documented" | "partial" | "observed" | "inferred";
  /** Names of the query parameters. */
  query: string[];
  /** By status the fields of the body with their types: `"data[].dueDate": "string|null"`. */
  responses: Record<string, Record<string, string>>;
}
