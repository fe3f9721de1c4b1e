import { ConfigurationError } from "amili-client";
import { matchers, type OperationName, type PayloadOptions, validatePayload } from "amili-client/contract";
import { describe, expect, it } from "vitest";
import { apiName, readSpecs } from "../../../scripts/specs.js";
import { ContractSpec } from "../../support/spec.js";

expect.extend(matchers);

const collection = new ContractSpec("debt-collection");
const batch = collection.success("getBatch").body as { summary: object; data: object };

describe("toMatchSpec", () => {
  it("accepts a stored response", () => {
    expect(batch).toMatchSpec("debtCollection.getBatch");
    expect({ ...batch, data: { ...batch.data, status: 1 } }).not.toMatchSpec("debtCollection.getBatch");
  });

  it("says what is wrong without values", () => {
    const message = () =>
      expect({ ...batch, data: { ...batch.data, status: 17 } }).toMatchSpec("debtCollection.getBatch");
    expect(message).toThrow(
      "The payload does not match the spec of debtCollection.getBatch:\n  data.status must be string, received number",
    );
    expect(message).not.toThrow("17");
  });

  it("fails with not where the payload matches", () => {
    expect(() => expect(batch).not.toMatchSpec("debtCollection.getBatch")).toThrow(/was not expected/);
  });

  it("counts the places", () => {
    const check = () => expect({ data: [{ batchId: 1 }, { batchId: 2 }] }).toMatchSpec("debtCollection.listAllBatches");
    expect(check).toThrow("data[].batchId must be string, received number (2 times)");
  });

  it("accepts a request, and a webhook", () => {
    const invoices = [
      { type: "NOTICE", invoiceNumber: "1", uniqueSourceInvoiceId: "1", originalInvoiceAmount: 1, currency: "NOK" },
    ];
    expect({ invoices }).toMatchSpec("debtCollection.createInvoices", { request: true });
    expect({ invoices: {} }).not.toMatchSpec("debtCollection.createInvoices", { request: true });
    expect({ id: 1 }).not.toMatchSpec("debtCollection.onBatchCompleted");
  });

  it("accepts any of several successes, or the one that is named", () => {
    expect({}).toMatchSpec("accountsReceivable.createReportsAction");
    expect("text").not.toMatchSpec("accountsReceivable.createReportsAction", { status: 201 });
    expect("anything").toMatchSpec("debtCollection.getBatch", { status: 404 });
  });

  it("with strict finds what the spec does not name", () => {
    const payload = { ...batch, data: { ...batch.data, colour: "red" } };
    expect(payload).toMatchSpec("debtCollection.getBatch");
    expect(payload).not.toMatchSpec("debtCollection.getBatch", { strict: true });
  });

  it.each([
    ["an operation that no spec has", "debtCollection.getBatches", {}, /no operation "debtCollection.getBatches"/],
    ["an operation without its API", "getBatch", {}, /no operation "getBatch"/],
    ["a request without a body", "debtCollection.getBatch", { request: true }, /no body of a request/],
    [
      "a status that the spec lacks",
      "debtCollection.getBatch",
      { status: 418 },
      /no body of a response with status 418/,
    ],
    ["an unknown option", "debtCollection.getBatch", { state: 200 }, /state was given/],
  ])("refuses %s", (_, operation, options, message) => {
    const check = () => validatePayload(operation as OperationName, {}, options as PayloadOptions);
    expect(check).toThrow(ConfigurationError);
    expect(check).toThrow(message);
  });

  it("has the operation names as a type", () => {
    // @ts-expect-error: a misspelt operation.
    expect(() => expect({}).toMatchSpec("debtCollection.getBacth")).toThrow(/no operation/);
  });
});

describe("every schema", () => {
  const operations = readSpecs().flatMap(({ name, spec }) => {
    const contract = new ContractSpec(name);
    return [
      ...contract.operations.map(({ operation }) => ({ contract, id: operation.operationId, api: apiName(name) })),
      ...Object.values(spec.webhooks ?? {}).map(({ post }) => ({
        contract: undefined,
        id: post.operationId,
        api: apiName(name),
      })),
    ];
  });

  it.each(operations)("compiles, open and strict: $api $id", ({ contract, id, api }) => {
    const name = `${api}.${id}` as OperationName;
    if (!contract) {
      expect(validatePayload(name, undefined, { strict: true })).toMatchObject([{ rule: "type", received: "nothing" }]);
      return;
    }
    const { status, body } = contract.success(id);
    if (body !== undefined) expect(validatePayload(name, body, { status })).toEqual([]);
    // The documentation tool writes "string" in the place of values.
    for (const example of contract.examples(id, String(status)))
      expect(validatePayload(name, example, { status, strict: true }).filter(({ rule }) => rule !== "enum")).toEqual(
        [],
      );
    for (const example of contract.bodyExamples(id))
      expect(validatePayload(name, example, { request: true, strict: true })).toEqual([]);
  });
});
