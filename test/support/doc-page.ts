import { readFileSync } from "node:fs";

/** An operation's page as plain text, read for what a test holds against the spec. */
export interface DocPage {
  method: string;
  path: string;
  statuses: string[];
  query: string[];
  request: unknown;
  response: unknown;
}

const URL_OF = (name: string) => new URL(`../fixtures/doc-pages/${name}.txt`, import.meta.url);

export function readDocPage(name: string): DocPage {
  const text = readFileSync(URL_OF(name), "utf8");
  const [, method = "", path = ""] = /\n(GET|POST|PUT|DELETE)\n(\/\S+)\n/.exec(text) ?? [];
  const [, address = ""] = /curl --location --request \w+ '([^']*)'/.exec(text) ?? [];
  const [, request] = /--data-raw '([^']*)'/.exec(text) ?? [];
  const [, response = ""] = /Response Response Example\n[^\n]*\n([\s\S]*?)\nModified at/.exec(text) ?? [];
  return {
    method,
    path,
    statuses: [...text.matchAll(/^[🟢🟠🔴](\d{3})/gmu)].map(([, status = ""]) => status),
    query: (address.split("?")[1] ?? "").split("&").filter(Boolean),
    request: request === undefined ? undefined : JSON.parse(request),
    response: JSON.parse(response),
  };
}
