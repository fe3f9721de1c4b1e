import { join } from "node:path";
import { fileJournal } from "amili-client/node";
import { expect, it, vi } from "vitest";
import { OWNER } from "./owner.js";
import { temporaryFolder } from "./temporary-folder.js";

/** All keys of the same length have the same hash. */
vi.mock("../../../src/debt-collection/submit/string-index.js", () => ({
  StringIndex: class {
    readonly #map = new Map<number, number>();
    get size() {
      return this.#map.size;
    }
    get(key: string) {
      return this.#map.get(key.length);
    }
    set(key: string, value: number) {
      this.#map.set(key.length, value);
    }
  },
}));

it("two keys with one hash do not get each other's record", async () => {
  const journal = fileJournal(join(temporaryFolder(), "journal"));
  await journal.open(OWNER);
  await journal.write([{ key: "a", state: "accepted" }]);
  expect(await journal.read(["b"])).toEqual([]);
  expect(await journal.read(["b", "a"])).toEqual([{ key: "a", state: "accepted" }]);
  await journal.close();
});
