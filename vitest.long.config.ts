import { defineConfig } from "vitest/config";
import config from "./vitest.config.js";

/** The tests that take minutes. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: ["test/long/**/*.long.test.ts"], exclude: [] },
});
