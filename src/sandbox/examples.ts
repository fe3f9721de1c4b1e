import type { OpenAPIBackend } from "openapi-backend";
import type { ApiName } from "./apis.js";

interface Media {
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** The successes that the pages print: all of an operation, in the order of the page. */
export type Examples = (api: ApiName, operationId: string) => unknown[];

export function examplesOf({ router }: OpenAPIBackend, operationId: string): unknown[] {
  const responses = Object.entries(router.getOperation(operationId)?.responses ?? {});
  const [, success] = responses.find(([status]) => status.startsWith("2")) ?? [];
  const media = Object.values((success as { content?: Record<string, Media> } | undefined)?.content ?? {})[0];
  const examples = media?.examples ? Object.values(media.examples).map(({ value }) => value) : [media?.example];
  // Its receiver may change what it is given.
  return structuredClone(examples.filter((example) => example !== undefined));
}

/** The names of a schema's properties. */
export function propertiesOf({ definition }: OpenAPIBackend, schema: string): string[] {
  const found = definition.components?.schemas?.[schema] as { properties?: object } | undefined;
  return Object.keys(found?.properties ?? {});
}
