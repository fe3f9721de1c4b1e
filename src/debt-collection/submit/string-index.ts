const MIN_CAPACITY = 64;
const MAX_LOAD = 0.8;
// Doubling would leave up to 60 % of the slots empty.
const GROWTH = 1.25;

/**
 * A map from strings to numbers that stores 64-bit hashes in place of the strings: 20 to 25 bytes a key, outside the
 * JavaScript heap. Keys cannot be listed or deleted.
 *
 * Two keys with the same hash share one value. Among n keys that happens with a probability of n² / 2⁶⁵: 3e-8 for a million.
 */
// No library fits: mnemonist's maps keep the strings, buffer-hashmap is unmaintained, and xxhash-wasm starts asynchronously.
export class StringIndex {
  #high = new Uint32Array(MIN_CAPACITY);
  #low = new Uint32Array(MIN_CAPACITY);
  #values = new Float64Array(MIN_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): number | undefined {
    const slot = this.#slotOf(hashString(key));
    return this.#isEmpty(slot) ? undefined : this.#values[slot];
  }

  /** @param value at most 2^53 */
  set(key: string, value: number): void {
    if (this.#size >= this.#values.length * MAX_LOAD) this.#grow();
    this.#put(hashString(key), value);
  }

  #put(hash: Hash, value: number): void {
    const slot = this.#slotOf(hash);
    if (this.#isEmpty(slot)) this.#size++;
    this.#high[slot] = hash.high;
    this.#low[slot] = hash.low;
    this.#values[slot] = value;
  }

  /** The slot of a hash, or the empty one that it would take. */
  #slotOf({ high, low }: Hash): number {
    const capacity = this.#values.length;
    // Maps the 32 bits evenly onto any capacity.
    let slot = Math.floor((high * capacity) / 2 ** 32);
    while (!this.#isEmpty(slot) && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = slot + 1 === capacity ? 0 : slot + 1;
    }
    return slot;
  }

  #isEmpty(slot: number): boolean {
    return this.#high[slot] === 0 && this.#low[slot] === 0;
  }

  #grow(): void {
    const [highs, lows, values] = [this.#high, this.#low, this.#values];
    const capacity = Math.ceil(values.length * GROWTH);
    this.#high = new Uint32Array(capacity);
    this.#low = new Uint32Array(capacity);
    this.#values = new Float64Array(capacity);
    this.#size = 0;
    for (const [slot, value] of values.entries()) {
      const [high = 0, low = 0] = [highs[slot], lows[slot]];
      if (high !== 0 || low !== 0) this.#put({ high, low }, value);
    }
  }
}

interface Hash {
  high: number;
  low: number;
}

/** Two lanes of MurmurHash3's 128-bit variant for 32-bit machines, over UTF-16 code units. Never zero: that marks an empty slot. */
export function hashString(text: string): Hash {
  let high = 0x9747b28c;
  let low = 0x3c6ef372;
  for (let at = 0; at < text.length; at += 2) {
    // charCodeAt is NaN after the end, which counts as 0; the length tells the two apart.
    const word = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
    high ^= Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
    high = (Math.imul(rotate(high, 19) + low, 5) + 0x561ccd1b) | 0;
    low ^= Math.imul(rotate(Math.imul(word, 0xab0e9789), 16), 0x38b34ae5);
    low = (Math.imul(rotate(low, 17) + high, 5) + 0x0bcaa747) | 0;
  }
  high = (high ^ text.length) + low;
  low = (low ^ text.length) + high;
  high = avalanche(high);
  low = avalanche(low);
  high = (high + low) >>> 0;
  low = (low + high) >>> 0;
  return { high, low: high === 0 && low === 0 ? 1 : low };
}

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
