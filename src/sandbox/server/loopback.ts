/** The names of this machine. A foreign page can resolve its own name to loopback, but cannot send one of these as `Host`. */
const NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const isLoopback = (hostname: string): boolean => NAMES.has(hostname);

/** Whether a `Host` header names this machine, with any port. */
export const isLoopbackHost = (host = ""): boolean => isLoopback(host.toLowerCase().replace(/:\d+$/, ""));
