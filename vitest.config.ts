import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^amili-client$/, replacement: source("src/index.ts") },
      { find: /^amili-client\/([a-z-]+)$/, replacement: source("src/$1/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    // Tests also wait for processes and sockets: a worker for each core keeps both busy.
    maxWorkers: "100%",
    globalSetup: "test/support/build-programs.ts",
    // For busy machines. No test waits for time to pass.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What one test leaves behind must not reach the next.
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
