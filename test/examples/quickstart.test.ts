import { describe, expect, it } from "vitest";
import { programOf } from "../support/programs.js";
import { SLOW, startNode } from "./support.js";

const PROGRAM = programOf("examples/quickstart.ts");
const CREDENTIALS = { AMILI_CLIENT_ID: "id", AMILI_CLIENT_SECRET: "secret" };

describe("quickstart", () => {
  // From its source, as users start it.
  it("shows the main job", SLOW, async () => {
    const { code, text } = await startNode({}, "--import", "tsx", "examples/quickstart.ts").ended;
    expect(text).toMatch(/Token +expires in 3600 s/);
    expect(text).toMatch(/AR item +2218-500002-35078-0: 124.37 of 625 NOK open, due 2025-04-01/);
    expect(text).toMatch(/2025-02 +Bank +1230.00 +100.00 +1330.00/);
    expect(text).toMatch(/Not due +7 items +537.25/);
    expect(text).toMatch(/Report +job \d+ is PROCESSED/);
    expect(text).toMatch(/Batch +SUCCESS, 1 of 1 invoice created/);
    expect(text).toMatch(/Settlements +25 on 3 pages/);
    expect(code).toBe(0);
  });

  it("uses a sandbox if AMILI_BASE_URLS is set, so that no sandbox credentials reach Amili", SLOW, async () => {
    const ids = { AMILI_CLIENT_NO: "1", AMILI_ORGANIZATION_ID: "00000000-0000-4000-8000-000000000000" };
    const { code, text } = await startNode({ ...CREDENTIALS, ...ids, AMILI_BASE_URLS: "{}" }, PROGRAM).ended;
    expect(text).toMatch(/^Sandbox +http:\/\/127\.0\.0\.1:/);
    expect(code).toBe(0);
  });

  it("requires ids for staging", SLOW, async () => {
    const { code, text } = await startNode(CREDENTIALS, PROGRAM).ended;
    expect(code).toBe(1);
    expect(text).toContain("set AMILI_CLIENT_NO and AMILI_ORGANIZATION_ID");
  });
});
