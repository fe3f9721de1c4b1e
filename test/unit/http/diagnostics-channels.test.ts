import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Hooks } from "amili-client";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { CREDENTIALS, clientWith, identityAnd, json } from "../../support/stub.js";

const NAMES = ["onCallStart", "onRequest", "onResponse", "onCallEnd", "onToken"] as const;

/** Records what is published until the test ends. */
function listen(name: keyof Hooks): unknown[] {
  const events: unknown[] = [];
  const listener = (event: unknown) => void events.push(event);
  subscribe(`amili-client:${name}`, listener);
  onTestFinished(() => void unsubscribe(`amili-client:${name}`, listener));
  return events;
}

describe("diagnostics channels", () => {
  it.each(NAMES)("publish the events of %s, beside the hook", async (name) => {
    const hook = vi.fn();
    const { client } = clientWith(
      { ...CREDENTIALS, hooks: { [name]: hook } },
      identityAnd(() => json({})),
    );
    const published = listen(name);
    await client.arItems.get("1");
    expect(published.length).toBeGreaterThan(0);
    expect(published).toEqual(hook.mock.calls.map(([event]) => event));
  });

  it("need no hooks, and see clients that exist before they are subscribed to", async () => {
    const { client } = clientWith({}, () => json({}));
    await client.arItems.get("1");
    const published = listen("onCallEnd");
    await client.arItems.get("2");
    expect(published).toMatchObject([{ outcome: "success", path: "/clients/{clientno}/aritems/{aritemid}" }]);
  });

  it("are not needed", async () => {
    vi.stubGlobal("process", { versions: process.versions, env: {} });
    const { client } = clientWith({}, () => json({ id: 1 }));
    expect(await client.arItems.get("1")).toEqual({ id: 1 });
  });
});
