import { ConfigurationError } from "../errors.js";

/** What was observed of the APIs: shapes and counts, never values. Written and read as a JSON file. */
export interface Observations {
  format: "amili-observations";
  version: 1;
  environments: { [Name in ObservedEnvironmentName]?: ObservedEnvironment };
}

/** `other` is any base URL that the documentation does not state, such as a sandbox's. */
export type ObservedEnvironmentName = "production" | "staging" | "other";

export interface ObservedEnvironment {
  /** The first and the last day, `2026-11-21`. */
  from: string;
  to: string;
  /** By the API's name and the operationId: `debtCollection.listInvoices`. */
  operations: Record<string, ObservedOperation>;
  /** Requests that belong to no operation, by method and path, `GET /orgs/{}/invoices`: how often, by status. */
  unknownPaths: Record<string, Counts>;
}

/** How often, by name. The name `{}` stands for all names that are not written, since they may be personal data. */
export type Counts = Record<string, number>;

export interface ObservedOperation {
  requests: ObservedRequests;
  /** By status. */
  responses: Record<string, ObservedResponses>;
}

export interface ObservedRequests {
  count: number;
  /** Names of query parameters. */
  query: Counts;
  body?: ObservedBody;
}

export interface ObservedResponses {
  count: number;
  /** Names of headers, in lower case. */
  headers: Counts;
  /** Media types without their parameters. */
  contentTypes: Counts;
  /** What became of the bodies; their sum is at most `count`. */
  bodies: { [Outcome in BodyOutcome]?: number };
  /** How pages without a successor say so: what `nextPageToken` or `nextPage` is. */
  lastPage?: { [Form in LastPageForm]?: number };
  body?: ObservedBody;
}

/** `json` bodies were looked at; `skipped` ones were not, because of `sample` or of a limit. */
export type BodyOutcome = "json" | "empty" | "notJson" | "tooLarge" | "incomplete" | "skipped";

export type LastPageForm = "absent" | "null" | "empty";

export interface ObservedBody {
  /** The bodies that were looked at. */
  count: number;
  /**
   * By path: `data[].summary.total`; the body itself is `""`. `[]` stands for the items of a list, `{}` for all properties
   * whose names are not written, such as those of maps: `data.totals{}.amount`.
   */
  fields: Record<string, ObservedField>;
}

export interface ObservedField {
  /** How many objects (lists, maps) were looked at that the field could be in. */
  parents: number;
  /** How many of them had it, `null` included. Of `[]` and `{}`: how many items were looked at. */
  present: number;
  types: { [Type in JsonType]?: number };
  /** How many of the strings have a known format. */
  formats?: { [Format in StringFormat]?: number };
  /** The shortest and the longest list. */
  length?: [minimum: number, maximum: number];
  /** How often each value occurs, where the spec has a value list; `{}` are the values that do not look like a constant. */
  values?: Counts;
}

export type JsonType = "string" | "integer" | "number" | "boolean" | "object" | "array" | "null";

export type StringFormat = "date" | "date-time" | "uuid";

/** Where names, values and paths are left out. */
export const UNNAMED = "{}";

/** The most entries of each part of a file. What exceeds them is not recorded. */
export const LIMITS = {
  operations: 500,
  statuses: 500,
  unknownPaths: 500,
  names: 200,
  fields: 2_000,
  values: 100,
  /** Characters of a path. */
  path: 500,
  /** Characters of a file. */
  text: 50_000_000,
} as const;

/** How a part of a file is read and merged. */
interface Part<T> {
  /** @param at the place, for errors: names that were checked, so that it holds no values */
  parse(value: unknown, at: string): T;
  merge(a: T, b: T): T;
}

const count: Part<number> = {
  parse: (value, at) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0
      ? value
      : fail(at, "must be an integer of at least 0"),
  merge: (a, b) => Math.min(a + b, Number.MAX_SAFE_INTEGER),
};

const length: Part<[number, number]> = {
  parse(value, at) {
    if (!Array.isArray(value) || value.length !== 2) return fail(at, "must be a list of two integers");
    const [minimum, maximum] = [count.parse(value[0], at), count.parse(value[1], at)];
    return minimum <= maximum ? [minimum, maximum] : fail(at, "must begin with the smaller of its two integers");
  },
  merge: ([minA, maxA], [minB, maxB]) => [Math.min(minA, minB), Math.max(maxA, maxB)],
};

const literal = <T extends string | number>(expected: T): Part<T> => ({
  parse: (value, at) => (value === expected ? expected : fail(at, `must be ${JSON.stringify(expected)}`)),
  merge: () => expected,
});

const day = (choose: (a: string, b: string) => string): Part<string> => ({
  parse: (value, at) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : fail(at, "must be a date"),
  merge: choose,
});

/** An object with these properties and no others. */
function object<T extends object>(
  parts: { [Key in keyof T]-?: Part<NonNullable<T[Key]>> },
  { optional = false }: { optional?: boolean | (keyof T)[] } = {},
): Part<T> {
  const named = Object.entries<Part<unknown>>(parts);
  const isOptional = (key: string) => (Array.isArray(optional) ? (optional as string[]).includes(key) : optional);
  return {
    parse(value, at) {
      const properties = new Map(entriesOf(value, at));
      const parsed = named.flatMap(([key, part]) => {
        const given = properties.get(key);
        properties.delete(key);
        return given === undefined && isOptional(key) ? [] : [[key, part.parse(given, `${at}.${key}`)]];
      });
      if (properties.size > 0) fail(at, `has an unknown property; it may have ${Object.keys(parts).join(", ")}`);
      return Object.fromEntries(parsed) as T;
    },
    merge: (a, b) => mergeEntries(a, b, (key) => parts[key as keyof T] as Part<unknown>),
  };
}

/** An object whose properties have names of one form. */
function record<T>(part: Part<T>, names: RegExp, limit: number): Part<Record<string, T>> {
  return {
    parse(value, at) {
      const entries = entriesOf(value, at);
      if (entries.length > limit) fail(at, `has more than ${limit} properties`);
      return Object.fromEntries(
        entries.map(([name, item]) => {
          if (name.length > LIMITS.path || !names.test(name))
            fail(at, "has a property whose name is not allowed there");
          return [name, part.parse(item, `${at}["${name}"]`)];
        }),
      );
    },
    merge: (a, b) => mergeEntries(a, b, () => part, limit),
  };
}

function mergeEntries<T extends object>(a: T, b: T, partOf: (key: string) => Part<unknown>, limit?: number): T {
  const merged = new Map<string, unknown>(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    if (merged.has(key)) merged.set(key, partOf(key).merge(merged.get(key), value));
    else if (limit === undefined || merged.size < limit) merged.set(key, value);
  }
  return Object.fromEntries(merged) as T;
}

function entriesOf(value: unknown, at: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fail(at, "must be an object");
  return Object.entries(value);
}

function fail(at: string, expected: string): never {
  throw new ConfigurationError("invalid_argument", `The observation file is not valid: ${at} ${expected}.`);
}

const counts = (names: RegExp, limit: number = LIMITS.names) => record(count, names, limit);

const NAME = /^(\{\}|[\w$@-]+)$/;
const FIELD = /^([\w$@-]+|\[\]|\{\})?(\.[\w$@-]+|\[\]|\{\})*$/;

const bodyParts = object<ObservedBody>({
  count,
  fields: record(
    object<ObservedField>(
      {
        parents: count,
        present: count,
        types: object<ObservedField["types"]>(
          { string: count, integer: count, number: count, boolean: count, object: count, array: count, null: count },
          { optional: true },
        ),
        formats: object<NonNullable<ObservedField["formats"]>>(
          { date: count, "date-time": count, uuid: count },
          { optional: true },
        ),
        length,
        values: counts(/^\P{Cc}{1,100}$/u, LIMITS.values),
      },
      { optional: ["formats", "length", "values"] },
    ),
    FIELD,
    LIMITS.fields,
  ),
});

const body: Part<ObservedBody> = {
  parse: bodyParts.parse,
  merge: (a, b) => withParents(bodyParts.merge(a, b)),
};

/** A field that only one of two bodies has was looked for in the objects of both. */
function withParents({ count, fields }: ObservedBody): ObservedBody {
  const counted = Object.entries(fields).map(([path, field]): [string, ObservedField] => {
    const parents = path === "" ? count : parentsOf(fields[parentPath(path)], path);
    return [path, { ...field, parents: parents ?? field.parents }];
  });
  return { count, fields: Object.fromEntries(counted) };
}

const parentsOf = (parent: ObservedField | undefined, path: string) =>
  parent && (parent.types[path.endsWith("[]") ? "array" : "object"] ?? 0);

/** The path of the object, list or map that a field is in. */
const parentPath = (path: string) => path.replace(/(\[\]|\{\}|\.?[^.[\]{}]+)$/, "");

const responses = object<ObservedResponses>(
  {
    count,
    headers: counts(NAME),
    contentTypes: counts(/^(\{\}|[a-z]+\/[a-z0-9.+-]+)$/),
    bodies: object<ObservedResponses["bodies"]>(
      { json: count, empty: count, notJson: count, tooLarge: count, incomplete: count, skipped: count },
      { optional: true },
    ),
    lastPage: object<NonNullable<ObservedResponses["lastPage"]>>(
      { absent: count, null: count, empty: count },
      { optional: true },
    ),
    body,
  },
  { optional: ["lastPage", "body"] },
);

const STATUS = /^[1-5]\d\d$/;

const environment = object<ObservedEnvironment>({
  from: day((a, b) => (a < b ? a : b)),
  to: day((a, b) => (a > b ? a : b)),
  operations: record(
    object<ObservedOperation>({
      requests: object<ObservedRequests>({ count, query: counts(NAME), body }, { optional: ["body"] }),
      responses: record(responses, STATUS, LIMITS.statuses),
    }),
    /^\w+\.\w+$/,
    LIMITS.operations,
  ),
  unknownPaths: record(counts(STATUS, LIMITS.statuses), /^[A-Z]+ (\/(\{\}|[\w.-]+)?)+$/, LIMITS.unknownPaths),
});

const file = object<Observations>({
  format: literal("amili-observations"),
  version: literal(1),
  environments: object<Observations["environments"]>(
    { production: environment, staging: environment, other: environment },
    { optional: true },
  ),
});

/**
 * Reads the text of an observation file.
 *
 * @throws {ConfigurationError} when it is not one, or is larger than an observer writes
 */
export function parseObservations(text: string): Observations {
  if (text.length > LIMITS.text) fail("it", `has more than ${LIMITS.text} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the parser's message, which quotes the text.
    return fail("it", "must be JSON");
  }
  return file.parse(value, "it");
}

/** The sum of two observations: of several processes, or of several weeks. Neither of them changes. */
export const mergeObservations = (a: Observations, b: Observations): Observations => file.merge(a, b);
