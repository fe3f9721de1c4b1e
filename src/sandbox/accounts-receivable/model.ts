/** The result of a successful write. */
export interface Written {
  result: "CREATED" | "UPDATED" | "DELETED";
  message: string;
  [name: string]: unknown;
}

/** The result of one write of several. */
export type WriteResult = Written | { result: "REJECTED"; status: number; message: string };

/** Writes that were sent together and are processed asynchronously. */
export interface ClientBatch {
  createdAt: number;
  finishedAt: number | undefined;
  results: WriteResult[];
}
