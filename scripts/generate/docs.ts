import { isIdempotent } from "../../src/http/retry.js";
import { type MethodModel, successBodies } from "../resources.js";
import { type Evidence, resolve, type Spec } from "../specs.js";
import { inferredPart } from "./operations.js";
import { remarksOn } from "./remarks.js";

const WIDTH = 116;

/** A JSDoc comment of paragraphs. One that begins with `@` is a tag. */
export function docComment(paragraphs: string[], indent = ""): string {
  const blocks = paragraphs.map((paragraph) => wrap(paragraph.replaceAll("*/", "*\\/"), WIDTH - indent.length - 3));
  const lines = blocks.flatMap((block, i) => {
    const isTag = paragraphs[i]?.startsWith("@") && paragraphs[i - 1]?.startsWith("@");
    return i === 0 || isTag ? block : ["", ...block];
  });
  if (lines.length === 1 && (lines[0] ?? "").length < WIDTH - 8) return `${indent}/** ${lines[0]} */`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} *${line && ` ${line}`}`), `${indent} */`].join("\n");
}

/** Fills lines; a list keeps its items. */
function wrap(text: string, width: number): string[] {
  return text.split(/\n(?=- )/).flatMap((item) => {
    const hanging = item.startsWith("- ") ? "  " : "";
    const lines: string[] = [];
    let line = "";
    for (const word of item.match(/\S+/g) ?? []) {
      if (line && line.length + 1 + word.length > width) {
        lines.push(line);
        line = hanging + word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    return [...lines, line];
  });
}

/** The docstring of a method: what the spec says of the operation, and what its evidence and method entail. */
export function methodDocs(method: MethodModel, callNames: Map<string, string>, spec: Spec): string[] {
  const { operation, list, pathParameters } = method;
  const parameters = pathParameters.map((parameter) => ({ ...parameter, inferred: remarksOn(parameter) }));
  const isInferred = operation["x-evidence"] === "inferred";
  const paragraphs = (operation.description ?? operation.summary).trim().split(/\n\s*\n/);
  const [page] = operation["x-source"];
  const text = (value: string) => linkMethods(value, method, callNames);
  return [
    ...paragraphs.map(text),
    ...(operation["x-open-query"]
      ? ["Not all query parameters were observed: any that is not listed is sent as given."]
      : []),
    ...(isInferred
      ? [`Its ${inferredPart(operation)} is inferred, not documented: refused unless \`allowInferred\` allows it.`]
      : []),
    ...(!(operation["x-idempotent"] || isIdempotent(method))
      ? ["Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed."]
      : []),
    ...parameters.flatMap(({ name, description, inferred }) =>
      description || inferred
        ? [`@param ${name} ${[description && inline(description), inferred].filter(Boolean).join(" ")}`]
        : [],
    ),
    ...(operation.deprecated ? [`@deprecated ${text(deprecation(operation))}`] : []),
    `@throws {ApiError} ${list ? "while the list is read, " : ""}${statusesOf(method)}, and the errors every call can throw (see \`AmiliError\`)`,
    ...(list
      ? ["@throws {PaginationError} while the list is read, when it cannot be continued or read to its end"]
      : []),
    ...(isInferred ? ["@throws {InferredOperationError} unless `allowInferred` allows it"] : []),
    `@remarks ${remarksOnMethod(method, spec)}`,
    ...(page ? [`@see https://docs.amili.dev/${page.slug}`] : []),
  ];
}

const inline = (text: string) => text.trim().replace(/\s+/g, " ");

/** The evidence of an operation, of its body and of its response. */
function remarksOnMethod({ operation, body }: MethodModel, spec: Spec): string {
  const requestBody = operation.requestBody && resolve(spec, operation.requestBody);
  const schema = body && resolve(spec, body.schema);
  const inferred = [requestBody, schema].flatMap((part) => part?.["x-inferred"]?.trim() ?? []).join(" ");
  const parts: [string, Evidence | undefined][] = [
    ["Body", inferred ? { ...schema, "x-inferred": inferred } : schema],
    ...successBodies(spec, operation).map(({ response }): [string, Evidence] => ["Response", response]),
  ];
  const unknown = operation["x-unknown"]?.filter((entry) => entry !== "error bodies") ?? [];
  return [
    `Evidence: ${operation["x-evidence"]}.`,
    remarksOn({ ...operation, "x-unknown": unknown }),
    ...parts.map(([name, part]) => remarksOn(part ?? {}).replace(/^\w+/, (kind) => `${name}, ${kind.toLowerCase()}`)),
  ]
    .filter(Boolean)
    .join(" ");
}

function deprecation({ "x-replaced-by": replacement, "x-deprecated": reason }: MethodModel["operation"]): string {
  return replacement ? `Use ${replacement}.` : inline(reason ?? "Only earlier pages of the documentation describe it.");
}

function statusesOf({ operation }: MethodModel): string {
  const statuses = Object.keys(operation.responses).filter((status) => /^[45]/.test(status));
  if (statuses.length === 0) return "with any error status (none is documented)";
  if (operation.responses.default) return `with status ${statuses.join(", ")} or another`;
  const last = statuses.pop();
  return `with status ${statuses.length > 0 ? `${statuses.join(", ")} or ` : ""}${last}`;
}

/** Operation ids in a text as the methods that a user calls. */
function linkMethods(text: string, method: MethodModel, callNames: Map<string, string>): string {
  return text.replace(/`?\b([a-z]+[A-Z]\w+)\b`?/g, (match, id: string) => {
    const callName = callNames.get(id);
    if (!callName) return match;
    const scope = method.callName.split(".").slice(0, -2).join(".");
    return `\`${scope && callName.startsWith(`${scope}.`) ? callName.slice(scope.length + 1) : callName}\``;
  });
}
