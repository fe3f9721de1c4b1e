import { API_NAMES, APIS } from "../specs/apis.js";
import { readSpec } from "../specs/backend.js";
import { type Operation, withEvidence, withInferred } from "./evidence.js";

type PathItem = Record<string, unknown>;

export interface Spec {
  /** The file name without the extension. */
  name: string;
  /** The path of the API on the sandbox; `undefined` if none of its operations is known. */
  root: string | undefined;
  document: {
    info: { title: string; description?: string };
    servers?: { url: string; description?: string; "x-evidence"?: string }[];
    paths?: Record<string, PathItem>;
    webhooks?: Record<string, PathItem>;
    components?: object;
  };
}

interface TitleOnly {
  product: string;
  tag: string;
  title: string;
  method: string | null;
  path: string | null;
  note?: string;
}

/** The APIs of the sandbox, and one whose operations are known by title only. */
const SPECS: { root: string | undefined; spec: string }[] = [
  ...API_NAMES.map((api) => APIS[api]),
  { root: undefined, spec: "distribution-partner.yaml" },
];

const nameOf = (spec: string): string => spec.replace(/\.yaml$/, "");

export const SPEC_NAMES = SPECS.map(({ spec }) => nameOf(spec));

/** Loads all specs once, with the evidence in their descriptions. */
export function loadSpecs(): Promise<Spec[]> {
  specs ??= load();
  return specs;
}

let specs: Promise<Spec[]> | undefined;

async function load(): Promise<Spec[]> {
  const { operations } = (await readSpec("title-only.yaml")) as unknown as { operations: TitleOnly[] };
  return Promise.all(
    SPECS.map(async ({ root, spec }) => {
      const name = nameOf(spec);
      const titles = operations.filter(({ product }) => product === name);
      return { name, root, document: withDescriptions((await readSpec(spec)) as Spec["document"], titles) };
    }),
  );
}

export const METHODS = ["get", "put", "post", "delete", "patch"];

/** The sandbox accepts any organization id and client number. */
const EXAMPLES: Record<string, unknown> = { organizationId: "3fa85f64-5717-4562-b3fc-2c963f66afa6", clientno: 2218 };

function withDescriptions(document: Spec["document"], titles: TitleOnly[]): Spec["document"] {
  const { info, servers = [], paths = {}, webhooks, components, ...rest } = document;
  return {
    ...rest,
    info: { ...info, description: [info.description?.trimEnd(), serversOf(servers), titlesOf(titles)].join("\n\n") },
    paths: itemsOf(paths),
    ...(webhooks && { webhooks: itemsOf(webhooks) }),
    ...(components && { components: withExamples(withInferred(components) as Components) }),
  };
}

const itemsOf = (items: Record<string, PathItem>): Record<string, PathItem> =>
  Object.fromEntries(
    Object.entries(items).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([name, value]) => {
          if (!METHODS.includes(name)) return [name, withInferred(value)];
          // What was inferred of the operation itself is part of its evidence.
          const { "x-inferred": inferred, ...operation } = value as Operation;
          const described = withInferred(operation) as Operation;
          return [name, withEvidence({ ...described, ...(inferred !== undefined && { "x-inferred": inferred }) })];
        }),
      ),
    ]),
  );

interface Components {
  parameters?: Record<string, { name: string; in: string }>;
}

function withExamples({ parameters, ...components }: Components): Components {
  if (!parameters) return components;
  const filled = Object.entries(parameters).map(([key, parameter]) => [
    key,
    parameter.in === "path" && Object.hasOwn(EXAMPLES, parameter.name)
      ? { example: EXAMPLES[parameter.name], ...parameter }
      : parameter,
  ]);
  return { ...components, parameters: Object.fromEntries(filled) };
}

function serversOf(servers: NonNullable<Spec["document"]["servers"]>): string {
  const known = servers.filter(({ url }) => url !== "/");
  if (known.length === 0) return "**Amili's own URL:** unknown.";
  return [
    "**Amili's own URLs** (here, calls go to the sandbox):\n",
    ...known.map(
      ({ url, description, "x-evidence": evidence }) => `- ${description ?? "Server"}: \`${url}\` (${evidence})`,
    ),
  ].join("\n");
}

function titlesOf(titles: TitleOnly[]): string {
  if (titles.length === 0) return "";
  const lines = titles.map(({ tag, title, method, path, note }) => {
    const known = [method, path !== title && path].filter(Boolean).join(" ");
    return `- ${tag}: **${title}**${known && ` (${known})`}${note === undefined ? "" : `; ${note}`}`;
  });
  return [
    "**Known by title only**: method or path is unknown, so the library and the sandbox do not have them.\n",
    ...lines,
  ].join("\n");
}

/** The spec with the sandbox in place of its servers. */
export const servedSpec = ({ root, document }: Spec, origin: string): object => ({
  ...document,
  servers: root === undefined ? [] : [{ url: origin + root, description: "This sandbox" }],
});
