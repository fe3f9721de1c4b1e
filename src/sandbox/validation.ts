/** What the validator says of a fault. */
export interface SpecError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  parentSchema?: { properties?: object; [keyword: string]: unknown };
}

/** Media types of a request body. */
export type Media = Record<string, object>;

const RULES: Record<string, (error: SpecError) => string> = {
  // The parser's own message quotes the body.
  parse: () => "is not JSON",
  // Not the name that was sent: somebody may have put a value in its place.
  additionalProperties: ({ parentSchema }) => {
    const known = Object.keys(parentSchema?.properties ?? {});
    return `must not have a name that the spec does not have; it has ${known.join(", ") || "none"}`;
  },
};

/** Faults as lines that name the place and the rule, not the value: it may be secret or personal. */
export function faultsOf(errors: SpecError[]): string[] {
  // Of a body that is not JSON there is no more to say.
  const unread = errors.some(({ keyword }) => keyword === "parse");
  const told = errors.filter(
    ({ keyword, instancePath }) => !unread || keyword === "parse" || !instancePath.startsWith("/requestBody"),
  );
  const lines = told.map((error) => {
    const { instancePath, keyword, message = "does not fit" } = error;
    return `${instancePath || (keyword === "parse" ? "/requestBody" : "request")} ${RULES[keyword]?.(error) ?? message}`;
  });
  return [...new Set(lines)];
}

/** The most that arrays and objects may stand in one another. What is far deeper can be read, but not written again. */
const DEEPEST = 100;

const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isWithin(levels - 1, part)));

/**
 * What `openapi-backend` does not look at: the media type, bodies where there should be none, and their depth. It validates bodies of
 * `application/json` only; a spec's JSON of another name is shown to it under that one.
 */
export function bodyCheck(requestBody: { content: Media } | undefined): (type: string, body: unknown) => string[] {
  if (!requestBody)
    return (_, body) => (body === undefined ? [] : ["/requestBody is not in the spec of this operation"]);
  const types = Object.keys(requestBody.content);
  requestBody.content = Object.fromEntries(
    Object.entries(requestBody.content).map(([type, media]) => [isJson(type) ? "application/json" : type, media]),
  );
  const fault = `/header/content-type must be ${types.join(" or ")}`;
  return (type, body) => {
    if (body === undefined) return [];
    if (!types.includes(type)) return [fault];
    return isWithin(DEEPEST, body) ? [] : [`/requestBody must not be nested deeper than ${DEEPEST} levels`];
  };
}

export const mediaType = (contentType: string): string => (contentType.split(";")[0] ?? "").trim().toLowerCase();

export const isJson = (type: string): boolean => /^application\/([\w.-]+\+)?json/.test(type);
