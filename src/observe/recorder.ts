import { valueLists } from "../../generated/names.js";
import { concatBytes } from "../bytes.js";
import type { ListOperation } from "../operation.js";
import type { ApiNames } from "./api-names.js";
import { BodyShape, increment, type ShapeContext } from "./body-shape.js";
import { environmentOf, type FoundOperation, findOperation } from "./find-operation.js";
import {
  type BodyOutcome,
  type LastPageForm,
  LIMITS,
  type Observations,
  type ObservedEnvironment,
  type ObservedEnvironmentName,
  type ObservedOperation,
  type ObservedRequests,
  type ObservedResponses,
  UNNAMED,
} from "./observations.js";
import { type TappedBody, tapResponse } from "./tap-response.js";

export interface RecorderOptions {
  names: ApiNames;
  /** The share of bodies that are looked at. */
  sample: number;
  /** Bytes. */
  maxBodySize: number;
  onChange(): void;
}

/** So many bodies of an operation and status are looked at whatever the sample is: errors are rare. */
const ALWAYS_SAMPLED = 10;

/** The most fields that an observer keeps, of all operations. */
const MAX_FIELDS = 20_000;

/** The most bodies that wait to be looked at. */
const MAX_WAITING = 100;

/** The most parts of a path that belongs to no operation. */
const MAX_SEGMENTS = 20;

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** Counts what is sent and received, and keeps nothing of it but shapes. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #shapes: ShapeContext;
  readonly #environments = new Map<ObservedEnvironmentName, EnvironmentRecord>();
  /** Bodies are looked at after the response has been handed on. */
  readonly #waiting: (() => void)[] = [];

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#shapes = { names: options.names, fieldsLeft: MAX_FIELDS };
  }

  /** Records a request. Returns what records its response, and gives the response to hand on. */
  request(href: string, { method: given = "GET", body }: RequestInit): (response: Response) => Response {
    const url = new URL(href);
    const method = given.toUpperCase();
    const environment = entryOf(this.#environments, environmentOf(url), () => new EnvironmentRecord());
    environment.seen();
    const found = findOperation(method, url);
    if (!found) return (response) => this.#unknown(environment, method, url, response);

    const { requests, responses } = entryOf(environment.operations, found.key, () => new OperationRecord());
    requests.count++;
    for (const name of new Set(url.searchParams.keys())) increment(requests.query, this.#written(name), LIMITS.names);
    if (this.#isSampled(found, requests)) this.#later(() => this.#requestBody(found, requests, body));
    this.#options.onChange();
    return (response) => {
      const { status } = response;
      if (status < 100 || status > 599) return response;
      return this.#response(
        found,
        entryOf(responses, String(status), () => new ResponseRecord()),
        response,
      );
    };
  }

  observations(): Observations {
    this.#lookAtBodies();
    const environments = [...this.#environments].map(([name, record]) => [name, record.toJSON()]);
    return { format: "amili-observations", version: 1, environments: Object.fromEntries(environments) };
  }

  #requestBody(found: FoundOperation, requests: RequestsRecord, body: unknown): void {
    const text = textOf(body);
    if (text === undefined || text.length > this.#options.maxBodySize) return;
    const value: unknown = JSON.parse(text);
    requests.body ??= this.#createShape(found, "request");
    requests.body.add(value);
  }

  #response(found: FoundOperation, record: ResponseRecord, response: Response): Response {
    const { headers } = response;
    const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
    record.count++;
    for (const name of headers.keys()) increment(record.headers, this.#written(name), LIMITS.names);
    if (type !== undefined) increment(record.contentTypes, this.#writtenType(type), LIMITS.names);
    this.#options.onChange();
    const outcome = this.#outcomeOf(found, record, response, type);
    if (outcome) {
      record.end(outcome);
      return response;
    }
    return tapResponse(response, this.#options.maxBodySize, (body) => {
      this.#later(() => this.#body(found, record, response, body));
      this.#options.onChange();
    });
  }

  /** What becomes of a body that is not looked at; `undefined` for one that is. */
  #outcomeOf(
    found: FoundOperation,
    record: ResponseRecord,
    { body, headers }: Response,
    type = "",
  ): BodyOutcome | undefined {
    if (!body) return "empty";
    if (!this.#isSampled(found, record)) return "skipped";
    if (!/^$|json|^text\/plain$/.test(type)) return "notJson";
    return Number(headers.get("content-length")) > this.#options.maxBodySize ? "tooLarge" : undefined;
  }

  #body(found: FoundOperation, record: ResponseRecord, { ok }: Response, tapped: TappedBody): void {
    const body = parseBody(tapped);
    record.end(body.outcome);
    if (body.outcome !== "json") return;
    record.body ??= this.#createShape(found, "response");
    record.body.add(body.value);
    const form = ok && "pagination" in found.operation && lastPageForm(found.operation, body.value);
    if (form) increment(record.lastPage, form, LIMITS.names);
  }

  /** Never the bodies of token requests. */
  #isSampled({ key }: FoundOperation, { count }: { count: number }): boolean {
    return !key.startsWith("identity.") && (count <= ALWAYS_SAMPLED || Math.random() < this.#options.sample);
  }

  #createShape({ key }: FoundOperation, direction: "request" | "response"): BodyShape {
    return new BodyShape(this.#shapes, (path) => valueLists[key]?.[`${direction} ${path}`]);
  }

  #unknown(environment: EnvironmentRecord, method: string, { pathname }: URL, response: Response): Response {
    if (!METHODS.test(method) || response.status < 100 || response.status > 599) return response;
    const segments = pathname.split("/").slice(1, MAX_SEGMENTS + 1);
    const path = segments.map((segment) => `/${segment && this.#written(segment)}`).join("");
    const key = `${method} ${path}`;
    const { unknownPaths } = environment;
    if (!unknownPaths.has(key) && unknownPaths.size >= LIMITS.unknownPaths) return response;
    increment(
      entryOf(unknownPaths, key, () => new Map()),
      String(response.status),
      LIMITS.statuses,
    );
    this.#options.onChange();
    return response;
  }

  #written(name: string): string {
    return this.#options.names.has(name) ? name : UNNAMED;
  }

  #writtenType(type: string): string {
    const [, subtype = ""] = /^(?:application|audio|image|multipart|text|video)\/([a-z0-9.+-]+)$/.exec(type) ?? [];
    return this.#options.names.hasWords(subtype.replace(/[.+]/g, "-")) ? type : UNNAMED;
  }

  #later(look: () => void): void {
    if (this.#waiting.length >= MAX_WAITING) return;
    if (this.#waiting.push(look) === 1) setTimeout(() => this.#lookAtBodies());
  }

  #lookAtBodies(): void {
    for (const look of this.#waiting.splice(0)) {
      try {
        look();
      } catch {
        // A request body that is not JSON.
      }
    }
  }
}

class EnvironmentRecord {
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

interface RequestsRecord {
  count: number;
  query: Map<string, number>;
  body: BodyShape | undefined;
}

class OperationRecord {
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

class ResponseRecord {
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

/** The text of a body that the library serialized. Others, such as streams, can be read only once. */
function textOf(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  return body instanceof ArrayBuffer ? new TextDecoder().decode(body) : undefined;
}

function parseBody(tapped: TappedBody): { outcome: BodyOutcome; value?: unknown } {
  if (typeof tapped === "string") return { outcome: tapped };
  const size = tapped.bytes.reduce((sum, { length }) => sum + length, 0);
  if (size === 0) return { outcome: "empty" };
  try {
    return { outcome: "json", value: JSON.parse(new TextDecoder().decode(concatBytes(tapped.bytes, size))) };
  } catch {
    return { outcome: "notJson" };
  }
}

/** How a page says that it is the last; `undefined` if another one follows. */
function lastPageForm({ pagination }: ListOperation, body: unknown): LastPageForm | undefined {
  const { summary } = (body ?? {}) as { summary?: { nextPageToken?: unknown; nextPage?: unknown } | null };
  const next = summary?.[pagination.style === "cursor" ? "nextPageToken" : "nextPage"];
  if (next === undefined) return "absent";
  if (next === null) return "null";
  return next === "" ? "empty" : undefined;
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
