import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { compareObserved } from "../../../../scripts/docs/compare/compare-observed.js";
import type { Difference } from "../../../../scripts/docs/compare/difference.js";
import { exitCode, type ReportEntry } from "../../../../scripts/docs/report/entry.js";
import { changeText } from "../../../../scripts/docs/report/text-report.js";
import type { Observations, ObservedResponses } from "../../../../src/observe/observations.js";
import { ContractSpec } from "../../../support/spec.js";
import { apidogPage, operationOf, printPage } from "./support/apidog-page.js";
import {
  emptyResponses,
  observationsOf,
  observedOperation,
  responsesWith,
  writeObservations,
} from "./support/observation.js";
import { specs } from "./support/specs.js";
import { type SpecSelection, workspace } from "./support/temp.js";

const COLLECTION: SpecSelection = [
  "debt-collection",
  "getBatch",
  "getBatchLegacy",
  "listBatches",
  "resumeInvoice",
  "pauseInvoice",
];
const RECEIVABLE: SpecSelection = ["accounts-receivable", "getArItem", "listClientConfigs", "getClientConfig"];
const BATCH = "debtCollection.getBatch";

interface Batch {
  summary: object;
  data: Record<string, unknown>;
}

const batch = new ContractSpec("debt-collection").success("getBatch").body as Batch;
const batchWith = (fields: object): Batch => ({ ...batch, data: { ...batch.data, ...fields } });
const without = (field: string): Batch => ({
  ...batch,
  data: Object.fromEntries(Object.entries(batch.data).filter(([name]) => name !== field)),
});

/** Checks observations, applies them, and checks them again. */
async function amend(observations: Observations, ...selections: SpecSelection[]) {
  const { root, options: folders, read, original } = workspace(...(selections.length > 0 ? selections : [COLLECTION]));
  const options = { ...folders, observations: [writeObservations(root, observations)] };
  const before = await checkSources([], options);
  const { applied, manual, unreadable, patch } = await applySources([], options);
  const after = await checkSources([], options);
  return { before, applied, manual, unreadable, patch, after, root, read, original, options };
}

const lines = (entries: ReportEntry[]) =>
  entries.flatMap(({ differences }) => differences.map((found) => `${found.kind} ${found.what}${changeText(found)}`));

/** What pages and observations state in addition: `[applied, left to the user]`. */
async function outcome(responses: Record<string, ObservedResponses>, key = BATCH, ...selections: SpecSelection[]) {
  const { before, applied, manual, after } = await amend(observationsOf({ [key]: responses }), ...selections);
  const own = (told: string[]) =>
    told.map((line) => line.replace(/^\S+ \S+: /, "")).filter((line) => !line.startsWith("confirmed"));
  expect(own([...applied, ...manual]).toSorted()).toEqual(lines(before.entries).toSorted());
  expect(lines(after.entries)).toEqual(own(manual));
  return [own(applied), own(manual)];
}

describe("responses that the spec describes", () => {
  const operations = specs.operations.map((operation) => ({
    operation,
    id: operation.node.operationId,
    file: operation.file.name,
  }));

  it.each(operations)("differ in nothing: $file $id", ({ operation, id, file }) => {
    const contract = new ContractSpec(file);
    const { status } = contract.success(id);
    const bodies = [0, 1, 2, 3, 4, 5].map((seed) => contract.generateSuccess(id, seed).body);
    const responses = bodies[0] === undefined ? emptyResponses(6) : responsesWith(bodies);
    const observed = { environment: "staging", date: "2026-11-21", responses: 6 };
    const shapes = observedOperation({ [status]: responses });
    const { differences } = compareObserved(operation, { name: "test", observed, shapes });
    // Schemas are open: the generated bodies have fields of any name. A placeholder is no status.
    const isExpected = ({ kind }: Difference) =>
      kind === "field added" || kind === "body added" || (kind === "status added" && operation.responses.has("2XX"));
    expect(differences.filter((difference) => !isExpected(difference))).toEqual([]);
  });
});

describe("a difference", () => {
  it.each<[string, Record<string, ObservedResponses>, string[]]>([
    [
      "a new field, with all within it",
      { 200: responsesWith([batchWith({ retries: { at: "2026-11-21T10:00:00Z", counts: [1] } }), batch]) },
      ["field added 200 data.retries (object, seen in 1 of 2 responses)"],
    ],
    [
      "null",
      { 200: responsesWith([batchWith({ finishedAt: null }), batch]) },
      ["nullable 200 data.finishedAt: string (date-time) → null in 1 of 2 values"],
    ],
    ["a status", { 200: responsesWith([batch]), 429: emptyResponses(3) }, ["status added 429 (3 of 4 responses)"]],
    [
      "the body of an error",
      { 404: responsesWith([{ title: "Not found", errors: [{ code: 7 }] }]) },
      ["body added 404: undocumented → object in 1 of 1 responses"],
    ],
    [
      "headers of the API, and not those of its infrastructure",
      { 200: responsesWith([batch], { headers: { "x-ratelimit-remaining": 1, "cf-ray": 1, server: 1 } }) },
      ["header added 200 x-ratelimit-remaining (in 1 of 1 responses)"],
    ],
    [
      "a header of a status that operations share",
      { 404: { ...emptyResponses(2), headers: { "retry-after": 2 } } },
      ["header added 404 retry-after (in 2 of 2 responses)"],
    ],
  ])("that only adds is applied: %s", async (_, responses, expected) => {
    expect(await outcome(responses)).toEqual([expected, []]);
  });

  it("that only adds is applied: a value of an open list", async () => {
    const responses = responsesWith([batch, batch]);
    Object.assign(responses.body?.fields["data.status"] ?? {}, { values: { SUCCESS: 1, CANCELLED: 1 } });
    const [applied] = await outcome({ 200: responses });
    expect(applied).toEqual([
      "enum added 200 data.status: QUEUED, SUCCESS, PARTIAL, FAILED → CANCELLED in 1 of 2 strings",
    ]);
  });

  it.each<[string, Record<string, ObservedResponses>, string[]]>([
    [
      "another type",
      { 200: responsesWith([batchWith({ type: 1 }), batch]) },
      ["field type 200 data.type: string → integer in 1 of 2 values"],
    ],
    [
      "another format",
      { 200: responsesWith([batchWith({ createdAt: "yesterday" }), batch]) },
      ["field type 200 data.createdAt (date-time): string (date-time) → date-time in 1 of 2 strings"],
    ],
    [
      "a required field that is missing",
      { 200: responsesWith([without("type"), batch]) },
      ["field required 200 data.type: required → seen in 1 of 2 responses"],
    ],
    [
      "a required field that was never seen",
      { 200: responsesWith([without("type"), without("type")]) },
      ["field required 200 data.type: required → seen in 0 of 2 responses"],
    ],
    [
      "another media type",
      { 200: responsesWith([batch, batch], { contentTypes: { "application/json": 1, "text/json": 1 } }) },
      ["media type added 200: application/json → text/json in 1 of 2 responses"],
    ],
    [
      "no body",
      { 200: responsesWith([batch], { count: 2, bodies: { json: 1, empty: 1 } }) },
      ["body removed 200: application/json → empty in 1 of 2 responses"],
    ],
  ])("that contradicts the spec is left to the user: %s", async (_, responses, expected) => {
    expect(await outcome(responses)).toEqual([[], expected]);
  });

  it("of names that were not recorded is left to the user", async () => {
    const responses = responsesWith([batch]);
    Object.assign(responses.body?.fields ?? {}, { "data{}": { parents: 1, present: 3, types: { string: 3 } } });
    expect(await outcome({ 200: responses })).toEqual([[], ["field added 200 data.{*} (string, 3 observed)"]]);
  });

  it("with a stated reason is known and does not count", async () => {
    const { root, options: folders } = workspace(COLLECTION);
    const path = join(folders.specs, "debt-collection.yaml");
    const text = specs.files.find(({ name }) => name === "debt-collection")?.text ?? "";
    const place = "      operationId: getBatch\n";
    writeFileSync(path, text.replace(place, `${place}      x-known-difference: { status added: From the gateway. }\n`));
    const file = writeObservations(
      root,
      observationsOf({ [BATCH]: { 200: responsesWith([batch]), 429: emptyResponses(1) } }),
    );
    const { entries } = await checkSources([], { ...folders, observations: [file] });
    expect(entries).toMatchObject([{ status: "same", known: [{ kind: "status added", why: "From the gateway." }] }]);
  });

  it("is never that something was not seen", async () => {
    expect(await outcome({ 200: responsesWith([{ summary: { status: "SUCCESS" }, data: batch.data }]) })).toEqual([
      [],
      [],
    ]);
  });
});

describe("what is written", () => {
  it("is marked, typed by the samples and never required", async () => {
    const retries = [1, 2].map((day) =>
      batchWith({ retries: { at: `2026-11-0${day}T10:00:00Z`, tags: ["a", null], cost: day / 2 } }),
    );
    const { read } = await amend(observationsOf({ [BATCH]: { 200: responsesWith(retries) } }));
    expect(read("debt-collection")).toContain(`
        retries:
          type: object
          additionalProperties: true
          properties:
            at: { type: string, format: date-time }
            tags: { type: array, items: { type: [string, "null"] } }
            cost: { type: number }
          x-inferred: From responses; no page has it.
`);
  });

  it("makes a map of an object whose names were not recorded", async () => {
    const responses = responsesWith([batchWith({ totals: { NOK: 1 } })]);
    const { "data.totals.NOK": total, ...fields } = responses.body?.fields ?? {};
    const body = { count: 1, fields: { ...fields, "data.totals{}": total ?? { parents: 0, present: 0, types: {} } } };
    const { read } = await amend(observationsOf({ [BATCH]: { 200: { ...responses, body } } }));
    expect(read("debt-collection")).toMatch(/totals:\n +type: object\n +additionalProperties: \{ type: integer \}/);
  });

  it("is a field of that variant which has fields", async () => {
    const shown = responsesWith([
      { summary: { status: "SUCCESS" }, data: [{ status: { statuscode: 200, progress: 0.5 } }] },
    ]);
    const { read, manual } = await amend(observationsOf({ "debtCollection.listAllBatches": { 200: shown } }), [
      "debt-collection",
      "listAllBatches",
    ]);
    expect(manual).toEqual([]);
    expect(read("debt-collection")).toMatch(/\n {4}BatchStatus2025:(\n {6}.*)+ progress: \{ type: number,/);
  });

  it("is the body of one operation where others share the response", async () => {
    const { read, original } = await amend(observationsOf({ [BATCH]: { 404: responsesWith([{ title: "x" }]) } }));
    const shared = (text: string) => text.slice(text.indexOf("\n  responses:\n"));
    expect(shared(read("debt-collection"))).toBe(shared(original("debt-collection")));
    expect(read("debt-collection")).toMatch(/"404":\n +description: Not Found\.\n +content:\n +application\/json:/);
  });

  it("leaves what may be sent as it is: null in a response says nothing about requests", async () => {
    const key = "accountsReceivable.getArItem";
    const contract = new ContractSpec("accounts-receivable");
    const item = contract.success("getArItem").body as object;
    const [applied, manual] = await outcome(
      { 200: responsesWith([{ ...item, currency: null }]) },
      key,
      "accounts-receivable",
    );
    expect([applied, manual].flat()).toEqual([expect.stringMatching(/^nullable 200 currency/)]);
  });

  it("says which environment was observed, when, and how many responses", async () => {
    const { read } = await amend(observationsOf({ [BATCH]: { 200: responsesWith([batch]), 404: emptyResponses(2) } }));
    expect(read("debt-collection")).toMatch(
      /x-observed: \{ environment: staging, date: "?2026-11-21"?, responses: 3 \}/,
    );
  });

  it("prefers production, later and more responses", async () => {
    const { root, options: folders, read } = workspace(COLLECTION);
    const observe = async (environment: "production" | "staging", to: string, count: number) => {
      const responses = { 200: responsesWith(Array.from({ length: count }, () => batch)) };
      const file = writeObservations(root, observationsOf({ [BATCH]: responses }, environment, to));
      await applySources([], { ...folders, observations: [file] });
      return /x-observed: \{ environment: (\w+), date: "?([\d-]+)"?, responses: (\d+) \}/
        .exec(read("debt-collection"))
        ?.slice(1)
        .join(" ");
    };
    expect(await observe("staging", "2026-11-02", 2)).toBe("staging 2026-11-02 2");
    expect(await observe("staging", "2026-11-01", 9)).toBe("staging 2026-11-02 2");
    expect(await observe("staging", "2026-11-02", 3)).toBe("staging 2026-11-02 3");
    expect(await observe("production", "2026-10-01", 1)).toBe("production 2026-10-01 1");
    expect(await observe("staging", "2026-12-01", 9)).toBe("production 2026-10-01 1");
  });

  it("is nothing for an operation that only failed", async () => {
    const { read, original, before } = await amend(observationsOf({ [BATCH]: { 404: emptyResponses(2) } }));
    expect(read("debt-collection")).toBe(original("debt-collection"));
    expect(exitCode(before.entries)).toBe(0);
  });
});

describe("an inferred operation", () => {
  const CONFIGS = "accountsReceivable.listClientConfigs";

  it("that answered is observed, and its success replaces the placeholder", async () => {
    const responses = { 200: responsesWith([{ clientConfigs: [{ key: "a" }] }]) };
    const { read, original, applied, after } = await amend(observationsOf({ [CONFIGS]: responses }), RECEIVABLE);
    expect(applied).toEqual([
      "accounts-receivable listClientConfigs: status added 200 (1 of 1 responses)",
      "accounts-receivable listClientConfigs: confirmed evidence (was inferred)",
      "accounts-receivable listClientConfigs: confirmed responses in staging: 1, last on 2026-11-21",
    ]);
    const operation = (text: string) =>
      text.slice(text.indexOf("operationId: listClientConfigs")).split(/\n {2}\//)[0] ?? "";
    expect(operation(read("accounts-receivable"))).toContain("x-evidence: observed");
    expect(operation(read("accounts-receivable"))).not.toMatch(/2XX|x-inferred: "The path/);
    expect(operation(read("accounts-receivable"))).toMatch(/clientConfigs:\n/);
    // The placeholder is shared with others.
    const shared = (text: string) => text.slice(text.indexOf("UnseenSuccess:"));
    expect(shared(read("accounts-receivable"))).toBe(shared(original("accounts-receivable")));
    expect(after.entries).toMatchObject([{ status: "same", confirms: [] }]);
  });

  it.each([
    [
      "was not found",
      { 404: emptyResponses(2) },
      ["path the inferred path may be wrong: /clients/{clientno}/clientconfigs → 404 in 2 of 2 responses"],
    ],
    [
      "has a page for browsers",
      { 200: { ...emptyResponses(2), contentTypes: { "text/html": 2 }, bodies: { notJson: 2 } } },
      [
        "path the inferred path may be wrong: /clients/{clientno}/clientconfigs → 200 with text/html in 2 of 2 responses",
      ],
    ],
    [
      "refuses the method",
      { 405: emptyResponses(2) },
      ["path the inferred path may be wrong: /clients/{clientno}/clientconfigs → 405 in 2 of 2 responses"],
    ],
    ["was refused", { 403: emptyResponses(2) }, []],
  ])("that %s stays inferred", async (_, responses, expected) => {
    const { manual, read } = await amend(observationsOf({ [CONFIGS]: responses }), RECEIVABLE);
    expect(manual.map((line) => line.replace(/^\S+ \S+: /, ""))).toEqual(expected);
    expect(read("accounts-receivable")).toMatch(/operationId: listClientConfigs[\s\S]*?x-evidence: inferred/);
  });

  it("keeps a documented placeholder's body under the status that was observed", async () => {
    const responses = { 202: emptyResponses(1) };
    const { read } = await amend(observationsOf({ "debtCollection.pauseInvoice": responses }));
    expect(read("debt-collection")).toMatch(/operationId: pauseInvoice[\s\S]*?responses:\n +"202":/);
  });
});

describe("a page that lacks what responses show", () => {
  it("does not remove it", async () => {
    const { root, options: folders, pages, put } = workspace(COLLECTION);
    const draft = apidogPage("debt-collection", "getBatch");
    put(`${draft.slug}.md`, printPage(draft));
    const shown = batchWith({ retries: { at: "x", more: { deep: 1 } }, finishedAt: null });
    const responses = {
      200: responsesWith([shown], { headers: { "x-ratelimit-remaining": 1 } }),
      404: responsesWith([{ title: "x" }]),
      429: emptyResponses(1),
    };
    const options = { ...folders, observations: [writeObservations(root, observationsOf({ [BATCH]: responses }))] };
    const before = await checkSources([pages], folders);
    await applySources([], options);
    const after = await checkSources([pages], options);
    expect(lines(after.entries)).toEqual(lines(before.entries));
  });

  it("and observations of its operation are applied one after the other", async () => {
    const { root, options: folders, pages, put } = workspace(COLLECTION);
    const draft = apidogPage("debt-collection", "getBatch");
    operationOf(draft).deprecated = true;
    put(`${draft.slug}.md`, printPage(draft));
    const file = writeObservations(
      root,
      observationsOf({ [BATCH]: { 200: responsesWith([batchWith({ retries: 1 })]) } }),
    );
    const options = { ...folders, observations: [file] };
    const first = await applySources([pages], options);
    const left = first.manual.filter((line) => line.includes("run again"));
    const second = await applySources([pages], options);
    expect(left.length > 0 ? second.applied : first.applied).toContainEqual(expect.stringContaining("data.retries"));
  });
});

describe("files", () => {
  it("are merged, over environments too", async () => {
    const { root, options: folders } = workspace(COLLECTION);
    const observe = (environment: "production" | "staging", name: string, body: object) =>
      writeObservations(root, observationsOf({ [BATCH]: { 200: responsesWith([body]) } }, environment), name);
    const observations = [
      observe("staging", "a.json", batchWith({ finishedAt: null })),
      observe("production", "b.json", batch),
      observe("staging", "c.json", batchWith({ retries: 1 })),
    ];
    const { entries } = await checkSources([], { ...folders, observations });
    expect(entries.map(({ page }) => page)).toEqual(["a.json + b.json + c.json (production, staging)"]);
    expect(lines(entries)).toEqual([
      "nullable 200 data.finishedAt: string (date-time) → null in 1 of 3 values",
      "field added 200 data.retries (integer, seen in 1 of 3 responses)",
    ]);
    expect(entries[0]?.confirms).toEqual(["responses in production: 1, last on 2026-11-21"]);
  });

  it("of other servers are not compared unless they are asked for", async () => {
    const { root, options: folders } = workspace(COLLECTION);
    const observations = [
      writeObservations(
        root,
        observationsOf({ [BATCH]: { 200: responsesWith([batchWith({ retries: 1 })]) } }, "other"),
      ),
    ];
    const { entries } = await checkSources([], { ...folders, observations });
    expect(entries).toMatchObject([{ status: "other", reason: "not compared without --environments other" }]);
    const asked = await checkSources([], { ...folders, observations, environments: ["other"] });
    expect(lines(asked.entries)).toHaveLength(1);
  });

  it("that cannot be read are reported, and the others are read", async () => {
    const { root, options: folders } = workspace(COLLECTION);
    const broken = join(root, "broken.json");
    writeFileSync(broken, "{");
    const good = writeObservations(root, observationsOf({ [BATCH]: { 200: responsesWith([batch]) } }));
    const { entries } = await checkSources([], { ...folders, observations: [broken, join(root, "none.json"), good] });
    expect(entries.map(({ status }) => status)).toEqual(["unreadable", "unreadable", "same"]);
    expect(exitCode(entries)).toBe(2);
  });

  it("with operations and paths of no spec are reported", async () => {
    const { root, options: folders } = workspace(COLLECTION);
    const file = observationsOf({ "debtCollection.getRefund": { 200: responsesWith([{}]) } });
    if (file.environments.staging)
      file.environments.staging.unknownPaths = { "GET /orgs/{}/refunds": { 200: 2, 404: 1 } };
    const { entries } = await checkSources([], { ...folders, observations: [writeObservations(root, file)] });
    expect(entries).toMatchObject([
      { status: "other", page: "debtCollection.getRefund", reason: "not in the specs" },
      { status: "other", page: "GET /orgs/{}/refunds", reason: "in no spec; responses: 2 × 200, 1 × 404" },
    ]);
  });

  it("say how lists end, for a reader", async () => {
    const responses = responsesWith([{ summary: { status: "x" }, data: [] }], { lastPage: { null: 3, absent: 1 } });
    const { before } = await amend(observationsOf({ "debtCollection.listBatches": { 200: responses } }));
    expect(before.entries[0]?.answers).toMatchObject([
      { page: "the link to the next page is absent in 1, null in 3", counts: false },
    ]);
  });
});

it("what operations that share a schema show is joined", async () => {
  const [own, legacy] = [{ retries: {} }, { retries: { cost: 1 } }].map((fields) => ({
    200: responsesWith([batchWith(fields)]),
  }));
  const observed = observationsOf({ "debtCollection.getBatchLegacy": legacy ?? {}, [BATCH]: own ?? {} });
  const { manual, after, read } = await amend(observed);
  expect([...manual, ...lines(after.entries)]).toEqual([]);
  expect(read("debt-collection")).toMatch(/retries:\n.*\n.*\n +properties:\n +cost: \{ type: integer \}/);
});

it("what only responses show is widened by further ones, and by those of a later file", async () => {
  const shown = (...fields: object[]) => ({ 200: responsesWith(fields.map(batchWith)) });
  const whole = shown({ fee: { paid: 1, at: "2026-11-21" } }, { fee: { paid: 2, at: "2026-11-21" } });
  const fractions = shown({ fee: { paid: 1.5, at: "2026-11-21T10:00:00Z" } });
  const first = await amend(observationsOf({ "debtCollection.getBatchLegacy": fractions, [BATCH]: whole }));
  expect(first.manual).toEqual([]);
  expect(first.read("debt-collection")).toMatch(/paid: \{ type: number \}\n +at: \{ type: string \}/);
  const file = writeObservations(
    first.root,
    observationsOf({ [BATCH]: shown({ fee: { paid: "1", at: null } }) }),
    "later.json",
  );
  expect((await applySources([], { ...first.options, observations: [file] })).manual).toEqual([]);
  expect(first.read("debt-collection")).toMatch(
    /paid: \{ type: \[number, string\] \}\n +at: \{ type: \[string, "null"\] \}/,
  );
});

describe("after any observations", () => {
  const leaf = fc.constantFrom<unknown>(null, 1, 1.5, "x", "2026-11-21", "2026-11-21T10:00:00Z", true);
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("value"), { maxLength: 2 }), tie("object")),
    object: fc.dictionary(
      fc.constantFrom("data", "summary", "status", "createdAt", "retries", "failed", "succeeded", "total", "errors"),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  }));
  const changed = fc.oneof(
    json.object.map((fields) => batchWith(fields as object)),
    json.value,
  );
  const headers = fc.subarray(["x-ratelimit-remaining", "retry-after"]);
  const responses = fc
    .tuple(fc.array(changed, { minLength: 1, maxLength: 3 }), headers)
    .map(([bodies, names]) => responsesWith(bodies, { headers: Object.fromEntries(names.map((name) => [name, 1])) }));
  const statuses = fc.dictionary(
    fc.constantFrom("200", "202", "404", "429"),
    fc.oneof(responses, fc.integer({ min: 1, max: 3 }).map(emptyResponses)),
    { minKeys: 1, noNullPrototype: true },
  );
  const operations = fc.dictionary(
    fc.constantFrom(
      BATCH,
      "debtCollection.listBatches",
      "debtCollection.getBatchLegacy",
      "debtCollection.pauseInvoice",
    ),
    statuses,
    { minKeys: 1, noNullPrototype: true },
  );

  it("a second check finds only what was left to the user, and a second apply changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (observed) => {
        const { after, manual, options } = await amend(observationsOf(observed));
        const left = after.entries.flatMap(({ operation, differences }) =>
          differences.map(
            (found) =>
              `${operation}: ${found.kind}${found.kind === found.what ? "" : ` ${found.what}`}${changeText(found)}`,
          ),
        );
        expect(left).toEqual(manual);
        expect(after.entries.flatMap(({ confirms }) => confirms)).toEqual([]);
        expect((await applySources([], options)).patch).toBe("");
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
