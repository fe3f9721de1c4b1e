import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";

/** The parts of a spec that the scripts read; see `openapi/README.md`. */
export interface Spec {
  servers?: { url: string; "x-environment"?: "production" | "staging" }[];
  paths: Record<string, Record<string, SpecOperation>>;
  webhooks?: Record<string, { post: SpecOperation }>;
  components?: { schemas?: Record<string, { type?: string | string[] }> };
}

export interface SpecOperation {
  operationId: string;
  tags: string[];
  summary: string;
  deprecated?: boolean;
  "x-evidence": "documented" | "partial" | "inferred";
  "x-inferred"?: string;
  /** The pages it was read from, newest first. */
  "x-source": { slug: string; id: number; modified: string | null }[];
  "x-idempotent"?: boolean;
  requestBody?: { content: Record<string, object> };
}

export interface NamedSpec {
  /** The file's name without its ending. */
  name: string;
  file: string;
  spec: Spec;
}

/** The name of an API in `baseUrls`: `debt-collection` → `debtCollection`. */
export function apiName(spec: string): string {
  return spec.replace("autocollect", "auto-collect").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const ROOT = new URL("../openapi/", import.meta.url);

/** All specs, by name. `title-only.yaml` is a list, not a spec. */
export function readSpecs(): NamedSpec[] {
  return readdirSync(ROOT)
    .filter((file) => file.endsWith(".yaml") && file !== "title-only.yaml")
    .sort()
    .map((file) => ({
      name: basename(file, ".yaml"),
      file,
      spec: parse(readFileSync(new URL(file, ROOT), "utf8")) as Spec,
    }));
}

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** The operations of a spec in its order. */
export function operationsOf({ paths }: Spec): { method: string; path: string; operation: SpecOperation }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}
