/** A spec with some of its operations only, and the components that they use. Comments between them are dropped. */
export function trimSpec(text: string, operationIds: string[]): string {
  const sections = text.split(/^(?=[a-z]+:)/m).filter((section) => !section.startsWith("webhooks:"));
  const ids = new RegExp(`^      operationId: (${operationIds.join("|")})$`, "m");
  const kept = sections.map((section) => {
    if (!section.startsWith("paths:")) return section;
    const [head, ...paths] = section.split(/^(?=\n {2}[#/]| {2}[#/])/m);
    return [head, ...paths.filter((path) => ids.test(path))].join("");
  });
  const components = kept.findIndex((section) => section.startsWith("components:"));
  const blocks = (kept[components] ?? "").split(/^(?=\n? {4}#| {2,4}\w+:)/m);
  const used = usedNames(kept.filter((_, index) => index !== components).join(""), blocks);
  const isKept = (block: string) =>
    /^(components| {2}\w)/.test(block) || used.has(nameOf(block)) || block.includes("scheme: bearer");
  kept[components] = blocks.filter(isKept).join("");
  return `${kept.join("").trimEnd()}\n`;
}

const nameOf = (block: string) => /^ {4}(\w+):/.exec(block)?.[1] ?? "";

function usedNames(text: string, blocks: string[], found = new Set<string>()): Set<string> {
  for (const [, name = ""] of text.matchAll(/#\/components\/\w+\/(\w+)/g)) {
    if (found.has(name)) continue;
    found.add(name);
    for (const block of blocks) if (nameOf(block) === name) usedNames(block, blocks, found);
  }
  return found;
}
