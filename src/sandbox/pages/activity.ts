import type { RequestRecord } from "../requests.js";
import type { SandboxState } from "../sandbox.js";
import { type Html, html, pageOf } from "./html.js";

/** The page at `/_sandbox`: what the sandbox was asked, what each request failed on, the faults in force and the state. */
export function activityPage(state: SandboxState): string {
  const { now, seed, size, requestCount, requests, faults, deliveries, counts } = state;
  return pageOf(
    "/_sandbox",
    html`<script src="/_sandbox/assets/activity.js" defer></script>`,
    html`<main>
<p id="ended" class="note" role="alert" hidden>The sandbox does not answer any more. This is what it told last.</p>
<p id="clock" class="facts">Seed ${seed}, size ${size}. By the sandbox's clock it is ${now}.</p>
<section id="faults">
<h2>Faults in force</h2>
${table(
  ["Rule", "Meant for", "Befell"],
  faults.map(({ text, calls, hits }) => html`<tr><td><code>${text}</code></td><td>${calls}</td><td>${hits}</td></tr>`),
  "None.",
)}
</section>
<section id="requests">
<h2>Requests</h2>
<p class="facts">${requestCount} in all${requestCount > requests.length ? html`, the last ${requests.length} are kept` : ""}; the newest comes first.</p>
${table(["No", "At", "Request", "Answer", "Failed on"], requests.map(request).reverse(), "None so far.")}
</section>
<section id="state">
<h2>State</h2>
<p class="facts">Records written or changed, and what is queued. All of it as JSON: <a href="/_sandbox/state.json">state.json</a></p>
<dl class="counts">${Object.entries(counts).map(
      ([name, count]) => html`<div><dt>${spaced(name)}</dt><dd>${count}</dd></div>`,
    )}</dl>
</section>
<section id="webhooks">
<h2>Webhooks</h2>
${table(
  ["Event", "IdempotencyKey", "Answer"],
  deliveries
    .map(
      ({ event, key, status, error }) =>
        html`<tr><td>${event}</td><td><code>${key}</code></td><td>${status ?? error ?? "under way"}</td></tr>`,
    )
    .reverse(),
  "None was sent.",
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

function request({ no, at, operationId, method, path, status, duration, faults, injected }: RequestRecord): Html {
  const [message, ...lines] = faults;
  const answer = status ?? (duration === undefined ? "under way" : "closed");
  const failed = (status ?? 0) >= 400 || answer === "closed";
  return html`<tr${failed ? html` class="failed"` : ""}>
<td>${no}</td>
<td>${at.slice(11, 23)}</td>
<td>${operationId ?? "no operation"}<br><code>${method} ${path ?? "?"}</code></td>
<td><span class="status">${answer}</span>${duration === undefined ? "" : html`<br>${duration} ms`}</td>
<td>${injected === undefined ? "" : html`<span class="badge inferred">fault: ${injected}</span> `}${message}${
    lines.length === 0 ? "" : html`<ul>${lines.map((line) => html`<li><code>${line}</code></li>`)}</ul>`
  }</td>
</tr>`;
}

/** `arItems` as `ar items`. */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Fetches the page again every second and puts in what has changed; the rest stays, with what is selected in it. */
export const ACTIVITY_SCRIPT = `"use strict";
(() => {
  const parts = ["clock", "faults", "requests", "state", "webhooks"];
  const part = (page, id) => page.getElementById(id);
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/_sandbox", { signal: AbortSignal.timeout(5000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of parts) {
        if (part(document, id).innerHTML !== part(page, id).innerHTML) part(document, id).replaceWith(part(page, id));
      }
      part(document, "ended").hidden = true;
    } catch {
      part(document, "ended").hidden = false;
    }
  };
  const again = () => setTimeout(() => look().finally(again), 1000);
  again();
  document.addEventListener("visibilitychange", look);
})();
`;
