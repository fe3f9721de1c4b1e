import { type ObservedField, type ObservedResponses, UNNAMED } from "../../../src/observe/observations.js";
import { asObject, valueAt } from "../read/json.js";
import { ENVIRONMENTS, type ObservedSource } from "../read/observed.js";
import type { Body } from "../read/operation.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { isUndocumented } from "./compare-fields.js";
import { compareObservedFields, observedFields, observedTypes } from "./compare-observed-fields.js";
import { statedReason } from "./compare-operation.js";
import { type Confirmation, isRaise } from "./confirmations.js";
import { differ } from "./differ.js";
import type { Difference } from "./difference.js";
import { hasInferredAddress } from "./match.js";

/** What was observed of an operation, and what differs from its spec. */
export interface ObservedComparison {
  source: ObservedSource;
  operation: KnownOperation;
  differences: Difference[];
  /** Explained differences. They do not count. */
  known: { difference: Difference; why: string }[];
  confirmations: Confirmation[];
}

export function compareObserved(operation: KnownOperation, source: ObservedSource): ObservedComparison {
  const address = [...compareAddress(operation, source)];
  // Responses of another path say nothing about this operation.
  const all = address.length > 0 ? address : [...compareResponses(operation, source)];
  const reasonOf = (difference: Difference) => statedReason(difference, operation);
  return {
    source,
    operation,
    differences: all.filter((difference) => reasonOf(difference) === undefined),
    known: all.flatMap((difference) => {
      const why = reasonOf(difference);
      return why === undefined ? [] : [{ difference, why }];
    }),
    confirmations: confirmedBy(operation, source),
  };
}

/** Only a success shows that an operation is where the spec infers it. A gateway may have a page for any path. */
const isConfirmed = ({ shapes }: ObservedSource): boolean =>
  Object.entries(shapes.responses).some(([status, responses]) => status.startsWith("2") && !isWebPage(responses));

const isWebPage = ({ contentTypes }: ObservedResponses): boolean => Object.keys(contentTypes).join() === "text/html";

function confirmedBy({ node, pointer }: KnownOperation, source: ObservedSource): Confirmation[] {
  const { observed } = source;
  const evidence = node["x-evidence"];
  const { "x-observed": recorded } = node;
  const found: Confirmation[] = [];
  if (isConfirmed(source) && isRaise(evidence, "observed"))
    found.push({ kind: "evidence", what: `evidence (was ${evidence})`, pointer });
  if (isConfirmed(source) && (!recorded || saysMore(observed, recorded))) {
    const { environment, date, responses } = observed;
    found.push({ kind: "observed", what: `responses in ${environment}: ${responses}, last on ${date}`, pointer });
  }
  return found;
}

type Observed = ObservedSource["observed"];

const rankOf = ({ environment }: Observed): number => (ENVIRONMENTS as readonly string[]).indexOf(environment);

/** Whether an observation is of a better environment than the recorded one, else later, else of more responses. */
function saysMore(observed: Observed, recorded: Observed): boolean {
  const rank = rankOf(recorded) - rankOf(observed);
  if (rank !== 0) return rank > 0;
  return observed.date === recorded.date ? observed.responses > recorded.responses : observed.date > recorded.date;
}

/** An inferred operation that was only ever not found, or has a page for browsers in its place. */
function* compareAddress(spec: KnownOperation, { shapes }: ObservedSource): Iterable<Difference> {
  const statuses = Object.entries(shapes.responses);
  if (!hasInferredAddress(spec) || statuses.length === 0) return;
  const isAbsent = ([status, responses]: [string, ObservedResponses]) =>
    status === "404" || status === "405" || (status.startsWith("2") && isWebPage(responses));
  if (!statuses.every(isAbsent)) return;
  const shown = statuses.map(([status, responses]) => {
    const { count } = responses;
    return `${status}${isWebPage(responses) ? " with text/html" : ""} in ${count} of ${count} responses`;
  });
  yield differ("path", "the inferred path may be wrong", [spec.path, spec.pointer.slice(0, 2)], [shown.join(", "), []]);
}

/** The key of a status in the spec. `2XX` stands for the most frequent success that the spec lacks, if its body is known. */
export function specStatus(spec: KnownOperation, { shapes }: ObservedSource, status: string): string | undefined {
  if (spec.responses.has(status)) return status;
  const [mostFrequent] = Object.entries(shapes.responses)
    .filter(([key]) => key.startsWith("2") && !spec.responses.has(key))
    .sort(([, one], [, other]) => other.count - one.count);
  const success = spec.responses.get("2XX");
  return success && !isUndocumented(success.fields) && status === mostFrequent?.[0] ? "2XX" : undefined;
}

function* compareResponses(spec: KnownOperation, source: ObservedSource): Iterable<Difference> {
  const total = Object.values(source.shapes.responses).reduce((sum, { count }) => sum + count, 0);
  for (const [status, responses] of Object.entries(source.shapes.responses)) {
    const key = specStatus(spec, source, status);
    const ours = key === undefined ? undefined : spec.responses.get(key);
    if (ours) yield* compareResponse(spec, status, ours, responses);
    if (key !== status) {
      const text = `${responses.count} of ${total} responses`;
      yield differ("status added", status, [undefined, [...spec.pointer, "responses"]], [text, []], { body: status });
    }
  }
}

function* compareResponse(
  spec: KnownOperation,
  status: string,
  ours: Body,
  theirs: ObservedResponses,
): Iterable<Difference> {
  const { count, bodies, contentTypes } = theirs;
  const of = (part: number) => `in ${part} of ${count} responses`;
  const subject = { body: status };
  const shown = observedFields(theirs);
  const isOpen = isUndocumented(ours.fields);
  if (!isOpen || canTakeFields(spec, ours, shown))
    yield* compareObservedFields(spec, status, ours.fields ?? new Map(), shown);
  else if (showsMore(shown)) {
    const text = `${typesOf(shown).join(" | ")} ${of(count)}`;
    yield differ("body added", status, ["undocumented", ours.pointer], [text, []], subject);
  }
  if (bodies.empty && !isOpen)
    yield differ("body removed", status, [ours.mediaType, ours.pointer], [`empty ${of(bodies.empty)}`, []], subject);
  const known = ours.mediaTypes.join(", ");
  for (const [type, part] of Object.entries(contentTypes))
    if (known !== "" && !ours.mediaTypes.includes("*/*") && !ours.mediaTypes.includes(type))
      yield differ(
        "media type added",
        status,
        [known, ours.pointer],
        [`${type === UNNAMED ? "another" : type} ${of(part)}`, []],
        subject,
      );
  for (const [header, part] of apiHeaders(theirs))
    if (!ours.headers?.has(header))
      yield differ("header added", `${status} ${header}`, [undefined, ours.pointer], [of(part), []], {
        ...subject,
        header,
      });
}

const typesOf = (shown: Map<string, ObservedField>): string[] =>
  [...shown].flatMap(([path, field]) => (path === "" ? observedTypes(field) : []));

/** Whether a body says more than that it is an object. */
const showsMore = (shown: Map<string, ObservedField>): boolean =>
  shown.size > 1 || (shown.size === 1 && typesOf(shown).join() !== "object");

/** Headers that belong to the connection, to caches, browsers, gateways and tracing. */
const INFRASTRUCTURE =
  /^(accept-.*|access-control-.*|age|allow|alt-svc|api-supported-versions|cache-control|cf-.*|connection|content-.*|cross-origin-.*|date|etag|expires|keep-alive|last-modified|nel|permissions-policy|pragma|proxy-.*|referrer-policy|report-to|request-context|server|server-timing|set-cookie|strict-transport-security|trace(parent|state)|trailer|transfer-encoding|upgrade|vary|via|www-authenticate|(x-)?(amzn-)?(request|correlation|trace|operation)-?id|x-(aspnet|azure|amz|cache|content-type|dns|download|envoy|frame|ms|permitted|powered|served|xss)(-.*)?|\{\})$/;

/** The other headers, and how often they were seen. */
export const apiHeaders = ({ headers }: ObservedResponses): [header: string, count: number][] =>
  Object.entries(headers).filter(([header]) => !INFRASTRUCTURE.test(header));

/** Whether a body that the spec leaves open, and that is the operation's own, can take the fields as they are. */
const canTakeFields = (
  { file }: KnownOperation,
  { fields, mediaType, pointer }: Body,
  shown: Map<string, ObservedField>,
): boolean =>
  mediaType?.includes("json") === true &&
  fields?.get("")?.types.has("object") === true &&
  shown.get("")?.types.object !== undefined &&
  !("$ref" in asObject(valueAt(file.value, pointer)));
