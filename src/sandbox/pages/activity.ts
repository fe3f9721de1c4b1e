import type { RequestRecord } from "../server/request-log.js";
import { document, type Html, html } from "./html.js";
import type { SandboxState } from "./state.js";

/** The page at `/_sandbox`: the last requests and their errors, the faults in force, the state and the webhooks. */
export function activityPage(state: SandboxState): string {
  const { now, seed, size, requestCount, requests, faults, deliveries, counts } = state;
  return document(
    "/_sandbox",
    html`<script src="/_sandbox/assets/activity.js" defer></script>`,
    html`<main>
<p id="stopped" class="note" role="alert" hidden>The sandbox does not respond. This is its last known state.</p>
<p id="clock" class="facts">Seed ${seed}, size ${size}. The sandbox's clock: ${now}.</p>
<section id="faults">
<h2>Faults in force</h2>
${table(
  ["Rule", "Matched", "Injected"],
  faults.map(({ text, calls, hits }) => html`<tr><td><code>${text}</code></td><td>${calls}</td><td>${hits}</td></tr>`),
  "None.",
)}
</section>
<section id="requests">
<h2>Requests</h2>
<p class="facts">${requestCount} in all${requestCount > requests.length ? html`, of which the last ${requests.length} are shown` : ""}; newest first.</p>
${table(["No", "Time", "Request", "Response", "Errors"], requests.map(requestRow).reverse(), "None so far.")}
</section>
<section id="state">
<h2>State</h2>
<p class="facts">Records added or changed, and queued tasks. Everything as JSON: <a href="/_sandbox/state.json">state.json</a></p>
<dl class="counts">${Object.entries(counts).map(
      ([name, count]) => html`<div><dt>${spaced(name)}</dt><dd>${count}</dd></div>`,
    )}</dl>
</section>
<section id="webhooks">
<h2>Webhooks</h2>
${table(
  ["Event", "IdempotencyKey", "Response"],
  deliveries
    .map(
      ({ event, key, status, error }) =>
        html`<tr><td>${event}</td><td><code>${key}</code></td><td>${status ?? error ?? "in flight"}</td></tr>`,
    )
    .reverse(),
  "None sent.",
)}
</section>
</main>`,
  );
}

function table(heads: string[], rows: Html[], none: string): Html {
  if (rows.length === 0) return html`<p class="none">${none}</p>`;
  return html`<table>
<thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

function requestRow(record: RequestRecord): Html {
  const { no, at, operationId, method, path, status, duration, validationErrors, unknownFields, injected } = record;
  const [message, ...errors] = validationErrors;
  // A strict sandbox reports unknown fields as errors, too.
  const lines = [...new Set([...errors, ...unknownFields])];
  const outcome = status ?? (duration === undefined ? "in flight" : "closed");
  const failed = (status ?? 0) >= 400 || outcome === "closed";
  return html`<tr${failed ? html` class="failed"` : ""}>
<td>${no}</td>
<td>${at.slice(11, 23)}</td>
<td>${operationId ?? "no operation"}<br><code>${method} ${path ?? "?"}</code></td>
<td><span class="status">${outcome}</span>${duration === undefined ? "" : html`<br>${duration} ms`}</td>
<td>${injected === undefined ? "" : html`<span class="badge inferred">fault: ${injected}</span> `}${message}${
    lines.length === 0 ? "" : html`<ul>${lines.map((line) => html`<li><code>${line}</code></li>`)}</ul>`
  }</td>
</tr>`;
}

/** `arItems` as `ar items`. */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Fetches the page every second and replaces the sections that have changed, so that a selection elsewhere stays. */
export const ACTIVITY_SCRIPT = `"use strict";
(() => {
  const parts = ["clock", "faults", "requests", "state", "webhooks"];
  const part = (page, id) => page.getElementById(id);
  const refresh = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch("/_sandbox", { signal: AbortSignal.timeout(5000) });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const id of parts) {
        if (part(document, id).innerHTML !== part(page, id).innerHTML) part(document, id).replaceWith(part(page, id));
      }
      part(document, "stopped").hidden = true;
    } catch {
      part(document, "stopped").hidden = false;
    }
  };
  const repeat = () => setTimeout(() => refresh().finally(repeat), 1000);
  repeat();
  document.addEventListener("visibilitychange", refresh);
})();
`;
