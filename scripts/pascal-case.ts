/** Words as a name: `GL items` → `GLItems`, `blåbær` → `Blabr`. */
export function pascalCase(text: string): string {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "");
  const words = letters.match(/[A-Za-z0-9]+/g) ?? [];
  return words.map((word) => (word[0] ?? "").toUpperCase() + word.slice(1)).join("");
}
