import { ConfigurationError } from "../../errors.js";
import { hash, randomOf } from "../data/random.js";
import type { Call, Exchange } from "../exchange.js";
import type { Tokens } from "../identity/tokens.js";
import type { KnownOperation } from "../operation.js";
import { FAULT_KINDS, type Fault } from "./kinds.js";
import { checkRule, type FaultRule } from "./rule.js";
import { targetsOf } from "./targets.js";
import { formatRule, parseRules } from "./text.js";

/** Rules as a list or as a text, such as `"createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2"`. */
export type FaultRules = FaultRule[] | string;

/** A rule in force, and what it has done so far. */
export interface FaultInForce {
  rule: FaultRule;
  /** The rule as a text. */
  text: string;
  /** How many requests it was meant for. */
  calls: number;
  /** How many of them it befell. */
  hits: number;
}

interface Active extends FaultInForce {
  targets: ReadonlySet<KnownOperation>;
  random(): number;
}

/** The rules, checked for their form. Throws a `ConfigurationError` that names the place. */
export function checkRules(rules: unknown): FaultRule[] {
  if (typeof rules === "string") return rules.trim() === "" ? [] : parseRules(rules);
  if (Array.isArray(rules)) return rules.map((rule, index) => checkRule(rule, `faults[${index}]`));
  throw new ConfigurationError("invalid_option", "faults must be a list of rules or their text.");
}

/** The faults of a sandbox. They can be changed while it runs. */
export class Faults {
  readonly #seed: number;
  readonly #tokens: Tokens;
  readonly #operations: readonly KnownOperation[];
  #active: Active[] = [];
  #added = 0;

  /** @internal */
  constructor(seed: number, tokens: Tokens, operations: readonly KnownOperation[], rules: FaultRules) {
    this.#seed = seed;
    this.#tokens = tokens;
    this.#operations = operations;
    this.add(rules);
  }

  get inForce(): FaultInForce[] {
    return this.#active.map(({ rule, text, calls, hits }) => ({ rule, text, calls, hits }));
  }

  /**
   * Puts rules in the place of those in force. Counting begins anew.
   *
   * @throws {ConfigurationError} a rule cannot be right, or no operation is one that it could befall; nothing has changed
   */
  set(rules: FaultRules): void {
    const checked = this.#checked(rules);
    this.clear();
    this.#add(checked);
  }

  /**
   * Adds rules behind those in force.
   *
   * @throws {ConfigurationError} as `set`
   */
  add(rules: FaultRules): void {
    this.#add(this.#checked(rules));
  }

  clear(): void {
    this.#active = [];
    this.#added = 0;
  }

  /**
   * Lets the first rule befall a request that is up for it, instead of what would be done otherwise. Every rule counts the
   * requests that it is meant for, also where another one comes first.
   * @internal
   */
  befall(exchange: Exchange): { kind: Fault["kind"]; inject(): Promise<void> } | undefined {
    const [first] = this.#active.filter((active) => isMeantFor(active, exchange.call)).filter(strikes);
    if (!first) return undefined;
    first.hits++;
    const { fault } = first.rule;
    const { inject } = FAULT_KINDS[fault.kind];
    return { kind: fault.kind, inject: async () => inject(exchange, fault as never, this.#tokens) };
  }

  #checked(rules: FaultRules): Pick<Active, "rule" | "targets">[] {
    return checkRules(rules).map((rule) => ({ rule, targets: targetsOf(rule, this.#operations) }));
  }

  #add(checked: Pick<Active, "rule" | "targets">[]): void {
    for (const { rule, targets } of checked) {
      const random = randomOf(hash(this.#seed, "faults", this.#added++));
      this.#active.push({ rule, text: formatRule(rule), calls: 0, hits: 0, targets, random });
    }
  }
}

const isMeantFor = ({ rule, targets }: Active, call: Call): boolean =>
  call.operation !== undefined && targets.has(call.operation) && (FAULT_KINDS[rule.fault.kind].meets?.(call) ?? true);

/** Counts a request, and says whether the rule befalls it. */
function strikes(active: Active): boolean {
  const count = ++active.calls;
  const { probability, nth } = active.rule;
  if (probability !== undefined) return active.random() < probability;
  if (nth === undefined) return true;
  if (typeof nth === "number") return count === nth;
  return Array.isArray(nth) ? nth.includes(count) : count % nth.every === 0;
}
