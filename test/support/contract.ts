import { Amili, type AmiliOptions } from "amili-client";
import fc from "fast-check";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callMethod, methodsOfSpec, type RequestValues } from "./call-method.js";
import { ContractSpec, type Sent } from "./spec.js";

interface Answer {
  status: number;
  body: unknown;
}

/**
 * For each operation: the request that the client sends and the response that it returns are validated against the spec, with the
 * examples of the operation's page and with values made from the schemas.
 */
export function describeContract(name: string, base: string, options: AmiliOptions): void {
  const spec = new ContractSpec(name);
  const methods = methodsOfSpec(name);
  const amili = new Amili({ allowInferred: true, ...options });

  async function exchange(operationId: string, request: RequestValues, answer: Answer) {
    const sent: Sent[] = [];
    const { method } = spec.get(operationId);
    const body = answer.body === undefined ? "" : JSON.stringify(answer.body);
    nock(new URL(base).origin)
      .intercept(/.*/, method)
      .reply(function (uri, sentBody) {
        sent.push({
          method,
          url: new URL(uri, base),
          headers: new Headers(this.req.headers as Record<string, string>),
          body: typeof sentBody === "string" ? sentBody : JSON.stringify(sentBody),
        });
        return [answer.status, body, { "content-type": "application/json" }];
      });
    const model = methods.get(operationId);
    const call = model && callMethod(amili, model, request);
    // The specs require no list, since the documentation does not say that it is always there.
    const items = model?.list && (answer.body as Record<string, unknown> | undefined)?.[model.list.items];
    if (model?.list && !Array.isArray(items)) await expect(call).rejects.toMatchObject({ code: "missing_list" });
    else expect(await call).toEqual(body === "" ? undefined : JSON.parse(body));

    expect(sent).toHaveLength(1);
    expect(spec.requestFaults(operationId, base, sent[0] as Sent)).toEqual([]);
    expect(spec.answerFaults(operationId, answer.status, answer.body)).toEqual([]);
    return sent[0] as Sent;
  }

  describe(`${name}: methods conform to the spec`, () => {
    beforeEach(() => nock.disableNetConnect());
    afterEach(() => {
      nock.cleanAll();
      nock.enableNetConnect();
    });

    it("in every operation", () => {
      expect([...methods.keys()].toSorted()).toEqual(
        spec.operations.map(({ operation }) => operation.operationId).toSorted(),
      );
    });

    describe.each([...methods.keys()])("%s", (operationId) => {
      it("with the page's examples", async () => {
        const generated = spec.generateRequest(operationId, 1);
        const request = { ...generated, body: spec.bodyExamples(operationId)[0] ?? generated.body };
        const { body } = await exchange(operationId, request, spec.success(operationId));
        if (request.body !== undefined && !spec.isForm(operationId)) expect(JSON.parse(body)).toEqual(request.body);
      });

      it("with any values", async () => {
        await fc.assert(
          fc.asyncProperty(fc.nat(), async (seed) => {
            await exchange(
              operationId,
              spec.generateRequest(operationId, seed),
              spec.generateSuccess(operationId, seed),
            );
            nock.cleanAll();
          }),
          { numRuns: 15 },
        );
      });
    });
  });
}
