import type { ApiName } from "./apis.js";

/** A request that the sandbox was sent, without any value of it. */
export interface RequestRecord {
  /** Counts from 1; the answer's `x-request-id` ends in it. */
  no: number;
  /** When it came, by the sandbox's clock. */
  at: string;
  api: ApiName | undefined;
  operationId: string | undefined;
  method: string;
  /** The path as the spec has it; `undefined` where no operation stands. */
  path: string | undefined;
  /** The answer's; `undefined` while it is under way or when the connection was closed before. */
  status: number | undefined;
  /** How long the answer took, in ms. */
  duration: number | undefined;
  /** What was wrong with the request: the message of the refusal and its faults. */
  faults: string[];
  /** The kind of the fault that was put in. */
  injected: string | undefined;
}

/** The last requests. */
export class RequestLog {
  readonly #kept: number;
  readonly #records: RequestRecord[] = [];
  #count = 0;

  constructor(kept: number) {
    this.#kept = kept;
  }

  /** How many there were in all. */
  get count(): number {
    return this.#count;
  }

  /** The oldest first. */
  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  begin(facts: Pick<RequestRecord, "at" | "api" | "operationId" | "method" | "path">): RequestRecord {
    const record = {
      no: ++this.#count,
      ...facts,
      status: undefined,
      duration: undefined,
      faults: [],
      injected: undefined,
    };
    this.#records.push(record);
    if (this.#records.length > this.#kept) this.#records.shift();
    return record;
  }
}
