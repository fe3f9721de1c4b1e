/** What the specs say of a read operation, as `amili probe` needs it; written by the generator. */
export interface ReadOperation {
  evidence: "documented" | "partial" | "inferred";
  /** Query parameters and their formats. */
  query: Record<string, string>;
  /** The fields of each status, with their types: `"data[].dueDate": "string|null"`. */
  responses: Record<string, Record<string, string>>;
}
