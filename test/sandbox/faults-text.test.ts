import type { FaultRule } from "amili-client/sandbox";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRules } from "../../src/sandbox/faults/faults.js";
import { formatRule } from "../../src/sandbox/faults/text.js";

describe("the text of rules", () => {
  it.each<[string, FaultRule]>([
    [
      "createInvoices:close-after:p=0.1",
      { operation: "createInvoices", probability: 0.1, fault: { kind: "close-after" } },
    ],
    [
      "list*:status=503;retry-after=1:n=2",
      { operation: "list*", nth: 2, fault: { kind: "status", status: 503, retryAfter: "1" } },
    ],
    [
      "POST/*:delay=200:every=3",
      { operation: "*", method: "POST", nth: { every: 3 }, fault: { kind: "delay", ms: 200 } },
    ],
    ["*:close-before:n=1+4", { operation: "*", nth: [1, 4], fault: { kind: "close-before" } }],
    [
      "debtCollection.getBatch:content-type=text/plain",
      { operation: "debtCollection.getBatch", fault: { kind: "content-type", type: "text/plain" } },
    ],
    [
      "*:foreign-link=https://foreign.example",
      { operation: "*", fault: { kind: "foreign-link", host: "https://foreign.example" } },
    ],
    [
      "*:foreign-link=http://127.0.0.1%3A9999:n=1",
      { operation: "*", nth: 1, fault: { kind: "foreign-link", host: "http://127.0.0.1:9999" } },
    ],
    [
      "*:status=429;retry-after=Wed%2C 21 Oct 2026 07%3A28%3A00 GMT",
      { operation: "*", fault: { kind: "status", status: 429, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" } },
    ],
    [
      "*:content-type=text/plain%3B charset=x",
      { operation: "*", fault: { kind: "content-type", type: "text/plain; charset=x" } },
    ],
  ])("%s is parsed and formatted", (text, rule) => {
    expect(checkRules(text)).toEqual([rule]);
    expect(formatRule(rule)).toBe(text);
  });

  it("may have several rules or none", () => {
    expect(checkRules("*:close-before, *:close-after")).toHaveLength(2);
    expect(checkRules("")).toEqual([]);
  });

  it("parses to the rules that it was formatted from", () => {
    const value = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...":;,%=+/ a0") });
    const rules = fc.record(
      {
        operation: fc.constantFrom("*", "list*", "accountsReceivable.getBatch"),
        method: fc.constantFrom("GET", "POST"),
        nth: fc.oneof(
          fc.integer({ min: 1, max: 99 }),
          fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 }),
          fc.record({ every: fc.integer({ min: 1, max: 99 }) }),
        ),
        fault: fc.oneof(
          fc.record(
            { kind: fc.constant("status"), status: fc.integer({ min: 200, max: 599 }), retryAfter: value },
            { requiredKeys: ["kind", "status"] },
          ),
          fc.record({ kind: fc.constant("content-type"), type: value }),
          fc.record({ kind: fc.constant("foreign-link"), host: fc.webAuthority().map((host) => `https://${host}`) }),
          fc.record({ kind: fc.constant("stuck-batch"), ms: fc.nat(5000) }, { requiredKeys: ["kind"] }),
          fc.record({ kind: fc.constantFrom("cut-off", "empty-body", "token-ended") }),
        ),
      },
      { requiredKeys: ["operation", "fault"] },
    );
    fc.assert(
      fc.property(fc.array(rules, { minLength: 1, maxLength: 3 }), (given) => {
        const checked = checkRules(given);
        expect(checkRules(checked.map(formatRule).join())).toEqual(checked);
      }),
    );
  });
});

describe("invalid rules", () => {
  it.each<[unknown, string]>([
    ["createInvoices", 'fault "createInvoices" must have the form TARGET:KIND'],
    ["*:explode", 'fault "*:explode".fault.kind must be one of status, delay,'],
    ["*:__proto__", "must be one of status"],
    ["*:status", ".fault.status must be an integer from 200 to 599"],
    ["*:status=abc", ".fault.status must be an integer from 200 to 599"],
    ["*:status=503;after=1", ".fault.after must be omitted: status takes status, retryAfter"],
    ["*:close-after=1", ".fault.value must be omitted: close-after takes no parameters"],
    ["*:delay=-1", ".fault.ms must be an integer from 0 to 3600000"],
    ["*:delay=1:p=2", ".probability must be a number above 0 and at most 1"],
    ["*:delay=1:p=0", ".probability must be a number above 0 and at most 1"],
    ["*:delay=1:n=0", ".nth must be a count from 1"],
    ["*:delay=1:every=x", ".nth.every must be a count from 1"],
    ["*:delay=1:often", "ends with often; it may end with p=, n= or every="],
    ["*:delay=1:p=1:n=1", "must have the form"],
    [
      "*:foreign-link=http://127.0.0.1:99",
      "ends with 99; it may end with p=, n= or every=. In a value, write : as %3A",
    ],
    ["*:content-type=100%", "has an invalid percent-encoding"],
    ["*:foreign-link=ftp://foreign.example", ".fault.host must be a host, or an origin"],
    ["a b:close-after", ".operation must be an operationId"],
    [17, "faults must be a list of rules or their text"],
    [[17], "faults[0] must be a rule"],
    [[{ fault: { kind: "cut-off" } }, {}], "faults[1].fault must be a fault"],
    [[{ oops: 1, fault: { kind: "cut-off" } }], "faults[0].oops must be omitted: a rule has operation,"],
    [[{ probability: 1, nth: 1, fault: { kind: "cut-off" } }], "probability or nth, not both"],
    [[{ method: 1, fault: { kind: "cut-off" } }], "faults[0].method must be an HTTP method"],
    [[{ fault: { kind: "foreign-link", host: "" } }], "faults[0].fault.host must be a host"],
    [[{ fault: { kind: "content-type", type: "a\nb" } }], "faults[0].fault.type must be a string of printable"],
    [[{ nth: [], fault: { kind: "cut-off" } }], "faults[0].nth must be a count from 1"],
  ])("%j: the error names the place and what is expected", (rules, message) => {
    expect(() => checkRules(rules)).toThrow(message);
    expect(() => checkRules(rules)).toThrow(expect.objectContaining({ code: "invalid_option" }));
  });
});
