import { expect, it } from "vitest";
import { parse } from "yaml";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { readGuide } from "../../../../scripts/docs/read/guide.js";
import type { KnownGuide } from "../../../../scripts/docs/read/guide-list.js";
import { markdownReport } from "../../../../scripts/docs/report/markdown-report.js";
import { textReport } from "../../../../scripts/docs/report/text-report.js";
import { workspace } from "./support/temp.js";

const NAME = "webhooks-361430m0.md";
const GUIDE = `# Webhooks

Events are sent by POST.

## Headers

| name | meaning |
|---|---|
| X-Webhook-Signature | see below |

## Verifying signatures

The signature is an HMAC of the body.

\`\`\`sh
# not a heading
openssl dgst
\`\`\`

## Headers

Again.
`;

const now = () => new Date("2026-05-01T12:00:00Z");

it("is read by its headings", () => {
  const { id, title, sections } = readGuide(NAME, Buffer.from(GUIDE));
  expect({ id, title }).toEqual({ id: 361430, title: "Webhooks" });
  expect(sections.map(({ heading, lines, line }) => [heading, lines.length, line])).toEqual([
    ["Webhooks", 1, 1],
    ["Headers", 3, 5],
    ["Verifying signatures", 5, 11],
    ["Headers (2)", 1, 20],
  ]);
});

it("is read from plain text below its breadcrumb", () => {
  const text =
    "Home\n  1. Debt Collection\n\nWebhooks\n\nEvents are sent.\nBy POST.\nModified at 2026-04-14 09:49:15\nPrevious\nX\n";
  const { title, sections } = readGuide("webhooks-361430m0.txt", Buffer.from(text));
  expect(title).toBe("Webhooks");
  expect(sections).toMatchObject([{ lines: ["Events are sent.", "By POST."] }]);
});

/** A workspace whose list of guides has recorded the guide. */
async function recorded() {
  const space = workspace("identity");
  space.put(NAME, GUIDE);
  const first = await applySources([space.pages], { ...space.options, now });
  return { ...space, first };
}

it("is recorded by apply, and is then the same", async () => {
  const { options, pages, read, first } = await recorded();
  expect(first.applied).toEqual(["guide Webhooks: recorded"]);
  expect(first.manual).toContain(
    "guide Webhooks: section added Verifying signatures; review debt-collection.yaml webhooks",
  );
  const { guides } = parse(read("guides")) as { guides: KnownGuide[] };
  expect(guides.find(({ id }) => id === 361430)).toMatchObject({
    read: "2026-05-01",
    places: ["debt-collection.yaml webhooks"],
    sections: [{ heading: "Webhooks", lines: [expect.stringMatching(/^[0-9a-f]{8}$/)] }, {}, {}, {}],
  });
  expect(read("guides")).not.toContain("HMAC");
  expect(read("guides")).toContain("# Cut in the table of headers");
  const { entries } = await checkSources([pages], options);
  expect(entries).toMatchObject([{ status: "same", operation: "guide Webhooks", differences: [] }]);
});

it("reports a changed section with its text and the places that rest on it", async () => {
  const { options, pages, put } = await recorded();
  put(
    NAME,
    GUIDE.replace("an HMAC of the body.", "an HMAC-SHA256\nof the body.").replace(
      "Again.\n",
      "Again.\n\n### Retries\n\nThree.\n",
    ),
  );
  const { entries } = await checkSources([pages], options);
  expect(entries[0]).toMatchObject({
    status: "changed",
    at: expect.stringMatching(/guides\.yaml:\d+$/),
    differences: [
      {
        kind: "section changed",
        what: "Verifying signatures",
        spec: "rests on it: debt-collection.yaml webhooks",
        text: ["- (1 line)", "+ The signature is an HMAC-SHA256", "+ of the body."],
        pageAt: expect.stringMatching(/:11$/),
      },
      { kind: "section added", what: "Retries", text: ["+ Three."] },
    ],
  });
  expect(textReport(entries)).toMatch(/section changed.*Verifying signatures.*debt-collection\.yaml webhooks/);
  expect(textReport(entries)).toContain("+ The signature is an HMAC-SHA256");
  expect(markdownReport(entries)).toContain("    - `+ of the body.`");
});

it("reports a removed section", async () => {
  const { options, pages, put } = await recorded();
  put(NAME, GUIDE.replace(/## Verifying[\s\S]*?(?=\n## )/, ""));
  const { entries } = await checkSources([pages], options);
  expect(entries[0]?.differences).toMatchObject([{ kind: "section removed", what: "Verifying signatures" }]);
});

it("is new when it is not in the list, and apply adds it", async () => {
  const { options, pages, put, read } = workspace("identity");
  put("responsible-disclosure-9000001m0.md", "# Responsible disclosure\n\nWrite to us.\n");
  const { entries } = await checkSources([pages], options);
  expect(entries).toMatchObject([
    { status: "new", title: "Responsible disclosure", reason: "a guide that is not in guides.yaml" },
  ]);
  await applySources([pages], { ...options, now });
  expect(parse(read("guides")).guides.at(-1)).toMatchObject({ id: 9000001, read: "2026-05-01", places: [] });
  expect((await checkSources([pages], options)).entries[0]?.status).toBe("same");
});
