import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that replace modules or the platform's HTTP client for their whole process. */
const ISOLATED = [
  "test/contract/operations.test.ts",
  "test/unit/amili.test.ts",
  "test/unit/debt-collection/submit/platform-resend.test.ts",
];

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
    // For busy machines. No test waits for time to pass.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests also wait for processes and sockets: a worker for each core keeps both busy.
    maxWorkers: "100%",
    globalSetup: "test/support/build-programs.ts",
    projects: [
      // Files share what they import: loading it for each takes a third of the time.
      {
        extends: true,
        test: {
          name: "shared",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: [...ISOLATED, "test/long/**"],
        },
      },
      { extends: true, test: { name: "isolated", include: ISOLATED } },
    ],
  },
});
