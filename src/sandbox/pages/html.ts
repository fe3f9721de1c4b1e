/** Text that is already HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | undefined | readonly Value[];

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function render(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(render).join("");
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** A template of HTML. Values are escaped unless they are HTML already. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

/** Data for a script, in an element that does not run. */
export const dataElement = (id: string, data: unknown): Html =>
  html`<script type="application/json" id="${id}">${new Html(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`;

const TITLES = { "/": "Reference", "/_sandbox": "Requests and state" } as const;

/** A whole page. It loads only what the sandbox serves. */
export function document(path: keyof typeof TITLES, head: Html, body: Html): string {
  const links = Object.entries(TITLES).map(([to, title]) =>
    to === path ? html`<a href="${to}" aria-current="page">${title}</a>` : html`<a href="${to}">${title}</a>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLES[path]} · amili-sandbox</title>
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
