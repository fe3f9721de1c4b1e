import { ConfigurationError } from "../../errors.js";
import { FAULT_KINDS } from "./kinds.js";
import { checkRule, type FaultRule } from "./rule.js";

// TARGET:KIND[=VALUE][;NAME=VALUE]…[:WHEN], several of them with commas between.
//   createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2,POST/*:delay=200:every=3
// A value may be percent-encoded, and must be where it has one of these signs itself.

const invalid = (message: string) => new ConfigurationError("invalid_option", message);

const FORM = "TARGET:KIND[=VALUE][;NAME=VALUE][:p=CHANCE|n=COUNT+COUNT|every=COUNT]";

const HINT = "In a value, : is written %3A (but not in ://), ; %3B, a comma %2C, and % itself %25.";

/** What the last part of a rule may be. */
const WHEN: Record<string, (value: string) => Pick<FaultRule, "probability" | "nth">> = {
  p: (value) => ({ probability: Number(value) }),
  n: (value) => {
    const counts = value.split("+").map(Number);
    return { nth: counts.length === 1 ? (counts[0] as number) : counts };
  },
  every: (value) => ({ nth: { every: Number(value) } }),
};

/** Reads rules from their text. */
export function parseRules(text: string): FaultRule[] {
  return text.split(",").map((rule) => parseRule(rule.trim()));
}

function parseRule(text: string): FaultRule {
  const place = `fault ${JSON.stringify(text)}`;
  const [target = "", fault = "", when, ...rest] = splitRule(text);
  if (target === "" || fault === "" || rest.length > 0) {
    throw invalid(`${place} is not of the form ${FORM}. ${HINT}`);
  }
  const [, method, operation] = /^(?:([A-Z]+)\/)?(.*)$/.exec(target) as unknown as [string, string | undefined, string];
  return checkRule(
    { operation, ...(method && { method }), ...parseWhen(when, place), fault: parseFault(fault, place) },
    place,
  );
}

/** The parts between colons; a colon with slashes belongs to an address. */
const splitRule = (text: string): string[] => text.split(/:(?!\/\/)/);

function parseWhen(when: string | undefined, place: string): object {
  if (when === undefined) return {};
  const [name = "", value = ""] = when.split("=");
  const known = Object.hasOwn(WHEN, name) && WHEN[name];
  if (!known) throw invalid(`${place} ends in ${name}; it may end in p=, n= or every=. ${HINT}`);
  return known(value);
}

function parseFault(text: string, place: string): object {
  const [first = "", ...others] = text.split(";");
  const [kind = "", value] = halves(first);
  const primary = Object.keys((Object.hasOwn(FAULT_KINDS, kind) && FAULT_KINDS[kind as "status"].parameters) || {})[0];
  return {
    kind,
    ...(value !== undefined && { [primary ?? "value"]: decoded(value, place) }),
    ...Object.fromEntries(others.map(halves).map(([name, of = ""]) => [camel(name), decoded(of, place)])),
  };
}

function decoded(value: string, place: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw invalid(`${place} has a % that begins no sign. ${HINT}`);
  }
}

/** A value without signs that a rule is taken apart at. Spaces around it would be lost. */
const encoded = (value: string | number): string =>
  String(value).replace(/[%,;]|:(?!\/\/)|^ | $/g, (sign) => encodeURIComponent(sign));

function halves(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The text of a rule, which gives the same rule when it is read. */
export function formatRule(rule: FaultRule): string {
  const { operation = "*", method, fault } = rule;
  const { kind, ...parameters } = fault;
  const [primary] = Object.keys(FAULT_KINDS[kind].parameters);
  const values = Object.entries(parameters).map(([name, value]) =>
    name === primary ? `=${encoded(value)}` : `;${kebab(name)}=${encoded(value)}`,
  );
  return `${method ? `${method}/` : ""}${operation}:${kind}${values.join("")}${formatWhen(rule)}`;
}

function formatWhen({ probability, nth }: FaultRule): string {
  if (probability !== undefined) return `:p=${probability}`;
  if (nth === undefined) return "";
  if (typeof nth === "number") return `:n=${nth}`;
  return Array.isArray(nth) ? `:n=${nth.join("+")}` : `:every=${nth.every}`;
}
