import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { serve } from "../support/server.js";
import { clientOf, sandboxWith } from "./sandbox.js";
import { CLIENT, directory, run, SLOW } from "./support.js";

const HEADER =
  "customerNo,name,phoneNo,ssn,addressLine1,addressLine2,addressLine3,postalCode,cityName,countryText,countryCode";

describe("sync-customers", () => {
  it("creates and updates customers, and prints no personal data", SLOW, async () => {
    const sandbox = await sandboxWith();
    const { customers } = clientOf(sandbox).accountsReceivable.client(CLIENT);
    const path = await directory();
    const before = await customers.get("543210");
    expect(before).toMatchObject({ language: "no", postalAddress: { addressLine2: "707 Arm street" } });

    const rows = [
      "543210,Kari Nytt,,01010000001,Storgata 1,,,0155,Oslo,Norway,NO",
      "900001,Ola Ny,00000003,01010000002,Storgata 2,,,0155,Oslo,Norway,NO",
      "900002,,00000004,01010000003,,,,,,,",
    ];
    writeFileSync(path("customers.csv"), [HEADER, ...rows].join("\n"));
    for (const [first, second] of [
      ["UPDATED", "CREATED"],
      ["UPDATED", "UPDATED"],
    ]) {
      const { code, text } = await run(sandbox, "sync-customers", path("customers.csv"));
      expect(text.trim().split("\n").sort()).toEqual([
        `543210 ${first}`,
        `900001 ${second}`,
        expect.stringMatching(/^900002 FAILED POST \/clients\/\{clientno\}\/customers failed with 422/),
      ]);
      expect(code).toBe(1);
    }

    const { postalAddressChanged, ...after } = await customers.get("543210");
    expect(after).toEqual({
      ...{ ...before, postalAddressChanged: undefined },
      name: "Kari Nytt",
      phoneNo: "",
      ssn: "01010000001",
      postalAddress: {
        ...{ addressLine1: "Storgata 1", addressLine2: "", addressLine3: "", postalCode: "0155" },
        ...{ cityName: "Oslo", countryText: "Norway", countryCode: "NO" },
      },
    });
    expect(await customers.get("900001")).toMatchObject({ name: "Ola Ny", ssn: "01010000002" });

    writeFileSync(path("customers.csv"), "customerNo,phoneNo\n900001,00000005\n");
    expect(await run(sandbox, "sync-customers", path("customers.csv"))).toMatchObject({
      code: 0,
      text: "900001 UPDATED\n",
    });
    expect(await customers.get("900001")).toMatchObject({
      name: "Ola Ny",
      phoneNo: "00000005",
      postalAddress: { cityName: "Oslo" },
    });
  });

  it("has at most four requests in flight", SLOW, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const rows = Array.from({ length: 20 }, (_, index) => `${900_000 + index},Name`);
    writeFileSync(path("customers.csv"), ["customerNo,name", ...rows].join("\n"));
    const inFlight: ServerResponse[] = [];
    let received = 0;
    let most = 0;
    const { url } = await serve(async (request, response) => {
      if (request.url === "/ping") return response.end();
      received++;
      most = Math.max(most, inFlight.push(response));
      // A request of our own between arrival and response: a fifth that was sent arrives meanwhile.
      await fetch(`${url}/ping`);
      const done = received === rows.length ? inFlight.length : inFlight.length - 3;
      for (const earlier of inFlight.splice(0, done)) earlier.end("{}");
    });
    const env = { AMILI_BASE_URLS: JSON.stringify({ ...sandbox.baseUrls, accountsReceivable: url }) };
    await run({ ...sandbox, env }, "sync-customers", path("customers.csv"));
    expect([received, most]).toEqual([20, 4]);
  });

  it("refuses wrong columns and duplicate customers", SLOW, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const files = [
      ["customerNo,shoeSize\n1,44\n", /unknown: shoeSize/],
      ["customerNo,addressLine1,postalCode\n1,Storgata 1,0155\n", /missing: addressLine2,.*cityName/],
      ["customerNo,name\n1,Ola\n1,Kari\n", /Customer 1 is in the file twice/],
    ] as const;
    await Promise.all(
      files.map(async ([csv, message], index) => {
        writeFileSync(path(`${index}.csv`), csv);
        const { code, text } = await run(sandbox, "sync-customers", path(`${index}.csv`));
        expect(text).toMatch(message);
        expect(code).toBe(1);
      }),
    );
  });
});
