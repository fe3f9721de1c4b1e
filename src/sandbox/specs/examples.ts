import type { OpenAPIBackend } from "openapi-backend";
import type { ApiName } from "./apis.js";

interface MediaType {
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** The documented examples of an operation's successful response, in the order of the page. */
export type Examples = (api: ApiName, operationId: string) => unknown[];

export function examplesOf({ router }: OpenAPIBackend, operationId: string): unknown[] {
  const responses = Object.entries(router.getOperation(operationId)?.responses ?? {});
  const [, success] = responses.find(([status]) => status.startsWith("2")) ?? [];
  const [media] = Object.values((success as { content?: Record<string, MediaType> } | undefined)?.content ?? {});
  const examples = media?.examples ? Object.values(media.examples).map(({ value }) => value) : [media?.example];
  // The caller may change its copy.
  return structuredClone(examples.filter((example) => example !== undefined));
}
