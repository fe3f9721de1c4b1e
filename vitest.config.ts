import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { isFull } from "./test/support/full.js";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const testsIn = (folders: string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/**
 * Tests that share processes, since each process loads everything anew. The others replace what is not restored (modules,
 * `process`, nock's interceptors), or use both fake timers and a network, whose timers would then never end.
 */
const SHARED = {
  "fake-time": testsIn(["reliability", "unit/debt-collection/submit", "unit/webhooks"]),
  "real-time": testsIn(["docs", "examples", "sandbox", "types", "unit/contract", "unit/scripts", "webhooks"]),
};

/** What takes longest: compilers, a browser, many processes, thousands of random cases. Left out unless everything is tested. */
const SLOW = isFull
  ? []
  : [
      "test/postgres/{fleet,work}.test.ts",
      "test/probe/stranger.test.ts",
      "test/reliability/random-situations.test.ts",
      "test/runtimes/*.test.ts",
      "test/sandbox/browser.test.ts",
      "test/shared/token-stampede.test.ts",
      "test/unit/debt-collection/submit/string-index.test.ts",
      "test/unit/scripts/{api-report,prune-declarations}.test.ts",
      "test/unit/scripts/docs/{apply-again,end-to-end,hostile,no-difference,observed}.test.ts",
    ];

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
      ...Object.entries(SHARED).map(([name, include]) => ({
        extends: true as const,
        test: { name, isolate: false, include, exclude: SLOW },
      })),
      {
        extends: true,
        test: {
          name: "isolated",
          include: ["test/**/*.test.ts"],
          exclude: [...Object.values(SHARED).flat(), ...SLOW, "test/long/**"],
        },
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
