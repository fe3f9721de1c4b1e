import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that load much (the sandbox, YAML, the compiler) and replace nothing that is not restored: they share processes. */
const SHARED = [
  "docs",
  "examples",
  "reliability",
  "sandbox",
  "types",
  "unit/debt-collection/submit",
  "unit/scripts",
].map((folder) => `test/${folder}/**/*.test.ts`);

/** The tests of the request path, which run with each transport. */
const REQUEST_PATH = [
  "abort",
  "attempt",
  "hooks",
  "limiter",
  "raw-client",
  "retry",
  "send",
  "throttle-gate",
  "token-store",
  "tokens",
].map((name) => `test/unit/http/${name}.test.ts`);

export default defineConfig({
  resolve: {
    alias: [
      { find: /^amili-client$/, replacement: source("src/index.ts") },
      { find: /^amili-client\/([a-z-]+)$/, replacement: source("src/$1/index.ts") },
    ],
  },
  test: {
    // What one test leaves behind must not reach the next.
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
    setupFiles: "test/support/restore-timers.ts",
    // For busy machines. No test waits for time to pass.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests also wait for processes and sockets: a worker for each core keeps both busy.
    maxWorkers: "100%",
    globalSetup: "test/support/build-programs.ts",
    projects: [
      { extends: true, test: { name: "shared", isolate: false, include: SHARED } },
      {
        extends: true,
        test: { name: "isolated", include: ["test/**/*.test.ts"], exclude: [...SHARED, "test/long/**"] },
      },
      {
        extends: true,
        test: {
          name: "undici",
          env: { TEST_TRANSPORT: "undici" },
          include: [...REQUEST_PATH, "test/unit/{call,errors,pagination}.test.ts"],
        },
      },
    ],
  },
});
