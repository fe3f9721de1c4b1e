import { startSandbox } from "amili-client/sandbox";

it("works", async () => {
  globalThis.sandbox = await startSandbox({ batchTime: 0 });
  await import("./app.js");
  const [outcome] = await globalThis.outcomes;
  expect(outcome.status).toBe("accepted");
  expect(globalThis.event.type).toBe("NEW");
  await globalThis.sandbox.close();
}, 30_000);
