/** How many letters must be put in, left out or changed to make one word of another. */
function distance(word: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [no, letter] of [...word].entries()) {
    const next = [no + 1];
    for (const [at, wanted] of [...other].entries()) {
      const [here, above, before] = [next[at], row[at + 1], row[at]] as [number, number, number];
      next.push(Math.min(here + 1, above + 1, before + (letter === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) as number;
}

/** The names that a misspelt one may stand for: those closest to it, if at most every fourth letter is another. */
export function closest(name: string, names: readonly string[]): string[] {
  const far = names.map((known) => distance(name.toLowerCase(), known.toLowerCase()));
  const least = Math.min(...far);
  return names.filter((known, at) => far[at] === least && least <= known.length / 4);
}
