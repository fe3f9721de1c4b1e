import type { Amili } from "amili-client";
import { methodsOf } from "../../scripts/generate/operations.js";
import { type MethodModel, modelOf } from "../../scripts/resources.js";
import { readSpecs } from "../../scripts/specs.js";

/** The values of one request. */
export interface RequestValues {
  path: object;
  query: object;
  body: unknown;
}

type Callable = Record<string, (...args: unknown[]) => unknown>;

/** The method of every operation of a spec, by operation id. */
export function methodsOfSpec(name: string): Map<string, MethodModel> {
  const spec = readSpecs().find((named) => named.name === name);
  if (!spec) throw new Error(`There is no spec ${name}.`);
  return new Map(methodsOf(modelOf(spec)).map((method) => [method.operationId, method]));
}

/** Calls an operation as a user does: `amili.debtCollection.organization(…).batches.get(…)`. Of a list the first page. */
export async function callMethod(
  amili: Amili,
  { callName, pathParameters, queryParameters, body, list }: MethodModel,
  request: RequestValues,
): Promise<unknown> {
  const path = request.path as Record<string, unknown>;
  const steps = callName.split(".");
  const name = steps.pop() ?? "";
  const [scopeValue] = Object.values(path);
  const resource = steps.reduce<unknown>((object, step) => {
    const property = step.replace("(…)", "");
    return step === property
      ? (object as Record<string, unknown>)[property]
      : (object as Callable)[property]?.(scopeValue);
  }, amili) as Callable;
  const args = [
    ...pathParameters.map((parameter) => path[parameter.name]),
    ...(body ? [body.list ? (request.body as Record<string, unknown>)[body.list] : request.body] : []),
    ...(queryParameters.length > 0 ? [withOnly(request.query, queryParameters)] : []),
  ];
  if (!list) return resource[name]?.(...args);
  const pager = resource[name]?.(...args, { prefetch: 0 }) as { pages(): AsyncIterable<{ body: unknown }> };
  for await (const page of pager.pages()) return page.body;
}

function withOnly(query: object, parameters: { name: string }[]): object {
  const names = new Set(parameters.map(({ name }) => name));
  return Object.fromEntries(Object.entries(query).filter(([name]) => names.has(name)));
}
