import fc from "fast-check";
import { expect, test } from "vitest";
import { ApiNames } from "../../../src/observe/api-names.js";
import { BodyShape } from "../../../src/observe/body-shape.js";
import {
  LIMITS,
  mergeObservations,
  type Observations,
  type ObservedBody,
  parseObservations,
} from "../../../src/observe/observations.js";

const count = fc.integer({ min: 0, max: 1_000_000 });
const optionally = <T>(values: Record<string, fc.Arbitrary<T>>) => fc.record(values, { requiredKeys: [] });
const counts = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), count, { noNullPrototype: true });
/** Bodies of an API: JSON whose objects have some of these names. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, 1, 1.5, "OPEN", "2026-01-31", "Ola Nordmann"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("data", "summary", "$type", "status", "Ola"), tie("value"), { maxKeys: 4 }),
  ),
})).value;
const names = new ApiNames();
const listed = (path: string) => (path.endsWith("status") ? ["OPEN"] : undefined);

function shapeOf(bodies: unknown[]): ObservedBody {
  const shape = new BodyShape({ names, fieldsLeft: 1_000 }, listed);
  for (const value of bodies) shape.add(value);
  return shape.toJSON();
}

const body = fc.array(json, { maxLength: 3 }).map(shapeOf);
const day = fc.constantFrom("2026-01-31", "2026-11-21", "2027-02-01");
const environment = fc.record({
  from: day,
  to: day,
  operations: fc.dictionary(
    fc.constantFrom("debtCollection.getBatch", "accountsReceivable.getBatch"),
    fc.record({
      requests: fc.record({ count, query: counts("PageSize", "{}"), body }, { requiredKeys: ["count", "query"] }),
      responses: fc.dictionary(
        fc.constantFrom("200", "404"),
        fc.record(
          {
            count,
            headers: counts("x-ratelimit-remaining", "{}"),
            contentTypes: counts("application/problem+json", "{}"),
            bodies: optionally({ json: count, empty: count, tooLarge: count }),
            lastPage: optionally({ absent: count, null: count }),
            body,
          },
          { requiredKeys: ["count", "headers", "contentTypes", "bodies"] },
        ),
        { noNullPrototype: true },
      ),
    }),
    { noNullPrototype: true },
  ),
  unknownPaths: fc.dictionary(fc.constantFrom("GET /orgs/{}/cases", "POST /"), counts("200", "404"), {
    noNullPrototype: true,
  }),
});
const observations = fc.record({
  format: fc.constant("amili-observations" as const),
  version: fc.constant(1 as const),
  environments: fc.record({ production: environment, other: environment }, { requiredKeys: [] }),
});

const empty: Observations = { format: "amili-observations", version: 1, environments: {} };

test("what was written is read", () => {
  fc.assert(
    fc.property(observations, (file) => {
      expect(parseObservations(JSON.stringify(file))).toEqual(file);
    }),
    { numRuns: 25 },
  );
});

test("merging does not depend on the order, and its result can be read", () => {
  fc.assert(
    fc.property(observations, observations, observations, (a, b, c) => {
      const before = structuredClone([a, b]);
      const merged = mergeObservations(mergeObservations(a, b), c);
      expect(merged).toEqual(mergeObservations(a, mergeObservations(c, b)));
      expect(parseObservations(JSON.stringify(merged))).toEqual(merged);
      expect(mergeObservations(a, empty)).toEqual(a);
      expect([a, b]).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test("merging what two processes observed gives what one would have observed", () => {
  const merge = (a: ObservedBody, b: ObservedBody) =>
    bodyOf(mergeObservations(withResponse({ body: a }), withResponse({ body: b })));
  fc.assert(
    fc.property(fc.array(json, { maxLength: 3 }), fc.array(json, { maxLength: 3 }), (a, b) => {
      expect(merge(shapeOf(a), shapeOf(b))).toEqual(shapeOf([...a, ...b]));
    }),
  );
});

const response = (fields: object = {}) => ({ count: 2, headers: {}, contentTypes: {}, bodies: { json: 2 }, ...fields });
const withResponse = (fields: object): Observations =>
  parseObservations(JSON.stringify(fileWith({ "debtCollection.getBatch": operation(response(fields)) })));
const bodyOf = ({ environments }: Observations) =>
  environments.staging?.operations["debtCollection.getBatch"]?.responses["200"]?.body;
const operation = (ok: unknown) => ({ requests: { count: 2, query: {} }, responses: { 200: ok } });
const fileWith = (operations: unknown, fields: object = {}) => ({
  ...empty,
  environments: { staging: { from: "2026-11-20", to: "2026-11-21", operations, unknownPaths: {}, ...fields } },
});

test("merging adds counts and widens ranges", () => {
  const items = { parents: 1, present: 2, types: { object: 2 } };
  const field = (fields: object) => ({ body: { count: 1, fields: { "data[]": items, "data[].status": fields } } });
  const a = withResponse(field({ parents: 2, present: 2, types: { string: 2 }, length: [2, 5], values: { OPEN: 2 } }));
  const b = withResponse(field({ parents: 2, present: 1, types: { null: 1 }, length: [0, 3], values: { PAUSED: 1 } }));
  expect(bodyOf(mergeObservations(a, b))).toEqual({
    count: 2,
    fields: {
      "data[]": { parents: 2, present: 4, types: { object: 4 } },
      "data[].status": {
        parents: 4,
        present: 3,
        types: { string: 2, null: 1 },
        length: [0, 5],
        values: { OPEN: 2, PAUSED: 1 },
      },
    },
  });
});

test("merging covers all days, and keeps to the limits", () => {
  const paths = (prefix: string, size: number) =>
    Object.fromEntries(Array.from({ length: size }, (_, i) => [`GET /${prefix}${i}`, { 404: 1 }]));
  const a = parseObservations(JSON.stringify(fileWith({}, { unknownPaths: paths("a", LIMITS.unknownPaths - 1) })));
  const b = parseObservations(
    JSON.stringify(fileWith({}, { from: "2026-10-01", to: "2026-10-02", unknownPaths: paths("b", 3) })),
  );
  const { staging } = mergeObservations(a, b).environments;
  expect(staging).toMatchObject({ from: "2026-10-01", to: "2026-11-21" });
  expect(Object.keys(staging?.unknownPaths ?? {})).toHaveLength(LIMITS.unknownPaths);
});

const SECRET = "Ola Nordmann 01017012345";
const many = Object.fromEntries(Array.from({ length: LIMITS.names + 1 }, (_, i) => [`x-${i}`, 1]));

test.each<[unknown, string]>([
  [SECRET, "must be an object"],
  [null, "must be an object"],
  [[empty], "must be an object"],
  [{ ...empty, format: SECRET }, 'it.format must be "amili-observations"'],
  [{ ...empty, version: 2 }, "it.version must be 1"],
  [{ ...empty, [SECRET]: 1 }, "has an unknown property; it may have format, version, environments"],
  [{ ...empty, environments: { [SECRET]: {} } }, "it.environments has an unknown property"],
  [fileWith({}, { from: SECRET }), "it.environments.staging.from must be a date"],
  [fileWith({}, { unknownPaths: { [`GET /${SECRET}`]: {} } }), "name is not allowed there"],
  [fileWith({ getBatch: operation(response()) }), "name is not allowed there"],
  [fileWith(JSON.parse('{"__proto__":{}}')), "name is not allowed there"],
  [fileWith({ "a.b": { requests: { count: 1, query: {} }, responses: { [SECRET]: {} } } }), "not allowed there"],
  [fileWith({ "a.b": operation({}) }), '["a.b"].responses["200"].count must be an integer'],
  [fileWith({ "a.b": operation(response({ count: -1 })) }), "count must be an integer of at least 0"],
  [fileWith({ "a.b": operation(response({ count: 0.5 })) }), "count must be an integer of at least 0"],
  [fileWith({ "a.b": operation(response({ headers: { [SECRET]: 1 } })) }), "headers has a property whose name"],
  [fileWith({ "a.b": operation(response({ headers: many })) }), "headers has more than 200 properties"],
  [fileWith({ "a.b": operation(response({ headers: { ["x".repeat(501)]: 1 } })) }), "name is not allowed"],
  [fileWith({ "a.b": operation(response({ contentTypes: { [SECRET]: 1 } })) }), "contentTypes has a property"],
  [fileWith({ "a.b": operation(response({ lastPage: { never: 1 } })) }), "it may have absent, null, empty"],
  ...[
    [{ [SECRET]: {} }, "name is not allowed there"],
    [{ x: { present: 1, types: {} } }, '["x"].parents must be an integer'],
    [{ x: { parents: 1, present: 1, types: { text: 1 } } }, "types has an unknown property"],
    [{ x: { parents: 1, present: 1, types: {}, length: [3] } }, "length must be a list of two integers"],
    [{ x: { parents: 1, present: 1, types: {}, length: [3, 2] } }, "length must begin with the smaller"],
    [{ x: { parents: 1, present: 1, types: {}, values: { "a\n": 1 } } }, "values has a property whose name"],
  ].map(([fields, problem]): [unknown, string] => [
    fileWith({ "a.b": operation(response({ body: { count: 1, fields } })) }),
    problem as string,
  ]),
])("a file that is not valid is refused without its values: %#", (file, problem) => {
  const read = () => parseObservations(JSON.stringify(file));
  expect(read).toThrow(problem);
  expect(read).not.toThrow(SECRET);
});

test("text that is not JSON is refused without quoting it, and so is text that is too long", () => {
  expect(() => parseObservations(SECRET)).toThrow("The observation file is not valid: it must be JSON.");
  expect(() => parseObservations(" ".repeat(LIMITS.text + 1))).toThrow("it has more than 50000000 characters");
});
