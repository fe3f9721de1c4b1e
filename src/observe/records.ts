import { type BodyShape, increment } from "./body-shape.js";
import {
  type BodyOutcome,
  type LastPageForm,
  LIMITS,
  type ObservedEnvironment,
  type ObservedOperation,
  type ObservedRequests,
  type ObservedResponses,
} from "./observations.js";

/** What was observed in one environment. */
export class EnvironmentRecord {
  #from = "";
  #to = "";
  readonly operations = new Map<string, OperationRecord>();
  readonly unknownPaths = new Map<string, Map<string, number>>();

  seen(): void {
    this.#to = new Date().toISOString().slice(0, 10);
    this.#from ||= this.#to;
  }

  toJSON(): ObservedEnvironment {
    const operations = [...this.operations].map(([key, record]) => [key, record.toJSON()]);
    const paths = [...this.unknownPaths].map(([path, statuses]) => [path, Object.fromEntries(statuses)]);
    return {
      from: this.#from,
      to: this.#to,
      operations: Object.fromEntries(operations),
      unknownPaths: Object.fromEntries(paths),
    };
  }
}

export interface RequestsRecord {
  count: number;
  query: Map<string, number>;
  body: BodyShape | undefined;
}

export class OperationRecord {
  readonly requests: RequestsRecord = { count: 0, query: new Map(), body: undefined };
  readonly responses = new Map<string, ResponseRecord>();

  toJSON(): ObservedOperation {
    const { count, query, body } = this.requests;
    const requests: ObservedRequests = {
      count,
      query: Object.fromEntries(query),
      ...(body && { body: body.toJSON() }),
    };
    const responses = [...this.responses].map(([status, record]) => [status, record.toJSON()]);
    return { requests, responses: Object.fromEntries(responses) };
  }
}

/** The responses of one operation and status. */
export class ResponseRecord {
  count = 0;
  readonly headers = new Map<string, number>();
  readonly contentTypes = new Map<string, number>();
  readonly lastPage = new Map<LastPageForm, number>();
  readonly #bodies = new Map<BodyOutcome, number>();
  body: BodyShape | undefined;

  end(outcome: BodyOutcome): void {
    increment(this.#bodies, outcome, LIMITS.names);
  }

  toJSON(): ObservedResponses {
    const { count, headers, contentTypes, lastPage, body } = this;
    return {
      count,
      headers: Object.fromEntries(headers),
      contentTypes: Object.fromEntries(contentTypes),
      bodies: Object.fromEntries(this.#bodies),
      ...(lastPage.size > 0 && { lastPage: Object.fromEntries(lastPage) }),
      ...(body && { body: body.toJSON() }),
    };
  }
}

export function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
