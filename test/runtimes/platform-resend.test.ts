import { describe, expect, it, onTestFinished } from "vitest";
import { programOf } from "../support/programs.js";
import { INSTALLED } from "./runtimes.js";
import type { Step } from "./scenario.js";
import { startServer } from "./server.js";

const SCENARIO = programOf("test/runtimes/scenario.ts");

/** What the client refuses to send. */
const REFUSED = { name: "ConfigurationError", message: expect.stringContaining("allowPlatformResend") };

for (const { name, version, resends, prevented, run } of Object.values(INSTALLED)) {
  const title = version ? `in ${name} ${version}` : `in ${name}: skipped, it is not installed`;
  describe.skipIf(!version)(title, { timeout: 30_000 }, () => {
    async function runStep(step: Step, options: object = {}) {
      const server = await startServer();
      onTestFinished(() => server.close());
      const task = { step, options: { ...server.options, ...options }, page: server.url };
      return { ...server, result: await run(SCENARIO, task) };
    }

    it(`its own fetch sends a POST ${resends ? "again" : "once"} when a reused connection closes`, async ({ skip }) => {
      const { posts } = await runStep("fetch");
      expect(posts[0]).toEqual({ onReusedConnection: true });
      if (resends && posts.length === 1) skip(`${name} ${version} no longer resends`);
      expect(posts.length > 1).toBe(resends);
    });

    if (prevented) {
      it.each(["create", "createObserved"] as const)("a POST of the client is sent once: %s", async (step) => {
        const { posts, result } = await runStep(step);
        expect(result.error?.name).toBe("ConnectionError");
        expect(posts).toHaveLength(1);
      });

      it("five invoices that are submitted are stored once", async () => {
        const { invoices, result } = await runStep("submit");
        expect(result).toEqual({ value: Array(5).fill("accepted") });
        expect(invoices).toHaveLength(5);
      });
    } else {
      it.each(["create", "createObserved", "submit"] as const)("%s is refused, and nothing is sent", async (step) => {
        const { posts, result } = await runStep(step);
        expect(result.error).toEqual(REFUSED);
        expect(posts).toEqual([]);
      });

      it("allowPlatformResend sends a POST", async () => {
        const { posts } = await runStep("create", { allowPlatformResend: true });
        expect(posts).not.toEqual([]);
      });
    }
  });
}
