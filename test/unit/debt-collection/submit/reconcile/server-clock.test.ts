import { beforeEach, describe, expect, it, vi } from "vitest";
import { ServerClock } from "../../../../../src/debt-collection/submit/reconcile/server-clock.js";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-01-01T12:00:00Z") }));
const response = (date?: string) => new Response(null, date === undefined ? {} : { headers: { date } });
const HOUR = 60 * 60_000;

/** A clock that is set to a server whose time is an hour behind ours. */
function setClock() {
  const clock = new ServerClock();
  clock.set(response("Thu, 01 Jan 2026 11:00:00 GMT"));
  return clock;
}

describe("ServerClock", () => {
  it("tells the server's time by the Date of a response", () => {
    const clock = setClock();
    expect(clock.isSet).toBe(true);
    expect(clock.now().toISOString()).toBe("2026-01-01T11:00:00.000Z");
    vi.advanceTimersByTime(90_000);
    expect(clock.now().toISOString()).toBe("2026-01-01T11:01:30.000Z");
  });

  it("continues when our own clock is set", () => {
    const clock = setClock();
    vi.setSystemTime(0);
    expect(clock.now().toISOString()).toBe("2026-01-01T11:00:00.000Z");
  });

  it.each([undefined, "", "yesterday"])("tells our time if the Date is %j", (date) => {
    const clock = new ServerClock();
    clock.set(response(date));
    expect(clock.isSet).toBe(false);
    expect(clock.now().toISOString()).toBe("2026-01-01T12:00:00.000Z");
  });

  it("keeps the server's time if a later response has no Date", () => {
    const clock = setClock();
    clock.set(response());
    expect(clock.now().toISOString()).toBe("2026-01-01T11:00:00.000Z");
  });

  const since = new Date("2026-01-01T11:00:00Z");
  const earlier = (ms: number) => new Date(since.getTime() - ms).toISOString();

  it("considers something older by more than a few seconds, by more than a day while the server's time is unknown", () => {
    expect(setClock().isOlder(earlier(4_000), since)).toBe(false);
    expect(setClock().isOlder(earlier(6_000), since)).toBe(true);
    expect(new ServerClock().isOlder(earlier(23 * HOUR), since)).toBe(false);
    expect(new ServerClock().isOlder(earlier(25 * HOUR), since)).toBe(true);
  });

  it("considers something newer that was created at the time or later", () => {
    expect(setClock().isNewer(earlier(0), since)).toBe(true);
    expect(setClock().isNewer(earlier(1_000), since)).toBe(false);
  });

  it.each([undefined, "", "yesterday"])(
    "considers something neither older nor newer if its time is %j",
    (createdAt) => {
      expect(setClock().isOlder(createdAt, since)).toBe(false);
      expect(setClock().isNewer(createdAt, since)).toBe(false);
    },
  );

  it("considers nothing certainly newer while the server's time is unknown", () => {
    expect(new ServerClock().isNewer(earlier(-HOUR), since)).toBe(false);
  });
});
