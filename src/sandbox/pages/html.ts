/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | undefined | readonly Value[];

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);

function textOf(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(textOf).join("");
  return escaped(String(value));
}

/** HTML of a template: whatever is put in is escaped, unless it was made by this very function. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((text, part, index) => text + textOf(values[index - 1]) + part));
}

/** Data for a script, in an element that is not run. */
export const dataElement = (id: string, data: unknown): Html =>
  html`<script type="application/json" id="${id}">${new Html(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`;

const PLACES = { "/": "Reference", "/_sandbox": "Requests and state" } as const;

/** A whole page. It takes nothing that does not stand on the sandbox itself. */
export function pageOf(place: keyof typeof PLACES, head: Html, body: Html): string {
  const links = Object.entries(PLACES).map(([path, name]) =>
    path === place ? html`<a href="${path}" aria-current="page">${name}</a>` : html`<a href="${path}">${name}</a>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${PLACES[place]} · amili-sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_sandbox/assets/style.css">
${head}
</head>
<body>
<nav><strong>amili-sandbox</strong>${links}</nav>
${body}
</body>
</html>
`.text;
}
