import { afterEach, vi } from "vitest";

// A test that fails before its end would leave its fake timers to the next.
afterEach(() => void vi.useRealTimers());
