import { defineConfig } from "vitest/config";
import config from "./vitest.config.js";

const { projects: _, ...test } = config.test ?? {};

/** The tests that take minutes. */
export default defineConfig({ ...config, test: { ...test, include: ["test/long/**/*.long.test.ts"] } });
