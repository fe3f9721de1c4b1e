import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the example as the README's command does. */
async function quickstart(env: NodeJS.ProcessEnv = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  const { AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, AMILI_BASE_URLS, ...inherited } = process.env;
  return promisify(execFile)("npx", ["tsx", "examples/quickstart.ts"], {
    cwd: ROOT,
    env: { ...inherited, ...env },
  }).then(
    (output) => ({ code: 0, ...output }),
    (error) => error as { code: number; stdout: string; stderr: string },
  );
}

describe("quickstart", () => {
  it("shows the main path", { timeout: 30_000 }, async () => {
    const { code, stdout } = await quickstart();
    expect(stdout).toMatch(/Token +ends in 3600 s/);
    expect(stdout).toMatch(/AR item +2218-500002-35078-0: 124.37 of 625 NOK open, due 2025-04-01/);
    expect(stdout).toMatch(/2025-02.*Bank.*1230.*100.*1330/);
    expect(stdout).toMatch(/Not due: 7 items, 537.25/);
    expect(stdout).toMatch(/Report +job \d+ is PROCESSED/);
    expect(stdout).toMatch(/Batch +SUCCESS, 1 of 1 invoice taken/);
    expect(stdout).toMatch(/Settlements 25 on 3 pages/);
    expect(code).toBe(0);
  });

  it("keeps the credentials of a sandbox from Amili", { timeout: 30_000 }, async () => {
    const others = { AMILI_CLIENT_NO: "2218", AMILI_ORGANIZATION_ID: "3fa85f64-5717-4562-b3fc-2c963f66afa6" };
    const env = { AMILI_CLIENT_ID: "id", AMILI_CLIENT_SECRET: "secret", AMILI_BASE_URLS: "{}", ...others };
    const { code, stdout } = await quickstart(env);
    expect(stdout).toMatch(/^Sandbox at http/);
    expect(code).toBe(0);
  });

  it("fails where it cannot work", { timeout: 30_000 }, async () => {
    const { code, stderr } = await quickstart({ AMILI_CLIENT_ID: "id", AMILI_CLIENT_SECRET: "secret" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/AMILI_CLIENT_NO and AMILI_ORGANIZATION_ID/);
  });
});
