import { ConfigurationError } from "../../errors.js";
import { fractionOf } from "../data/random.js";
import type { Tokens } from "../identity/tokens.js";
import type { ReceivedRequest, Responder } from "../server/responder.js";
import type { OperationInfo } from "../specs/operation-info.js";
import { FAULT_KINDS, type Fault } from "./kinds.js";
import { checkRule, type FaultRule } from "./rule.js";
import { targetsOf } from "./targets.js";
import { formatRule, parseRules } from "./text.js";

/** Rules as a list or as text, such as `"createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2"`. */
export type FaultRules = FaultRule[] | string;

/** A rule in force, and how often it was used. */
export interface FaultInForce {
  rule: FaultRule;
  /** The rule as text. */
  text: string;
  /** How many requests the rule matched. */
  calls: number;
  /** How many of them got the fault. */
  hits: number;
}

interface ActiveRule extends FaultInForce {
  /** The operations that the rule matches, with how many requests for each there were. */
  targets: Map<OperationInfo, number>;
  /** Its place among the rules, which distinguishes its random choices from those of other rules. */
  index: number;
}

/** Checks the form of rules. Throws a `ConfigurationError` that names the place. */
export function checkRules(rules: unknown): FaultRule[] {
  if (typeof rules === "string") return rules.trim() === "" ? [] : parseRules(rules);
  if (Array.isArray(rules)) return rules.map((rule, index) => checkRule(rule, `faults[${index}]`));
  throw new ConfigurationError("invalid_option", "faults must be a list of rules or their text.");
}

/** The faults that a sandbox injects. They can be changed while it runs. */
export class Faults {
  readonly #seed: number;
  readonly #tokens: Tokens;
  readonly #operations: readonly OperationInfo[];
  #active: ActiveRule[] = [];

  /** @internal */
  constructor(seed: number, tokens: Tokens, operations: readonly OperationInfo[], rules: FaultRules) {
    this.#seed = seed;
    this.#tokens = tokens;
    this.#operations = operations;
    this.add(rules);
  }

  get inForce(): FaultInForce[] {
    return this.#active.map(({ rule, text, calls, hits }) => ({ rule, text, calls, hits }));
  }

  /**
   * Replaces the rules in force. Counts start again.
   *
   * @throws {ConfigurationError} when a rule is invalid or matches no operation; the rules in force stay as they are
   */
  set(rules: FaultRules): void {
    this.#active = this.#activate(rules, 0);
  }

  /**
   * Adds rules after those in force.
   *
   * @throws {ConfigurationError} as `set`
   */
  add(rules: FaultRules): void {
    this.#active.push(...this.#activate(rules, this.#active.length));
  }

  clear(): void {
    this.#active = [];
  }

  /**
   * Finds the fault for a request, to inject in place of a normal response: that of the first rule that applies. Every
   * rule counts the requests that it matches, also those that get another rule's fault.
   * @internal
   */
  match(responder: Responder): { kind: Fault["kind"]; inject(): Promise<void> } | undefined {
    const { request } = responder;
    const [first] = this.#active.filter((rule) => isMatch(rule, request) && this.#shouldFire(rule, request));
    if (!first) return undefined;
    first.hits++;
    const { fault } = first.rule;
    const { inject } = FAULT_KINDS[fault.kind];
    return { kind: fault.kind, inject: async () => inject(responder, fault as never, this.#tokens) };
  }

  #activate(rules: FaultRules, first: number): ActiveRule[] {
    return checkRules(rules).map((rule, index) => ({
      rule,
      text: formatRule(rule),
      calls: 0,
      hits: 0,
      targets: new Map([...targetsOf(rule, this.#operations)].map((operation) => [operation, 0])),
      index: first + index,
    }));
  }

  /** Counts a request that a rule matches, and decides whether it gets the fault. */
  #shouldFire(active: ActiveRule, { operation }: ReceivedRequest): boolean {
    const count = ++active.calls;
    const { probability, nth } = active.rule;
    if (operation && probability !== undefined) {
      // By the operation's own count, so that concurrent requests for others change nothing.
      const ordinal = (active.targets.get(operation) ?? 0) + 1;
      active.targets.set(operation, ordinal);
      const { api, operationId } = operation;
      return fractionOf(this.#seed, "faults", active.index, api, operationId, ordinal) < probability;
    }
    if (nth === undefined) return true;
    if (typeof nth === "number") return count === nth;
    return Array.isArray(nth) ? nth.includes(count) : count % nth.every === 0;
  }
}

const isMatch = ({ rule, targets }: ActiveRule, request: ReceivedRequest): boolean =>
  request.operation !== undefined &&
  targets.has(request.operation) &&
  (FAULT_KINDS[rule.fault.kind].matches?.(request) ?? true);
