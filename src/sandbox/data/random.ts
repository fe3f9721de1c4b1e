/** A whole number of 32 bits that depends on every part (FNV-1a, then the finish of MurmurHash3). */
export function hash(...parts: (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === "number") h = Math.imul(h ^ part ^ Math.floor(part / 2 ** 32), 0x01000193);
    else for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 0x01000193);
    h = finish(h);
  }
  return h >>> 0;
}

function finish(h: number): number {
  let x = h ^ (h >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list, chosen by what is given. */
export function pick<T>(list: readonly T[], ...parts: (string | number)[]): T {
  return list[hash(...parts) % list.length] as T;
}

/** Opaque texts as a server hands out: handles, tokens. */
export function opaque(bytes: number, ...parts: (string | number)[]): string {
  return Buffer.from(Array.from({ length: bytes }, (_, i) => hash(...parts, i) & 0xff)).toString("base64url");
}
