import { names as SPEC_NAMES } from "../../generated/names.js";
import { API_WORDS } from "./api-words.js";

/**
 * Decides which names may be written into an observation file. Keys of objects, query parameters, headers and parts of paths
 * can be personal data (`{"OlaNordmann": 3}`), however often they recur. So a name is written only if it is in the specs, or
 * if each of its words is in a fixed list of words that APIs use.
 */
export class ApiNames {
  readonly #known = new Set(SPEC_NAMES.split(" "));
  readonly #words: Set<string>;

  /** @param words further words */
  constructor(words: readonly string[] = []) {
    const ofSpecs = [...this.#known].flatMap(wordsOf);
    this.#words = new Set([...ofSpecs, ...API_WORDS.split(/\s+/), ...words].map((word) => word.toLowerCase()));
  }

  has(name: string): boolean {
    return this.#known.has(name) || this.hasWords(name);
  }

  /** Whether each word is known. One of several may be a name of people too: `lineNo`, but not `Line` nor `billGrant`. */
  hasWords(name: string): boolean {
    // Ids have more digits.
    if (name.length > 64 || !/^[$@_]{0,2}[a-z]+(?:[-_][a-z]+)*\d?$/i.test(name)) return false;
    const words = wordsOf(name);
    const others = words.filter((word) => !GIVEN_NAMES.has(word));
    if (others.length < words.length - 1 || !others.some(({ length }) => length > 1)) return false;
    return words.every((word) => this.#isWord(word));
  }

  #isWord(word: string): boolean {
    return this.#isListed(word) || this.#isCompound(word);
  }

  #isListed(word: string): boolean {
    if (this.#words.has(word)) return true;
    const singulars =
      word.length > 4 ? [word.replace(/s$/, ""), word.replace(/(?<=s|x|[cs]h)es$/, ""), word.replace(/ies$/, "y")] : [];
    return singulars.some((singular) => this.#words.has(singular));
  }

  /** `invoicenumber`: the documentation writes many names without capitals. Short words would make up any name. */
  #isCompound(word: string): boolean {
    for (let end = word.length - 2; end >= 4; end--) {
      const first = word.slice(0, end);
      const rest = word.slice(end);
      if (!this.#isListed(first) || GIVEN_NAMES.has(first) || GIVEN_NAMES.has(rest)) continue;
      if (rest.length > 3 ? this.#isWord(rest) : end > 4 && SUFFIXES.has(rest)) return true;
    }
    return false;
  }
}

/** The words of a name in lower case: `glCaseNo` → gl, case, no; `CompanyID` → company, id. */
const wordsOf = (name: string) => (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());

/** Words of two letters with which a name without capitals may end. */
const SUFFIXES = new Set(["id", "no", "nr"]);

/** Words of APIs that are names of people as well. Alone they are not written. */
const GIVEN_NAMES = new Set(
  (
    "amber bill block blue brand can charity da feil fine general grace grant green gross hal hold human kong kunde lang " +
    "law lien line little loan lon max may nel per price promise ray swift til will"
  ).split(" "),
);
