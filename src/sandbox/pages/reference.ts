import { CREDENTIALS } from "../identity/index.js";
import { APIS } from "../specs/apis.js";
import { EVIDENCE, type Evidence, type Operation } from "./evidence.js";
import { dataElement, document as documentOf, type Html, html } from "./html.js";
import { METHODS, type Spec } from "./specs.js";

/** The page at `/`: all specs in Scalar, which connects to the sandbox only. */
export function referencePage(specs: Spec[]): string {
  const config = {
    sources: specs.map(({ name, document }, index) => ({
      title: document.info.title.replace(/^Amili /, ""),
      slug: name,
      url: `/_sandbox/openapi/${name}.json`,
      default: index === 1,
      agent: { disabled: true },
    })),
    authentication: {
      securitySchemes: {
        basicAuth: { username: CREDENTIALS.clientId, password: CREDENTIALS.clientSecret },
      },
    },
    agent: { disabled: true },
    mcp: { disabled: true },
    telemetry: false,
    withDefaultFonts: false,
    persistAuth: false,
    hideClientButton: true,
    showDeveloperTools: "never",
    showOperationId: true,
    documentDownloadType: "json",
    orderSchemaPropertiesBy: "preserve",
    metaData: { title: "Reference · amili-sandbox" },
  };
  const token = { url: `${APIS.identity.root}/token`, ...CREDENTIALS };
  return documentOf(
    "/",
    html`<script src="/_sandbox/assets/scalar.js" defer></script>
<script src="/_sandbox/assets/reference.js" defer></script>`,
    html`<div id="reference"></div>
<noscript><p class="note">The reference needs JavaScript.</p></noscript>
${dataElement("config", config)}
${dataElement("token", token)}`,
  );
}

/** Fetches a token first, so that calls can be tried at once. */
export const REFERENCE_SCRIPT = `"use strict";
(async () => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const config = read("config");
  const { url, clientId, clientSecret } = read("token");
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  try {
    const response = await fetch(url, { method: "POST", body });
    const { access_token } = await response.json();
    if (response.ok) config.authentication.securitySchemes.bearerAuth = { token: access_token };
  } catch {
    // A fault was injected. The reference can be read without a token, and one can be entered by hand.
  }
  window.Scalar.createApiReference("#reference", config);
})();
`;

/** The page at `/` if Scalar is not installed. */
export function listPage(specs: Spec[]): string {
  return documentOf(
    "/",
    html``,
    html`<main>
<h1>Reference</h1>
<p class="note">To get an interactive reference here, install Scalar:
<code>npm install --save-dev @scalar/api-reference</code>. These are the operations of the sandbox.</p>
<dl class="legend">${Object.entries(EVIDENCE).map(
      ([evidence, { meaning }]) => html`<div><dt>${badge(evidence as Evidence)}</dt><dd>${meaning}</dd></div>`,
    )}</dl>
${specs.map(section)}
</main>`,
  );
}

const badge = (evidence: Evidence | undefined): Html =>
  evidence === undefined ? html`` : html`<span class="badge ${evidence}">${evidence}</span>`;

function section({ name, root = "", document }: Spec): Html {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      method,
      path,
      operation: item[method] as Operation,
    })),
  );
  return html`<section>
<h2>${document.info.title}</h2>
<p><a href="/_sandbox/openapi/${name}.json">${name}.json</a></p>
${
  operations.length === 0
    ? html`<p class="none">No operation has a known method and path.</p>`
    : html`<table class="operations">
<thead><tr><th>Operation</th><th>Method and path</th><th>Evidence</th></tr></thead>
<tbody>${operations.map(
        ({ method, path, operation }) => html`<tr>
<td>${operation.operationId}${operation.deprecated ? html` <span class="badge">deprecated</span>` : ""}</td>
<td><code>${method.toUpperCase()} ${root}${path}</code></td>
<td>${badge(operation["x-evidence"])} ${operation["x-inferred"]}${unknown(operation["x-unknown"] ?? [])}</td>
</tr>`,
      )}</tbody>
</table>`
}
</section>`;
}

const unknown = (lines: string[]): Html =>
  lines.length === 0
    ? html``
    : html`<details><summary>${lines.length} unknown</summary><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></details>`;
