import { Amili, type AmiliOptions } from "amili-client";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContractSpec, type Sent } from "./spec.js";

export interface ContractCase {
  /** Calls the operation as a user would. */
  call: (amili: Amili) => Promise<unknown>;
  /** What the API answers. Default: the success that the page prints. */
  answer?: { status: number; body: unknown };
  /** What the call gives. Default: the answer's body. */
  gives?: unknown;
}

/**
 * For each operation: the request that the facade sends and the answer that it takes are both held against the spec. The
 * table has to name every operation that is in the facade's reach, and no other.
 */
export function describeContract(
  name: string,
  base: string,
  cases: Record<string, ContractCase>,
  options: AmiliOptions = {},
): void {
  const spec = new ContractSpec(name);
  const { origin } = new URL(base);

  describe(`${name}, facade against the spec`, () => {
    beforeEach(() => nock.disableNetConnect());
    afterEach(() => {
      nock.cleanAll();
      nock.enableNetConnect();
    });

    it.each(Object.entries(cases))("%s", async (operationId, { call, answer = spec.success(operationId), ...rest }) => {
      const sent: Sent[] = [];
      nock(origin)
        .intercept(/.*/, spec.get(operationId).method)
        .reply(function (uri, body) {
          sent.push({
            method: spec.get(operationId).method,
            url: new URL(uri, origin),
            headers: new Headers(this.req.headers as Record<string, string>),
            body: typeof body === "string" ? body : JSON.stringify(body),
          });
          return [
            answer.status,
            answer.body === undefined ? "" : JSON.stringify(answer.body),
            { "content-type": "application/json" },
          ];
        });

      const result = await call(new Amili({ accessToken: "token", allowInferred: true, ...options }));

      expect(sent).toHaveLength(1);
      expect(spec.requestFaults(operationId, base, sent[0] as Sent)).toEqual([]);
      expect(spec.answerFaults(operationId, answer.status, answer.body)).toEqual([]);
      expect(result).toEqual("gives" in rest ? rest.gives : answer.body);
    });
  });
}
