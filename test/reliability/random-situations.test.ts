import { it } from "vitest";
import { checkRandomSituations } from "./random-situations.js";

it("says nothing false and doubles nothing in 40 random situations", { timeout: 120_000 }, () => {
  return checkRandomSituations(40, 20_260_302);
});
