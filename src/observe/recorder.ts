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
  type ObservedEnvironmentName,
  UNNAMED,
} from "./observations.js";
import { EnvironmentRecord, entryOf, OperationRecord, type RequestsRecord, ResponseRecord } from "./records.js";
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

/** The most bytes of bodies that wait to be looked at. */
const MAX_WAITING = 16 * 1024 * 1024;

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
  #waitingSize = 0;

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
    for (const name of new Set(url.searchParams.keys())) this.#countName(requests.query, name);
    if (isReadable(body, this.#options.maxBodySize) && this.#isSampled(found, requests)) {
      this.#later(lengthOf(body), () => this.#requestBody(found, requests, body));
    }
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

  #requestBody(found: FoundOperation, requests: RequestsRecord, body: string | ArrayBuffer): void {
    const value: unknown = JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
    requests.body ??= this.#createShape(found, "request");
    requests.body.add(value);
  }

  #response(found: FoundOperation, record: ResponseRecord, response: Response): Response {
    const { headers } = response;
    const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
    record.count++;
    for (const name of headers.keys()) this.#countName(record.headers, name);
    if (type !== undefined) increment(record.contentTypes, this.#writtenType(type), LIMITS.names);
    this.#options.onChange();
    const outcome = this.#outcomeOf(found, record, response, type);
    if (outcome) {
      record.end(outcome);
      return response;
    }
    return tapResponse(response, this.#options.maxBodySize, (body) => {
      const size = typeof body === "string" ? 0 : body.size;
      const isKept = this.#later(size, () => this.#body(found, record, response, body));
      if (!isKept) record.end("skipped");
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
    const isFull = unknownPaths.size >= LIMITS.unknownPaths || key.length > LIMITS.path;
    if (isFull && !unknownPaths.has(key)) return response;
    increment(
      entryOf(unknownPaths, key, () => new Map()),
      String(response.status),
      LIMITS.statuses,
    );
    this.#options.onChange();
    return response;
  }

  #countName(counts: Map<string, number>, name: string): void {
    // One that is there has been checked.
    increment(counts, counts.has(name) ? name : this.#written(name), LIMITS.names);
  }

  #written(name: string): string {
    return this.#options.names.has(name) ? name : UNNAMED;
  }

  #writtenType(type: string): string {
    const [, subtype = ""] = /^(?:application|audio|image|multipart|text|video)\/([a-z0-9.+-]+)$/.exec(type) ?? [];
    return this.#options.names.hasWords(subtype.replace(/[.+]/g, "-")) ? type : UNNAMED;
  }

  /** Whether a body will be looked at. Not if too many wait. */
  #later(size: number, look: () => void): boolean {
    if (this.#waitingSize + size > MAX_WAITING) return false;
    this.#waitingSize += size;
    if (this.#waiting.push(look) === 1) setTimeout(() => this.#lookAtBodies());
    return true;
  }

  #lookAtBodies(): void {
    this.#waitingSize = 0;
    for (const look of this.#waiting.splice(0)) {
      try {
        look();
      } catch {
        // A request body that is not JSON.
      }
    }
  }
}

/** Whether a body is what the library serializes to. Others, such as streams, can be read only once. */
const isReadable = (body: unknown, maxSize: number): body is string | ArrayBuffer =>
  (typeof body === "string" || body instanceof ArrayBuffer) && lengthOf(body) <= maxSize;

const lengthOf = (body: string | ArrayBuffer) => (typeof body === "string" ? body.length : body.byteLength);

function parseBody(tapped: TappedBody): { outcome: BodyOutcome; value?: unknown } {
  if (typeof tapped === "string") return { outcome: tapped };
  const { bytes, size } = tapped;
  if (size === 0) return { outcome: "empty" };
  try {
    return { outcome: "json", value: JSON.parse(new TextDecoder().decode(concatBytes(bytes, size))) };
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
