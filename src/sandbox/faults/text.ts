import { ConfigurationError } from "../../errors.js";
import { isKind, parametersOf } from "./kinds.js";
import { checkRule, type FaultRule } from "./rule.js";

// The grammar: TARGET:KIND[=VALUE][;NAME=VALUE]…[:WHEN], separated by commas.
//   createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2,POST/*:delay=200:every=3
// A value may be percent-encoded, and must be if it contains one of the separators.

const invalid = (message: string) => new ConfigurationError("invalid_option", message);

const FORM = "TARGET:KIND[=VALUE][;NAME=VALUE][:p=CHANCE|n=COUNT+COUNT|every=COUNT]";

const HINT = "In a value, write : as %3A (except in ://), ; as %3B, a comma as %2C and % as %25.";

/** The last part of a rule. */
const WHEN: Record<string, (value: string) => Pick<FaultRule, "probability" | "nth">> = {
  p: (value) => ({ probability: Number(value) }),
  n: (value) => {
    const counts = value.split("+").map(Number);
    return { nth: counts.length === 1 ? (counts[0] as number) : counts };
  },
  every: (value) => ({ nth: { every: Number(value) } }),
};

/** Parses rules. */
export function parseRules(text: string): FaultRule[] {
  return text.split(",").map((rule) => parseRule(rule.trim()));
}

function parseRule(text: string): FaultRule {
  const place = `fault ${JSON.stringify(text)}`;
  const [target = "", fault = "", when, ...rest] = splitRule(text);
  if (target === "" || fault === "" || rest.length > 0) {
    throw invalid(`${place} must have the form ${FORM}. ${HINT}`);
  }
  const [, method, operation] = /^(?:([A-Z]+)\/)?(.*)$/.exec(target) as unknown as [string, string | undefined, string];
  return checkRule(
    { operation, ...(method && { method }), ...parseWhen(when, place), fault: parseFault(fault, place) },
    place,
  );
}

/** The parts between colons; a colon before slashes belongs to a URL. */
const splitRule = (text: string): string[] => text.split(/:(?!\/\/)/);

function parseWhen(when: string | undefined, place: string): object {
  if (when === undefined) return {};
  const [name = "", value = ""] = when.split("=");
  const known = Object.hasOwn(WHEN, name) && WHEN[name];
  if (!known) throw invalid(`${place} ends with ${name}; it may end with p=, n= or every=. ${HINT}`);
  return known(value);
}

function parseFault(text: string, place: string): object {
  const [first = "", ...others] = text.split(";");
  const [kind = "", value] = splitAtEquals(first);
  const [primary] = isKind(kind) ? Object.keys(parametersOf(kind)) : [];
  return {
    kind,
    ...(value !== undefined && { [primary ?? "value"]: decode(value, place) }),
    ...Object.fromEntries(others.map(splitAtEquals).map(([name, of = ""]) => [camel(name), decode(of, place)])),
  };
}

function decode(value: string, place: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw invalid(`${place} has an invalid percent-encoding. ${HINT}`);
  }
}

/** A value without separators, and without spaces at its ends, which the parser would trim. */
const encode = (value: string | number): string =>
  String(value).replace(/[%,;]|:(?!\/\/)|^ | $/g, (character) => encodeURIComponent(character));

function splitAtEquals(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The text of a rule, which parses to the same rule. */
export function formatRule(rule: FaultRule): string {
  const { operation = "*", method, fault } = rule;
  const { kind, ...parameters } = fault;
  const [primary] = Object.keys(parametersOf(kind));
  const values = Object.entries(parameters).map(([name, value]) =>
    name === primary ? `=${encode(value)}` : `;${kebab(name)}=${encode(value)}`,
  );
  return `${method ? `${method}/` : ""}${operation}:${kind}${values.join("")}${formatWhen(rule)}`;
}

function formatWhen({ probability, nth }: FaultRule): string {
  if (probability !== undefined) return `:p=${probability}`;
  if (nth === undefined) return "";
  if (typeof nth === "number") return `:n=${nth}`;
  return Array.isArray(nth) ? `:n=${nth.join("+")}` : `:every=${nth.every}`;
}
