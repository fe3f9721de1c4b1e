import type { ApiName } from "../specs/apis.js";

/** A request to the sandbox, without any value of it. */
export interface RequestRecord {
  /** Counts from 1; the response's `x-request-id` ends in it. */
  no: number;
  /** When it arrived, by the sandbox's clock. */
  at: string;
  api: ApiName | undefined;
  operationId: string | undefined;
  method: string;
  /** The path template of the spec; `undefined` where there is no operation. */
  path: string | undefined;
  /** Of the response; `undefined` while the request is in flight, or if the connection was closed. */
  status: number | undefined;
  /** How long it took, in ms. */
  duration: number | undefined;
  /** The message of an error response and its validation errors. */
  validationErrors: string[];
  /**
   * Fields of the body that the spec does not name: the place and a similar name. The specs are incomplete, so the request is
   * valid unless the sandbox is `strict`.
   */
  unknownFields: string[];
  /** The kind of the injected fault. */
  injected: string | undefined;
}

/** The last requests. */
export class RequestLog {
  readonly #limit: number;
  readonly #records: RequestRecord[] = [];
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many requests there were in all. */
  get count(): number {
    return this.#count;
  }

  /** The oldest first. */
  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  start(facts: Pick<RequestRecord, "at" | "api" | "operationId" | "method" | "path">): RequestRecord {
    const open = {
      status: undefined,
      duration: undefined,
      validationErrors: [],
      unknownFields: [],
      injected: undefined,
    };
    const record = { no: ++this.#count, ...facts, ...open };
    this.#records.push(record);
    if (this.#records.length > this.#limit) this.#records.shift();
    return record;
  }
}
