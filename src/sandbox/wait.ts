import { setTimeout } from "node:timers/promises";

/** Waits on the machine's clock. A process that has nothing else to do may end meanwhile. */
export const wait = (ms: number): Promise<void> => setTimeout(ms, undefined, { ref: false });
