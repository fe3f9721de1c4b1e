import { pascalCase } from "../../pascal-case.js";

/** Names that are in use. */
type TakenNames = Pick<Set<string>, "has">;

const VERBS: Record<string, string> = { GET: "get", POST: "create", PUT: "update", PATCH: "update", DELETE: "delete" };

/** Rewrites of titles that are names: `GetBatchById` → `getBatch`. */
const TITLE_RULES: [RegExp, string][] = [
  [/^get(.+)ById$/, "get$1"],
  [/^get(.+)ByOrganization$/, "list$1"],
];

/**
 * An operationId, verb first and unique: a title that is a name (`PauseCase`), else the method and the last words of the
 * path, spelled like the tag (`GET /clients/{}/glmovements/latest` → `listGlMovementsLatest`).
 */
export function operationId(title: string, method: string, path: string, tag: string, taken: TakenNames): string {
  return unique(isOperationName(title) ? fromTitle(title) : fromPath(method, path, tag), taken);
}

const isOperationName = (title: string) => /^[A-Z][a-z]+(?:[A-Z][a-z0-9]+)+$/.test(title);

function fromTitle(title: string): string {
  const name = title[0]?.toLowerCase() + title.slice(1);
  const rule = TITLE_RULES.find(([pattern]) => pattern.test(name));
  return rule ? name.replace(...rule) : name;
}

function fromPath(method: string, path: string, tag: string): string {
  const segments = path.split("/").filter(Boolean);
  const isParameter = (segment: string) => segment.startsWith("{");
  const isOne = isParameter(segments.at(-1) ?? "");
  const words = isOne ? segments.slice(0, segments.findLastIndex((segment) => !isParameter(segment)) + 1) : segments;
  const start = words.findLastIndex(isParameter) + 1;
  const spelled = words.slice(start).map((word) => (word.toLowerCase() === tag.toLowerCase() ? tag : word));
  const noun = pascalCase(spelled.join(" ")) || pascalCase(tag);
  const verb = method === "GET" && !isOne ? "list" : (VERBS[method] ?? method.toLowerCase());
  return verb + (isOne || method === "POST" ? noun.replace(/(?<=[^s])s$/, "") : noun);
}

/** A unique name of a component, from the name of a page's schema, which may contain any character. */
export function componentName(name: string, taken: TakenNames): string {
  return unique(pascalCase(name.replace(/^[^\p{L}]+/u, "")) || "Schema", taken);
}

function unique(name: string, taken: TakenNames): string {
  let found = name;
  for (let number = 2; taken.has(found); number++) found = `${name}${number}`;
  return found;
}

/** Renames the parameters of a path by position. */
export function renamePathParameters(path: string, names: string[]): string {
  const rest = [...names];
  return path.replace(/\{[^{}/]*\}/g, (original) => {
    const name = rest.shift();
    return name === undefined ? original : `{${name}}`;
  });
}
